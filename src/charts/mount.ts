import type { Chart, Theme } from '../domain/chart.ts'
import type { Language } from '../domain/phrase.ts'
import { describeChart } from './description.ts'
import { echarts } from './echarts.ts'
import { isolate } from './isolate.ts'
import type { Look } from './look.ts'
import { screenFamily } from './measure.ts'
import { chartOption } from './option.ts'

/** How a chart looks on the screen; without a size it fills its element. */
export interface ScreenLook {
  readonly language: Language
  readonly theme: Theme
  readonly width?: number
  readonly height?: number
}

/** A living chart in the page. */
export interface MountedChart {
  /** Moves to another chart or look; the old picture stays until the new one is ready. */
  update(chart: Chart, look: ScreenLook): void
  /** Fits the chart to the element's new size. */
  resize(): void
  dispose(): void
}

const replaced = ['title', 'legend', 'visualMap', 'grid', 'xAxis', 'yAxis', 'series']

/** Draws a chart into an element, which becomes an image with a description in words. */
export function mountChart(element: HTMLElement, chart: Chart, look: ScreenLook): MountedChart {
  // Text is measured without the page's features of fonts; its tabular numerals are wider than those measured.
  element.style.fontVariantNumeric = 'normal'
  const drawn = echarts.init(element, null, { renderer: 'svg', ...sizeOf(element, look) })
  let shown = { chart, look }
  const stopIsolating = isolate(drawn)
  const draw = () => {
    const size = sizeOf(element, shown.look)
    const { language, theme } = shown.look
    const full: Look = { language, theme, fontFamily: screenFamily(), ...size }
    drawn.resize({ ...size, silent: true })
    drawn.setOption({ ...chartOption(shown.chart, full), animation: moves() }, { replaceMerge: replaced })
    element.setAttribute('role', 'img')
    element.setAttribute('aria-label', describeChart(shown.chart, language))
  }
  draw()
  return {
    update(next, nextLook) {
      shown = { chart: next, look: nextLook }
      draw()
    },
    resize: draw,
    dispose() {
      stopIsolating()
      drawn.dispose()
    },
  }
}

/** A hidden element has no size yet: the chart is drawn small and fitted at the first `resize`. */
function sizeOf(element: HTMLElement, look: ScreenLook): { width: number; height: number } {
  return {
    width: look.width ?? (element.clientWidth || 320),
    height: look.height ?? (element.clientHeight || 200),
  }
}

function moves(): boolean {
  return !window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

import type { Chart, Theme } from '../domain/chart.ts'
import type { Language } from '../domain/phrase.ts'
import { echarts } from './echarts.ts'
import type { Look } from './look.ts'
import { figureFamily, type Measure, measuringWith } from './measure.ts'
import { chartOption } from './option.ts'
import { fontStack } from './palette.ts'

/** How a chart is drawn without a screen; size in CSS pixels. */
export interface Drawing {
  readonly language: Language
  readonly theme: Theme
  readonly width: number
  readonly height: number
  /** Any CSS colour; `transparent` for none. */
  readonly background: string
  /** Widths of text in the glyphs that will replace it; the text then stands in no real font family. */
  readonly measure?: Measure
}

/** The chart as an SVG document, byte for byte the same for the same input; made from the option of the screen. */
export function chartSvg(chart: Chart, drawing: Drawing): string {
  const { measure, background, ...size } = drawing
  const look: Look = { ...size, fontFamily: measure ? figureFamily : fontStack }
  const draw = () => render(chart, look, background)
  return tidy(measure ? measuringWith(measure, draw) : draw())
}

function render(chart: Chart, look: Look, background: string): string {
  const { width, height } = look
  const drawn = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    drawn.setOption({ ...chartOption(chart, look), animation: false, backgroundColor: background })
    return drawn.renderToSVGString()
  } finally {
    drawn.dispose()
  }
}

/**
 * ECharts 6.1 adds hover styles, event markers and a running counter in its ids: none of them belongs into a
 * document that must be the same each time and be read by strict viewers.
 */
function tidy(svg: string): string {
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/<path [^>]*fill="none" pointer-events="visible"(?![^>]*stroke=)[^>]*><\/path>\n?/g, '')
    .replace(/<path [^>]*fill-opacity="0"[^>]*stroke-width="0"[^>]*><\/path>\n?/g, '')
    .replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replace(/zr\d+-/g, 'chart-')
}

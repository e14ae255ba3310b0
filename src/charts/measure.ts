import { echarts } from './echarts.ts'
import { fontStack } from './palette.ts'

/** Width of a text in pixels at a font size and weight. */
export type Measure = (text: string, size: number, weight: 400 | 600) => number

/** The family under which exports lay text out; no font of that name exists, so it reaches only `measureWidth`. */
export const figureFamily = 'assay-figure'

let fontGeneration = 0

/** The family for text on the screen. zrender 6.1 keeps widths by family: new fonts need a new name. */
export function screenFamily(): string {
  return fontGeneration === 0 ? fontStack : `${fontStack},generation-${fontGeneration}`
}

/** To be called when fonts have arrived, so that the next drawing measures again. */
export function forgetWidths(): void {
  fontGeneration += 1
}

let figureMeasure: Measure | null = null
let canvas: CanvasRenderingContext2D | null | undefined

echarts.setPlatformAPI({
  measureText: (text, font = '12px sans-serif') => ({ width: measureWidth(text, font) }),
})

/** Runs `draw` with text in the figure family measured by `measure`. Synchronous, so that no other drawing sees it. */
export function measuringWith<T>(measure: Measure, draw: () => T): T {
  figureMeasure = measure
  try {
    return draw()
  } finally {
    figureMeasure = null
  }
}

/** Width in pixels of one line of text in a CSS font (`600 12px family`). */
export function measureWidth(text: string, font: string): number {
  const size = Number.parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? '12')
  // zrender 6.1 takes the width of this character for the height of a line, whether or not its glyph is there.
  if (text === '国') return size
  if (font.includes(figureFamily))
    return (figureMeasure ?? estimate)(text, size, font.includes('600') ? 600 : 400)
  canvas ??= typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d')
  if (!canvas) return estimate(text, size)
  canvas.font = font
  return canvas.measureText(text).width
}

/** Without a screen or glyphs: ideographs are as wide as high, the rest a little more than half. */
function estimate(text: string, size: number): number {
  let ems = 0
  for (const character of text) ems += (character.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.58
  return ems * size
}

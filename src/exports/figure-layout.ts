import { type Palette, palettes } from '../charts/chart.ts'
import type { Background, Figure, FigureSize } from '../domain/figure.ts'
import type { FontWeight } from './font-source.ts'
import type { Typeface } from './typeface.ts'
import { wrapLines } from './wrap.ts'

/** A figure laid out in design units: where every line of words stands and what is left for the chart. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly lines: readonly Line[]
  readonly chart: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly rule: number
}

export interface Line {
  readonly words: string
  readonly x: number
  readonly baseline: number
  readonly size: number
  readonly weight: FontWeight
  readonly colour: string
}

/** The palette and ground of a figure: paper white is always drawn in light colours. */
export function groundOf(
  figure: Figure,
  background: Background,
): { theme: 'light' | 'dark'; palette: Palette; fill: string } {
  const theme = background === 'white' ? 'light' : figure.theme
  const palette = palettes[theme]
  const fills = { theme: palette.ground, white: '#ffffff', transparent: 'none' }
  return { theme, palette, fill: fills[background] }
}

/** CSS pixels of a size; millimetres at 96 to the inch. */
export function pixelsOf(size: FigureSize): { width: number; height: number } {
  const factor = size.unit === 'mm' ? 96 / 25.4 : 1
  return { width: size.width * factor, height: size.height * factor }
}

/** How much larger than at 760 × 460 everything is drawn, so that words grow with the figure. */
function magnification({ width, height }: { width: number; height: number }): number {
  const byArea = Math.sqrt((width * height) / (760 * 460))
  return Math.max(0.4, Math.min(Math.max(byArea, 0.75), width / 380, height / 270))
}

interface Block {
  readonly words: string
  readonly size: number
  readonly leastSize: number
  readonly weight: FontWeight
  readonly colour: string
  readonly most: number
}

const margin = 24
const leading = 1.38

/** Less than this leaves a legend and axes no plot. */
const leastChart = 210

/**
 * Words above and below, the chart between them; smaller where they would leave the chart too little. All words must have been
 * prepared in the typeface.
 */
export function layOut(figure: Figure, size: FigureSize, palette: Palette, typeface: Typeface): Layout {
  const pixels = pixelsOf(size)
  const factor = magnification(pixels)
  const layout = layOutAt(factor, pixels, figure, palette, typeface)
  return layout.chart.height >= leastChart
    ? layout
    : layOutAt(factor * 0.85, pixels, figure, palette, typeface)
}

function layOutAt(
  factor: number,
  pixels: { readonly width: number; readonly height: number },
  figure: Figure,
  palette: Palette,
  typeface: Typeface,
): Layout {
  const [width, height] = [pixels.width / factor, pixels.height / factor]
  const room = width - 2 * margin
  const { ink, muted } = palette
  const above = stack(
    [
      { words: figure.title, size: 19, leastSize: 15, weight: 600, colour: ink, most: 2 },
      { words: figure.subtitle, size: 13.5, leastSize: 11.5, weight: 400, colour: muted, most: 2 },
    ],
    room,
    typeface,
  )
  const note = figure.chart.note?.[figure.language] ?? ''
  const below = stack(
    [
      { words: note, size: 11.5, leastSize: 10, weight: 400, colour: muted, most: 2 },
      { words: figure.sourceLine, size: 10.5, leastSize: 9, weight: 400, colour: muted, most: 2 },
    ],
    room,
    typeface,
  )
  const top = margin + 10
  const bottom = height - margin + 6 - below.height
  const chartTop = top + above.height + (above.height > 0 ? 14 : 0)
  return {
    width,
    height,
    rule: margin - 4,
    lines: [
      ...above.lines.map(line => shifted(line, top)),
      ...below.lines.map(line => shifted(line, bottom)),
    ],
    chart: {
      x: margin,
      y: chartTop,
      width: room,
      height: Math.max(40, bottom - (below.height > 0 ? 10 : 0) - chartTop),
    },
  }
}

/** Blocks of lines under each other from 0 downwards. */
function stack(
  blocks: readonly Block[],
  room: number,
  typeface: Typeface,
): { lines: readonly Line[]; height: number } {
  const lines: Line[] = []
  let height = 0
  for (const block of blocks.filter(({ words }) => words.trim() !== '')) {
    const { size, broken } = fitted(block, room, typeface)
    if (height > 0) height += 5
    for (const words of broken) {
      lines.push({
        words,
        x: margin,
        baseline: height + size,
        size,
        weight: block.weight,
        colour: block.colour,
      })
      height += size * leading
    }
  }
  return { lines, height }
}

/** One line where shrinking to the least size allows it; else as many lines as there may be; else cut. */
function fitted(block: Block, room: number, typeface: Typeface): { size: number; broken: readonly string[] } {
  const linesAt = (size: number, most: number) =>
    wrapLines(block.words, room, most, text => typeface.width(text, size, block.weight))
  for (let most = 1; most <= block.most; most++) {
    for (let size = block.size; size >= block.leastSize; size -= 0.5) {
      const broken = linesAt(size, most + 1)
      if (broken.length <= most) return { size, broken }
    }
  }
  return { size: block.leastSize, broken: linesAt(block.leastSize, block.most) }
}

function shifted(line: Line, by: number): Line {
  return { ...line, baseline: line.baseline + by }
}

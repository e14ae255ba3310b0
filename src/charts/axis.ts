import type { Field } from '../domain/chart.ts'
import type { CountTable } from './count-table.ts'
import type { AxisOption } from './echarts.ts'
import type { Look } from './look.ts'
import { measureWidth } from './measure.ts'
import { exactNumber, shortNumber } from './number-words.ts'
import { type Palette, palettes } from './palette.ts'
import type { CategoryScale, ContinuousScale, Scale } from './scale.ts'
import { timeLabels } from './time-labels.ts'
import { tickTime } from './time-words.ts'
import { shortened, shortenedApart, unstyled, valueWords } from './words.ts'

const labelSize = 12
/** Degrees of names that are wider than their slot. */
const slant = 38

/** What the whole chart asks of a continuous axis. */
export interface AxisWishes {
  /** Ends of a fixed axis (0 to 1 of a Lorenz curve); otherwise they follow the data. */
  readonly fixed?: readonly [min: number, max: number]
  /** Whether zero must be on the axis, as it must for bars. */
  readonly fromZero: boolean
  /** Milliseconds between the first and last time. */
  readonly span: number
  /** The largest magnitude on the axis, as far as single rows tell. */
  readonly largest: number
  /** Values are written beyond the ends of bars along the axis. */
  readonly labelled: boolean
  /** No grid lines: the cells of a matrix are its grid. */
  readonly bare: boolean
  /** Names at the right and values from right to left, as the leaves of a tree are at the right. */
  readonly mirrored: boolean
  /** Lines of numbers under the labels. */
  readonly below?: CountTable | null
}

/** The axis of a scale along `side`, `extent` pixels long. */
export function axisOption(
  scale: Scale | null,
  side: 'x' | 'y',
  extent: number,
  look: Look,
  wishes: AxisWishes,
): AxisOption {
  const palette = palettes[look.theme]
  if (scale?.kind === 'category') return categoryAxis(scale, side, extent, look, palette, wishes)
  return continuousAxis(scale, side, extent, look, palette, wishes)
}

function categoryAxis(
  scale: CategoryScale,
  side: 'x' | 'y',
  extent: number,
  look: Look,
  palette: Palette,
  { bare, below, mirrored }: AxisWishes,
): AxisOption {
  const across = below ? labelsWithCounts(scale, extent, look, below) : labelsAcross(scale, extent, look)
  return {
    id: `${side} category`,
    type: 'category',
    data: [...scale.words],
    inverse: side === 'y',
    position: side === 'x' ? 'bottom' : mirrored ? 'right' : 'left',
    axisTick: { show: false },
    axisLine: { show: !bare, lineStyle: { color: palette.axis } },
    splitLine: { show: false },
    axisLabel: {
      ...labelStyle(palette, look),
      margin: bare ? 5 : 8,
      ...(side === 'x' ? across : labelsDown(scale, extent, look)),
    },
    axisPointer: pointer(palette, 'shadow'),
  }
}

/** How names stand under an x axis: level on one line or two, or at an angle and no longer than `width` pixels. */
type Across =
  | { readonly kind: 'level' }
  | { readonly kind: 'two lines'; readonly lines: readonly string[] }
  | { readonly kind: 'angle'; readonly degrees: number; readonly width: number }

/** Level while every name fits its slot, on two lines if need be; then slanted; then upright. */
function namesAcross(words: readonly string[], slot: number, look: Look): Across {
  const widest = widestOf(words, look)
  if (widest <= slot - 8) return { kind: 'level' }
  const lines = onTwoLines(words, slot, look)
  if (lines) return { kind: 'two lines', lines }
  const width = Math.min(widest + 1, Math.max(48, look.height * 0.26))
  return { kind: 'angle', degrees: slot >= 22 ? slant : 90, width }
}

/** As `namesAcross`, upright ones that would touch left out. Times stay level. */
function labelsAcross(scale: CategoryScale, extent: number, look: Look): object {
  const { words, field } = scale
  const slot = extent / Math.max(1, words.length)
  const font = `${labelSize}px ${look.fontFamily}`
  if (field.scale === 'time')
    return widestOf(words, look) <= slot - 16 ? { interval: 0 } : timeLabels(scale, slot, look, font)
  const across = namesAcross(words, slot, look)
  if (across.kind === 'level') return { interval: 0 }
  if (across.kind === 'two lines') {
    const { lines } = across
    return { interval: 0, lineHeight: labelSize + 2, formatter: (_: string, i: number) => lines[i] }
  }
  const interval = across.degrees < 90 ? 0 : Math.max(0, Math.ceil((labelSize + 3) / slot) - 1)
  return { interval, rotate: across.degrees, formatter: cut(words, across.width, font) }
}

/** Pixels that names under an x axis of `extent` pixels reach down beyond a level line. */
export function depthOfNames(scale: Scale | null, extent: number, look: Look): number {
  if (scale?.kind !== 'category' || scale.field.scale === 'time') return 0
  const across = namesAcross(scale.words, extent / Math.max(1, scale.words.length), look)
  if (across.kind === 'level') return 0
  if (across.kind === 'two lines') return labelSize + 2
  const angle = (across.degrees * Math.PI) / 180
  return across.width * Math.sin(angle) - labelSize * (1 - Math.cos(angle))
}

/**
 * Names broken at a space; null where a name needs more than two lines. The slots turn out narrower than reckoned where names
 * beside the axis take their room, hence a third is left.
 */
function onTwoLines(words: readonly string[], slot: number, look: Look): readonly string[] | null {
  const fits = (line: string) => widestOf([line], look) <= slot * 0.68
  const broken = words.map(word => {
    if (fits(word)) return word
    const spaces = [...word.matchAll(/ /g)].map(({ index }) => index)
    const halves = spaces.map(at => [word.slice(0, at), word.slice(at + 1)])
    return halves.findLast(lines => lines.every(fits))?.join('\n') ?? null
  })
  return broken.every(word => word !== null) ? broken : null
}

/** Level, so that the numbers stand under their names; names are cut to their slot, and some left out where it is narrow. */
function labelsWithCounts({ words }: CategoryScale, extent: number, look: Look, below: CountTable): object {
  const slot = extent / Math.max(1, words.length)
  const needed = Math.max(below.widest, Math.min(44, widestOf(words, look))) + 8
  const every = Math.max(1, Math.ceil(needed / slot))
  const font = `${labelSize}px ${look.fontFamily}`
  const formatter = (word: string, index: number) =>
    unstyled(shortened(word, slot * every - 8, font)) + below.under(index)
  return { interval: every - 1, formatter, rich: below.rich }
}

function labelsDown({ words }: CategoryScale, extent: number, look: Look): object {
  const slot = extent / Math.max(1, words.length)
  const width = Math.min(widestOf(words, look) + 1, look.width * 0.32)
  const size = slot >= 15 ? labelSize : Math.max(9, Math.min(labelSize, slot - 1.5))
  const interval = Math.max(0, Math.ceil((size + 0.25) / slot) - 1)
  return { interval, fontSize: size, formatter: cut(words, width, `${size}px ${look.fontFamily}`) }
}

/** Labels that fit a width and still tell the categories apart. */
function cut(words: readonly string[], width: number, font: string): (word: string, index: number) => string {
  const short = shortenedApart(words, width, font)
  return (word, index) => short[index] ?? word
}

function continuousAxis(
  scale: ContinuousScale | null,
  side: 'x' | 'y',
  extent: number,
  look: Look,
  palette: Palette,
  wishes: AxisWishes,
): AxisOption {
  const time = scale?.kind === 'time'
  const format = scale?.field.format
  const grid = !wishes.bare && (side === 'y' || !time)
  return {
    id: `${side} ${time ? 'time' : 'value'}`,
    type: time ? 'time' : 'value',
    scale: !wishes.fromZero,
    ...(wishes.labelled ? { boundaryGap: [0, 0.07] as const } : {}),
    inverse: wishes.mirrored && side === 'x',
    ...(wishes.fixed
      ? { min: wishes.fixed[0], max: wishes.fixed[1], interval: (wishes.fixed[1] - wishes.fixed[0]) / 4 }
      : {}),
    ...(format === 'integer' ? { minInterval: 1 } : {}),
    splitNumber: Math.max(2, Math.min(6, Math.round(extent / (side === 'x' ? 95 : 52)))),
    axisTick: { show: false },
    axisLine: { show: side === 'x', onZero: true, lineStyle: { color: palette.axis } },
    splitLine: { show: grid, lineStyle: { color: palette.grid, width: 1 } },
    axisLabel: {
      ...labelStyle(palette, look),
      hideOverlap: true,
      formatter: tickWords(scale, look, wishes),
      ...(wishes.below ? { rich: wishes.below.rich } : {}),
    },
    axisPointer: { ...pointer(palette, 'line'), label: pointerLabel(scale?.field, look) },
  }
}

function tickWords(
  scale: ContinuousScale | null,
  look: Look,
  { span, largest, below }: AxisWishes,
): (value: number, index: number) => string {
  const words = (value: number, index: number) =>
    scale?.kind === 'time'
      ? tickTime(value, index, span, look.language)
      : shortNumber(value, scale?.field.format, look.language, largest)
  return below ? (value, index) => words(value, index) + below.under(value) : words
}

/** The first line of the tooltip: the exact value with its unit; ECharts escapes it. */
function pointerLabel(field: Field | undefined, look: Look): object {
  return {
    show: false,
    formatter: ({ value }: { value: unknown }) => {
      const number = Number(value)
      if (!field) return exactNumber(number, undefined, look.language)
      return valueWords(field, field.scale === 'time' ? number * 1000 : number, look.language)
    },
  }
}

function pointer(
  palette: Palette,
  type: 'line' | 'shadow',
): { type: 'line' | 'shadow'; [key: string]: unknown } {
  return {
    type,
    label: { show: false },
    lineStyle: { color: palette.axis, type: 'solid', width: 1 },
    shadowStyle: { color: palette.accent, opacity: 0.07 },
  }
}

function labelStyle(palette: Palette, look: Look): object {
  return { color: palette.muted, fontSize: labelSize, fontFamily: look.fontFamily }
}

function widestOf(words: readonly string[], look: Look): number {
  const font = `${labelSize}px ${look.fontFamily}`
  return words.reduce((widest, word) => Math.max(widest, measureWidth(word, font)), 0)
}

import type { Chart, Field, Layer } from '../domain/chart.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { type Group, groupsOf } from './group.ts'
import { measureWidth } from './measure.ts'
import { exactNumber, shortNumber } from './number-words.ts'
import { axisFields, place, type Scale } from './scale.ts'
import type { Scene } from './scene.ts'
import { fieldName, shortened } from './words.ts'

export type CountLayer = Extract<Layer, { mark: 'count' }>

/** Lines of numbers under the labels of the x axis, and the names that stand to their left. */
export interface CountTable {
  /** The names of the lines, from the top to the bottom one. */
  readonly names: readonly CountName[]
  /** The line above the names of groups. */
  readonly head: string | null
  /** Pixels that all lines take, without the name of the axis. */
  readonly height: number
  /** Pixels that the names need to the left of the plot. */
  readonly left: number
  /** Pixels of the widest number. */
  readonly widest: number
  /** The rich text under the label of a tick, from a line break on. */
  under(tick: number): string
  /** The ECharts styles of that text. */
  readonly rich: Readonly<Record<string, object>>
}

interface CountName {
  readonly text: string
  /** That of the group; null without groups. */
  readonly colour: string | null
}

/** Pixels that a line is high, and that are left under the last one. */
export const countLine = 15
export const countBottom = 4
/** Pixels for the name of the axis, which stands between its labels and the numbers. */
export const axisNameLine = 21
export const countSize = 11

/** The first count layer as lines; null where there is none, no room for it, or no number. */
export function countTable(scene: Scene): CountTable | null {
  const { x, look, chart } = scene
  const layer = chart.layers.find((each): each is CountLayer => each.mark === 'count')
  if (!layer || !x || look.height < 170) return null
  const all = groupsOf(scene, layer.colour, layer.n)
  const most = Math.max(1, Math.floor((look.height * 0.34) / countLine) - (layer.colour ? 1 : 0))
  const groups = all.slice(0, most)
  const stairs = groups.map(group => stairOf(x, layer, group))
  if (stairs.every(steps => steps.length === 0)) return null
  const end = lastOf(x, chart)
  const named = namesOf(scene, layer, groups, all.length)
  const gap = `\n{axisName| }${named.head === null ? '' : '\n{count| }'}\n`
  return {
    ...named,
    widest: widestOf(scene, layer, stairs),
    under: tick => gap + linesAt(scene, layer, stairs, tick <= end ? tick : Number.NaN),
    rich: {
      axisName: { lineHeight: axisNameLine },
      count: { fontSize: countSize, lineHeight: countLine, color: scene.palette.ink },
    },
  }
}

/** The place of each number, in order; of several at one place the last holds. */
type Stair = readonly (readonly [x: number, n: number])[]

function stairOf(x: Scale, layer: CountLayer, { rows }: Group): Stair {
  return rows
    .flatMap((row): Stair => {
      const [at, n] = [place(x, layer.x, row), asNumber(row[layer.n.field])]
      return at === null || n === null ? [] : [[at, n]]
    })
    .toSorted((a, b) => a[0] - b[0])
}

/** Where the rows end: beyond it nothing is known, though the axis may go on to a round number. */
function lastOf(x: Scale, chart: Chart): number {
  if (x.kind === 'category') return Number.POSITIVE_INFINITY
  const fields: readonly Field[] = axisFields(chart, 'x')
  const most = (row: Row) =>
    fields.reduce((last, field) => Math.max(last, place(x, field, row) ?? last), Number.NEGATIVE_INFINITY)
  const last = chart.rows.reduce((end, row) => Math.max(end, most(row)), Number.NEGATIVE_INFINITY)
  return last + Math.abs(last) * 1e-9
}

/** The number in force at a tick: that of the last place up to it; on categories only that of the place itself. */
export function countAt(stair: Stair, tick: number, exact: boolean): number | null {
  const near = Math.abs(tick) * 1e-9
  const found = stair.findLast(([at]) => (exact ? at === tick : at <= tick + near))
  return found && !Number.isNaN(tick) ? found[1] : null
}

function linesAt(scene: Scene, layer: CountLayer, stairs: readonly Stair[], tick: number): string {
  const exact = scene.x?.kind === 'category'
  const numbers = stairs.map(stair => countAt(stair, tick, exact))
  return numbers.map(n => `{count|${n === null ? ' ' : countWords(scene, layer, n)}}`).join('\n')
}

function countWords({ look }: Scene, { n: field }: CountLayer, n: number): string {
  if (Math.abs(n) >= 1_000_000) return shortNumber(n, field.format, look.language)
  return exactNumber(n, field.format, look.language)
}

function widestOf(scene: Scene, layer: CountLayer, stairs: readonly Stair[]): number {
  const font = `${countSize}px ${scene.look.fontFamily}`
  const longest = new Set(stairs.flatMap(stair => stair.map(([, n]) => countWords(scene, layer, n))))
  return [...longest].reduce((widest, words) => Math.max(widest, measureWidth(words, font)), 0)
}

/** Names as wide as they need, but leaving the plot its room; what has no room is said to be missing. */
function namesOf(
  { look }: Scene,
  layer: CountLayer,
  groups: readonly Group[],
  count: number,
): Pick<CountTable, 'names' | 'head' | 'height' | 'left'> {
  const font = `${countSize}px ${look.fontFamily}`
  const title = fieldName(layer.n, look.language)
  const room = Math.min(150, Math.max(56, look.width * 0.21))
  const beside = !layer.colour && measureWidth(title, font) <= room
  const swatch = layer.colour ? swatchRoom : 0
  const names = groups.map(({ name, colour }) => {
    if (!layer.colour) return { text: beside ? title : '', colour: null }
    return { text: shortened(name, room - swatch, font), colour }
  })
  const width = names.reduce((widest, { text }) => Math.max(widest, measureWidth(text, font)), 0)
  const shown = count > groups.length ? `${title} (${groups.length}/${count})` : title
  const head = beside ? null : shortened(shown, look.width - 8, font)
  const lines = groups.length + (head === null ? 0 : 1)
  return { names, head, height: lines * countLine + 2, left: swatch + width }
}

/** Pixels of the square of colour before a name, with its gap. */
export const swatchRoom = 13

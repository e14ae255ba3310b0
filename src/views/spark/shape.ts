import type { Chart, Field, Layer } from '../../domain/chart.ts'
import { provinces } from '../../domain/province.ts'
import { asNumber, type Row } from '../../domain/table.ts'

/** A chart reduced to what can be seen in the corner of a card; coordinates run from 0 to 1, y upwards. */
export type Spark =
  | { readonly kind: 'bars'; readonly heights: readonly number[] }
  | { readonly kind: 'lines'; readonly lines: readonly (readonly Point[])[] }
  | {
      readonly kind: 'cells'
      readonly columns: number
      readonly rows: number
      readonly cells: readonly SparkCell[]
    }

type Point = readonly [x: number, y: number]

/** A square at whole coordinates, y downwards; `strength` from 0 (faint) to 1. */
export interface SparkCell {
  readonly x: number
  readonly y: number
  readonly strength: number
}

/** More would be narrower than a pixel. */
const mostBars = 28

/** The spark of a chart's first layer with data; null when there is nothing to draw. */
export function sparkOf({ layers, rows }: Chart): Spark | null {
  const layer = layers.find(({ mark }) => mark !== 'rule' && mark !== 'diagonal')
  if (layer === undefined || rows.length === 0) return null
  switch (layer.mark) {
    case 'bar':
      return bars(layer, rows)
    case 'line':
    case 'point':
      return lines(layer, rows)
    case 'tile':
      return tiles(layer, rows)
    case 'cell':
      return matrix(layer, rows)
    case 'rule':
    case 'diagonal':
      return null
  }
}

function bars({ x, y }: Extract<Layer, { mark: 'bar' }>, rows: readonly Row[]): Spark | null {
  const [category, measure] = y.scale === 'category' ? [y, x] : [x, y]
  const sums = new Map<unknown, number>()
  for (const row of rows) {
    const key = row[category.field]
    sums.set(key, (sums.get(key) ?? 0) + Math.max(0, asNumber(row[measure.field]) ?? 0))
  }
  const values = [...sums.values()].slice(0, mostBars)
  const top = Math.max(...values)
  return top > 0 ? { kind: 'bars', heights: values.map(value => value / top) } : null
}

function lines(
  { x, y, colour }: Extract<Layer, { mark: 'line' | 'point' }>,
  rows: readonly Row[],
): Spark | null {
  const xs = positions(x, rows)
  const ys = rows.map(row => asNumber(row[y.field]))
  const present = ys.filter(value => value !== null)
  if (present.length < 2) return null
  const [low, high] = [Math.min(0, ...present), Math.max(...present)]
  const byColour = new Map<unknown, Point[]>()
  rows.forEach((row, i) => {
    const [at, value] = [xs[i] ?? null, ys[i] ?? null]
    if (at === null || value === null) return
    const key = colour === undefined ? null : row[colour.field]
    byColour.set(key, [...(byColour.get(key) ?? []), [at, high === low ? 0.5 : (value - low) / (high - low)]])
  })
  return { kind: 'lines', lines: [...byColour.values()].slice(0, 4) }
}

/** Where each row stands on the field's scale, 0 to 1; null where it has no place. */
function positions(field: Field, rows: readonly Row[]): readonly (number | null)[] {
  if (field.scale === 'category') {
    const names = [...new Set(rows.map(row => row[field.field]))]
    return rows.map(row => names.indexOf(row[field.field]) / Math.max(1, names.length - 1))
  }
  const values = rows.map(row => asNumber(row[field.field]))
  const present = values.filter(value => value !== null)
  const [low, high] = [Math.min(...present), Math.max(...present)]
  return values.map(value => (value === null ? null : high === low ? 0.5 : (value - low) / (high - low)))
}

function tiles({ region, colour }: Extract<Layer, { mark: 'tile' }>, rows: readonly Row[]): Spark {
  const strengths = strengthsOf(colour, rows)
  const byCode = new Map(rows.map((row, i) => [String(row[region.field]), strengths[i] ?? 0]))
  const cells = provinces.map(({ code, tile: [x, y] }) => ({ x, y, strength: byCode.get(code) ?? 0 }))
  return { kind: 'cells', columns: 9, rows: 9, cells }
}

function matrix({ x, y, colour }: Extract<Layer, { mark: 'cell' }>, rows: readonly Row[]): Spark {
  const columns = [...new Set(rows.map(row => row[x.field]))]
  const lines = [...new Set(rows.map(row => row[y.field]))].slice(0, 12)
  const strengths = strengthsOf(colour, rows)
  const cells = rows.flatMap((row, i) => {
    const line = lines.indexOf(row[y.field])
    return line < 0 ? [] : [{ x: columns.indexOf(row[x.field]), y: line, strength: strengths[i] ?? 0 }]
  })
  return { kind: 'cells', columns: columns.length, rows: lines.length, cells }
}

/** Numbers by their share of the largest; named states by their place in the order, the first the strongest. */
function strengthsOf(colour: Field, rows: readonly Row[]): readonly number[] {
  if (colour.scale === 'number') {
    const values = rows.map(row => asNumber(row[colour.field]) ?? 0)
    const top = Math.max(0, ...values)
    return values.map(value => (top > 0 ? value / top : 0))
  }
  const order = colour.order ?? [...new Set(rows.map(row => String(row[colour.field])))]
  return rows.map(row => {
    const at = order.indexOf(String(row[colour.field]))
    return at < 0 ? 0 : 1 / 3 ** at
  })
}

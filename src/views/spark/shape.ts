import { type Chart, type Field, type Layer, leadingFirst } from '../../domain/chart.ts'
import { provinces } from '../../domain/province.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'

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
  | { readonly kind: 'spans'; readonly rows: number; readonly spans: readonly SparkSpan[] }

type Point = readonly [x: number, y: number]

/** A square at whole coordinates, y downwards; `strength` from 0 (faint) to 1. */
export interface SparkCell {
  readonly x: number
  readonly y: number
  readonly strength: number
}

/** A lying bar: `from` and `to` run from 0 to 1, `row` counts downwards. */
export interface SparkSpan {
  readonly row: number
  readonly from: number
  readonly to: number
}

/** More would be narrower than a pixel. */
const mostBars = 28
const mostLines = 10

/** The spark of the layer that a chart is about; null when there is nothing to draw. */
export function sparkOf({ layers, rows }: Chart): Spark | null {
  const [layer] = leadingFirst(layers.filter(({ mark }) => mark !== 'rule' && mark !== 'diagonal'))
  return layer === undefined || rows.length === 0 ? null : sparkOfLayer(layer, rows)
}

function sparkOfLayer(layer: Layer, rows: readonly Row[]): Spark | null {
  switch (layer.mark) {
    case 'bar':
      return bars(layer, rows)
    case 'line':
    case 'point':
      return layer.mark === 'line' && layer.step ? stepped(lines(layer, rows)) : lines(layer, rows)
    case 'band':
      return edges(layer, rows)
    case 'count':
      return stepped(lines({ ...layer, y: layer.n }, rows))
    case 'span':
      return spans(layer.y, layer.from, layer.to, rows)
    case 'box':
      return spans(layer.y, layer.lower, layer.upper, rows)
    case 'whisker':
      return spans(layer.at, layer.low, layer.high, rows)
    case 'flow':
      return bars({ x: layer.from, y: layer.size }, rows)
    case 'network':
      return degrees(layer, rows)
    case 'tile':
      return tiles(layer, rows)
    case 'cell':
      return matrix(layer, rows)
    case 'rule':
    case 'diagonal':
    case 'tree':
      return null
  }
}

interface Plane {
  readonly x: Field
  readonly y: Field
  readonly colour?: Field
}

function bars({ x, y }: Plane, rows: readonly Row[]): Spark | null {
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

function lines({ x, y, colour }: Plane, rows: readonly Row[]): Spark | null {
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

/** A band without a line in it: its lower and its upper edge, on one scale. */
function edges({ x, low, high }: Extract<Layer, { mark: 'band' }>, rows: readonly Row[]): Spark | null {
  const names = ['x', 'y', 'edge']
  const points = rows.flatMap(each => [
    row(names, [each[x.field] ?? null, each[low.field] ?? null, 'low']),
    row(names, [each[x.field] ?? null, each[high.field] ?? null, 'high']),
  ])
  return lines(
    { x: { ...x, field: 'x' }, y: { ...low, field: 'y' }, colour: { ...x, field: 'edge' } },
    points,
  )
}

/** Bars from one value to another, one line a value of `by`; the first lines where there are many. */
function spans(by: Field, from: Field, to: Field, rows: readonly Row[]): Spark | null {
  const shown = rows.flatMap(each => {
    const [start, end] = [asNumber(each[from.field]), asNumber(each[to.field])]
    return start === null || end === null ? [] : [{ name: each[by.field], start, end }]
  })
  const ends = shown.flatMap(({ start, end }) => [start, end])
  const low = ends.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = ends.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  if (!(high > low)) return null
  const names = [...new Set(shown.map(({ name }) => name))].slice(0, mostLines)
  const share = (value: number) => (value - low) / (high - low)
  const found = shown.flatMap(({ name, start, end }) => {
    const line = names.indexOf(name)
    return line < 0 ? [] : [{ row: line, from: share(start), to: share(end) }]
  })
  return { kind: 'spans', rows: names.length, spans: found }
}

/** How many links each node of a network has, the most linked first. */
function degrees({ from, to }: Extract<Layer, { mark: 'network' }>, rows: readonly Row[]): Spark | null {
  const counts = new Map<unknown, number>()
  for (const each of rows) {
    const ends = [each[from.field], each[to.field]]
    if (ends.includes(null)) continue
    for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1)
  }
  const sorted = [...counts.values()].sort((a, b) => b - a).slice(0, mostBars)
  const top = sorted[0]
  return top === undefined ? null : { kind: 'bars', heights: sorted.map(count => count / top) }
}

/** The same lines with a corner before each change: a value holds until the next one. */
function stepped(spark: Spark | null): Spark | null {
  if (spark?.kind !== 'lines') return spark
  const corners = (line: readonly Point[]) =>
    line.flatMap((point, i): readonly Point[] => {
      const before = line[i - 1]
      return before ? [[point[0], before[1]], point] : [point]
    })
  return { kind: 'lines', lines: spark.lines.map(corners) }
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

import type { Chart, Layer } from '../domain/chart.ts'
import { axisFields, place, type Scale } from './scale.ts'

/** Where the values along a continuous axis lie; times in milliseconds. */
export interface Extent {
  readonly first: number
  readonly last: number
}

/** Over all fields that lie along the axis: a low end or an upper limit is beyond the value it belongs to. */
export function extentOf(chart: Chart, scale: Scale | null, side: 'x' | 'y'): Extent {
  const none = { first: 0, last: 0 }
  if (!scale || scale.kind === 'category') return none
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const field of axisFields(chart, side))
    for (const row of chart.rows) {
      const at = place(scale, field, row)
      if (at !== null) [first, last] = [Math.min(first, at), Math.max(last, at)]
    }
  return first > last ? none : { first, last }
}

/**
 * Whether lines are compared that lie close together far from zero (indices, a stock and its target): from zero they would be
 * one line. Bars and areas are lengths and begin at zero, and so do shares.
 */
export function comparesLevels({ layers }: Chart, scale: Scale | null, { first, last }: Extent): boolean {
  if (scale?.kind !== 'number' || scale.field.format === 'percent') return false
  const rest = layers.filter(({ mark }) => mark !== 'line' && mark !== 'point' && mark !== 'rule')
  const compared = layers.some(layer => layer.mark === 'line' && layer.colour)
  const areas = layers.some(layer => layer.mark === 'line' && layer.area)
  return rest.length === 0 && compared && !areas && first > last / 2
}

/** Whether an axis from zero is one of shares of a whole that come near to it: it then ends at 100 %, not beyond. */
export function endsAtWhole(
  chart: Chart,
  scale: Scale | null,
  side: 'x' | 'y',
  { first, last }: Extent,
): boolean {
  if (scale?.kind !== 'number' || scale.field.format !== 'percent') return false
  const rules = chart.layers.flatMap(layer => (layer.mark === 'rule' && layer.axis === side ? layer.at : []))
  const stacks = chart.layers.flatMap(layer =>
    layer.mark === 'bar' && layer.colour ? stackHeights(chart, layer) : [],
  )
  const least = Math.min(first, ...rules)
  const most = [...rules, ...stacks].reduce((largest, value) => Math.max(largest, value), last)
  return least >= 0 && most > 0.8 && most <= 1 + 1e-9
}

/** The sums of bars that stand on each other. */
function stackHeights(chart: Chart, { x, y }: Extract<Layer, { mark: 'bar' }>): readonly number[] {
  const [category, value] = y.scale === 'category' ? [y, x] : [x, y]
  const sums = new Map<unknown, number>()
  for (const row of chart.rows) {
    const height = place({ kind: 'number', field: value }, value, row) ?? 0
    const key = row[category.field]
    sums.set(key, (sums.get(key) ?? 0) + height)
  }
  return [...sums.values()]
}

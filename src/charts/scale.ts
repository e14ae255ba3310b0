import { type Chart, type Field, type Layer, leadingFirst } from '../domain/chart.ts'
import type { Language } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { categoryKey, categoryWords } from './words.ts'

/** How one axis (or colour) turns values into places. */
export type Scale = CategoryScale | ContinuousScale

/** Categories in their order of showing; `words` are parallel to `keys`. */
export interface CategoryScale {
  readonly kind: 'category'
  readonly field: Field
  readonly keys: readonly string[]
  readonly words: readonly string[]
  readonly position: ReadonlyMap<string, number>
}

export interface ContinuousScale {
  readonly kind: 'number' | 'time'
  readonly field: Field
}

/** The x or y scale that all layers of a chart share; null when no layer has that axis. A matrix has only categories. */
export function axisScale(chart: Chart, axis: 'x' | 'y', language: Language): Scale | null {
  const fields = axisFields(chart, axis)
  const [first] = fields
  if (!first) return null
  const matrix = chart.layers.some(({ mark }) => mark === 'cell')
  if (first.scale !== 'category' && !matrix) return { kind: first.scale, field: first }
  return categoryScale(first, chart.rows, language, fields)
}

/**
 * All fields along an axis; the first is that of the layer which the chart is about, and names the axis. The heights of a
 * tree beside a matrix are not on its x axis.
 */
export function axisFields(chart: Chart, axis: 'x' | 'y'): readonly Field[] {
  const byName = new Map<string, Field>()
  const matrix = chart.layers.some(({ mark }) => mark === 'cell')
  const along = chart.layers.filter(({ mark }) => !(mark === 'tree' && axis === 'x' && matrix))
  for (const field of leadingFirst(along).flatMap(layer => axisField(layer, axis)))
    if (!byName.has(field.field)) byName.set(field.field, field)
  return [...byName.values()]
}

/** The categories of a field: declared order first, then times in order, others as the rows bring them. */
export function categoryScale(
  field: Field,
  rows: readonly Row[],
  language: Language,
  fields: readonly Field[] = [field],
): CategoryScale {
  const present = new Set(rows.flatMap(row => fields.map(({ field: column }) => categoryKey(row[column]))))
  const ordered = (field.order ?? []).filter(key => present.has(key))
  const keys = [...new Set([...ordered, ...(field.scale === 'time' ? inTime(present) : present)])]
  return {
    kind: 'category',
    field,
    keys,
    words: keys.map(key => categoryWords(field, key, language)),
    position: new Map(keys.map((key, i) => [key, i])),
  }
}

/** The absent time last. */
function inTime(keys: ReadonlySet<string>): readonly string[] {
  const order = (key: string) => (key === '' ? Number.POSITIVE_INFINITY : Number(key))
  return [...keys].sort((a, b) => (a === b ? 0 : order(a) - order(b)))
}

/** Where a row lies on a scale: index of the category, number, or milliseconds; null when it lies nowhere. */
export function place(scale: Scale, field: Field, row: Row): number | null {
  if (scale.kind === 'category') return scale.position.get(categoryKey(row[field.field])) ?? null
  const value = asNumber(row[field.field])
  return value !== null && scale.kind === 'time' ? value / 1000 : value
}

/** The fields that a layer places along an axis. */
function axisField(layer: Layer, axis: 'x' | 'y'): readonly Field[] {
  switch (layer.mark) {
    case 'bar':
    case 'line':
    case 'point':
    case 'cell':
      return [layer[axis]]
    case 'band':
      return axis === 'x' ? [layer.x] : [layer.low, layer.high]
    case 'span':
      return axis === 'x' ? [layer.from, layer.to] : [layer.y]
    case 'whisker':
      return axis === layer.along ? [layer.low, layer.high] : [layer.at]
    case 'box':
      return axis === 'x' ? [layer.middle, layer.low, layer.lower, layer.upper, layer.high] : [layer.y]
    case 'count':
      return axis === 'x' ? [layer.x] : []
    case 'tree':
      return axis === 'x' ? [layer.height] : [layer.left, layer.right]
    default:
      return []
  }
}

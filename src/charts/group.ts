import type { Field } from '../domain/chart.ts'
import type { Row } from '../domain/table.ts'
import { categoryScale } from './scale.ts'
import type { LegendEntry, Scene } from './scene.ts'
import { categoryKey, fieldName } from './words.ts'

/** The rows of a layer that are drawn in one colour, under one name. */
export interface Group extends LegendEntry {
  readonly key: string
  readonly rows: readonly Row[]
}

/** One group a value of `by`; without it all rows are one group named after the value that is drawn. */
export function groupsOf(
  scene: Scene,
  by: Field | undefined,
  value: Field,
  colourOf: (name: string) => string = name => scene.colourOf(name),
): readonly Group[] {
  const { rows } = scene.chart
  const { language } = scene.look
  if (!by) {
    const name = fieldName(value, language)
    return [{ key: value.field, name, colour: colourOf(name), rows }]
  }
  const byKey = rowsByKey(rows, by)
  const { keys, words } = categoryScale(by, rows, language)
  const groups = keys.map((key, i) => {
    const name = words[i] ?? key
    const colour = key === '' ? scene.palette.axis : colourOf(name)
    return { key, name, colour, rows: byKey.get(key) ?? [] }
  })
  return groups.filter(group => group.key !== '' || hasValue(group.rows, value))
}

/** Rows without a name and without a value belong to another layer: they would be a name without a mark. */
function hasValue(rows: readonly Row[], { field }: Field): boolean {
  return rows.some(row => row[field] !== null && row[field] !== undefined)
}

function rowsByKey(rows: readonly Row[], { field }: Field): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const key = categoryKey(row[field])
    const there = found.get(key)
    if (there) there.push(row)
    else found.set(key, [row])
  }
  return found
}

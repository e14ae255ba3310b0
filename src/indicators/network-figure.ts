import type { Field } from '../domain/chart.ts'
import { same } from '../domain/phrase.ts'
import type { Row, Value } from '../domain/table.ts'
import { categoryField } from './field.ts'
import type { Noted } from './months.ts'

/** More nodes than this are a tangle. */
export const mostNodes = 200

/** More links than this are too. */
const mostLinks = 1500

/** Columns that hold the two ends of a link; the second may be null: a node alone. */
export type Ends = readonly [from: string, to: string]

/** Of each end of the rows' links how many links it has; an end is known by its column where columns are of two kinds. */
function degrees(rows: readonly Row[], keyOf: (column: number, value: Value) => string, ends: Ends) {
  const found = new Map<string, number>()
  for (const given of rows)
    ends.forEach((column, i) => {
      const value = given[column] ?? null
      const counts = given[ends[1]] === null || given[ends[0]] === null ? 0 : 1
      if (value !== null) found.set(keyOf(i, value), (found.get(keyOf(i, value)) ?? 0) + counts)
    })
  return found
}

/**
 * The rows of the nodes with the most links, and the line that says so where there are more. `twoKinds`: both columns
 * name things of different kinds, which may have the same ids.
 */
export function mostLinked(
  rows: readonly Row[],
  ends: Ends,
  twoKinds: boolean,
): { readonly rows: readonly Row[] } & Noted {
  const keyOf = (column: number, value: Value) => `${twoKinds ? column : ''} ${value}`
  const found = degrees(rows, keyOf, ends)
  const order = [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const kept = new Set(order.slice(0, mostNodes).map(([key]) => key))
  const isKept = (given: Row) =>
    ends.every((column, i) => given[column] === null || kept.has(keyOf(i, given[column] ?? null)))
  const shown = rows.filter(isKept).slice(0, mostLinks)
  if (shown.length === rows.length) return { rows }
  const nodes = Math.min(mostNodes, found.size)
  return {
    rows: shown,
    note: {
      zh: `图中为关联最多的 ${nodes} 个节点（共 ${found.size} 个）及其相互之间的关联`,
      en: `The ${nodes} nodes with most links, of ${found.size}, and the links among them`,
    },
  }
}

/** How an end is shown: by the names that the rows carry for either end. */
export function endField(
  column: string,
  rows: readonly Row[],
  names: readonly (readonly [id: string, name: string])[],
): Field {
  const labels = rows.flatMap(given =>
    names.flatMap(([id, name]) => {
      const [key, title] = [given[id], given[name]]
      return typeof key === 'string' && typeof title === 'string' ? [[key, same(title)] as const] : []
    }),
  )
  return categoryField(column, { zh: '平台', en: 'Platform' }, { labels: Object.fromEntries(labels) })
}

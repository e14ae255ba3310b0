import { join, name, sql } from '../sql/sql.ts'
import type { Expression, RawTable, Target } from './adapter.ts'
import { asOf } from './options.ts'
import { blankAsNull, constant, previewValues } from './raw-table.ts'

/** The words of an export's column, in lower case, and the canonical value that each stands for. */
export type Words<Value extends string = string> = Readonly<Record<string, Value>>

export type StateWords = Words<'online' | 'offline' | 'never' | 'unknown'>

/**
 * True when most of a column's values in the preview are of that language; also when there are none. A word that is not
 * known costs its row, which a person may mend, and not the recognition of the whole export.
 */
export function speaks(raw: RawTable, column: string, words: Words): boolean {
  const values = previewValues(raw, column)
  const known = values.filter(value => Object.hasOwn(words, value.trim().toLowerCase())).length
  return known >= values.length * 0.6
}

/**
 * The canonical value of each word. A word that is not listed stays as it is, so that the import refuses it by name and
 * a person may say what it stands for; blank is `absent`.
 */
export function translated(column: string, words: Words, absent: string | null = null): Expression {
  const text = blankAsNull(column)
  const cases = Object.entries(words).map(([word, value]) => sql`when ${word} then ${value}`)
  return {
    sql: sql`case lower(${text}) ${join(cases, ' ')} else coalesce(${text}, ${absent}) end`,
    from: [column],
  }
}

/** `disabled` for those words, `enabled` for all others, null for blank. */
export function adminState(column: string, disabled: readonly string[]): Expression {
  const text = blankAsNull(column)
  return {
    sql: sql`case when lower(${text}) in ${disabled} then 'disabled' when ${text} is not null then 'enabled' end`,
    from: [column],
  }
}

/** The first of the columns that is not blank, row by row; null where none of them is there. */
export function firstFilled(raw: RawTable, ...columns: readonly string[]): Expression | null {
  const there = columns.filter(column => raw.columns.includes(column))
  const [only] = there
  if (only === undefined) return null
  if (there.length === 1) return { sql: name(only), from: there }
  return { sql: sql`coalesce(${join(there.map(blankAsNull))})`, type: 'text', from: there }
}

/** The canonical columns whose expression is there. */
export function known(
  columns: Readonly<Record<string, Expression | null>>,
): Readonly<Record<string, Expression>> {
  return Object.fromEntries(Object.entries(columns).flatMap(([to, from]) => (from ? [[to, from]] : [])))
}

/** What a list says about the state of its devices at one time. */
export interface Snapshot {
  readonly key: Readonly<Record<string, Expression>>
  readonly state: Expression
  readonly kind: 'session' | 'activity' | 'admin'
  readonly lastSeen: Expression | null
  /** Raw columns of times that the export cannot be older than. */
  readonly times: readonly string[]
}

/** The snapshots of a list; none where nobody says when it was made. */
export function snapshots(
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  { key, state, kind, lastSeen, times }: Snapshot,
): readonly Target[] {
  const as_of = asOf(
    options,
    times.filter(time => raw.columns.includes(time)),
  )
  if (!as_of) return []
  const columns = { ...key, as_of, state, state_kind: constant(kind), ...known({ last_seen: lastSeen }) }
  return [{ table: 'device_snapshot', when: sql`${as_of.sql} is not null`, columns }]
}

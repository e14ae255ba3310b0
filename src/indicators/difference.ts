import { type CanonicalName, canonicalTable, keyColumns } from '../domain/canonical.ts'
import type { ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { union } from './exports.ts'

/** What became of a thing between two exports. */
export const fates = ['appeared', 'vanished', 'changed', 'unchanged'] as const
export type Fate = (typeof fates)[number]

/** The result of `fateCounts`: one row a table and fate that occurs. */
export const fateCountsResult = { table: 'text', fate: 'text', rows: 'integer' } as const

/** The result of `fateRows`: `key` joins the key columns, `changes` says `column: old → new` for each column that changed. */
export const fateRowsResult = {
  fate: 'text',
  key: 'text',
  changes: 'text',
} as const satisfies Record<string, ValueType>

/** Tables whose rows are things with a key, so that one export can be laid beside another. */
export function isComparable(table: CanonicalName): boolean {
  return keyColumns(table).length > 0
}

/** How many things of each table appeared, vanished, changed or stayed between the older tables and the newer ones. */
export function fateCounts(pairs: readonly TablePair[]): Sql {
  const parts = pairs.map(
    pair =>
      sql`select ${pair.table} as ${name('table')}, fate, count(*) as rows from ${fatesOf(pair)} group by fate`,
  )
  return sql`select * from (${join(parts, ' union all by name ')}) order by ${name('table')}, fate`
}

/** The things that did not stay as they were, by fate and key. */
export function fateRows(pair: TablePair): Sql {
  return sql`select fate, key, changes from ${fatesOf(pair)} where fate <> 'unchanged' order by fate, key`
}

export interface TablePair {
  readonly table: CanonicalName
  /** Engine tables of either export. */
  readonly older: readonly string[]
  readonly newer: readonly string[]
}

/** Relation (fate, key, changes), one row a thing. Values are compared as text, so that categories of two files compare. */
function fatesOf({ table, older, newer }: TablePair): Sql {
  const keys = keyColumns(table)
  const others = Object.keys(canonicalTable(table).columns).filter(column => !keys.includes(column))
  const texts = join([...keys, ...others].map(column => sql`${name(column)}::varchar as ${name(column)}`))
  const there = (side: 'a' | 'b') => sql`${name(side)}.${name(keys[0] ?? '')} is not null`
  const changes = join(
    others.map(column => {
      const [a, b] = [sql`a.${name(column)}`, sql`b.${name(column)}`]
      return sql`case when ${a} is distinct from ${b}
        then concat(${column}, ': ', coalesce(${a}, '∅'), ' → ', coalesce(${b}, '∅')) end`
    }),
  )
  const matched = sql`${there('a')} and ${there('b')}`
  const key = join(keys.map(column => sql`coalesce(a.${name(column)}, b.${name(column)})`))
  return sql`(
    with a as (select ${texts} from ${union(older)}), b as (select ${texts} from ${union(newer)}),
    beside as (
      select concat_ws(' / ', ${key}) as key, ${there('a')} as was, ${there('b')} as is_there,
        case when ${matched} then concat_ws('; ', ${others.length > 0 ? changes : sql`null`}) end as changes
      from a full join b on ${join(
        keys.map(column => sql`a.${name(column)} = b.${name(column)}`),
        ' and ',
      )}
    )
    select key, nullif(changes, '') as changes, case when not was then 'appeared' when not is_there then 'vanished'
      when changes <> '' then 'changed' else 'unchanged' end as fate
    from beside
  )`
}

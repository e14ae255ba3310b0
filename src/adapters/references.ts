import { type CanonicalName, canonicalNames, canonicalTable, type Reference } from '../domain/canonical.ts'
import { empty, join, name, type Sql, sql } from '../sql/sql.ts'
import type { StagingQuery } from './staging-questions.ts'

type Loaded = Readonly<Partial<Record<CanonicalName, readonly string[]>>>

/**
 * Asks for what loaded tables refer to and the loaded tables do not have, one row for each broken reference: `table`,
 * `columns` (joined by a comma), `referenced` table, `names` (different ones) and `rows` that use them. A reference to
 * a table that is not loaded at all is not asked; a row without a value in one of the columns refers to nothing.
 */
export function referenceQuestion(loaded: Loaded): StagingQuery {
  const counted = canonicalNames.flatMap(table =>
    (canonicalTable(table).references ?? []).flatMap(reference => broken(table, reference, loaded)),
  )
  const columns = sql`select '' as ${name('table')}, '' as ${name('columns')}, '' as referenced, 0 as names,
    0 as ${name('rows')}`
  return {
    statement: sql`select * from (${join([columns, ...counted], ' union all by name ')})
      where names > 0 order by ${name('rows')} desc, ${name('table')}, ${name('columns')}, referenced`,
    result: { table: 'text', columns: 'text', referenced: 'text', names: 'integer', rows: 'integer' },
  }
}

/** Names are counted first: there are few of them among many rows. */
function broken(table: CanonicalName, reference: Reference, loaded: Loaded): readonly Sql[] {
  const [own, theirs] = [loaded[table] ?? [], loadedAs(reference.table, loaded)]
  if (own.length === 0 || theirs.length === 0) return []
  const pairs = Object.entries(reference.columns)
  const where = [
    ...pairs.map(([column]) => sql`${name(column)} is not null`),
    ...Object.entries(reference.where ?? {}).map(([column, value]) => sql`${name(column)} = ${value}`),
  ]
  const keys = pairs.map((_, i) => name(`k_${i}`))
  const used = all(
    own,
    pairs.map(([column], i) => keyed(column, i)),
    sql`where ${join(where, ' and ')}`,
  )
  const known = all(
    theirs,
    pairs.map(([, column], i) => keyed(column, i)),
    empty,
  )
  return [
    sql`select ${table} as ${name('table')}, ${pairs.map(([column]) => column).join(', ')} as ${name('columns')},
      ${reference.table} as referenced, count(*) as names, coalesce(sum(uses), 0)::bigint as ${name('rows')}
      from (select ${join(keys)}, count(*) as uses from (${used}) group by all)
      anti join (${known}) using (${join(keys)})`,
  ]
}

function loadedAs(table: string, loaded: Loaded): readonly string[] {
  const canonical = canonicalNames.find(known => known === table)
  return (canonical && loaded[canonical]) ?? []
}

/** Categories are ENUMs of their own file and compare as text. */
function keyed(column: string, i: number): Sql {
  return sql`cast(${name(column)} as varchar) as ${name(`k_${i}`)}`
}

function all(tables: readonly string[], columns: readonly Sql[], where: Sql): Sql {
  const parts = tables.map(table => sql`select ${join(columns)} from ${name(table)} ${where}`)
  return join(parts, ' union all by name ')
}

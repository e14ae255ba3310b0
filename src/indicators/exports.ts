import { type CanonicalName, canonicalTable, keyColumns } from '../domain/canonical.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'

/** What is known of the exports that the engine's tables come from. */
export interface Exports {
  /** Engine table -> the time its export speaks of, µs UTC; absent where it does not say. */
  readonly asOf: Readonly<Record<string, number>>
  /** Canonical tables of which two exports have rows with the same key. */
  readonly overlapping: readonly CanonicalName[]
}

export const unknownExports: Exports = { asOf: {}, overlapping: [] }

/** All rows of the engine tables; columns by name, whatever their order. */
export function union(engineTables: readonly string[]): Sql {
  const parts = engineTables.map(table => sql`select * from ${name(table)}`)
  return sql`(${join(parts, ' union all by name ')})`
}

/**
 * All rows of the engine tables with `export_as_of` (timestamp, null where the export does not say) and `export_no`, which
 * counts the exports from the oldest: those without a time first, then by time, in the order of import where that is equal.
 */
export function dated(engineTables: readonly string[], { asOf }: Exports): Sql {
  const inOrder = engineTables.toSorted((a, b) => (asOf[a] ?? -Infinity) - (asOf[b] ?? -Infinity) || 0)
  const parts = inOrder.map((table, i) => {
    const time = asOf[table]
    const exported = time === undefined ? sql`null::timestamp` : instant(time)
    return sql`select *, ${exported} as export_as_of, ${i + 1} as export_no from ${name(table)}`
  })
  return sql`(${join(parts, ' union all by name ')})`
}

/** One row a key: where exports overlap, the row of the latest one. */
export function latest(canonical: CanonicalName, engineTables: readonly string[], exports: Exports): Sql {
  return sql`(
    select * exclude (export_as_of, export_no) from ${dated(engineTables, exports)}
    qualify row_number() over (partition by ${join(identity(canonical).map(column => name(column)))} order by export_no desc) = 1
  )`
}

/** Rows of one thing have these columns in common; a platform's ids are its own. Empty where every row is a thing. */
function identity(canonical: CanonicalName): readonly string[] {
  const keys = keyColumns(canonical)
  const ofPlatform = 'platform_id' in canonicalTable(canonical).columns && !keys.includes('platform_id')
  return keys.length > 0 && ofPlatform ? [...keys, 'platform_id'] : keys
}

/** A condition that holds where two of the engine tables have rows of the same thing; null where that cannot be. */
export function overlap(canonical: CanonicalName, engineTables: readonly string[]): Sql | null {
  const columns = identity(canonical)
  if (engineTables.length < 2 || columns.length === 0) return null
  const keys = join(columns.map(column => name(column)))
  return sql`(select count(*) > count(distinct (${keys})) from ${union(engineTables)})`
}

import { name, type Sql, sql } from '../sql/sql.ts'
import type { Expression, RawTable } from './adapter.ts'

/** True when the raw table has every one of the columns. */
export function hasColumns(raw: RawTable, ...columns: readonly string[]): boolean {
  return columns.every(column => raw.columns.includes(column))
}

/** The first of the columns that the raw table has. */
export function firstColumn(raw: RawTable, ...columns: readonly string[]): string | undefined {
  return columns.find(column => raw.columns.includes(column))
}

/** The values of a column in the preview, absent ones left out; empty when there is no such column. */
export function previewValues(raw: RawTable, column: string): readonly string[] {
  const at = raw.columns.indexOf(column)
  return at < 0 ? [] : raw.preview.flatMap(row => row[at] ?? [])
}

/** A raw column as it is. */
export function column(raw: string): Expression {
  return { sql: name(raw), from: [raw] }
}

/** The same value for every row. */
export function constant(value: string): Expression {
  return { sql: sql`${value}`, from: [] }
}

/** A raw column as lower-case text, whatever its type; blank is null. */
export function lowerText(raw: string): Sql {
  return sql`nullif(lower(cast(${name(raw)} as varchar)), '')`
}

/** A raw column as text, whatever its type, without blanks at its ends; blank is null. */
export function blankAsNull(raw: string): Sql {
  return sql`nullif(trim(cast(${name(raw)} as varchar)), '')`
}

/** The mapping of those canonical columns whose raw column is there. */
export function present(
  raw: RawTable,
  wanted: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, Expression>> {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([canonical, source]) =>
      source !== undefined && raw.columns.includes(source) ? [[canonical, column(source)]] : [],
    ),
  )
}

import { empty, name, type Sql, sql } from '../sql/sql.ts'
import type { Mapping } from './adapter.ts'
import type { StagingRequest } from './staging.ts'

/** How much of a big table one statement takes. */
export interface Bounds {
  readonly cells: number
  readonly keys: number
  /** Fewer rows than these are not staged at once, however wide they are: the engine would compress the same rows again and again. */
  readonly rows: number
}

/**
 * The engine compresses what is stored, but the rows of a statement under way lie plain in memory beside it, and nothing
 * is answered while they are compressed: 8 million cells were about 110 MB. The bound of keys is an estimate.
 */
export const usualBounds: Bounds = { cells: 4_000_000, keys: 2_000_000, rows: 30_720 }

/** Raw rows that one statement takes: those behind the first `before`, `rows` of them. */
export interface Slice {
  readonly before: number
  readonly rows: number
}

/** All raw rows in order, as the staging table takes them; null is the whole table at once. */
export function stagedSlices(request: StagingRequest): readonly (Slice | null)[] {
  const { cells, rows } = request.bounds ?? usualBounds
  return slicesOf(request, Math.max(rows, cells / Math.max(leastWidth, request.rawColumns.length)))
}

/** The same as an output takes them: each cell of a raw row becomes a row. */
export function outputSlices(request: StagingRequest, cellsOfRow: number): readonly (Slice | null)[] {
  const { cells } = request.bounds ?? usualBounds
  return slicesOf(request, Math.max(1, cells / (leastWidth * Math.max(1, cellsOfRow))))
}

/** About as many columns as the canonical tables have with what stands beside them. */
const leastWidth = 16

function slicesOf(
  { rows = 0, rawColumns, mapping }: StagingRequest,
  most: number,
): readonly (Slice | null)[] {
  const hidesRowId = rawColumns.some(column => column.name.toLowerCase() === 'rowid')
  if (rows <= most || hidesRowId || seesOtherRows(mapping)) return [null]
  const size = Math.floor(most)
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({ before: i * size, rows: size }))
}

/** Windows and subqueries need the whole table. Taking a name or a text for one costs memory alone. */
function seesOtherRows({ targets, refusals }: Mapping): boolean {
  const expressions = [
    ...refusals.map(({ when }) => when),
    ...targets.flatMap(({ when, columns }) => [
      when ?? empty,
      ...Object.values(columns).map(({ sql: expression }) => expression),
    ]),
  ]
  return expressions.some(({ text }) => /\b(over|select)\b/i.test(text))
}

/** The slice of the raw table, usable after `from`. Its rows are found by their place, without reading the others. */
export function rawSlice(raw: string, slice: Slice | null): Sql {
  if (slice === null) return name(raw)
  const { before, rows } = slice
  return sql`(select * from ${name(raw)} where rowid between ${before} and ${before + rows - 1})`
}

/** True for the staged rows that came from the slice. */
export function inSlice(slice: Slice | null): Sql {
  if (slice === null) return sql`true`
  return sql`ordinal between ${slice.before + 1} and ${slice.before + slice.rows}`
}

/** One statement for each slice: the first makes the table, the others add to it. */
export function createdBy(
  table: Sql,
  slices: readonly (Slice | null)[],
  rows: (slice: Slice | null) => Sql,
): readonly Sql[] {
  return slices.map((slice, i) =>
    i === 0 ? sql`create table ${table} as ${rows(slice)}` : sql`insert into ${table} ${rows(slice)}`,
  )
}

import type { Column, ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { Cell, Mapping, Target } from './adapter.ts'
import { textToNumber } from './numbers.ts'
import type { StagingRequest } from './staging.ts'

/*
 * Wide tables of measurements. The staging table keeps the cells of a raw row beside its columns; the output is made
 * by one `unnest` over lists of them, so that nothing is read once per cell.
 */

/** Type in which a raw column is carried: numbers as they are, everything else as text. */
function isNumeric(cell: Cell, rawColumns: readonly Column[]): boolean {
  if (cell.isText) return false
  const type: ValueType | undefined = rawColumns.find(({ name: raw }) => raw === cell.column)?.type
  return type === 'number' || type === 'integer'
}

/** The staging columns of all cells of a mapping, to be selected from the raw table. */
export function cellSources(mapping: Mapping, rawColumns: readonly Column[]): readonly Sql[] {
  return mapping.targets.flatMap(({ cells = [] }, t) =>
    cells.map((cell, i) => {
      const raw = name(cell.column)
      const carried = isNumeric(cell, rawColumns) ? raw : writtenIn(raw, cell.absent)
      return sql`${carried} as ${cellAlias(t, i)}`
    }),
  )
}

function writtenIn(raw: Sql, absent: readonly string[] = []): Sql {
  const text = sql`cast(${raw} as varchar)`
  return absent.length === 0 ? text : sql`case when trim(${text}) not in ${absent} then ${text} end`
}

/** The names of the same columns. */
export function cellAliases(mapping: Mapping): readonly Sql[] {
  return mapping.targets.flatMap(({ cells = [] }, t) => cells.map((_, i) => cellAlias(t, i)))
}

/**
 * One row per cell that is not absent, in the order of `rows` and then of the cells, with `cell` (1 = the first),
 * `cell_number` and `cell_text`, of which one is null; no row without cells. NaN and blank text are absent; an infinity is text.
 */
export function cellRows(target: number, cells: readonly Cell[], request: StagingRequest, rows: Sql): Sql {
  if (cells.length === 0)
    return sql`(select *, 0 as cell, null::double as cell_number, null::varchar as cell_text from ${rows} where false)`
  const typed = cells.map(cell => isNumeric(cell, request.rawColumns))
  const alias = (i: number) => cellAlias(target, i)
  const numbers = cells.map((_, i) => (typed[i] ? sql`cast(${alias(i)} as double)` : sql`null`))
  const texts = cells.map((_, i) => (typed[i] ? sql`null` : alias(i)))
  const aliases = cellAliases(request.mapping)
  const number = numberUnlessText(cells, textToNumber(sql`trim(written)`, request.decimal))
  return sql`(
    with unnested as (
      select * exclude (${join(aliases)}), unnest(${list(cells.map((_, i) => sql`${i + 1}`))}::integer[]) as cell,
        unnest(${list(numbers)}::double[]) as typed, unnest(${list(texts)}::varchar[]) as written
      from ${rows}
    ), present as (
      select * exclude (typed, written), coalesce(written, cast(typed as varchar)) as written,
        case when typed is null then ${number} when isfinite(typed) then typed end as cell_number
      from unnested where not case when typed is null then coalesce(trim(written) = '', true) else isnan(typed) end
    )
    select * exclude (written), case when cell_number is null then written end as cell_text from present
  )`
}

function numberUnlessText(cells: readonly Cell[], number: Sql): Sql {
  const texts = cells.flatMap(({ isText }, i) => (isText ? [i + 1] : []))
  return texts.length === 0 ? number : sql`case when cell not in ${texts} then ${number} end`
}

/** The constant that each cell gives a column, by the number of the cell; null where none gives it. */
export function cellConstants(cells: readonly Cell[], column: string): readonly (string | null)[] {
  return cells.map(({ values }) => (Object.hasOwn(values, column) ? (values[column] ?? null) : null))
}

/** The constant of the row's cell as a value of the type. */
export function cellConstant(constants: readonly (string | null)[], type: Sql): Sql {
  return sql`cast(${list(constants.map(constant => sql`${constant}`))} as ${type}[])[cell]`
}

/** True when every cell of the target gives the column, so that the raw row need not. */
export function givenByCells({ cells = [] }: Target, column: string): boolean {
  return cells.length > 0 && cells.every(({ values }) => Object.hasOwn(values, column))
}

function list(elements: readonly Sql[]): Sql {
  return sql`[${join(elements)}]`
}

function cellAlias(target: number, cell: number): Sql {
  return name(`y_${target}_${cell}`)
}

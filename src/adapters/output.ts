import { type CanonicalColumn, type CanonicalTable, canonicalTable } from '../domain/canonical.ts'
import type { ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { Cell } from './adapter.ts'
import { type Field, takenAlias } from './field.ts'
import { createdBy, inSlice, outputSlices, type Slice } from './slices.ts'
import type { StagingRequest } from './staging.ts'
import { cellConstant, cellConstants, cellRows } from './staging-cells.ts'
import { accepted, type StagingTables } from './staging-tables.ts'

/** How each value type is stored. */
const storage: Readonly<Record<ValueType, Sql>> = {
  text: sql`varchar`,
  integer: sql`bigint`,
  number: sql`double`,
  boolean: sql`boolean`,
  timestamp: sql`timestamp`,
  date: sql`date`,
}

/** One output table on its way: what it is called, declared as and made from. */
interface Output {
  readonly table: string
  readonly fileId: string
  readonly declared: CanonicalTable
  readonly fields: readonly Field[]
  readonly cells: readonly Cell[] | undefined
  /** The accepted raw rows that the target takes, usable after `from`. */
  readonly rows: Sql
}

/**
 * Statements that create the canonical tables from the accepted rows: `file_id`, `row_no`, then the declared columns,
 * category columns as ENUMs (coded ones in declared order, so that they also sort that way).
 */
export function outputStatements(
  request: StagingRequest,
  fields: readonly Field[],
  tables: StagingTables,
): readonly Sql[] {
  return request.mapping.targets.flatMap(({ table, cells }, t) => {
    const stored = request.outputs[table]
    if (stored === undefined) throw new RangeError(`no output named for ${table}`)
    const own = fields.filter(field => field.taken.text === takenAlias(t).text)
    const declared = canonicalTable(table)
    const rows = sql`(select * from ${accepted(tables)} where ${takenAlias(t)})`
    const output = { table: stored, fileId: request.fileId, declared, fields: own, cells, rows }
    const columns = outputColumns(output)
    const from = (slice: Slice | null) => {
      const ordered = sql`(select * from ${rows} where ${inSlice(slice)} order by ordinal)`
      return cells ? cellRows(t, cells, request, ordered) : ordered
    }
    return [
      ...enumTypes(output),
      ...createdBy(
        name(stored),
        outputSlices(request, cells?.length ?? 1),
        slice => sql`select ${columns} from ${from(slice)}`,
      ),
      // A column keeps its ENUM when the name of the type goes (DuckDB 1.4), so no name outlives the import.
      ...outputTypeNames(stored, declared).map(type => sql`drop type if exists ${type}`),
    ]
  })
}

/** The names of the ENUM types that exist while an output table is made. */
export function outputTypeNames(output: string, declared: CanonicalTable): readonly Sql[] {
  return ['file_id', ...categories(declared)].map(column => typeName(output, column))
}

function enumTypes(output: Output): readonly Sql[] {
  return [
    sql`create type ${typeName(output.table, 'file_id')} as enum ${[output.fileId]}`,
    ...categories(output.declared).map(
      column => sql`create type ${typeName(output.table, column)} as enum ${enumValues(output, column)}`,
    ),
  ]
}

/** The declared values of a coded column, else the values that occur, in order. */
function enumValues({ declared, fields, cells = [], rows }: Output, column: string): Sql {
  const { values } = declared.columns[column] ?? {}
  if (values) return sql`${Object.keys(values)}`
  const field = fields.find(candidate => candidate.column === column)
  const occurring = field
    ? sql`select ${field.value} as value from ${rows}`
    : sql`select '' as value where false`
  const constants = cellConstants(cells, column).filter(constant => constant !== null)
  const given = constants.map(constant => sql`select ${constant} as value`)
  const all = join([occurring, ...given], ' union all by name ')
  return sql`(select distinct value from (${all}) where value is not null order by 1)`
}

function outputColumns(output: Output): Sql {
  const columns = Object.entries(output.declared.columns).map(([column, declaration]) => {
    const stored = storedAs(output.table, column, declaration)
    return sql`cast(${outputValue(output, column, stored)} as ${stored}) as ${name(column)}`
  })
  const file = sql`cast(${output.fileId} as ${typeName(output.table, 'file_id')}) as file_id`
  return join([file, sql`row_no`, ...columns])
}

/** What a cell says of a column comes before what its raw row says. */
function outputValue({ fields, cells }: Output, column: string, stored: Sql): Sql {
  const ofRow = fields.find(candidate => candidate.column === column)?.value ?? sql`null`
  if (cells === undefined) return ofRow
  if (column === 'value_num') return sql`cell_number`
  if (column === 'value_text') return sql`cell_text`
  const constants = cellConstants(cells, column)
  if (constants.every(constant => constant === null)) return ofRow
  return sql`coalesce(${cellConstant(constants, stored)}, cast(${ofRow} as ${stored}))`
}

function storedAs(output: string, column: string, { type, category }: CanonicalColumn): Sql {
  return category ? typeName(output, column) : storage[type]
}

function categories(declared: CanonicalTable): readonly string[] {
  return Object.entries(declared.columns).flatMap(([column, { category }]) => (category ? [column] : []))
}

function typeName(output: string, column: string): Sql {
  return name(`${output}_${column}`)
}

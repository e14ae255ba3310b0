import { type CanonicalColumn, type CanonicalTable, canonicalTable } from '../domain/canonical.ts'
import type { ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { type Field, takenAlias } from './field.ts'
import type { StagingRequest } from './staging.ts'
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

/**
 * Statements that create the canonical tables from the accepted rows: `file_id`, `row_no`, then the declared columns,
 * category columns as ENUMs (coded ones in declared order, so that they also sort that way).
 */
export function outputStatements(
  request: StagingRequest,
  fields: readonly Field[],
  tables: StagingTables,
): readonly Sql[] {
  return request.mapping.targets.flatMap(({ table }, t) => {
    const output = request.outputs[table]
    if (output === undefined) throw new RangeError(`no output named for ${table}`)
    const own = fields.filter(field => field.taken.text === takenAlias(t).text)
    const declared = canonicalTable(table)
    const types = enumTypes(request.fileId, output, declared, own, tables)
    return [
      ...types,
      sql`create table ${name(output)} as select ${outputColumns(request.fileId, output, declared, own)}
        from ${accepted(tables)} where ${takenAlias(t)} order by ordinal`,
      // A column keeps its ENUM when the name of the type goes (DuckDB 1.4), so no name outlives the import.
      ...outputTypeNames(output, declared).map(type => sql`drop type if exists ${type}`),
    ]
  })
}

/** The names of the ENUM types that exist while an output table is made. */
export function outputTypeNames(output: string, declared: CanonicalTable): readonly Sql[] {
  return ['file_id', ...categories(declared)].map(column => typeName(output, column))
}

function enumTypes(
  fileId: string,
  output: string,
  declared: CanonicalTable,
  fields: readonly Field[],
  tables: StagingTables,
): readonly Sql[] {
  const ofColumn = (column: string): Sql => {
    const { values } = declared.columns[column] ?? {}
    if (values) return sql`${Object.keys(values)}`
    const field = fields.find(candidate => candidate.column === column)
    return field ? distinctValues(field, tables) : sql`(select '' where false)`
  }
  return [
    sql`create type ${typeName(output, 'file_id')} as enum ${[fileId]}`,
    ...categories(declared).map(
      column => sql`create type ${typeName(output, column)} as enum ${ofColumn(column)}`,
    ),
  ]
}

function distinctValues({ value, taken }: Field, tables: StagingTables): Sql {
  return sql`(select distinct ${value} from ${accepted(tables)} where ${taken} and ${value} is not null order by 1)`
}

function outputColumns(
  fileId: string,
  output: string,
  declared: CanonicalTable,
  fields: readonly Field[],
): Sql {
  const columns = Object.entries(declared.columns).map(([column, declaration]) => {
    const field = fields.find(candidate => candidate.column === column)
    return sql`cast(${field ? field.value : null} as ${storedAs(output, column, declaration)}) as ${name(column)}`
  })
  return join([sql`cast(${fileId} as ${typeName(output, 'file_id')}) as file_id`, sql`row_no`, ...columns])
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

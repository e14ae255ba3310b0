import type { ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { Check, Field } from './field.ts'
import type { StagingRequest } from './staging.ts'
import { accepted, type StagingTables } from './staging-tables.ts'

/** A SELECT with the columns that it gives. */
export interface StagingQuery {
  readonly statement: Sql
  readonly result: Readonly<Record<string, ValueType>>
}

/** What may be asked of the staging tables until they are released. */
export function stagingQuestions(
  request: StagingRequest,
  tables: StagingTables,
  fields: readonly Field[],
  checks: readonly Check[],
) {
  const { refused } = tables
  const raw = name(request.raw)
  const column = name('column')
  return {
    counts: {
      statement: sql`select (select count(*) from ${raw}) as ${name('rowsRead')},
        (select count(*) from ${accepted(tables)}) as ${name('rowsAccepted')},
        (select count(*) from ${refused}) as ${name('rowsRejected')}`,
      result: { rowsRead: 'integer', rowsAccepted: 'integer', rowsRejected: 'integer' },
    },
    rejectCounts: {
      statement: sql`select reason, count(*) as ${name('rows')} from ${refused} group by reason order by 2 desc, 1`,
      result: { reason: 'text', rows: 'integer' },
    },
    rejects: {
      statement: sql`select row_no as ${name('row')}, reason, ${column}, value
        from ${refused} order by ordinal limit 10000`,
      result: { row: 'integer', reason: 'text', column: 'text', value: 'text' },
    },
    unresolved: {
      statement: unresolvedNames(fields, checks, tables),
      result: { table: 'text', column: 'text', value: 'text', rows: 'integer', rejected: 'boolean' },
    },
    cutTimes: {
      statement: timesCut(fields, request),
      result: { column: 'text', rows: 'integer' },
    },
    movedDays: {
      statement: daysMoved(fields, tables),
      result: { column: 'text', rows: 'integer' },
    },
  } as const satisfies Record<string, StagingQuery>
}

/** A fraction with a digit other than zero behind the microsecond, or nanoseconds since 1970 with such a digit. */
const beyondMicrosecond = '([.,][0-9]{6}[0-9]*[1-9])|^[1-9][0-9]{14,15}([1-9]..|.[1-9].|..[1-9])$'

const noColumn = sql`select '' as ${name('column')}, 0 as ${name('rows')}`

function timesCut(fields: readonly Field[], { raw, rawColumns }: StagingRequest): Sql {
  const known = new Set(rawColumns.map(column => column.name.toLowerCase()))
  const isThere = (from: readonly string[]) => from.every(column => known.has(column.toLowerCase()))
  const counted = fields.flatMap(({ declared, rawType, expression, column, source }) =>
    declared.type === 'timestamp' &&
    rawType === 'text' &&
    expression.from.length > 0 &&
    isThere(expression.from)
      ? [
          sql`select ${expression.from[0] ?? column} as ${name('column')}, count(*) as ${name('rows')}
            from (select cast(${expression.sql} as varchar) as ${source} from ${name(raw)})
            where strlen(${source}) >= 18 and regexp_matches(${source}, ${beyondMicrosecond})`,
        ]
      : [],
  )
  return sql`select ${name('column')}, max(${name('rows')}) as ${name('rows')}
    from (${join([noColumn, ...counted], ' union all by name ')}) where ${name('rows')} > 0 group by all order by 1`
}

/** Rejected rows count too: a key may be a duplicate for the very day that was not kept. */
function daysMoved(fields: readonly Field[], { staged }: StagingTables): Sql {
  const counted = fields.flatMap(({ moved, expression, column }) =>
    moved
      ? [
          sql`select ${expression.from[0] ?? column} as ${name('column')}, count(*) as ${name('rows')}
            from ${staged} where ${moved}`,
        ]
      : [],
  )
  return sql`select * from (${join([noColumn, ...counted], ' union all by name ')}) where ${name('rows')} > 0 order by 1`
}

/** Unknown names: of soft columns in accepted rows, of other coded columns in the rows they refused. */
function unresolvedNames(fields: readonly Field[], checks: readonly Check[], tables: StagingTables): Sql {
  const soft = fields.flatMap(({ unresolved, ...field }) =>
    unresolved ? [namesOf(field, unresolved, sql`${accepted(tables)}`, false)] : [],
  )
  const hard = checks.flatMap(({ field, reason }, i) =>
    field && reason === 'not-allowed'
      ? [namesOf(field, sql`fell_over`, sql`(select * from ${tables.staged} where failed = ${i + 1})`, true)]
      : [],
  )
  const nothing = { table: '', column: '' }
  const none = namesOf(nothing, sql`fell_over`, sql`(select * from ${tables.staged} where false)`, false)
  const all = join([none, ...soft, ...hard], ' union all by name ')
  return sql`select * from (${all})
    order by ${name('rows')} desc, rejected, ${name('table')}, ${name('column')}, value limit 1000`
}

function namesOf(
  field: Pick<Field, 'column'> & { table: string },
  value: Sql,
  rows: Sql,
  rejected: boolean,
): Sql {
  return sql`select ${field.table} as ${name('table')}, ${field.column} as ${name('column')}, ${value} as value,
    count(*) as ${name('rows')}, ${rejected} as rejected from ${rows} where ${value} is not null group by ${value}`
}

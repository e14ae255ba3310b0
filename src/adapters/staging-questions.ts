import type { ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { Field } from './field.ts'
import { accepted, type StagingTables } from './staging-tables.ts'

/** A SELECT with the columns that it gives. */
export interface StagingQuery {
  readonly statement: Sql
  readonly result: Readonly<Record<string, ValueType>>
}

/** What may be asked of the staging tables until they are released. */
export function stagingQuestions(raw: Sql, tables: StagingTables, fields: readonly Field[]) {
  const { staged, refused } = tables
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
      statement: unresolvedValues(fields, accepted({ staged, refused })),
      result: { table: 'text', column: 'text', value: 'text', rows: 'integer' },
    },
  } as const satisfies Record<string, StagingQuery>
}

function unresolvedValues(fields: readonly Field[], rows: Sql): Sql {
  const none = sql`select null as ${name('table')}, null as ${name('column')}, null as value, 0 as ${name('rows')} where false`
  const counted = fields.flatMap(({ table, column, unresolved }) =>
    unresolved
      ? [
          sql`select ${table} as ${name('table')}, ${column} as ${name('column')}, ${unresolved} as value,
            count(*) as ${name('rows')} from ${rows} where ${unresolved} is not null group by all`,
        ]
      : [],
  )
  return sql`select * from (${join([none, ...counted], ' union all by name ')}) order by ${name('rows')} desc, value`
}

import type { CanonicalName } from '../domain/canonical.ts'
import { join, type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'

/** The tables whose rows carry the device's time and the platform's. */
const clocked = ['conn_event', 'telemetry'] as const satisfies readonly CanonicalName[]

/** Whose clocks are compared; the same for every indicator that compares them. */
export const recordsInput = {
  kind: 'choice',
  name: { zh: '记录', en: 'Records' },
  choices: {
    all: { zh: '连接事件与遥测', en: 'Connection events and telemetry' },
    conn_event: { zh: '仅连接事件', en: 'Connection events alone' },
    telemetry: { zh: '仅遥测', en: 'Telemetry alone' },
  },
  default: 'all',
} as const

/** The tables without which there are no such records. */
export function clockedTables(records: string): readonly string[] {
  return clocked.filter(table => records === 'all' || records === table)
}

/** Relation (table_name, file_id, row_no, platform_id, device_id, ts_event, ts_ingest), one row a record. */
export function clockedRecords(tables: Tables, records: string): Sql {
  const parts = clocked
    .filter(table => records === 'all' || records === table)
    .map(
      table => sql`
      select ${table} as table_name, file_id, row_no, platform_id::varchar as platform_id,
        device_id::varchar as device_id, ts_event, ts_ingest
      from ${tables[table]}`,
    )
  return sql`(${join(parts, ' union all by name ')})`
}

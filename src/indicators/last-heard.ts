import { type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, Tables } from './recipe.ts'
import { resolvedCounters } from './resolved-counters.ts'

/** What counts as a source of data. */
export const lastHeardInput = {
  kind: 'choice',
  name: { zh: '数据源', en: 'Sources' },
  choices: {
    auto: { zh: '自动（有批次则用批次）', en: 'Automatic (batches where there are any)' },
    source: { zh: '汇聚批次的（平台，数据源）', en: '(platform, source) of ingest batches' },
    device: { zh: '设备（事件与遥测）', en: 'Devices (events and telemetry)' },
  },
  default: 'auto',
} as const

/**
 * CTEs `chosen` (one row: told_by, `source` or `device`) and `heard`, one row a source: platform_id, source_id (or the
 * device), last_time, age_hours at the time of the data, clock_faults (its rows left out). Both times are null where none
 * of its rows counts: those after the time of the data, before 2000, or ending before they begin do not, nor do batches that
 * are known to have brought nothing.
 */
export function lastHeard(tables: Tables, by: string, { asOf }: Context): Sql {
  const now = instant(asOf)
  const bySource =
    by === 'auto' ? sql`(select count(*) from ${tables.ingest_batch}) > 0` : sql`${by === 'source'}`
  return sql`chosen as (select case when ${bySource} then 'source' else 'device' end as told_by),
      batch as (
        select platform_id, source_id, least(window_end, ${now}) as at_time,
          coalesce(coalesce(records_added, bytes_added) = 0, false) as idle,
          coalesce(window_start between timestamp '2000-01-01' and ${now} and window_end >= window_start, false) as sound
        from ${resolvedCounters(tables)}, chosen where told_by = 'source'
      ),
      record as (${records(tables.conn_event, now)} union all ${records(tables.telemetry, now)}),
      newest as (
        select platform_id, source_id, max(at_time) filter (sound and not idle) as last_time,
          count(*) filter (not sound) as clock_faults
        from batch group by 1, 2
        union all
        select platform_id, device_id, max(last_time), sum(clock_faults) from record group by 1, 2
      ),
      heard as materialized (
        select *, (epoch_us(${now}) - epoch_us(last_time)) / 3600e6 as age_hours from newest
      )`
}

/** The last sound time of each device of a table. */
function records(table: Sql, now: Sql): Sql {
  const sound = sql`ts_event between timestamp '2000-01-01' and ${now}`
  return sql`
        select platform_id::varchar as platform_id, device_id::varchar as device_id,
          max(ts_event) filter (${sound}) as last_time, count(*) filter (not ${sound}) as clock_faults
        from ${table}, chosen where told_by = 'device' group by 1, 2`
}

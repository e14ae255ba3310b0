import { join, type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'

/** The result of `asOfQuery`: one row. */
export const asOfResult = { as_of: 'timestamp' } as const

/**
 * The time the data speaks of, never this machine's clock: the last snapshot, else the end of the last batch, else
 * the last event received, else the last plausible event, else the last registration or activation of a device, else
 * the end of the last month of usage or contributions, else the last beginning or first payment of a contract.
 * Null where nothing tells a time. Of tables cut to a period it gives the last time within.
 */
export function asOfQuery(tables: Tables): Sql {
  return sql`select coalesce(
    (select max(as_of) from ${tables.device_snapshot}),
    (select max(window_end) from ${tables.ingest_batch}),
    (select max(ts_ingest) from ${tables.conn_event}),
    ${lastPlausibleEvent(tables)},
    (select max(greatest(created_at, activated_at)) from ${tables.device}),
    (select max(month) + interval 1 month - interval 1 microsecond from ${months(tables)}),
    (select max(greatest(start, first_paid_at))::timestamp from ${tables.contract})
  ) as as_of`
}

/** Relation (month) of the tables that are told by the month. */
function months({ asset_usage, usage, community }: Tables): Sql {
  const parts = [asset_usage, usage, community].map(table => sql`select month from ${table}`)
  return sql`(${join(parts, ' union all by name ')})`
}

/**
 * Devices' clocks run wild (2038, 2099), so the latest event is not the last one: from the day of the median event
 * onwards days with events are followed until a gap of more than 92 days; what lies beyond is taken for a clock fault.
 */
function lastPlausibleEvent({ conn_event }: Tables): Sql {
  return sql`(
    with event as (select ts_event, ts_event::date as day from ${conn_event} where ts_event >= timestamp '2000-01-01'),
      later as (
        select distinct day from event where day >= (select quantile_disc(day, 0.5) from event)
      ),
      stepped as (select day, day - lag(day) over (order by day) > 92 as leap from later),
      fault as (select min(day) as day from stepped where leap)
    select max(ts_event) from event, fault where event.day < coalesce(fault.day, date '9999-12-31')
  )`
}

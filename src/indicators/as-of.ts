import { join, type Sql, sql } from '../sql/sql.ts'
import { daysBefore, instant } from './instant.ts'
import type { Tables } from './recipe.ts'

/** The result of `asOfQuery`: one row, or none where nothing tells a time. */
export const asOfResult = {
  /** What told it; a lower one comes before a higher. */
  rank: 'integer',
  as_of: 'timestamp',
  /** Rows of the same kind that tell of later times and were not believed, and the last of those times. */
  later_rows: 'integer',
  latest: 'timestamp',
} as const

/**
 * The time an export speaks of, never this machine's clock: the last snapshot, else the end of the last batch, else
 * the last event received, else the last event, else the last registration or activation of a device, else the end of
 * the last month of usage or contributions, else the last beginning or first payment of a contract. Of tables cut to a
 * period it gives the last time within.
 *
 * Clocks run wild (2038, 2106) and years are mistyped, so that apart from snapshots the latest row does not speak by
 * itself: from the day of the median row onwards, days with rows are followed until a silence; what lies beyond is not
 * believed. Where the export says its time itself (`told`, µs UTC), rows are believed up to the day after it instead.
 */
export function asOfQuery(tables: Tables, told: number | null = null): Sql {
  const snapshot = sql`select max(as_of) as as_of, 0 as later_rows, null::timestamp as latest from ${tables.device_snapshot}`
  const others = sourcesOf(tables).map(source => (told === null ? followed(source) : until(source, told)))
  const ranked = [snapshot, ...others].map((answer, rank) => sql`select ${rank} as rank, * from (${answer})`)
  return sql`select * from (${join(ranked, ' union all by name ')})
    where as_of is not null or later_rows > 0 order by rank limit 1`
}

interface Source {
  /** Relation (moment, begins): when a row ends, and when it begins. */
  readonly rows: Sql
  /** Days without any row after which the next is not believed; SQL over `stepped`. */
  readonly silence: Sql
}

/** As for the time that a platform was watched. */
const ofEvents = sql`92`

/** The same; where rows come less often, twice the usual distance between days with rows, up to two years. */
const ofReports = sql`greatest(92, least(731, 2 * (select quantile_disc(gap, 0.5) from stepped)))`

/** Five years: devices are registered, and contracts made, when there are some. */
const ofLists = sql`1827`

/** In the order in which they are asked. */
function sourcesOf(tables: Tables): readonly Source[] {
  const { ingest_batch, conn_event, device, contract } = tables
  const at = (moment: Sql, table: Sql, silence: Sql) => ({
    rows: sql`(select ${moment} as moment, ${moment} as begins from ${table})`,
    silence,
  })
  return [
    batches(ingest_batch),
    at(sql`ts_ingest`, conn_event, ofEvents),
    at(sql`case when ts_event >= timestamp '2000-01-01' then ts_event end`, conn_event, ofEvents),
    at(sql`greatest(created_at, activated_at)`, device, ofLists),
    { rows: months(tables), silence: ofReports },
    at(sql`greatest(${sql`start`}, first_paid_at)::timestamp`, contract, ofLists),
  ]
}

function batches(ingestBatch: Sql): Source {
  return {
    rows: sql`(select window_end as moment, window_start as begins from ${ingestBatch})`,
    silence: ofReports,
  }
}

/** SQL of one value: the end of the last batch that is believed, whatever else the data tells; null without any. */
export function lastBatch({ whole }: Tables): Sql {
  return sql`(select as_of from (${followed(batches(whole.ingest_batch))}))`
}

/** Relation (moment, begins) of the tables that are told by the month. */
function months({ asset_usage, usage, community }: Tables): Sql {
  const parts = [asset_usage, usage, community].map(table => sql`select month from ${table}`)
  return sql`(select month + interval 1 month - interval 1 microsecond as moment, month::timestamp as begins
    from (${join(parts, ' union all by name ')}))`
}

function followed({ rows, silence }: Source): Sql {
  return sql`
    with heard as (
      select moment::date as day, count(*) as day_rows, max(moment) as day_end from ${rows}
      where moment is not null group by all
    ), stepped as (
      select *, day - lag(day) over (order by day) as gap, sum(day_rows) over (order by day) as so_far,
        sum(day_rows) over () as all_rows
      from heard
    ), fault as (
      select min(day) as fault_day from stepped
      where gap > ${silence} and day > (select min(day) from stepped where so_far * 2 >= all_rows)
    )
    select max(day_end) filter (fault_day is null or day < fault_day) as as_of,
      coalesce(sum(day_rows) filter (day >= fault_day), 0)::bigint as later_rows,
      max(day_end) filter (day >= fault_day) as latest
    from stepped, fault`
}

/** Up to the day after, for times that a person gives as a day, in whatever zone. */
function until({ rows }: Source, told: number): Sql {
  const last = instant(daysBefore(told, -1))
  return sql`select max(moment) filter (moment <= ${last}) as as_of, count(*) filter (begins > ${last}) as later_rows,
    max(moment) filter (begins > ${last}) as latest from ${rows}`
}

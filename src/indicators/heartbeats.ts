import { type Sql, sql } from '../sql/sql.ts'
import type { InputValues, Tables } from './recipe.ts'

/** What a person may set about heartbeats. */
export const heartbeatInputs = {
  table: {
    kind: 'choice',
    name: { zh: '心跳取自', en: 'Heartbeats are' },
    choices: {
      auto: { zh: '自动（有遥测则用之，否则活动事件）', en: 'Automatic (telemetry where there is any)' },
      telemetry: { zh: '遥测', en: 'Telemetry' },
      conn_event: { zh: '活动事件', en: 'Activity events' },
    },
    default: 'auto',
  },
  clock: {
    kind: 'choice',
    name: { zh: '时间', en: 'Clock' },
    choices: {
      ts_event: { zh: '发生时间（设备）', en: 'Event time (device)' },
      ts_ingest: { zh: '接收时间（平台）', en: 'Ingest time (platform)' },
    },
    default: 'ts_event',
  },
  least: {
    kind: 'number',
    name: { zh: '一台设备的间隔数（不少于）', en: 'Intervals of a device, at least' },
    min: 2,
    max: 10_000,
    default: 10,
  },
} as const

type HeartbeatInputs = InputValues<typeof heartbeatInputs>

/** What makes the median absolute deviation of a normal distribution its standard deviation. */
const toSigma = sql`1.4826::double`

/**
 * CTEs up to `heart`, one row a device with any heartbeat: `intervals` between heartbeats within sessions, their median
 * `interval_s` (s) and the `jitter` 1.4826 · MAD / median, the last two null below the least number of intervals; and
 * `source`: how many `rows` and how many with the chosen time. Heartbeats of a device at one instant are one; an interval
 * across a connect or a disconnect is none.
 */
export function heartbeats(tables: Tables, inputs: HeartbeatInputs): Sql {
  return sql`${beats(tables, inputs)}, sender as materialized (
      select platform_id, device_id, row_number() over () as d from beat group by platform_id, device_id
    ), told as (
      select d, t, 1 as turn from beat join sender using (platform_id, device_id) group by d, t
      union all
      select d, epoch_us(${time(inputs)}) as t, case when kind = 'connect' then 0 else 2 end
      from ${tables.conn_event} as event join sender
        on event.platform_id::varchar = sender.platform_id and event.device_id::varchar = sender.device_id
      where kind in ('connect', 'disconnect')
    ), spaced as (
      select d, turn, t - lag(t) over timely as apart, lag(turn) over timely as before
      from told window timely as (partition by d order by t, turn)
    ), measured as (
      select d, count(*) as intervals, median(apart::double) as middle, mad(apart::double) as deviation
      from spaced where turn = 1 and before = 1 group by d
    ), heart as (
      select platform_id, device_id, coalesce(intervals, 0) as intervals,
        case when intervals >= ${Math.ceil(inputs.least)} then middle / 1e6 end as interval_s,
        case when intervals >= ${Math.ceil(inputs.least)} then ${toSigma} * deviation / middle end as jitter
      from sender left join measured using (d)
    )`
}

function time({ clock }: HeartbeatInputs): Sql {
  return clock === 'ts_event' ? sql`ts_event` : sql`coalesce(ts_ingest, ts_event)`
}

/** CTEs `source` and `beat` (platform_id, device_id, t in microseconds). */
function beats({ telemetry, conn_event }: Tables, { table, clock }: HeartbeatInputs): Sql {
  const some = sql`exists (select 1 from ${telemetry})`
  const [first, second] =
    table === 'auto'
      ? [some, sql`not ${some}`]
      : [sql`${table === 'telemetry'}`, sql`${table === 'conn_event'}`]
  const columns = sql`platform_id::varchar as platform_id, device_id::varchar as device_id,
        epoch_us(${clock === 'ts_event' ? sql`ts_event` : sql`ts_ingest`}) as t`
  return sql`chosen as (
      select 'telemetry' as table_name, ${columns} from ${telemetry} where ${first}
      union all
      select 'conn_event', ${columns} from ${conn_event} where kind = 'activity' and ${second}
    ), source as (
      select any_value(table_name) as table_name, count(*) as records, count(t) as timed_records from chosen
    ), beat as (
      select platform_id, device_id, t from chosen where t is not null
    )`
}

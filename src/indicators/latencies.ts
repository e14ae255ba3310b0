import { type Sql, sql } from '../sql/sql.ts'
import { clockedRecords, recordsInput } from './clocked-records.ts'
import { daysBefore, instant } from './instant.ts'
import type { Context, InputValues, Tables } from './recipe.ts'

/** What a person may set about latencies. */
export const latencyInputs = {
  records: recordsInput,
  correct: {
    kind: 'choice',
    name: { zh: '时钟校正', en: 'Correction of clocks' },
    choices: {
      min: { zh: '减去设备的最小时差', en: 'Less the least difference of the device' },
      day: { zh: '减去设备当日的最小时差', en: 'Less the least difference of the device on that day' },
      drift: {
        zh: '减去设备的偏移与漂移（下凸包）',
        en: 'Less offset and drift of the device (lower convex hull)',
      },
      none: { zh: '不校正', en: 'None' },
    },
    default: 'min',
  },
  least: {
    kind: 'number',
    name: { zh: '校正所需的记录数（不少于）', en: 'Records to correct by, at least' },
    min: 1,
    max: 10_000,
    default: 2,
  },
} as const

type LatencyInputs = InputValues<typeof latencyInputs>

/** Below this many records a slope is guesswork. */
const leastForDrift = 32

/** The parts of a device's time from which its lower hull is taken. */
const parts = 16

/**
 * CTEs up to `latency` (d, us), microseconds as double, one row a record with two plausible times; `sender` (d,
 * platform_id, device_id), and `tally`: how many `records` there are, `timed_records` with both times, and
 * `implausible_records` of these with a time before 2000 or more than a day after that of the data.
 */
export function latencies(tables: Tables, inputs: LatencyInputs, { asOf }: Context): Sql {
  const plausible = (column: Sql) =>
    sql`${column} between timestamp '2000-01-01' and ${instant(daysBefore(asOf, -1))}`
  return sql`record as (
      select platform_id, device_id, ts_ingest is not null as is_timed, epoch_us(ts_ingest) as x,
        epoch_us(ts_ingest) - epoch_us(ts_event) as delay,
        coalesce(${plausible(sql`ts_event`)} and ${plausible(sql`ts_ingest`)}, false) as is_plausible
      from ${clockedRecords(tables, inputs.records)}
    ), tally as (
      select count(*) as records, count(*) filter (is_timed) as timed_records,
        count(*) filter (is_timed and not is_plausible) as implausible_records
      from record
    ), sender as materialized (
      select platform_id, device_id, row_number() over () as d
      from record where is_plausible group by platform_id, device_id
    ), clock as (
      select d, x, delay from record join sender using (platform_id, device_id) where is_plausible
    ), ${corrected(inputs)}`
}

function corrected({ correct, least }: LatencyInputs): Sql {
  const enough = Math.ceil(least)
  if (correct === 'none') return sql`latency as materialized (select d, delay::double as us from clock)`
  if (correct === 'drift') return sql`${slopes}, ${levelled(enough)}`
  const span = correct === 'day' ? sql`x // 86400000000` : sql`0`
  return sql`envelope as (
      select d as of_d, ${span} as span, min(delay) as least from clock group by of_d, span having count(*) >= ${enough}
    ), latency as materialized (
      select d, (delay - least)::double as us from clock join envelope on d = of_d and ${span} = span
    )`
}

/**
 * CTE `slope`: the drift of each device's clock, microseconds a microsecond: the edge of the lower convex hull of the
 * differences over time below the mean time (Moon, Skelly & Towsley 1999), the hull of the least difference in each
 * sixteenth of the device's time; 0 where there are too few records.
 */
const slopes = sql`extent as (
      select d as of_d, min(x) as x0, max(x) as x1, avg(x) as centre from clock
      group by of_d having count(*) >= ${leastForDrift} and max(x) > min(x)
    ), foot as (
      select d as foot_d, any_value(x0) as x0, any_value(centre) - any_value(x0) as centre,
        min(delay)::double as y, (arg_min(x, (delay, x)) - any_value(x0))::double as x
      from clock join extent on d = of_d
      group by foot_d, least(${parts} - 1, ${parts} * (x - x0) // (x1 - x0))
    ), slope as (
      select a.foot_d as slope_d, arg_min((b.y - a.y) / (b.x - a.x),
          a.y + (b.y - a.y) * (a.centre - a.x) / (b.x - a.x)) as drift
      from foot as a join foot as b on a.foot_d = b.foot_d and a.x <= a.centre and b.x > a.centre
      group by slope_d
    )`

/** CTE `latency` from `slope`: what is left above the line through the least residual. */
function levelled(enough: number): Sql {
  return sql`residual as (
      select d, delay - coalesce(drift, 0) * (x - min(x) over (partition by d)) as above
      from clock left join slope on d = slope_d
    ), envelope as (
      select d as of_d, min(above) as least from residual group by of_d having count(*) >= ${enough}
    ), latency as materialized (
      select d, (above - least)::double as us from residual join envelope on d = of_d
    )`
}

import { type Sql, sql } from '../sql/sql.ts'
import type { InputValues, Tables } from './recipe.ts'

/** What a person may set about "flapping". */
export const flappingInputs = {
  changes: {
    kind: 'number',
    name: { zh: '状态变化次数（不少于）', en: 'State changes, at least' },
    min: 2,
    max: 1000,
    default: 6,
  },
  window: {
    kind: 'number',
    name: { zh: '窗口长度', en: 'Window' },
    unit: { zh: '分钟', en: 'minutes' },
    min: 1,
    max: 1440,
    default: 10,
  },
  exposure: {
    kind: 'choice',
    name: { zh: '分母中的设备', en: 'Devices in the denominator' },
    choices: {
      heard: { zh: '有任何连接事件的设备', en: 'Devices with any connection event' },
      registered: {
        zh: '有事件的平台的全部注册设备',
        en: 'All registered devices of platforms with events',
      },
    },
    default: 'heard',
  },
} as const

export type FlappingInputs = InputValues<typeof flappingInputs>

/**
 * CTEs `sender` (platform_id, device_id, d) and `change` (d, t in microseconds): one row a connect or disconnect, however
 * often it was delivered, of devices that have enough of them to flap.
 */
export function changesIn({ conn_event }: Tables, inputs: FlappingInputs): Sql {
  return sql`sender as materialized (
      select platform_id, device_id, row_number() over () as d
      from ${conn_event} where kind in ('connect', 'disconnect')
      group by platform_id, device_id having count(*) >= ${atLeast(inputs)}
    ), change as (
      select d, epoch_us(ts_event) as t
      from ${conn_event} join sender using (platform_id, device_id) where kind in ('connect', 'disconnect')
      group by d, ts_event, kind, session_id, seq
    )`
}

/**
 * CTE `rapid` (d), after `change`: the devices with k changes in a closed window, that is, with a change that comes no
 * later than the window's length after the one k − 1 changes before it.
 */
export function rapidDevices(inputs: FlappingInputs): Sql {
  return sql`stretch as (
      select d, t - lag(t, ${atLeast(inputs) - 1}) over (partition by d order by t) as length from change
    ), rapid as (
      select distinct d from stretch where length <= ${windowLength(inputs)}
    )`
}

function atLeast({ changes }: FlappingInputs): number {
  return Math.ceil(changes)
}

/** Microseconds. */
export function windowLength({ window }: FlappingInputs): bigint {
  return BigInt(Math.round(window * 60e6))
}

/**
 * CTE `worst`, after `rapid`: each of its devices with the first of its densest windows: `most_changes` from
 * `window_start` to `window_end`, and `all_changes` in scope.
 */
export function densestWindows(inputs: FlappingInputs): Sql {
  return sql`dense as (
      select d, t, count(*) over recent as most_changes, min(t) over recent as first,
        count(*) over (partition by d) as all_changes
      from change semi join rapid using (d)
      window recent as (
        partition by d order by t range between ${windowLength(inputs)} preceding and current row
      )
    ), worst as (
      select platform_id::varchar as platform_id, device_id::varchar as device_id, most_changes, all_changes,
        make_timestamp(first) as window_start, make_timestamp(t) as window_end
      from dense join sender using (d)
      qualify row_number() over (partition by d order by most_changes desc, t) = 1
    )`
}

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

/** CTE `change` (platform_id, device_id, ts_event): one row a connect or disconnect, however often it was delivered. */
export function changesIn({ conn_event }: Tables): Sql {
  return sql`change as (
      select platform_id::varchar as platform_id, device_id::varchar as device_id, ts_event
      from ${conn_event} where kind in ('connect', 'disconnect')
      group by platform_id, device_id, ts_event, kind, session_id, seq
    )`
}

/**
 * CTE `rapid` (platform_id, device_id), after `change`: the devices with k changes in a closed window, that is, with a
 * change that comes no later than the window's length after the one k − 1 changes before it.
 */
export function rapidDevices(inputs: FlappingInputs): Sql {
  return sql`stretch as (
      select platform_id, device_id, epoch_us(ts_event) as last, epoch_us(
        lag(ts_event, ${Math.ceil(inputs.changes) - 1}) over (partition by platform_id, device_id order by ts_event)
      ) as first
      from change
    ), rapid as (
      select distinct platform_id, device_id from stretch where last - first <= ${windowLength(inputs)}
    )`
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
      select platform_id, device_id, ts_event as window_end, count(*) over recent as most_changes,
        min(ts_event) over recent as window_start, count(*) over (partition by platform_id, device_id) as all_changes
      from change semi join rapid using (platform_id, device_id)
      window recent as (
        partition by platform_id, device_id order by epoch_us(ts_event)
        range between ${windowLength(inputs)} preceding and current row
      )
    ), worst as (
      select * from dense
      qualify row_number() over (
        partition by platform_id, device_id order by most_changes desc, window_end
      ) = 1
    )`
}

import { join, name, type Sql, sql } from '../sql/sql.ts'
import { platformNames } from './device-group.ts'
import { categoryField, numberField } from './field.ts'
import {
  changesIn,
  densestWindows,
  type FlappingInputs,
  type flappingInputs,
  rapidDevices,
  windowLength,
} from './flapping.ts'
import type { Detail, Tables } from './recipe.ts'

const states = { online: { zh: '在线', en: 'Online' }, offline: { zh: '离线', en: 'Offline' } } as const

/** The flapping devices, each with its densest window. */
export const flappingDetail: Detail<typeof flappingInputs> = {
  name: { zh: '抖动设备', en: 'Flapping devices' },
  meaning: {
    zh: '一行为一台抖动设备及其变化最密的窗口（多个同样密时取最早）；窗口内变化最多的在前。',
    en: 'One row a flapping device with its densest window, the first of equally dense ones; most changes in a window first.',
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    device_id: 'text',
    most_changes: 'integer',
    window_start: 'timestamp',
    window_end: 'timestamp',
    all_changes: 'integer',
  },
  query: (tables, inputs) => sql`
    with ${worstIn(tables, inputs)}
    select platform_id, platform_name, device_id, most_changes, window_start, window_end, all_changes
    from worst left join ${platformNames(tables)} using (platform_id)
    order by most_changes desc, all_changes desc, platform_id nulls last, device_id`,
}

/** As many devices as a timeline can show. */
const mostDevices = 12

/** More bars than this cannot be told apart. */
const mostSpans = 2000

/** States of the worst devices around their densest windows; minutes, so that windows of different days stand together. */
export const timelinesDetail: Detail<typeof flappingInputs> = {
  name: { zh: '最严重设备的状态时间线', en: 'Timelines of the worst devices' },
  meaning: {
    zh: `变化最多的 ${mostDevices} 台设备在其最密窗口及前后各一个窗口长度内的在线与离线时段（来自会话），时间从该窗口的第一次变化算起。`,
    en: `Online and offline stretches (from sessions) of the ${mostDevices} worst devices, in their densest window and a window’s length before and after; time counts from the first change in that window.`,
  },
  result: {
    place: 'integer',
    platform_id: 'text',
    device_id: 'text',
    device: 'text',
    state: 'text',
    began: 'timestamp',
    ended: 'timestamp',
    from_minute: 'number',
    to_minute: 'number',
  },
  query: (tables, inputs) => sql`
    with ${worstIn(tables, inputs)}, ${framed(windowLength(inputs))}, ${stretches(tables)}
    select place, platform_id, device_id, concat_ws(' / ', coalesce(platform_name, platform_id), device_id) as device,
      state, began, ended, (epoch_us(began) - epoch_us(window_start)) / 6e7 as from_minute,
      (epoch_us(ended) - epoch_us(window_start)) / 6e7 as to_minute
    from stretch_of_state left join ${platformNames(tables)} using (platform_id)
    order by place, began, ended, state limit ${mostSpans}`,
  chart: rows => ({
    layers: [
      {
        mark: 'span',
        from: numberField('from_minute', elapsed, 'decimal', minutes),
        to: numberField('to_minute', elapsed, 'decimal', minutes),
        y: categoryField('device', { zh: '设备', en: 'Device' }, { order: [...new Set(rows.map(deviceOf))] }),
        colour: categoryField(
          'state',
          { zh: '状态', en: 'State' },
          { labels: states, order: Object.keys(states) },
        ),
      },
    ],
    rows,
  }),
}

const elapsed = { zh: '距窗口开始', en: 'From the start of the window' } as const
const minutes = { zh: '分钟', en: 'min' } as const

function deviceOf({ device }: Readonly<Record<string, unknown>>): string {
  return String(device)
}

function worstIn(tables: Tables, inputs: FlappingInputs): Sql {
  return join([changesIn(tables, inputs), rapidDevices(inputs), densestWindows(inputs)])
}

/** CTE `frame`: the worst devices with the time that is shown of each, a window's length (µs) more on both sides. */
function framed(length: bigint): Sql {
  return sql`frame as (
      select row_number() over (order by most_changes desc, all_changes desc, platform_id nulls last, device_id) as place,
        platform_id, device_id, window_start, window_start - to_microseconds(${length}) as opens,
        window_end + to_microseconds(${length}) as closes
      from worst qualify place <= ${mostDevices}
    )`
}

/** CTE `stretch_of_state`: sessions within the frame are online; what lies before, between and after them is offline. */
function stretches({ session }: Tables): Sql {
  return sql`connected as (
      select frame.*, greatest(session.start, opens) as began, least(session.${name('end')}, closes) as ended
      from frame join ${session} as session
        on session.platform_id::varchar = frame.platform_id and session.device_id::varchar = frame.device_id
      where session.start <= closes and session.${name('end')} >= opens
    ), bounded as (
      select * from connected union all select *, opens, opens from frame
    ), gap as (
      select *, lead(began, 1, closes) over (partition by place order by began, ended) as back_at from bounded
    ), stretch_of_state as (
      select place, platform_id, device_id, window_start, 'online' as state, began, ended from connected
      union all
      select place, platform_id, device_id, window_start, 'offline', ended, back_at from gap where ended < back_at
    )`
}

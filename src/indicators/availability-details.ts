import { sql } from '../sql/sql.ts'
import { type availabilityInputs, availabilityUnits, sessionTimes } from './availability.ts'
import { clusteredLimits, clusteredRates, estimateIn } from './clustered.ts'
import { platformNames } from './device-group.ts'
import { categoryField, numberField, timeField } from './field.ts'
import { figure } from './headline.ts'
import type { Detail } from './recipe.ts'
import { shareBars, withLimits } from './share-bars.ts'

type AvailabilityDetail = Detail<typeof availabilityInputs>

const byPlatformQueried = {
  platform_id: 'text',
  platform_name: 'text',
  availability: 'number',
  standard_error: 'number',
  devices: 'integer',
  overall_availability: 'number',
} as const

/** Availability by platform, each with its interval. */
const byPlatform: AvailabilityDetail = {
  name: { zh: '按平台', en: 'By platform' },
  meaning: {
    zh: '一行为一个平台的可用率及以设备为单位的 95% 区间；可用率低的在前。',
    en: 'One row a platform: its availability with the 95 % interval that takes devices as units; the lowest first.',
  },
  queried: byPlatformQueried,
  result: { ...byPlatformQueried, low: 'number', high: 'number' },
  query: (tables, inputs, { asOf }) => sql`
    with ${availabilityUnits(tables, inputs, asOf)},
      ${clusteredRates(sql`(select platform_id, up as k, exposure as n from judged_device)`)}
    select platform_id, platform_name, by_platform.rate as availability, by_platform.standard_error as standard_error,
      by_platform.devices as devices, overall.rate as overall_availability
    from by_platform left join ${platformNames(tables)} using (platform_id), overall
    order by availability, platform_id`,
  derive: rows =>
    withLimits(rows, row => clusteredLimits(estimateIn(row, 'availability', 'standard_error', 'devices'))),
  chart: rows =>
    shareBars(rows, {
      value: numberField('availability', { zh: '可用率', en: 'Availability' }, 'percent'),
      overall: figure(rows, 'overall_availability'),
      platforms: { zh: '平台（按可用率从低到高）', en: 'platforms, by availability, the lowest first' },
    }),
}

/** The devices that cost the most availability. */
const worstDevices: AvailabilityDetail = {
  name: { zh: '离线最久的设备', en: 'Devices offline for longest' },
  meaning: {
    zh: '一行为一台设备及其在线、离线与状态未知的小时；离线小时多的在前。仅依据会话。',
    en: 'One row a device with its hours online, offline and of unknown state; most hours offline first. From sessions alone.',
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    device_id: 'text',
    availability: 'number',
    online_hours: 'number',
    offline_hours: 'number',
    exposure_hours: 'number',
    unknown_hours: 'number',
  },
  query: (tables, inputs) => sql`
    with ${sessionTimes(tables, inputs)}
    select platform_id, platform_name, device_id, up / exposure as availability, up / 3.6e9 as online_hours,
      (exposure - up) / 3.6e9 as offline_hours, exposure / 3.6e9 as exposure_hours, unknown / 3.6e9 as unknown_hours
    from device_time left join ${platformNames(tables)} using (platform_id)
    order by exposure - up desc, exposure desc, platform_id, device_id`,
}

/** As many devices as a timeline can show. */
const mostDevices = 15

/** More bars than this cannot be told apart. */
const mostSpans = 2000

const states = {
  online: { zh: '在线', en: 'Online' },
  offline: { zh: '离线', en: 'Offline' },
  unknown: { zh: '未知', en: 'Unknown' },
} as const

/** When the devices that were offline for longest were online, offline, or not to be judged. */
const timelines: AvailabilityDetail = {
  name: { zh: '离线最久设备的状态时间线', en: 'Timelines of the devices offline for longest' },
  meaning: {
    zh: `离线小时最多的 ${mostDevices} 台设备在观察时间内的在线、离线与未知时段；最多 ${mostSpans} 段，超出时只列较早的。`,
    en: `Stretches online, offline and of unknown state of the ${mostDevices} devices with most hours offline, while they were observed; at most ${mostSpans}, the earliest of each device alike.`,
  },
  result: {
    place: 'integer',
    platform_id: 'text',
    device_id: 'text',
    device: 'text',
    state: 'text',
    began: 'timestamp',
    ended: 'timestamp',
  },
  query: (tables, inputs) => sql`
    with ${sessionTimes(tables, inputs)}, ${stretches}
    select place, platform_id, device_id, concat_ws(' / ', coalesce(platform_name, platform_id), device_id) as device,
      state, began, ended
    from (
      select *, row_number() over (partition by place order by began, ended) as nth from stretch_of_state
    ) left join ${platformNames(tables)} using (platform_id)
    where nth <= ${Math.floor(mostSpans / mostDevices)}
    order by place, began, ended, state`,
  chart: rows => ({
    layers: [
      {
        mark: 'span',
        from: timeField('began', { zh: '时间', en: 'Time' }),
        to: timeField('ended', { zh: '时间', en: 'Time' }),
        y: categoryField(
          'device',
          { zh: '设备', en: 'Device' },
          { order: [...new Set(rows.map(({ device }) => String(device)))] },
        ),
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

export const availabilityDetails = {
  'by-platform': byPlatform,
  'worst-devices': worstDevices,
  timelines,
}

/** CTE `stretch_of_state`: pieces are online or unknown; what lies before, between and after them is offline. */
const stretches = sql`frame as (
      select row_number() over (order by exposure - up desc, exposure desc, platform_id, device_id) as place,
        platform_id, device_id, entered, left_at
      from device_time join device_watch using (platform_id, device_id)
      where up < exposure qualify place <= ${mostDevices}
    ), known_stretch as (
      select place, platform_id, device_id, began, finished, case when is_known then 'online' else 'unknown' end as state
      from frame join piece using (platform_id, device_id)
    ), bounded as (
      select place, platform_id, device_id, began, finished, left_at from known_stretch join frame using (place, platform_id, device_id)
      union all
      select place, platform_id, device_id, entered, entered, left_at from frame
    ), gap as (
      select *, lead(began, 1, left_at) over (partition by place order by began, finished) as back_at from bounded
    ), stretch_of_state as (
      select place, platform_id, device_id, state, began, finished as ended from known_stretch
      union all
      select place, platform_id, device_id, 'offline', finished, back_at from gap where finished < back_at
    )`

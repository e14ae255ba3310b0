import { join, type Sql, sql } from '../sql/sql.ts'
import { onlineDays, snapshotShares } from './availability-days.ts'
import { instant } from './instant.ts'
import {
  deviceTimes,
  observationInputs,
  onlinePieces,
  toldSessions,
  watchedDevices,
  watchWindows,
} from './observation.ts'
import type { InputValues, Tables } from './recipe.ts'

/** Seconds between a device's signs of life; at 0 nothing is corrected. */
export const keepaliveInput = {
  kind: 'number',
  name: { zh: '保活时间（0 为不校正）', en: 'Keepalive (0: no correction)' },
  unit: { zh: '秒', en: 's' },
  min: 0,
  max: 65_535,
  default: 0,
} as const

export const availabilityInputs = {
  method: {
    kind: 'choice',
    name: { zh: '依据', en: 'Told from' },
    choices: {
      auto: { zh: '自动（有会话则用会话）', en: 'Automatic (sessions where there are any)' },
      sessions: { zh: '会话', en: 'Sessions' },
      snapshots: { zh: '状态快照', en: 'Snapshots' },
    },
    default: 'auto',
  },
  keepalive: keepaliveInput,
  ...observationInputs,
} as const

export type AvailabilityInputs = InputValues<typeof availabilityInputs>

/** By how much a lost link may be told late (µs): brokers wait for 1.5 keepalives. */
export function keepaliveLag({ keepalive }: { readonly keepalive: number }): number {
  return keepalive * 1.5e6
}

/** CTEs up to `piece` and `device_time`: what sessions tell of each device. */
export function sessionTimes(tables: Tables, inputs: AvailabilityInputs): Sql {
  return join([
    watchWindows(tables),
    toldSessions(tables),
    watchedDevices(tables, inputs),
    onlinePieces('piece', inputs),
    deviceTimes('piece'),
  ])
}

/**
 * CTEs up to `method` (one row: `sessions` or `snapshots`) and `judged_device`: platform_id, device_id, `up`, `exposure` and
 * `unknown` in µs, or in weighted snapshots; besides, `online_day` and `snapshot_day`.
 */
export function availabilityUnits(tables: Tables, inputs: AvailabilityInputs, asOf: number): Sql {
  const snapshots = snapshotShares(tables.device_snapshot, tables.whole.device, instant(asOf))
  return sql`${sessionTimes(tables, inputs)}, ${onlineDays}, ${snapshots}, method as (
      select case when ${inputs.method} <> 'auto' then ${inputs.method}
        when exists (select 1 from device_time) then 'sessions' else 'snapshots' end as method
    ), judged_device as (
      select platform_id, device_id, up::double as up, exposure::double as exposure, unknown::double as unknown
      from device_time, method where method = 'sessions'
      union all
      select platform_id, device_id, up, exposure, null from snapshot_device, method where method = 'snapshots'
    )`
}

/** CTEs up to `late` (one row): the availability with lost links ending 1.5 keepalives earlier; null without a keepalive. */
export function lateAvailability(inputs: AvailabilityInputs): Sql {
  if (inputs.keepalive === 0) return sql`late as (select null::double as late_availability)`
  return sql`${onlinePieces('late_piece', inputs, keepaliveLag(inputs))}, ${deviceTimes('late_piece', 'late_time')}, late as (
      select case when sum(exposure) > 0 then sum(up)::double / sum(exposure)::double end as late_availability
      from late_time, method where method = 'sessions'
    )`
}

/**
 * CTE `silent` (one row): activated devices of platforms with sessions that never connected or disconnected in all of the
 * export, and the hours for which they would have been observed.
 */
export function silentDevices({ device }: Tables): Sql {
  return sql`silent as (
      select count(*) as silent_devices, coalesce(sum(hours), 0) as silent_hours from (
        select (epoch_us(least(closes, max(retired_at))) - epoch_us(greatest(opens, min(activated_at)))) / 3.6e9 as hours
        from (select platform_id::varchar as platform_id, device_id::varchar as device_id, activated_at, retired_at from ${device})
        join watch using (platform_id)
        where activated_at is not null and platform_id in (select platform_id from told)
          and (platform_id, device_id) not in (select platform_id, device_id from told)
        group by platform_id, device_id, opens, closes
      ) where hours > 0
    )`
}

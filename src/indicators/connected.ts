import { type Sql, sql } from '../sql/sql.ts'
import { daysBefore, instant } from './instant.ts'
import type { Context, InputValues, Tables } from './recipe.ts'

/** What a person may set about "connected"; the same for every indicator that counts connected devices. */
export const connectedInputs = {
  window: {
    kind: 'number',
    name: { zh: '统计窗口', en: 'Window' },
    unit: { zh: '天', en: 'days' },
    min: 1,
    max: 366,
    default: 30,
  },
  unknown: {
    kind: 'choice',
    name: { zh: '未注明是否工业设备的设备', en: 'Devices not known to be industrial' },
    choices: { exclude: { zh: '不计入', en: 'Exclude' }, include: { zh: '计入', en: 'Include' } },
    default: 'exclude',
  },
} as const

/**
 * Relation with the rows and columns of `device` and four flags:
 * - `counted`: industrial (or not known to be, where the input includes those)
 * - `hidden`: the data has a last_seen of it, but only in snapshots outside the chosen period
 * - `observed`: seen, or not hidden and on a platform that gives any connect or activity event or any last_seen
 * - `seen`: such an event of the device, or its last_seen, lies in (asOf - window, asOf]
 */
export function deviceEvidence(
  { device, conn_event, device_snapshot, whole }: Tables,
  { window, unknown }: InputValues<typeof connectedInputs>,
  { asOf }: Context,
): Sql {
  const within = (time: Sql) =>
    sql`${time} > ${instant(daysBefore(asOf, window))} and ${time} <= ${instant(asOf)}`
  const speaking = sql`kind in ('connect', 'activity')`
  return sql`(
    with seen as (
      select platform_id, device_id from ${conn_event} where ${speaking} and ${within(sql`ts_event`)}
      union
      select platform_id, device_id from ${device_snapshot} where ${within(sql`last_seen`)}
    ), speaking as (
      select platform_id from ${conn_event} where ${speaking}
      union
      select platform_id from ${device_snapshot} where last_seen is not null
    ), hidden as (
      select platform_id, device_id from ${whole.device_snapshot} where last_seen is not null
      except
      select platform_id, device_id from ${device_snapshot} where last_seen is not null
    )
    select device.*, coalesce(device.is_industrial, ${unknown === 'include'}) as counted,
      seen.device_id is not null as seen, hidden.device_id is not null as hidden,
      seen.device_id is not null or (speaking.platform_id is not null and hidden.device_id is null) as observed
    from ${device} as device
    left join speaking on speaking.platform_id = device.platform_id
    left join seen on seen.platform_id = device.platform_id and seen.device_id = device.device_id
    left join hidden on hidden.platform_id = device.platform_id and hidden.device_id = device.device_id
  )`
}

/** Counts over all devices in scope, from which it follows whether connected devices can be counted at all. */
export interface Population {
  readonly registered: number
  readonly unknown: number
  readonly counted: number
  /** Counted devices of which it can be told whether they were connected. */
  readonly observed: number
  /** Counted devices whose last_seen lies in snapshots outside the chosen period. */
  readonly hidden: number
}

/**
 * The tables or columns without which nothing is known of connected devices; empty where they can be counted. They
 * cannot where a period hides the evidence of more devices than it leaves: the few left would pass for all.
 */
export function missingForConnected({
  registered,
  unknown,
  counted,
  observed,
  hidden,
}: Population): readonly string[] {
  if (registered === 0) return ['device']
  if (counted === 0 && unknown === registered) return ['device.is_industrial']
  if (hidden > observed) return ['device_snapshot']
  if (counted > 0 && observed === 0) return ['conn_event', 'device_snapshot.last_seen']
  return []
}

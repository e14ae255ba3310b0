import { type Sql, sql } from '../sql/sql.ts'
import { studentQuantile } from '../statistics/statistics.ts'
import { keepaliveInput, keepaliveLag } from './availability.ts'
import {
  deviceTimes,
  observationInputs,
  onlinePieces,
  toldSessions,
  watchedDevices,
  watchWindows,
} from './observation.ts'
import type { InputValues, Tables } from './recipe.ts'
import { withinPeriod } from './within-period.ts'

/** Causes of a session's end that nobody planned. */
export const unplannedCauses = ['keepalive', 'lost', 'error', 'duplicate_id'] as const

/** Causes that tell nothing: no class of reason, or the next connect alone shows that the session was over. */
export const untoldCauses = ['other', 'reconnect'] as const

/** Causes of a session's end. `other` is also a reason that is absent. */
export const causeNames = {
  keepalive: { zh: '心跳超时', en: 'Keepalive timeout' },
  lost: { zh: '连接丢失', en: 'Connection lost' },
  error: { zh: '错误', en: 'Error' },
  duplicate_id: { zh: '标识冲突', en: 'Duplicate client id' },
  planned: { zh: '计划内', en: 'Planned' },
  retired: { zh: '退役', en: 'Retired' },
  other: { zh: '其他或未知', en: 'Other or unknown' },
  reconnect: { zh: '未见断开即重连', en: 'Reconnect without a disconnect' },
} as const

export const failureInputs = {
  other: {
    kind: 'choice',
    name: { zh: '原因为其他或未知的断连', en: 'Ends of other or unknown reason' },
    choices: {
      exclude: { zh: '不计为故障', en: 'Not failures' },
      count: { zh: '计为故障', en: 'Failures' },
    },
    default: 'exclude',
  },
  reconnect: {
    kind: 'choice',
    name: { zh: '未见断开即重连', en: 'Reconnects without a disconnect' },
    choices: {
      exclude: { zh: '不计为故障', en: 'Not failures' },
      count: { zh: '计为故障', en: 'Failures' },
    },
    default: 'exclude',
  },
  keepalive: keepaliveInput,
  ...observationInputs,
} as const

export type FailureInputs = InputValues<typeof failureInputs>

interface PositiveRatio {
  readonly value: number | null
  readonly standardError: number | null
  /** Number of devices. */
  readonly units: number
}

/**
 * The limits that hold a positive ratio of sums over devices with 95 % confidence, symmetric on the log scale, with Student's t
 * of m − 1 degrees of freedom; null where there is no spread to go by.
 */
export function positiveLimits({ value, standardError, units }: PositiveRatio) {
  if (value === null || standardError === null || units < 2) return null
  if (value <= 0 || standardError <= 0) return null
  const factor = Math.exp((studentQuantile(0.975, units - 1) * standardError) / value)
  return Number.isFinite(factor) ? { low: value / factor, high: value * factor } : null
}

/** CTEs up to `session_end` (one row an end in the period) and `device_failure` (one row a device; `up` in µs). */
export function deviceFailures(tables: Tables, given: FailureInputs): Sql {
  const failing = [
    ...unplannedCauses,
    ...(given.other === 'count' ? ['other'] : []),
    ...(given.reconnect === 'count' ? ['reconnect'] : []),
  ]
  return sql`${watchWindows(tables)}, ${toldSessions(tables)}, ${watchedDevices(tables, given)},
    ${onlinePieces('piece', given)}, ${deviceTimes('piece')}, session_end as materialized (
      select platform_id, device_id, cause, cause in ${failing} as is_failure, cause not in ${untoldCauses} as is_told,
        ${given.unseen === 'online'} or not start_unseen as is_seen
      from told join device_watch using (platform_id, device_id)
      where not is_open and ended between entered and left_at and ${withinPeriod(sql`ended`, tables)}
    ), ended_by as (
      select platform_id, device_id, count(*) as ended_sessions, count(*) filter (is_told and is_seen) as known_ends,
        count(*) filter (is_failure and is_seen) as failures, count(*) filter (is_failure and not is_seen) as unseen_failures
      from session_end group by platform_id, device_id
    ), device_failure as materialized (
      select platform_id, device_id, coalesce(up, 0) as up, coalesce(ended_sessions, 0) as ended_sessions,
        coalesce(known_ends, 0) as known_ends, coalesce(failures, 0) as failures,
        coalesce(unseen_failures, 0) as unseen_failures
      from device_watch left join device_time using (platform_id, device_id) left join ended_by using (platform_id, device_id)
      where up > 0 or ended_sessions > 0
    )`
}

/** CTE `late` (one row): the hours online with lost links ending 1.5 keepalives earlier; null without a keepalive. */
export function lateTime(given: FailureInputs): Sql {
  if (given.keepalive === 0) return sql`late as (select null::double as late_online_hours)`
  return sql`${onlinePieces('late_piece', given, keepaliveLag(given))}, ${deviceTimes('late_piece', 'late_time')}, late as (
      select sum(up)::double / 3.6e9 as late_online_hours from late_time
    )`
}

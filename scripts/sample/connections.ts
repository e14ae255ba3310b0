import { asOf, begin, connectedWindow, day, hour, minute, second, toMillisecond } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { DeviceLife } from './devices.ts'
import type { PlatformProfile } from './platforms.ts'
import type { Random } from './random.ts'
import { brokerNodes, type Reason, reasonChoices, retirement } from './vocabulary.ts'

export type ConnectionEvent = CanonicalRow<'conn_event'>

type Kind = ConnectionEvent['kind']

/** One thing that happened, before it is exported: when, what, and the session it belongs to. */
export interface Happening {
  readonly time: number
  readonly kind: Kind
  readonly session: number
  readonly reason: Reason | null
  /** The device was connected anew although nothing had told that its session was over. */
  readonly unannounced: boolean
}

/** True when the device leaves connection events in the year that the sample covers. */
export function isHeardOf({ fate, row }: DeviceLife): boolean {
  if (fate === 'retired') return row.retired_at !== null && row.retired_at > begin + day
  return fate === 'active' || fate === 'dormant'
}

/**
 * What one device does in the year, in order of time: at least one happening, exactly `count`. The last connect or
 * activity of an active device lies within the connected window, that of a dormant one before it.
 */
export function liveThrough(
  draw: Random,
  { row, fate, start }: DeviceLife,
  count: number,
  dialect: PlatformProfile['dialect'],
): readonly Happening[] {
  const from = Math.max(start, begin)
  const last = drawLastContact(draw, fate, from, row.retired_at)
  const leaves = count > 1 && (fate === 'retired' || draw.chance(0.15))
  const before = count - (leaves ? 2 : 1)
  const times = Array.from({ length: before }, () => draw.between(from, last)).sort((a, b) => a - b)
  const walk = openWalk(draw, dialect, start < begin && draw.chance(0.5))
  for (const time of times) walk.step(toMillisecond(time))
  walk.contact(toMillisecond(last))
  if (leaves) walk.leave(drawLeaving(draw, last, fate, row.retired_at), fate === 'retired')
  return walk.happenings
}

function drawLastContact(
  draw: Random,
  fate: DeviceLife['fate'],
  from: number,
  retired: number | null,
): number {
  if (fate === 'retired') return draw.between(from, Math.max(from, (retired ?? asOf) - hour))
  if (fate === 'dormant') return draw.between(from, asOf - connectedWindow - day)
  const recent = asOf - 5 * minute - draw.uniform() ** 4 * (connectedWindow - day)
  return Math.max(recent, from + minute)
}

function drawLeaving(draw: Random, last: number, fate: DeviceLife['fate'], retired: number | null): number {
  if (fate === 'retired' && retired !== null) return Math.max(retired, toMillisecond(last) + second)
  return toMillisecond(draw.between(last + second, Math.min(last + 5 * day, asOf - minute)))
}

interface Walk {
  readonly happenings: readonly Happening[]
  step(time: number): void
  contact(time: number): void
  leave(time: number, forGood: boolean): void
}

/** A device is online or not; what can happen next depends on it. A session may have begun before the year. */
function openWalk(draw: Random, dialect: PlatformProfile['dialect'], onlineBefore: boolean): Walk {
  const happenings: Happening[] = []
  let online = onlineBefore
  let session = 0
  const add = (time: number, kind: Kind, reason: Reason | null, unannounced = false) => {
    if (kind === 'connect') session += 1
    happenings.push({ time, kind, session, reason, unannounced })
    online = kind !== 'disconnect'
  }
  const connect = (time: number) => add(time, 'connect', null, online && happenings.length > 0)
  const contact = (time: number) => (online ? add(time, 'activity', null) : connect(time))
  const leave = (time: number, forGood: boolean) =>
    add(time, 'disconnect', forGood ? retirement : draw.weighted(reasonChoices[dialect]))
  const step = (time: number) => {
    if (!online) return contact(time)
    const point = draw.uniform()
    if (point < 0.42) return leave(time, false)
    return point < 0.46 ? connect(time) : contact(time)
  }
  return { happenings, step, contact, leave }
}

/** The row a happening is exported as, on time and with a right clock; `seq` counts per device. */
export function exportHappening(
  draw: Random,
  { row }: DeviceLife,
  { time, kind, session, reason }: Happening,
  seq: number,
  exportsNode: boolean,
): ConnectionEvent {
  return {
    platform_id: row.platform_id,
    device_id: row.device_id,
    ts_event: time,
    ts_ingest: toMillisecond(time + Math.min(draw.lognormal(0.4, 0.8), 50) * second),
    kind,
    reason_raw: reason?.raw ?? null,
    reason_class: reason?.class ?? null,
    session_id: session === 0 ? null : String(session),
    seq,
    node: exportsNode ? draw.pick(brokerNodes) : null,
  }
}

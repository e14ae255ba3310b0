import { asOf, begin, day, toMillisecond } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { type ConnectionEvent, exportHappening, isHeardOf, liveThrough } from './connections.ts'
import type { DeviceLife } from './devices.ts'
import { countDisorder, disturb, drawExtra, isSentinel } from './event-faults.ts'
import { openPlant, type Plant } from './planted.ts'
import type { PlatformProfile } from './platforms.ts'
import type { Random } from './random.ts'

type Snapshot = CanonicalRow<'device_snapshot'>

/** What one platform exports about its devices' connections. */
export interface PlatformExport {
  /** In order of arrival. */
  readonly events: readonly ConnectionEvent[]
  readonly snapshots: readonly Snapshot[]
}

/** What is known of a device at the end of the year. */
interface Contact {
  readonly lastSeen: number | null
  readonly online: boolean
}

/**
 * The connection events and the snapshot of one platform, told from one and the same course of events: `last_seen` is the
 * device's last connect or activity in the events, where the platform exports both. `budgets` gives the number of
 * event rows of each device that is heard of, in fleet order.
 */
export function exportPlatform(
  draw: Random,
  profile: PlatformProfile,
  fleet: readonly DeviceLife[],
  budgets: readonly number[],
  plant: Plant,
): PlatformExport {
  const events: ConnectionEvent[] = []
  const snapshots: Snapshot[] = []
  const counted = profile.exportsEvents ? plant : openPlant()
  let heard = 0
  for (const life of fleet) {
    const count = isHeardOf(life) ? (budgets[heard++] ?? unexportedEvents) : 0
    const course = exportDevice(draw, profile, life, count, counted)
    if (profile.exportsEvents) events.push(...course.rows)
    if (profile.snapshot !== null && life.fate !== 'retired')
      snapshots.push(takeSnapshot(draw, profile.snapshot, life, contactOf(draw, life, course)))
  }
  events.sort((a, b) => (a.ts_ingest ?? 0) - (b.ts_ingest ?? 0))
  countDisorder(events, counted)
  return { events, snapshots }
}

/** Events that a device lives through where its platform tells only of the outcome. */
const unexportedEvents = 3

interface Course {
  readonly rows: readonly ConnectionEvent[]
  readonly endsOnline: boolean
}

function exportDevice(
  draw: Random,
  profile: PlatformProfile,
  life: DeviceLife,
  count: number,
  plant: Plant,
): Course {
  if (count === 0) return { rows: [], endsOnline: false }
  const exportsNode = profile.snapshot === 'session'
  const extras = Array.from({ length: Math.max(0, count - 2) }, () => draw.chance(0.02)).filter(
    Boolean,
  ).length
  const happenings = liveThrough(draw, life, count - extras, profile.dialect)
  const rows = happenings.map((happening, i) => {
    if (happening.unannounced) plant.add('missing_disconnects')
    return disturb(draw, exportHappening(draw, life, happening, i + 1, exportsNode), plant)
  })
  const added = Array.from({ length: extras }, (_, i) =>
    drawExtra(draw, draw.pick(rows), rows.length + i + 1, plant),
  )
  const endsOnline = life.fate === 'active' && happenings.at(-1)?.kind !== 'disconnect'
  return { rows: [...rows, ...added], endsOnline }
}

function contactOf(draw: Random, life: DeviceLife, { rows, endsOnline }: Course): Contact {
  const contacts = rows.filter(({ kind, ts_event }) => kind !== 'disconnect' && !isSentinel(ts_event))
  if (contacts.length > 0) {
    return {
      lastSeen: contacts.reduce((latest, { ts_event }) => Math.max(latest, ts_event), 0),
      online: endsOnline,
    }
  }
  const silentSince = life.fate === 'silent' ? toMillisecond(draw.between(life.start, begin)) : null
  return { lastSeen: silentSince, online: false }
}

/** Activity state here means: heard of within the last seven days. */
function takeSnapshot(
  draw: Random,
  kind: Snapshot['state_kind'],
  life: DeviceLife,
  contact: Contact,
): Snapshot {
  const { platform_id, device_id } = life.row
  const key = { platform_id, device_id, as_of: asOf, state_kind: kind }
  if (kind === 'admin') return { ...key, state: 'unknown', last_seen: null }
  const online = kind === 'session' ? contact.online : (contact.lastSeen ?? 0) > asOf - 7 * day
  const known = life.fate === 'never' ? 'never' : online ? 'online' : 'offline'
  return { ...key, state: draw.chance(0.025) ? 'unknown' : known, last_seen: contact.lastSeen }
}

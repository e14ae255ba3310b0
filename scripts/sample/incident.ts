import { asOf, day, hour, instant, second, toMillisecond } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { ConnectionEvent } from './connections.ts'
import { groupBy } from './group-by.ts'
import type { Plant } from './planted.ts'
import type { PlatformProfile } from './platforms.ts'
import type { Random } from './random.ts'
import { type Reason, reasonChoices } from './vocabulary.ts'

type Snapshot = CanonicalRow<'device_snapshot'>

/** An unstable network at one platform, eleven days before the end. */
const incident = instant('2026-06-19T02:00:00Z')
const mostDevices = 40

/**
 * The connection log of one platform that gives none of its own: devices whose last contact is that of the snapshot,
 * every third of which loses its connection again and again during the incident.
 */
export function makeIncident(
  draw: Random,
  platforms: readonly PlatformProfile[],
  snapshots: readonly Snapshot[],
  plant: Plant,
): readonly ConnectionEvent[] {
  const online = snapshots.filter(
    ({ state, last_seen }) => state === 'online' && (last_seen ?? 0) > asOf - 5 * day,
  )
  const byPlatform = groupBy(online, ({ platform_id }) => platform_id)
  const silent = platforms.filter(({ exportsEvents, snapshot }) => !exportsEvents && snapshot === 'session')
  const largest = silent
    .map(({ row, dialect }) => ({ dialect, devices: byPlatform.get(row.platform_id) ?? [] }))
    .reduce((a, b) => (b.devices.length > a.devices.length ? b : a), { dialect: 'emqx', devices: [] })
  return largest.devices
    .slice(0, mostDevices)
    .flatMap((device, i) => logOf(draw, device, i % 3 === 0, largest.dialect, plant))
    .sort((a, b) => (a.ts_ingest ?? 0) - (b.ts_ingest ?? 0))
}

/** Connected before the incident, dropped once or many times in it, heard of last when the snapshot says. */
function logOf(
  draw: Random,
  { platform_id, device_id, last_seen }: Snapshot,
  flaps: boolean,
  dialect: PlatformProfile['dialect'],
  plant: Plant,
): readonly ConnectionEvent[] {
  const unplanned = reasonChoices[dialect].filter(
    ([reason]) => reason.class === 'keepalive' || reason.class === 'lost',
  )
  if (flaps) plant.add('flapping_devices')
  const rows: ConnectionEvent[] = []
  let session = 0
  const add = (time: number, kind: ConnectionEvent['kind'], reason: Reason | null = null) => {
    if (kind === 'connect') session += 1
    const ts_event = toMillisecond(time)
    const ts_ingest = toMillisecond(ts_event + Math.min(draw.lognormal(0.4, 0.8), 50) * second)
    const said = { reason_raw: reason?.raw ?? null, reason_class: reason?.class ?? null }
    const place = { session_id: String(session), seq: rows.length + 1, node: null }
    rows.push({ platform_id, device_id, ts_event, ts_ingest, kind, ...said, ...place })
  }
  add(incident - draw.between(1, 20) * hour, 'connect')
  let time = incident + draw.between(0, 300) * second
  for (let drops = flaps ? draw.integer(4, 9) : 1; drops > 0; drops--) {
    add(time, 'disconnect', draw.weighted(unplanned))
    time += draw.between(10, 35) * second
    add(time, 'connect')
    time += draw.between(10, 40) * second
  }
  add(last_seen ?? asOf - hour, 'activity')
  return rows
}

import { join } from 'node:path'
import { canonicalTables } from '../../src/domain/canonical.ts'
import { apportion } from './apportion.ts'
import { openTableFile, type WrittenFile } from './arrow-file.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { isHeardOf } from './connections.ts'
import type { DeviceLife } from './devices.ts'
import { makeSnapshotHistory } from './history.ts'
import { makeIncident } from './incident.ts'
import type { Plant } from './planted.ts'
import { exportPlatform } from './platform-export.ts'
import type { PlatformProfile } from './platforms.ts'
import { random } from './random.ts'
import { bundled, type SampleOptions, type WrittenSample } from './sample-files.ts'
import { chooseReporters, readingsOf, telemetryQualities, telemetryUnits } from './telemetry.ts'
import { brokerNodes, rawReasons } from './vocabulary.ts'
import { writeTable } from './write-table.ts'

/** A platform with its devices. */
export interface Fleet {
  readonly platform: PlatformProfile
  readonly devices: readonly DeviceLife[]
}

/** What devices tell: events, snapshots and telemetry. */
export function writeDeviceFiles(
  options: SampleOptions,
  fleets: readonly Fleet[],
  plant: Plant,
): Pick<
  WrittenSample['files'],
  'conn_event' | 'device_snapshot' | 'device_snapshot_2025' | 'conn_event_incident' | 'telemetry'
> {
  const { out, seed } = options
  const { snapshots, ...files } = writeConnections(options, fleets, plant)
  const profiles = fleets.map(({ platform }) => platform)
  const before = makeSnapshotHistory(random(seed, 'snapshot history'), fleets, snapshots)
  const incident = makeIncident(random(seed, 'incident'), profiles, snapshots, plant)
  return {
    ...files,
    device_snapshot_2025: writeTable(out, 'device_snapshot_2025', before),
    conn_event_incident: writeTable(out, 'conn_event_incident', incident),
    telemetry: writeTelemetry(options, snapshots, plant),
  }
}

interface Connections {
  readonly conn_event: WrittenFile
  readonly device_snapshot: WrittenFile
  readonly snapshots: readonly CanonicalRow<'device_snapshot'>[]
}

/** Events and snapshots, one platform at a time, so that memory holds one platform's year and not all of them. */
function writeConnections(
  { out, seed, rows }: SampleOptions,
  fleets: readonly Fleet[],
  plant: Plant,
): Connections {
  const ids = fleets.map(({ platform }) => platform.row.platform_id)
  const events = openTableFile('conn_event', join(out, 'conn_event.arrow'), eventCategories(ids))
  const snapshots: CanonicalRow<'device_snapshot'>[] = []
  const budgets = shareEvents(seed, rows, fleets)
  for (const [i, { platform, devices }] of fleets.entries()) {
    const draw = random(seed, `events ${platform.row.platform_id}`)
    const exported = exportPlatform(draw, platform, devices, budgets[i] ?? [], plant)
    events.append(exported.events)
    for (const snapshot of exported.snapshots) snapshots.push(snapshot)
  }
  const device_snapshot = writeTable(out, 'device_snapshot', snapshots)
  return { device_snapshot, conn_event: events.close(), snapshots }
}

/** A few messages of twenty devices in the bundled sample, half as many rows as further events in big ones. */
function telemetryRows(rows: number): number {
  return Math.max(2_700, Math.round((rows - bundled.rows) / 2))
}

/** Telemetry a device at a time, so that memory holds one device's messages and not all of them. */
function writeTelemetry(
  { out, seed, rows }: SampleOptions,
  snapshots: readonly CanonicalRow<'device_snapshot'>[],
  plant: Plant,
): WrittenFile {
  const wanted = telemetryRows(rows)
  const draw = random(seed, 'telemetry')
  const reporters = chooseReporters(draw, snapshots, Math.ceil(wanted / 135))
  const file = openTableFile('telemetry', join(out, 'telemetry.arrow'), {
    platform_id: [...new Set(reporters.map(({ platform_id }) => platform_id))].sort(),
    device_id: [...new Set(reporters.map(({ device_id }) => device_id))].sort(),
    metric: Object.keys(telemetryUnits),
    quality: telemetryQualities,
    unit: Object.values(telemetryUnits).flatMap(unit => unit ?? []),
  })
  const messages = Math.max(8, Math.round(wanted / 3 / reporters.length))
  for (const reporter of reporters) file.append(readingsOf(draw, reporter, messages, plant))
  return file.close()
}

/** How many event rows each device that is heard of gets, by platform; platforms without event export get none. */
function shareEvents(seed: number, rows: number, fleets: readonly Fleet[]): readonly (readonly number[])[] {
  const draw = random(seed, 'event shares')
  const heard = fleets.map(({ platform, devices }) =>
    platform.exportsEvents ? devices.filter(isHeardOf).length : 0,
  )
  const shares = apportion(
    heard.flatMap(count => Array.from({ length: count }, () => draw.lognormal(1, 0.6))),
    rows,
  )
  let taken = 0
  return heard.map(count => {
    const mine = shares.slice(taken, taken + count)
    taken += count
    return mine
  })
}

function eventCategories(platformIds: readonly string[]): Record<string, readonly string[]> {
  const { kind, reason_class } = canonicalTables.conn_event.columns
  return {
    platform_id: platformIds,
    kind: Object.keys(kind.values),
    reason_class: Object.keys(reason_class.values),
    reason_raw: rawReasons,
    node: brokerNodes,
  }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CanonicalName, canonicalTables } from '../../src/domain/canonical.ts'
import { apportion } from './apportion.ts'
import { categoriesOf, openTableFile, type WrittenFile } from './arrow-file.ts'
import { makeAssets, makeUsage } from './assets.ts'
import { makeBatches, makeSeries } from './batches.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { clientsOf } from './clients.ts'
import { makeCommunities } from './communities.ts'
import { isHeardOf } from './connections.ts'
import { makeContracts } from './contracts.ts'
import { dataPackage } from './data-package.ts'
import { chooseCustomers, type DeviceLife, makeFleet } from './devices.ts'
import { makeBatchHistory, makeSnapshotHistory } from './history.ts'
import { makeIncident } from './incident.ts'
import { makeLinks } from './links.ts'
import type { Organisation } from './organisations.ts'
import { planTargets } from './plan-targets.ts'
import { openPlant, type Plant, type PlantedCounts } from './planted.ts'
import { exportPlatform } from './platform-export.ts'
import { makeCustomers, makePlatforms, type PlatformProfile, platformCount } from './platforms.ts'
import { makePortfolios } from './portfolios.ts'
import { random } from './random.ts'
import { readme } from './readme.ts'
import { chooseReporters, readingsOf, telemetryQualities, telemetryUnits } from './telemetry.ts'
import { makeModelUsage } from './usage.ts'
import { brokerNodes, rawReasons } from './vocabulary.ts'
import { platformsBefore, writeYearBefore } from './year-before.ts'

export interface SampleOptions {
  readonly out: string
  readonly seed: number
  /** Number of connection events; devices and telemetry follow it, the other tables keep their size. */
  readonly rows: number
  /** Number of platforms; without it that of the bundled sample. */
  readonly platforms?: number
}

/** The options of the sample in `resources/sample`. */
export const bundled = { seed: 20260630, rows: 62_000 } as const

/** The files that the sample holds and the canonical table of each; some tables come in two exports. */
export const sampleFiles = {
  platform: 'platform',
  organisation: 'organisation',
  device: 'device',
  device_snapshot: 'device_snapshot',
  conn_event: 'conn_event',
  ingest_batch: 'ingest_batch',
  data_asset: 'data_asset',
  asset_usage: 'asset_usage',
  plan_target: 'plan_target',
  device_snapshot_2025: 'device_snapshot',
  conn_event_incident: 'conn_event',
  ingest_batch_2025: 'ingest_batch',
  telemetry: 'telemetry',
  model: 'model',
  application: 'application',
  usage: 'usage',
  contract: 'contract',
  community: 'community',
  platform_link: 'platform_link',
} as const satisfies Readonly<Record<string, CanonicalName>>

export type SampleFile = keyof typeof sampleFiles

/** The files in the order in which they are listed. */
export const sampleFileNames = Object.keys(sampleFiles) as readonly SampleFile[]

/** The canonical tables of the sample, each once. */
export const sampleNames = [...new Set(Object.values(sampleFiles))]

export { platformCount }

export interface WrittenSample {
  readonly files: Readonly<Record<SampleFile, WrittenFile>>
  readonly planted: PlantedCounts
}

/** A platform with its devices. */
interface Fleet {
  readonly platform: PlatformProfile
  readonly devices: readonly DeviceLife[]
}

/**
 * Writes the whole sample into a folder, which is made where it is missing, and its older export (`folderBefore`) beside
 * it. Same options, same bytes. Throws a RangeError
 * where `rows` does not give every device that is heard of one event.
 */
export function writeSample(options: SampleOptions): WrittenSample {
  mkdirSync(options.out, { recursive: true })
  const plant = openPlant()
  const files = writeTables(options, plant)
  const written = { files, planted: plant.counts() }
  writeFileSync(join(options.out, 'datapackage.json'), dataPackage(written))
  writeFileSync(join(options.out, 'README.md'), readme(written))
  return written
}

function writeTables(options: SampleOptions, plant: Plant): WrittenSample['files'] {
  const { out, seed, rows, platforms = platformCount } = options
  const profiles = makePlatforms(random(seed, 'platforms'), platforms)
  const customers = makeCustomers(random(seed, 'customers'), profiles.length)
  const fleets = makeFleets(seed, deviceCount(rows), profiles, customers)
  const series = makeSeries(random(seed, 'series'), profiles, plant)
  const platform = profiles.map(({ row }) => row)
  const organisation = [...profiles.map(({ operator }) => operator), ...customers]
  const device = fleets.flatMap(({ devices }) => devices.map(({ row }) => row))
  const batches = makeBatches(random(seed, 'batches'), series, plant)
  const assets = makeAssets(random(seed, 'assets'), series, 2400)
  const usage = makeUsage(random(seed, 'usage'), assets, customers)
  const history = makeBatchHistory(random(seed, 'batch history'), series)
  writeYearBefore(out, platformsBefore(random(seed, 'year before'), platform))
  return {
    platform: writeTable(out, 'platform', platform),
    organisation: writeTable(out, 'organisation', organisation),
    device: writeTable(out, 'device', device),
    ...writeDeviceFiles(options, fleets, plant),
    ingest_batch: writeTable(out, 'ingest_batch', batches),
    data_asset: writeTable(out, 'data_asset', assets),
    asset_usage: writeTable(out, 'asset_usage', usage),
    plan_target: writeTable(out, 'plan_target', planTargets),
    ingest_batch_2025: writeTable(out, 'ingest_batch_2025', history),
    ...writeServiceFiles(options, fleets, customers, plant),
  }
}

/** What devices tell: events, snapshots and telemetry. */
function writeDeviceFiles(
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

/** What platforms offer and to whom: models, applications, their use, contracts, communities and links. */
function writeServiceFiles(
  { out, seed }: SampleOptions,
  fleets: readonly Fleet[],
  customers: readonly Organisation[],
  plant: Plant,
): Pick<
  WrittenSample['files'],
  'model' | 'application' | 'usage' | 'contract' | 'community' | 'platform_link'
> {
  const profiles = fleets.map(({ platform }) => platform)
  const clients = clientsOf(fleets.flatMap(({ devices }) => devices.map(({ row }) => row)))
  const portfolios = makePortfolios(random(seed, 'portfolios'), profiles)
  const usage = makeModelUsage(random(seed, 'model usage'), portfolios, clients, plant)
  return {
    model: writeTable(out, 'model', portfolios.models),
    application: writeTable(out, 'application', portfolios.applications),
    usage: writeTable(out, 'usage', usage),
    contract: writeTable(out, 'contract', makeContracts(random(seed, 'contracts'), clients, customers)),
    community: writeTable(out, 'community', makeCommunities(random(seed, 'communities'), profiles)),
    platform_link: writeTable(out, 'platform_link', makeLinks(random(seed, 'links'), profiles, plant)),
  }
}

function makeFleets(
  seed: number,
  count: number,
  platforms: readonly PlatformProfile[],
  customers: readonly Organisation[],
): readonly Fleet[] {
  const sizes = apportion(
    platforms.map(({ weight }) => weight),
    count,
  )
  return platforms.map((platform, i) => {
    const draw = random(seed, `fleet ${platform.row.platform_id}`)
    const size = sizes[i] ?? 1
    return {
      platform,
      devices: makeFleet(draw, platform, size, chooseCustomers(draw, platform, size, customers)),
    }
  })
}

/** About three events a device in the bundled sample, fifty a device in big ones, never more than 200,000 devices. */
function deviceCount(rows: number): number {
  return Math.min(200_000, Math.max(21_600, Math.round(rows / 50)))
}

function writeTable<F extends SampleFile>(
  out: string,
  file: F,
  rows: readonly CanonicalRow<(typeof sampleFiles)[F]>[],
): WrittenFile {
  const table: (typeof sampleFiles)[F] = sampleFiles[file]
  const written = openTableFile(table, join(out, `${file}.arrow`), categoriesOf(table, rows))
  written.append(rows)
  return written.close()
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

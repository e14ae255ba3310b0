import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CanonicalName, canonicalTables } from '../../src/domain/canonical.ts'
import { apportion } from './apportion.ts'
import { categoriesOf, openTableFile, type WrittenFile } from './arrow-file.ts'
import { makeAssets, makeUsage } from './assets.ts'
import { makeBatches, makeSeries } from './batches.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { isHeardOf } from './connections.ts'
import { dataPackage } from './data-package.ts'
import { chooseCustomers, type DeviceLife, makeFleet } from './devices.ts'
import type { Organisation } from './organisations.ts'
import { planTargets } from './plan-targets.ts'
import { openPlant, type Plant, type PlantedCounts } from './planted.ts'
import { exportPlatform } from './platform-export.ts'
import { makeCustomers, makePlatforms, type PlatformProfile } from './platforms.ts'
import { random } from './random.ts'
import { readme } from './readme.ts'
import { brokerNodes, rawReasons } from './vocabulary.ts'

export interface SampleOptions {
  readonly out: string
  readonly seed: number
  /** Number of connection events; devices follow it, the other tables keep their size. */
  readonly rows: number
}

/** The options of the sample in `resources/sample`. */
export const bundled = { seed: 20260630, rows: 62_000 } as const

/** The canonical tables that the sample holds, in the order of the canonical model. */
export const sampleNames = [
  'platform',
  'organisation',
  'device',
  'device_snapshot',
  'conn_event',
  'ingest_batch',
  'data_asset',
  'asset_usage',
  'plan_target',
] as const satisfies readonly CanonicalName[]

export interface WrittenSample {
  readonly files: Readonly<Record<(typeof sampleNames)[number], WrittenFile>>
  readonly planted: PlantedCounts
}

/** A platform with its devices. */
interface Fleet {
  readonly platform: PlatformProfile
  readonly devices: readonly DeviceLife[]
}

/**
 * Writes the whole sample into a folder, which is made where it is missing. Same options, same bytes. Throws a RangeError
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
  const { out, seed, rows } = options
  const profiles = makePlatforms(random(seed, 'platforms'))
  const customers = makeCustomers(random(seed, 'customers'), profiles.length)
  const fleets = makeFleets(seed, deviceCount(rows), profiles, customers)
  const series = makeSeries(random(seed, 'series'), profiles, plant)
  const platform = profiles.map(({ row }) => row)
  const organisation = [...profiles.map(({ operator }) => operator), ...customers]
  const device = fleets.flatMap(({ devices }) => devices.map(({ row }) => row))
  const batches = makeBatches(random(seed, 'batches'), series, plant)
  const assets = makeAssets(random(seed, 'assets'), series, 2400)
  const usage = makeUsage(random(seed, 'usage'), assets, customers)
  return {
    platform: writeTable(out, 'platform', platform),
    organisation: writeTable(out, 'organisation', organisation),
    device: writeTable(out, 'device', device),
    ...writeConnections(options, fleets, plant),
    ingest_batch: writeTable(out, 'ingest_batch', batches),
    data_asset: writeTable(out, 'data_asset', assets),
    asset_usage: writeTable(out, 'asset_usage', usage),
    plan_target: writeTable(out, 'plan_target', planTargets),
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

function writeTable<N extends CanonicalName>(
  out: string,
  name: N,
  rows: readonly CanonicalRow<N>[],
): WrittenFile {
  const file = openTableFile(name, join(out, `${name}.arrow`), categoriesOf(name, rows))
  file.append(rows)
  return file.close()
}

/** Events and snapshots, one platform at a time, so that memory holds one platform's year and not all of them. */
function writeConnections(
  { out, seed, rows }: SampleOptions,
  fleets: readonly Fleet[],
  plant: Plant,
): Record<'conn_event' | 'device_snapshot', WrittenFile> {
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
  return { device_snapshot: writeTable(out, 'device_snapshot', snapshots), conn_event: events.close() }
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

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apportion } from './apportion.ts'
import { makeAssets, makeUsage } from './assets.ts'
import { makeBatches, makeSeries } from './batches.ts'
import { clientsOf } from './clients.ts'
import { makeCommunities } from './communities.ts'
import { makeContracts } from './contracts.ts'
import { dataPackage } from './data-package.ts'
import { type Fleet, writeDeviceFiles } from './device-files.ts'
import { chooseCustomers, makeFleet } from './devices.ts'
import { makeBatchHistory } from './history.ts'
import { makeLinks } from './links.ts'
import type { Organisation } from './organisations.ts'
import { planTargets } from './plan-targets.ts'
import { openPlant, type Plant } from './planted.ts'
import { makeCustomers, makePlatforms, type PlatformProfile, platformCount } from './platforms.ts'
import { makePortfolios } from './portfolios.ts'
import { random } from './random.ts'
import { readme } from './readme.ts'
import type { SampleOptions, WrittenSample } from './sample-files.ts'
import { makeModelUsage } from './usage.ts'
import { writeTable } from './write-table.ts'
import { platformsBefore, writeYearBefore } from './year-before.ts'

export { sampleFileNames, sampleFiles, sampleNames } from './sample-files.ts'

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

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { begin } from '../../scripts/sample/calendar.ts'
import * as oracle from '../../scripts/sample/oracle.ts'
import { firstOfEachKey, readTable, readWhole } from '../../scripts/sample/read-sample.ts'
import { sampleFileNames, sampleFiles, sampleNames } from '../../scripts/sample/sample-files.ts'
import { folderBefore } from '../../scripts/sample/year-before.ts'
import { type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import { noFilters } from '../domain/filter.ts'
import { type CellType, loadRows } from '../engine/testing.ts'
import { catalogue } from './catalogue.ts'
import type { Exports } from './exports.ts'
import { type LoadedTables, scope } from './scope.ts'
import { microseconds, type Outcome, Trials } from './testing.ts'

/** The bundled sample: what the recipes say of it, and what plain TypeScript over the same rows says. */
const asOf = microseconds('2026-06-30T00:00:00Z')
const folder = 'resources/sample'
const rows = <N extends CanonicalName>(name: N) => firstOfEachKey(name, readWhole(folder, name))

/** The platforms come in two exports, of which the later one stands. */
const exports: Exports = {
  asOf: {
    ...Object.fromEntries(sampleFileNames.map(file => [stored(file), asOf])),
    [stored('platform_2025')]: begin,
  },
  overlapping: ['platform'],
}

let trials: Trials
let loaded: LoadedTables
const outcomes = new Map<string, Outcome>()

beforeAll(async () => {
  trials = await Trials.open()
  for (const file of sampleFileNames) {
    const table = sampleFiles[file]
    await load(file, table, firstOfEachKey(table, readTable(folder, table, file)))
  }
  loaded = Object.fromEntries(
    sampleNames.map(table => [
      table,
      sampleFileNames.filter(file => sampleFiles[file] === table).map(stored),
    ]),
  )
  const older = readTable(folderBefore(folder), 'platform', 'platform_2025')
  await load('platform_2025', 'platform', older)
  loaded = { ...loaded, platform: ['platform', 'platform_2025'].map(stored) }
  for (const recipe of catalogue) outcomes.set(recipe.id, await trials.apply(recipe, loaded, { exports }))
}, 180_000)
afterAll(() => trials.engine.close())

/** As an import stores it: every row with the file it came from. */
async function load(file: string, table: CanonicalName, of: readonly object[]): Promise<void> {
  const columns = { file_id: 'text', ...columnsOf(table) } as const
  await loadRows(
    trials.engine,
    stored(file),
    columns,
    of.map(one => ({ ...one, file_id: file })),
  )
}

/** The engine's table; as in the app its name is none that a recipe may give to a relation of its own. */
function stored(file: string): string {
  return `${file} 1`
}

function columnsOf(table: CanonicalName): Record<string, CellType> {
  const declared = Object.entries(canonicalTable(table).columns)
  const typed = declared.map(([column, { type, category }]): [string, CellType] => [
    column,
    category ? 'category' : type,
  ])
  return Object.fromEntries(typed)
}

const value = (id: string) => outcomes.get(id)?.headline.value

test('speaks of the time at which it was exported', async () => {
  expect(await trials.asOf(scope(loaded, noFilters, { exports }))).toBe(asOf)
})

test('gives every indicator a value', () => {
  for (const [id, { headline }] of outcomes) expect([id, headline.missing ?? []]).toEqual([id, []])
})

test('has connected devices, covered regions and concentration as counted in TypeScript', () => {
  const tables = {
    device: rows('device'),
    device_snapshot: rows('device_snapshot'),
    conn_event: rows('conn_event'),
  }
  expect(value('CON-01')).toBe(oracle.connectedDevices(tables, asOf).length)
  expect(value('CON-19')).toBeCloseTo(oracle.regionCoverage(tables, asOf).share, 14)
  expect(value('CON-16')).toBeCloseTo(oracle.protocolDiversity(tables.device), 10)
  expect(value('CON-17')).toBeCloseTo(oracle.deviceConcentration(tables.device).hhi, 12)
  expect(value('CON-18')).toBeCloseTo(oracle.deviceGini(tables.device), 12)
})

test('has completeness and coverage as counted in TypeScript', () => {
  expect(value('AGG-03')).toBeCloseTo(oracle.completeness(rows('ingest_batch')), 12)
  expect(value('AGG-04')).toBeCloseTo(oracle.matrixDensity(rows('ingest_batch')), 12)
})

test('has the online rate of a count device by device', () => {
  const device = new Map(rows('device').map(one => [oracle.deviceKey(one), one]))
  const latest = rows('device_snapshot').filter(({ as_of }) => as_of === asOf)
  const session = latest.filter(({ state_kind }) => state_kind === 'session')
  const judged = session.filter(snapshot => {
    const known = device.get(oracle.deviceKey(snapshot))
    return known !== undefined && known.activated_at !== null && known.admin_state !== 'disabled'
  })
  const online = judged.filter(({ state }) => state === 'online').length
  const offline = judged.filter(({ state }) => state === 'offline').length
  expect(value('CON-03')).toBeCloseTo(online / (online + offline), 12)
})

test('has the volume and its concentration of a walk along every counter', () => {
  const last = new Map<string, number>()
  const bySource = new Map<string, number>()
  const batches = rows('ingest_batch').toSorted((a, b) => a.window_start - b.window_start)
  for (const { platform_id, source_id, bytes, counter_kind } of batches) {
    if (bytes === null) continue
    const series = JSON.stringify([platform_id, source_id])
    const before = last.get(series)
    const cumulative = counter_kind === 'cumulative'
    const added = !cumulative || (before !== undefined && bytes < before) ? bytes : bytes - (before ?? bytes)
    if (cumulative) last.set(series, bytes)
    bySource.set(source_id, (bySource.get(source_id) ?? 0) + added)
  }
  const total = [...bySource.values()].reduce((sum, bytes) => sum + bytes, 0)
  const days =
    (Math.max(...batches.map(({ window_end }) => window_end)) -
      Math.min(...batches.map(({ window_start }) => window_start))) /
    86400e6
  expect(value('AGG-01')).toBeCloseTo(total / 1e9 / days, 10)
  const shares = [...bySource.values()].map(bytes => bytes / total)
  expect(value('AGG-09')).toBeCloseTo(
    shares.reduce((sum, share) => sum + share * share, 0),
    12,
  )
})

test('finds the repeated and the conflicting readings that were planted', () => {
  const { planted } = JSON.parse(readFileSync(`${folder}/datapackage.json`, 'utf8')).assay
  const [readings, repeated, conflicts] = [
    rows('telemetry').length,
    planted.telemetry_duplicates,
    planted.telemetry_conflicts,
  ]
  expect(value('AGG-05')).toBeCloseTo(repeated / readings, 12)
  // A conflict is a second value of its key, so what is neither repeated nor in conflict is a key.
  expect(value('AGG-06')).toBeCloseTo(conflicts / (readings - repeated - conflicts), 12)
})

test('needs 6.27% a year to reach the target', () => {
  expect(value('PLN-01')).toBeCloseTo(1.2 ** (1 / 3) - 1, 12)
})

test('divides all of the value among sources, and holds less of it alone', () => {
  const shares = outcomes.get('VAL-03')?.rows.map(row => Number(row.shapley)) ?? []
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
  expect(value('VAL-04')).toBeLessThan(1)
})

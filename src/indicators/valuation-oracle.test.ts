import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CanonicalRow } from '../../scripts/sample/canonical-row.ts'
import { type Random, random as seeded } from '../../scripts/sample/random.ts'
import { firstOfEachKey, readWhole } from '../../scripts/sample/read-sample.ts'
import { type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import { type CellType, loadRows } from '../engine/testing.ts'
import costMethodValue from './catalogue/cost-method-value.ts'
import incomeMethodValue from './catalogue/income-method-value.ts'
import { besides, type Outcome, Trials } from './testing.ts'

/**
 * Values in yuan against plain TypeScript: random fifths of the bundled sample's rows with cells left out, random inputs,
 * and the range as the least and the most over all corners of what is declared.
 */
const asOf = Date.UTC(2026, 5, 30) * 1000
const day = 86_400e6
const folder = 'resources/sample'

interface Drawn {
  readonly data_asset: readonly CanonicalRow<'data_asset'>[]
  readonly asset_usage: readonly CanonicalRow<'asset_usage'>[]
  readonly ingest_batch: readonly CanonicalRow<'ingest_batch'>[]
}
type Batch = CanonicalRow<'ingest_batch'>

let whole: Drawn
let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
  const rows = <N extends CanonicalName>(name: N) => firstOfEachKey(name, readWhole(folder, name))
  whole = {
    data_asset: rows('data_asset'),
    asset_usage: rows('asset_usage'),
    ingest_batch: rows('ingest_batch'),
  }
}, 60_000)
afterAll(() => trials.engine.close())

/** A fifth of the rows, in each of which a tenth of the cells that may be absent are. */
function spoilt<N extends keyof Drawn>(table: N, random: Random): Drawn[N] {
  const optional = Object.entries(canonicalTable(table).columns)
    .filter(([, column]) => !column.key && !column.required)
    .map(([column]) => column)
  const kept = whole[table].filter(() => random.chance(0.2))
  return kept.map(one => ({
    ...one,
    ...Object.fromEntries(optional.filter(() => random.chance(0.1)).map(column => [column, null])),
  })) as unknown as Drawn[N]
}

let loads = 0
async function loadedRows(drawn: Drawn) {
  const tables = Object.entries(drawn) as unknown as readonly [keyof Drawn, readonly object[]][]
  const loaded: Partial<Record<CanonicalName, readonly string[]>> = {}
  for (const [table, rows] of tables) {
    const columns = Object.entries(canonicalTable(table).columns).map(
      ([column, { type, category }]): [string, CellType] => [column, category ? 'category' : type],
    )
    const stored = `${table} ${++loads}`
    await loadRows(
      trials.engine,
      stored,
      { file_id: 'text', ...Object.fromEntries(columns) },
      rows.map(one => ({ ...one, file_id: stored })),
    )
    loaded[table] = [stored]
  }
  return loaded
}

async function eachDraw(check: (drawn: Drawn, random: Random) => Promise<void>): Promise<void> {
  for (let i = 0; i < 5; i++) {
    const random = seeded(Number(process.env.ASSAY_SEED ?? 5), `valuation ${i}`)
    await check(
      {
        data_asset: spoilt('data_asset', random),
        asset_usage: spoilt('asset_usage', random),
        ingest_batch: spoilt('ingest_batch', random),
      },
      random,
    )
  }
}

const hundredths = (random: Random, from: number, to: number) => random.integer(from * 100, to * 100) / 100
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
const closeTo = (value: number | null | undefined, expected: number) =>
  expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected))

/** Records of each batch within its window; a cumulative counter that tells none received is followed along its windows. */
function windowRecords(batches: readonly Batch[]): ReadonlyMap<string, number | null> {
  const last = new Map<string, number>()
  const inOrder = batches.toSorted(
    (a, b) =>
      a.window_start - b.window_start || a.window_end - b.window_end || (a.batch_id < b.batch_id ? -1 : 1),
  )
  return new Map(
    inOrder.map(({ batch_id, platform_id, source_id, records, received, counter_kind }) => {
      if (counter_kind !== 'cumulative') return [batch_id, records ?? received]
      const series = JSON.stringify([platform_id, source_id])
      const before = last.get(series)
      if (records !== null) last.set(series, records)
      if (received !== null || records === null) return [batch_id, received]
      return [batch_id, before === undefined ? null : records < before ? records : records - before]
    }),
  )
}

/** The mean of the six dimensions of quality. */
function alphaOf({ data_asset, asset_usage, ingest_batch }: Drawn): number {
  const records = windowRecords(ingest_batch)
  const without = (bad: (batch: Batch) => number | null): number => {
    const judged = ingest_batch.flatMap(batch => {
      const [all, failed] = [records.get(batch.batch_id) ?? null, bad(batch)]
      return all === null || failed === null || failed > all ? [] : [[failed, all] as const]
    })
    return 1 - sum(judged.map(([failed]) => failed)) / sum(judged.map(([, all]) => all))
  }
  const planned = ingest_batch.flatMap(({ expected, received }) =>
    expected !== null && expected > 0 && received !== null ? [[received, expected] as const] : [],
  )
  const asked = asset_usage.filter(
    ({ calls, bytes_out }) => calls !== null && calls > 0 && bytes_out !== null,
  )
  const attributes = data_asset.flatMap(({ source_id, domain, level, period }) => [
    source_id,
    domain,
    level,
    period,
  ])
  const shares = [
    attributes.filter(one => one !== null).length / attributes.length,
    sum(planned.map(pair => Math.min(...pair))) / sum(planned.map(([, expected]) => expected)),
    without(({ dup_exact }) => dup_exact),
    without(({ dup_conflict }) => dup_conflict),
    without(({ late }) => late),
    asked.filter(({ bytes_out }) => bytes_out !== 0).length / asked.length,
  ]
  return sum(shares) / 6
}

/** The share of assets with use in a month of the 90 days; their beginning is that of April. */
function betaOf({ data_asset, asset_usage }: Drawn): number {
  const used = new Set(
    asset_usage.flatMap(({ asset_id, month, calls, bytes_out }) => {
      const isUse = (calls === null && bytes_out === null) || Math.max(calls ?? 0, bytes_out ?? 0) > 0
      return isUse && month >= asOf - 90 * day && month <= asOf ? [asset_id] : []
    }),
  )
  return data_asset.filter(({ asset_id }) => used.has(asset_id)).length / data_asset.length
}

/** All combinations of one end of each pair. */
function corners(pairs: readonly (readonly [number, number])[]): readonly (readonly number[])[] {
  return pairs.reduce<readonly (readonly number[])[]>(
    (all, pair) => all.flatMap(corner => pair.map(end => [...corner, end])),
    [[]],
  )
}

/** The value, and its least and most over the corners. */
function expectRange({ headline }: Outcome, expected: number, values: readonly number[]): void {
  closeTo(headline.value, expected)
  closeTo(headline.interval?.low, Math.min(...values))
  closeTo(headline.interval?.high, Math.max(...values))
}

test('VAL-05: costs by the coefficients that other indicators measure, and those declared', async () => {
  await eachDraw(async (drawn, random) => {
    const [R, l] = [hundredths(random, 0, 2), hundredths(random, 0, 1)]
    const [r, spread] = [hundredths(random, 0, 1), random.integer(1, 60)]
    const inputs = { return_rate: R, monopoly: l, risk: r, spread }
    const outcome = await trials.apply(costMethodValue, await loadedRows(drawn), {
      asOf: '2026-06-30',
      inputs,
    })
    const cost = sum(
      drawn.data_asset.map(one =>
        sum([one.cost_capture, one.cost_storage, one.cost_maintenance].map(Number)),
      ),
    )
    const [alpha, beta] = [alphaOf(drawn), betaOf(drawn)]
    closeTo(besides(outcome.headline)['Quality coefficient α'], alpha)
    closeTo(besides(outcome.headline)['Circulation coefficient β'], beta)
    const value = ([a, b, R, l, r]: readonly number[]) =>
      cost * (1 + Number(R)) * Number(a) * Number(b) * (1 + Number(l)) * (1 - Number(r))
    const ends = (at: number, most: number) =>
      [at * (1 - spread / 100), Math.min(most, at * (1 + spread / 100))] as const
    const pairs = [ends(alpha, 1), ends(beta, 1), ends(R, 9), ends(l, 9), ends(r, 1)]
    expectRange(outcome, value([alpha, beta, R, l, r]), corners(pairs).map(value))
  })
})

test('VAL-06: a revenue year by year, discounted', async () => {
  await eachDraw(async (drawn, random) => {
    const [g, c] = [hundredths(random, -1, 1), hundredths(random, 0, 1)]
    const [i, n, spread] = [hundredths(random, 0, 1), random.integer(1, 20), random.integer(1, 60)]
    const inputs = { growth: g, cost_share: c, discount: i, years: n, spread }
    const outcome = await trials.apply(incomeMethodValue, await loadedRows(drawn), {
      asOf: '2026-06-30',
      inputs,
    })
    // The months that begin after 30 June 2025 and not after 30 June 2026.
    const begun = Date.UTC(2025, 5, 30) * 1000
    const recent = drawn.asset_usage.filter(({ month }) => month > begun && month <= asOf)
    const revenue = sum(recent.map(({ revenue }) => Number(revenue)))
    /** Horner's scheme, from the last year back. */
    const value = ([F, g, c, i, n]: readonly number[]) => {
      let worth = 0
      for (let year = 0; year < Number(n); year++) worth = ((1 + worth) * (1 + Number(g))) / (1 + Number(i))
      return Number(F) * (1 - Number(c)) * worth
    }
    const ends = (at: number) => [at * (1 - spread / 100), at * (1 + spread / 100)] as const
    const years = [
      Math.max(1, Math.min(n - 1, Math.round(n * (1 - spread / 100)))),
      Math.max(n + 1, Math.round(n * (1 + spread / 100))),
    ] as const
    const growth = ends(g).map(end => Math.max(-1, end)) as [number, number]
    const costs = ends(c).map(end => Math.min(1, end)) as [number, number]
    const pairs = [ends(revenue), growth, costs, ends(i), years]
    expectRange(outcome, value([revenue, g, c, i, n]), corners(pairs).map(value))
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Cells, Trials } from '../testing.ts'
import intrinsicValue from './intrinsic-value.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
/** The instant a number of mean months (30.436875 days) before the time of the data. */
const monthsBefore = (months: number) =>
  new Date(Date.parse(asOf) - months * 30.436875 * 86_400_000).toISOString()

let count = 0
const batch = (source_id: string, months: number, counts: Cells): Cells => ({
  ...{ batch_id: `b${count++}`, platform_id: 'A', source_id },
  ...{ window_start: monthsBefore(months), window_end: monthsBefore(months - 1) },
  ...counts,
})

/**
 * s: first batch 12 months ago. 10 of 100 and 10 of 100 records are copies (1 + 9, 5 + 5): V = 0.9. Received 100 of 100 and 60
 * (of 100): C = 0.8. L = 1 − 12/60 = 0.8. Index 0.576, 300 bytes.
 * t: first batch 30 months ago, V = 1, C = 1 (a burst counts no more than expected), L = 0.5: index 0.5, 100 bytes.
 * u: 900 bytes, but nothing was said of duplicates: it takes no part.
 */
const byHand = {
  ingest_batch: [
    batch('s', 12, { records: 100, bytes: 100, dup_exact: 1, dup_conflict: 9, expected: 100, received: 100 }),
    batch('s', 3, { records: 100, bytes: 200, dup_exact: 5, dup_conflict: 5, expected: 100, received: 60 }),
    batch('t', 30, { records: 50, bytes: 100, dup_exact: 0, dup_conflict: 0, expected: 50, received: 70 }),
    batch('u', 6, { records: 10, bytes: 900, expected: 10, received: 10 }),
  ],
  data_asset: [
    { asset_id: '1', platform_id: 'A', source_id: 's', bytes: 10 },
    { asset_id: '2', platform_id: 'A', source_id: 't', bytes: 20 },
    { asset_id: '3', platform_id: 'A', source_id: 't', bytes: 10 },
    { asset_id: '4', platform_id: 'A', source_id: null, bytes: 60 },
  ],
}

test('of the fixture is (300 · 0.576 + 100 · 0.5) / 400 = 0.557', async () => {
  const { headline, chart } = await trials.run(intrinsicValue, byHand, { asOf })
  expect(headline.value).toBeCloseTo(0.557, 9)
  expect(headline.basis).toMatchObject({ n: 2, share: 400 / 1300 })
  expect(besides(headline)['Validity (1 − duplicates)']).toBeCloseTo((300 * 0.9 + 100) / 400, 12)
  expect(besides(headline).Completeness).toBeCloseTo((300 * 0.8 + 100) / 400, 12)
  expect(besides(headline)['Life left']).toBeCloseTo((300 * 0.8 + 100 * 0.5) / 400, 9)
  expect(chart.rows.map(row => row.unit)).toEqual(['A · s', 'A · t'])
})

test('weighs by the bytes of assets where asked to: (10 · 0.576 + 30 · 0.5) / 40', async () => {
  const { headline } = await trials.run(intrinsicValue, byHand, { asOf, inputs: { weights: 'assets' } })
  expect(headline.value).toBeCloseTo(0.519, 9)
  expect(headline.basis).toMatchObject({ n: 2, share: 40 / 100 })
})

test('is scaled by scarcity, and ends with the useful life', async () => {
  const half = await trials.run(intrinsicValue, byHand, { asOf, inputs: { scarcity: 0.5 } })
  expect(half.headline.value).toBeCloseTo(0.557 / 2, 9)
  // In a life of 20 months source t has none left: 300 · 0.9 · 0.8 · 0.4 / 400.
  const short = await trials.run(intrinsicValue, byHand, { asOf, inputs: { life: 20 } })
  expect(short.headline.value).toBeCloseTo(0.216, 9)
})

test('takes the age from the first batch of all, whatever the period', async () => {
  const period = { ...noFilters, from: monthsBefore(4).slice(0, 10) }
  const { rows } = await trials.run(intrinsicValue, byHand, { asOf, filters: period })
  expect(rows.map(row => row.source_id)).toEqual(['s'])
  expect(rows[0]?.age_months).toBeCloseTo(12, 6)
  expect(rows[0]?.completeness).toBe(0.6)
})

test('lists assets with the factors of their source', async () => {
  const rows = await trials.detail(intrinsicValue, 'assets', await trials.load(byHand), { asOf })
  expect(rows.map(row => [row.asset_id, row.validity])).toEqual([
    ['4', null],
    ['2', 1],
    ['1', 0.9],
    ['3', 1],
  ])
})

test('names what is missing', async () => {
  const whole = { records: 10, bytes: 10, dup_exact: 0, dup_conflict: 0, expected: 10, received: 10 }
  const missing = async (cells: Cells | null, weights = 'ingested') =>
    (
      await trials.run(
        intrinsicValue,
        { ingest_batch: cells ? [batch('s', 2, { ...whole, ...cells })] : [] },
        { asOf, inputs: { weights } },
      )
    ).headline.missing
  expect(await missing(null)).toEqual(['ingest_batch'])
  expect(await missing({ dup_conflict: null })).toEqual([
    'ingest_batch.dup_exact',
    'ingest_batch.dup_conflict',
  ])
  expect(await missing({ dup_exact: 11 })).toEqual(['ingest_batch.dup_exact', 'ingest_batch.dup_conflict'])
  expect(await missing({ expected: null })).toEqual(['ingest_batch.expected', 'ingest_batch.received'])
  expect(await missing({ bytes: null })).toEqual(['ingest_batch.bytes'])
  expect(await missing({}, 'assets')).toEqual(['data_asset.source_id'])
})

test('equals a product source by source, lies in [0, 1], in any order of rows', async () => {
  const counts = fc.record({
    ...{ records: fc.integer({ min: 20, max: 99 }), bytes: fc.integer({ min: 1, max: 999 }) },
    ...{ dup_exact: fc.nat(9), dup_conflict: fc.nat(9) },
    ...{ expected: fc.integer({ min: 1, max: 99 }), received: fc.nat(120) },
  })
  const batches = fc.array(
    fc.tuple(fc.constantFrom('s', 't', 'u'), fc.integer({ min: 1, max: 80 }), counts),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  await fc.assert(
    fc.asyncProperty(batches, async drawn => {
      let [weighted, weights] = [0, 0]
      for (const source of new Set(drawn.map(([name]) => name))) {
        const own = drawn.filter(([name]) => name === source)
        const sum = (of: (one: (typeof own)[number][2]) => number) =>
          own.reduce((all, [, , one]) => all + of(one), 0)
        const validity = 1 - sum(one => one.dup_exact + one.dup_conflict) / sum(one => one.records)
        const complete = sum(one => Math.min(one.received, one.expected)) / sum(one => one.expected)
        const life = Math.max(0, 1 - Math.max(...own.map(([, months]) => months)) / 60)
        weighted += sum(one => one.bytes) * validity * complete * life * 0.75
        weights += sum(one => one.bytes)
      }
      const rows = drawn.map(([source, months, one]) => batch(source, months, one))
      const given = { asOf, inputs: { scarcity: 0.25 } }
      const { headline } = await trials.run(intrinsicValue, { ingest_batch: rows.toReversed() }, given)
      expect(headline.value).toBeCloseTo(weighted / weights, 9)
      expect(headline.value).toBeGreaterThanOrEqual(0)
      expect(headline.value).toBeLessThanOrEqual(1)
    }),
    { numRuns: 8 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import {
  batchesByHand,
  both,
  drawnReadings,
  reading,
  telemetryByHand,
  valuesByKey,
} from '../testing-duplicates.ts'
import exactDuplicateRate from './exact-duplicate-rate.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

test('of the telemetry is 2 of 9: 9 rows have 7 distinct keys with values', async () => {
  const { headline, rows } = await trials.run(exactDuplicateRate, both)
  expect(headline.value).toBeCloseTo(2 / 9, 15)
  expect(besides(headline)).toEqual({ Records: 9, 'Surplus copies': 2 })
  expect(headline.basis).toMatchObject({ n: 9, share: 1 })
  expect(headline.basis?.of.en).toContain('telemetry')
  expect(rows.map(row => [row.platform_id, row.duplicates, row.records, row.clusters])).toEqual([
    ['A', 2, 8, 2],
    ['B', 0, 1, 1],
  ])
})

test('of the batches is 9 of 650 records: those that cannot be judged take no part', async () => {
  for (const fixture of [{ ingest_batch: batchesByHand }, both]) {
    const given = fixture === both ? { inputs: { table: 'ingest_batch' } } : {}
    const { headline } = await trials.run(exactDuplicateRate, fixture, given)
    expect(headline.value).toBeCloseTo(9 / 650, 15)
    expect(headline.basis).toMatchObject({ n: 650, share: 4 / 6 })
  }
})

test('has the limits of a ratio estimate with devices as clusters', async () => {
  // Devices 1: 1 of 2 rows is a copy, 2: 1 of 4, 3: 0 of 2. R = 2/8. Residuals k − Rn: 0.5, 0, −0.5; their squares sum to 0.5.
  // s.e. = √(0.5 · 3/2) / 8 = 0.10825; logit(R) = −1.09861, its s.e. 0.10825 / (R(1 − R)) = 0.57735;
  // t(2 d.f., 0.975) = 4.302653: logit limits −1.09861 ∓ 2.48414.
  const rows = [
    ...[reading('1', 0, 1), reading('1', 0, 1)],
    ...[reading('2', 0, 1), reading('2', 0, 1), reading('2', 1, 1), reading('2', 2, 1)],
    ...[reading('3', 0, 1), reading('3', 1, 1)],
  ]
  const { interval } = (await trials.run(exactDuplicateRate, { telemetry: rows })).headline
  expect(interval?.low).toBeCloseTo(1 / (1 + Math.exp(1.098612 + 2.484138)), 5)
  expect(interval?.high).toBeCloseTo(1 / (1 + Math.exp(1.098612 - 2.484138)), 5)
})

test('shows the repeated rows and the batches that report copies', async () => {
  const loaded = await trials.load(both)
  const keys = await trials.detail(exactDuplicateRate, 'duplicate-keys', loaded)
  expect(keys).toMatchObject([{ device_id: '1', value_num: 1, copies: 3, row_no: 1 }])
  const batches = await trials.detail(exactDuplicateRate, 'duplicate-batches', loaded)
  expect(batches.map(row => [row.batch_id, row.judged])).toEqual([
    ['b4', false],
    ['b3', true],
    ['b1', true],
    ['b0', false],
    ['b2', true],
  ])
})

test('names what is missing', async () => {
  const missing = async (fixture: Parameters<Trials['run']>[1], table = 'auto') =>
    (await trials.run(exactDuplicateRate, fixture, { inputs: { table } })).headline.missing
  expect(await missing({})).toEqual(['telemetry', 'ingest_batch'])
  expect(await missing({ ingest_batch: batchesByHand }, 'telemetry')).toEqual(['telemetry'])
  expect(await missing({ telemetry: telemetryByHand }, 'ingest_batch')).toEqual(['ingest_batch'])
  expect(await missing({ ingest_batch: batchesByHand.slice(0, 1) })).toEqual([
    'ingest_batch.dup_exact',
    'ingest_batch.records',
  ])
})

test('equals a count with sets in any order; each row once more halves the distinct share', async () => {
  await fc.assert(
    fc.asyncProperty(drawnReadings, async rows => {
      const distinct = [...valuesByKey(rows).values()].reduce((sum, values) => sum + values.size, 0)
      const { headline } = await trials.run(exactDuplicateRate, { telemetry: rows.toReversed() })
      expect(headline.value).toBeCloseTo(1 - distinct / rows.length, 13)
      const doubled = await trials.run(exactDuplicateRate, { telemetry: [...rows, ...rows] })
      expect(doubled.headline.value).toBeCloseTo(1 - distinct / rows.length / 2, 13)
    }),
    { numRuns: 8 },
  )
})

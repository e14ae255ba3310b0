import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import { batchesByHand, both, drawnReadings, telemetryByHand, valuesByKey } from '../testing-duplicates.ts'
import conflictDuplicateRate from './conflict-duplicate-rate.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

test('of the telemetry is 2 of 5 keys; three rows alike are no conflict, a number against a text is', async () => {
  const { headline, rows } = await trials.run(conflictDuplicateRate, both)
  expect(headline.value).toBeCloseTo(2 / 5, 15)
  expect(besides(headline)).toEqual({ Keys: 5, 'Keys in conflict': 2 })
  expect(rows.map(row => [row.platform_id, row.conflict_keys, row.keys])).toEqual([
    ['A', 2, 4],
    ['B', 0, 1],
  ])
})

test('of the batches is 7 of 337 keys', async () => {
  const { headline } = await trials.run(conflictDuplicateRate, { ingest_batch: batchesByHand })
  expect(headline.value).toBeCloseTo((2 + 4 + 1) / (47 + 191 + 99), 15)
  expect(headline.basis).toMatchObject({ n: 337, share: 3 / 6 })
})

test('shows the keys and batches in conflict', async () => {
  const loaded = await trials.load(both)
  const keys = await trials.detail(conflictDuplicateRate, 'conflict-keys', loaded)
  expect(keys.map(row => [row.distinct_values, row.lowest, row.highest, row.row_no])).toEqual([
    [2, 1, 2, 4],
    [2, 5, 5, 6],
  ])
  const batches = await trials.detail(conflictDuplicateRate, 'conflict-batches', loaded)
  expect(batches.map(row => row.batch_id)).toEqual(['b3', 'b2', 'b5'])
})

test('names what is missing', async () => {
  const missing = async (fixture: Parameters<Trials['run']>[1], table = 'auto') =>
    (await trials.run(conflictDuplicateRate, fixture, { inputs: { table } })).headline.missing
  expect(await missing({})).toEqual(['telemetry', 'ingest_batch'])
  expect(await missing({ telemetry: telemetryByHand }, 'ingest_batch')).toEqual(['ingest_batch'])
  expect(await missing({ ingest_batch: batchesByHand.slice(0, 2) })).toEqual([
    'ingest_batch.dup_conflict',
    'ingest_batch.records',
  ])
})

test('equals a count with sets in any order, and each row once more changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(drawnReadings, async rows => {
      const keys = [...valuesByKey(rows).values()]
      const expected = keys.filter(values => values.size > 1).length / keys.length
      const { headline } = await trials.run(conflictDuplicateRate, {
        telemetry: [...rows, ...rows.toReversed()],
      })
      expect(headline.value).toBeCloseTo(expected, 13)
    }),
    { numRuns: 8 },
  )
})

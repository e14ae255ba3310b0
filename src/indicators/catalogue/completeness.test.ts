import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import completeness from './completeness.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const batches = (counts: readonly (readonly [expected: number | null, received: number | null])[]) => ({
  ingest_batch: counts.map(([expected, received], i) => ({
    ...{ batch_id: String(i), platform_id: 'A', source_id: 's', expected, received },
    window_start: new Date(Date.UTC(2026, i % 3, 1)).toISOString(),
    window_end: new Date(Date.UTC(2026, i % 3, 2)).toISOString(),
  })),
})

test('lets no burst hide a gap: (80 + 100 + 0) of 300, not 250 of 300', async () => {
  // Batches 0, 1 and 3 are judged: received 80, 170 (only 100 count) and 0. Expected 0, unknown, or received unknown: not.
  const { headline, rows } = await trials.run(
    completeness,
    batches([
      [100, 80],
      [100, 170],
      [0, 5],
      [100, 0],
      [null, 40],
      [100, null],
    ]),
  )
  expect(headline.value).toBe(180 / 300)
  expect(besides(headline)).toEqual({
    'Batches it rests on': 3 / 6,
    'Records expected': 300,
    'Records received': 250,
    'Received beyond expected (left out)': 70,
  })
  // January holds batches 0 and 3, February batch 1 (and 4), March none that is judged.
  expect(rows.map(row => row.completeness)).toEqual([80 / 200, 1, null])
})

test('is not computable where no batch says what was expected', async () => {
  expect((await trials.run(completeness, batches([[null, 5]]))).headline).toMatchObject({
    value: null,
    missing: ['ingest_batch.expected', 'ingest_batch.received'],
  })
})

/** 1 less the share of records missed, record by record. */
function byGaps(counts: readonly (readonly [number, number])[]): number {
  const expected = counts.flatMap(([n, received]) => Array.from({ length: n }, (_, i) => i < received))
  return 1 - expected.filter(arrived => !arrived).length / expected.length
}

test('equals a count record by record, lies in [0, 1], ignores order and doubling', async () => {
  const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 80 })), {
    minLength: 1,
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(counts, async drawn => {
      const value = (await trials.run(completeness, batches(drawn))).headline.value
      expect(value).toBeCloseTo(byGaps(drawn), 12)
      const doubled = batches([...drawn, ...drawn.toReversed()])
      expect((await trials.run(completeness, doubled)).headline.value).toBe(value)
    }),
    { seed: 7, numRuns: 10 },
  )
})

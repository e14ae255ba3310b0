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
    'Records expected': 300,
    'Records received': 250,
    'Received beyond expected (left out)': 70,
  })
  expect(headline.basis).toMatchObject({ n: 3, share: 3 / 6 })
  expect(headline.interval).toBeUndefined()
  // January holds batches 0 and 3, February batch 1 (and 4), March none that is judged.
  expect(rows.map(row => row.completeness)).toEqual([80 / 200, 1, null])
})

/** A batch of one platform each, in the order of the letters. */
const platforms = (counts: Parameters<typeof batches>[0]) => ({
  ingest_batch: batches(counts).ingest_batch.map((batch, i) => ({
    ...batch,
    platform_id: 'ABCDEF'[i] ?? '',
  })),
})

test('takes platforms as clusters: 180, 160 and 140 of 200 is 0.8, from 0.459 to 0.950', async () => {
  // Residuals 20, 0, −20: SE = √(800 · 3/2) / 600 = 0.057735. t(0.975; 2) = 4.302653, so that on the logit scale
  // ln 4 ± 4.302653 · 0.057735 / 0.16 = 1.386294 ± 1.552583.
  const { headline } = await trials.run(
    completeness,
    platforms([
      [200, 180],
      [200, 160],
      [200, 140],
      [null, 3],
    ]),
  )
  expect(headline.value).toBe(480 / 600)
  expect(headline.interval?.low).toBeCloseTo(1 / (1 + Math.exp(1.552583 - 1.386294)), 5)
  expect(headline.interval?.high).toBeCloseTo(1 / (1 + Math.exp(-1.552583 - 1.386294)), 5)
})

test('splits one platform’s batches without another interval', async () => {
  const whole = platforms([
    [200, 180],
    [200, 120],
  ])
  const halves = [...whole.ingest_batch, ...whole.ingest_batch].map((batch, i) => ({
    ...batch,
    ...{ batch_id: `half ${i}`, expected: Number(batch.expected) / 2, received: Number(batch.received) / 2 },
  }))
  const { interval } = (await trials.run(completeness, whole)).headline
  expect(interval?.low).toBeGreaterThan(0)
  expect((await trials.run(completeness, { ingest_batch: halves })).headline.interval).toEqual(interval)
})

test('shows where the gaps are: platforms from the least complete, batches from the largest gap', async () => {
  const loaded = await trials.load({
    ...platforms([
      [100, 80],
      [100, 170],
      [100, 0],
      [100, null],
    ]),
    platform: [{ platform_id: 'C', name: 'Gamma' }],
  })
  const shares = await trials.detail(completeness, 'platforms', loaded)
  expect(shares.map(row => [row.platform_id, row.platform_name, row.completeness])).toEqual([
    ['C', 'Gamma', 0],
    ['A', null, 0.8],
    ['B', null, 1],
    ['D', null, null],
  ])
  const gaps = await trials.detail(completeness, 'worst-batches', loaded)
  expect(gaps.map(row => [row.batch_id, row.lost, row.completeness, row.file_id, row.row_no])).toEqual([
    ['2', 100, 0, 'fixture', 3],
    ['0', 20, 0.8, 'fixture', 1],
  ])
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

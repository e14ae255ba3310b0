import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import sourceConcentration from './source-concentration.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const batch = (source_id: string, i: number, bytes: number | null, counter_kind = 'delta') => ({
  ...{ batch_id: `${source_id}-${i}`, platform_id: 'A', source_id, bytes, counter_kind },
  window_start: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
  window_end: new Date(Date.UTC(2026, 0, 2 + i)).toISOString(),
})
test('of 50, 30, 15 and 5 is 0.365, and the first three have 95%', async () => {
  // 0.5² + 0.3² + 0.15² + 0.05² = 0.365. The meter of 50 reads 100, 130, 20: +30 and, after its reset, +20.
  const { headline } = await trials.run(sourceConcentration, {
    ingest_batch: [
      ...[100, 130, 20].map((bytes, i) => batch('meter', i, bytes, 'cumulative')),
      ...[
        batch('a', 0, 10),
        batch('a', 1, 20),
        batch('b', 0, 15),
        batch('c', 0, 5),
        batch('silent', 0, null),
      ],
    ],
  })
  expect(headline.value).toBeCloseTo(0.365, 14)
  expect(besides(headline)).toMatchObject({
    'Share of the first three (CR3)': 0.95,
    'Batches that give bytes': 7 / 8,
  })
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 5 })
})

test.each(['1970-01-01', '2106-02-07'])('leaves out batches of %s, and says so', async day => {
  // The meter reads 100, 130, 20 as above, and 110 between the first two, under a wrong date: +30 and +20 all the same.
  const [window_start, window_end] = [`${day}T00:00:00Z`, `${day}T12:00:00Z`]
  const wrong = [batch('meter', 9, 110, 'cumulative'), batch('late', 0, 7e9)]
  const loaded = await trials.load({
    ingest_batch: [
      ...[100, 130, 20].map((bytes, i) => batch('meter', i, bytes, 'cumulative')),
      ...[batch('a', 0, 30), batch('b', 0, 15), batch('c', 0, 5)],
      ...wrong.map(one => ({ ...one, window_start, window_end })),
    ],
  })
  const { headline, rows } = await trials.apply(sourceConcentration, loaded)
  expect(headline.value).toBeCloseTo(0.365, 14)
  expect(rows.map(({ source_id }) => source_id)).toEqual(['meter', 'a', 'b', 'c'])
  expect(besides(headline)).toMatchObject({
    'Batches with an impossible time (left out)': 2,
    'Bytes that these give (GB, left out)': 7.00000011,
  })
  expect(await trials.detail(sourceConcentration, 'sources', loaded)).toHaveLength(4)
})

test('names the window where no batch has a possible time', async () => {
  const given = { asOf: '2019-01-01T00:00:00Z' }
  const late = { ingest_batch: [batch('a', 0, 5)] }
  expect((await trials.run(sourceConcentration, late, given)).headline).toMatchObject({
    value: null,
    missing: ['ingest_batch.window_start'],
  })
  const nothing = await trials.run(sourceConcentration, { ingest_batch: [] }, given)
  expect(nothing.headline).toMatchObject({ value: null, missing: ['ingest_batch'] })
})

test('tells apart in its details the sources of one id on two platforms', async () => {
  // s on A: a meter of 10, 40, 5: +30 and, after its reset, +5. s on B: 15 and an unknown amount. t on A: unknown.
  const loaded = await trials.load({
    ingest_batch: [
      ...[10, 40, 5].map((bytes, i) => batch('s', i, bytes, 'cumulative')),
      { ...batch('s', 3, 15), platform_id: 'B' },
      { ...batch('s', 4, null), platform_id: 'B' },
      batch('t', 0, null),
    ],
    platform: [{ platform_id: 'B', name: 'Beta' }],
  })
  const rows = await trials.detail(sourceConcentration, 'sources', loaded)
  expect(
    rows.map(row => [row.source_id, row.platform_id, row.platform_name, row.batches, row.bytes, row.share]),
  ).toEqual([
    ['s', 'A', null, 3, 35, 0.7],
    ['s', 'B', 'Beta', 2, 15, 0.3],
    ['t', 'A', null, 1, null, null],
  ])
  expect(rows[0]).toMatchObject({ batches_with_bytes: 3, first_values: 1, resets: 1, assumed_delta: 0 })
})

test('of one source is 1; without bytes it is not computable', async () => {
  expect((await trials.run(sourceConcentration, { ingest_batch: [batch('a', 0, 9)] })).headline.value).toBe(1)
  expect(
    (await trials.run(sourceConcentration, { ingest_batch: [batch('a', 0, null)] })).headline,
  ).toMatchObject({
    value: null,
    missing: ['ingest_batch.bytes'],
  })
  expect(
    (await trials.run(sourceConcentration, { ingest_batch: [batch('a', 0, 0)] })).headline.value,
  ).toBeNull()
})

/** HHI from the variance of the shares: (1 + cv²) / n. */
function byVariance(sizes: readonly number[]): number {
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length
  return (1 + variance / mean ** 2) / sizes.length
}

test('equals (1 + cv²)/n, lies in [1/n, 1], ignores order and doubling', async () => {
  const sources = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(sources, async sizes => {
      const rows = sizes.map((bytes, i) => batch(`s${i}`, 0, bytes))
      const { value } = (await trials.run(sourceConcentration, { ingest_batch: rows })).headline
      expect(value).toBeCloseTo(byVariance(sizes), 10)
      expect(value).toBeGreaterThanOrEqual(1 / sizes.length - 1e-12)
      expect(value).toBeLessThanOrEqual(1 + 1e-12)
      const again = sizes.map((bytes, i) => batch(`s${i}`, 1, bytes))
      const doubled = { ingest_batch: [...rows, ...again].toReversed() }
      expect((await trials.run(sourceConcentration, doubled)).headline.value).toBeCloseTo(
        value ?? Number.NaN,
        12,
      )
    }),
    { seed: 9, numRuns: 10 },
  )
})

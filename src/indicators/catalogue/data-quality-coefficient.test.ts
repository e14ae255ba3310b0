import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, Trials } from '../testing.ts'
import dataQualityCoefficient from './data-quality-coefficient.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const windowed = { window_start: '2026-06-01T00:00:00Z', window_end: '2026-06-02T00:00:00Z' }
const batch = (
  batch_id: string,
  platform_id: string,
  source_id: string,
  counts: readonly (number | null)[],
) => {
  const [expected = null, received = null, dup_exact = null, dup_conflict = null, late = null] = counts
  const stored = { expected, received, records: received, dup_exact, dup_conflict, late }
  return { batch_id, platform_id, source_id, ...stored, ...windowed, counter_kind: 'delta' }
}

/** Asset A lacks its class, B all but its source; batch 2 reports more repetitions than records, batch 3 knows little. */
const byHand: Fixture = {
  data_asset: [
    { asset_id: 'A', platform_id: 'P', source_id: 's1', domain: '生产', period: '2026' },
    { asset_id: 'B', platform_id: 'P', source_id: 's2', level: ' ' },
  ],
  ingest_batch: [
    batch('1', 'P', 's1', [100, 90, 9, 0, 18]),
    batch('2', 'P', 's2', [100, 150, 200, 15, 0]),
    batch('3', 'Q', 's3', [0, 10, null, null, 5]),
  ],
  asset_usage: [
    { asset_id: 'A', month: '2026-05-01', consumer: 'c', calls: 5, bytes_out: 100 },
    { asset_id: 'A', month: '2026-06-01', consumer: 'c', calls: 5, bytes_out: 0 },
    { asset_id: 'B', month: '2026-05-01', consumer: 'c', calls: 0, bytes_out: 0 },
    { asset_id: 'B', month: '2026-06-01', consumer: 'c', calls: 3, bytes_out: null },
  ],
}

test('is the mean of six shares: 0.5, 0.95, 0.9, 0.9375, 0.908 and 0.5', async () => {
  // Attributes (3 + 1)/8; received (90 + 100)/200; not repeated 81/90; not in conflict (90 + 135)/240;
  // in time (72 + 150 + 5)/250; with data out 1/2. The sum is 4.6955.
  const { headline } = await trials.run(dataQualityCoefficient, byHand)
  expect(headline.value).toBeCloseTo(4.6955 / 6, 14)
  const shares = headline.beside?.map(({ value }) => value) ?? []
  expect(shares).toHaveLength(6)
  ;[0.5, 0.95, 0.9, 0.9375, 0.908, 0.5].forEach((share, i) => {
    expect(shares[i]).toBeCloseTo(share, 14)
  })
  expect(headline.basis).toMatchObject({ n: 6, share: 1 })
})

test('has six rows a platform, the lowest first; what is not known takes no part, or counts as zero', async () => {
  // Q knows timeliness alone: 5/10. P: (0.5 + 0.95 + 0.9 + 0.9375 + 222/240 + 0.5)/6.
  const { rows, chart } = await trials.run(dataQualityCoefficient, byHand)
  expect(rows.map(row => row.platform_id)).toEqual([...Array(6).fill('Q'), ...Array(6).fill('P')])
  expect(rows[0]?.platform_quality).toBe(0.5)
  expect(rows[6]?.platform_quality).toBeCloseTo(4.7125 / 6, 14)
  expect(rows[0]).toMatchObject({ dimension: 'normativity', checked: 0, quality: null })
  expect(chart.rows).toHaveLength(7)
  const zero = await trials.run(dataQualityCoefficient, byHand, { inputs: { unknown: 'zero' } })
  expect(zero.rows[0]?.platform_quality).toBeCloseTo(0.5 / 6, 14)
})

test('weighs as told', async () => {
  // Normativity 1, completeness 0.5: (0.5 + 0.475)/1.5 = 0.65.
  const none = { accuracy: 0, consistency: 0, timeliness: 0, accessibility: 0 }
  const inputs = { ...none, normativity: 1, completeness: 0.5 }
  const { headline } = await trials.run(dataQualityCoefficient, byHand, { inputs })
  expect(headline.value).toBeCloseTo(0.65, 14)
  expect(headline.basis?.n).toBe(2)
  const inputsOfZero = { ...none, normativity: 0, completeness: 0 }
  const equal = await trials.run(dataQualityCoefficient, byHand, { inputs: inputsOfZero })
  expect(equal.rows[0]?.dimension_weight).toBeCloseTo(1 / 6, 14)
})

test('gives each asset the batches of its source', async () => {
  // B: 0.25, 1, unknown, 0.9, 1, unknown: 3.15/4. A: 0.75, 0.9, 0.9, 1, 0.8, 0.5: 4.85/6.
  const rows = await trials.detail(dataQualityCoefficient, 'assets', await trials.load(byHand))
  expect(rows.map(row => row.asset_id)).toEqual(['B', 'A'])
  expect(rows[0]).toMatchObject({ accuracy: null, accessibility: null, consistency: 0.9 })
  expect(rows[0]?.quality).toBeCloseTo(3.15 / 4, 14)
  expect(rows[0]?.known_weight).toBeCloseTo(4 / 6, 14)
  expect(rows[1]?.quality).toBeCloseTo(4.85 / 6, 14)
})

test('lists the rows that fail, the lowest share first, then the most failures', async () => {
  const rows = await trials.detail(dataQualityCoefficient, 'failing-rows', await trials.load(byHand))
  expect(rows.map(row => [row.dimension, row.row_no, row.failed, row.lacking_attributes])).toEqual([
    ['accessibility', 2, 1, null],
    ['normativity', 2, 3, 'domain, level, period'],
    ['timeliness', 3, 5, null],
    ['normativity', 1, 1, 'level'],
    ['timeliness', 1, 18, null],
    ['consistency', 2, 15, null],
    ['completeness', 1, 10, null],
    ['accuracy', 1, 9, null],
  ])
})

test('says how the order of platforms depends on the weights', async () => {
  // P is better than Q in completeness and timeliness, R better than P in one and worse in the other.
  const rows = await trials.detail(
    dataQualityCoefficient,
    'rank-stability',
    await trials.load({
      ingest_batch: [
        batch('1', 'P', 's', [100, 90, null, null, 9]),
        batch('2', 'Q', 's', [100, 50, null, null, 40]),
        batch('3', 'R', 's', [100, 100, null, null, 20]),
        batch('4', 'S', 's', [100, 100]),
      ],
    }),
  )
  // R: (1 + 0.8)/2, P: (0.9 + 0.9)/2, equal under equal weights: both are first. Q: (0.5 + 0.2)/2. S lacks one.
  expect(rows.map(row => [row.platform_id, row.quality_rank])).toEqual([
    ['P', 1],
    ['R', 1],
    ['Q', 3],
  ])
  expect(rows[2]).toMatchObject({ same_rank_share: 1, first_share: 0, best_rank: 3, worst_rank: 3 })
  expect(Number(rows[0]?.first_share) + Number(rows[1]?.first_share)).toBeCloseTo(1, 2)
})

test('names what is missing', async () => {
  const inputs = { normativity: 0, accuracy: 0, consistency: 0, timeliness: 0, accessibility: 0 }
  const { headline } = await trials.run(dataQualityCoefficient, {}, { inputs })
  expect(headline).toMatchObject({ value: null, missing: ['ingest_batch.expected', 'ingest_batch.received'] })
})

const small = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null })
const drawn = fc.record({
  batches: fc.array(fc.tuple(fc.constantFrom('P', 'Q'), fc.tuple(small, small, small, small, small)), {
    minLength: 1,
    maxLength: 15,
  }),
  assets: fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { maxLength: 5 }),
  usage: fc.array(fc.tuple(small, small), { maxLength: 6 }),
  weights: fc.tuple(...Array.from({ length: 6 }, () => fc.integer({ min: 1, max: 20 }))),
})

test('equals a count by hand of drawn rows, whatever their order, and lies between 0 and 1', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async ({ batches, assets, usage, weights }) => {
      const counts = Array.from({ length: 6 }, () => ({ a: 0, b: 0 }))
      const add = (k: number, a: number, b: number) => {
        const at = counts[k] ?? { a: 0, b: 0 }
        at.a += a
        at.b += b
      }
      for (const filled of assets) add(0, 1 + filled.filter(Boolean).length, 4)
      for (const [, [expected, received, ...faults]] of batches) {
        if (received === null) continue
        if (expected !== null && expected > 0) add(1, Math.min(expected, received), expected)
        faults.forEach((fault, i) => {
          if (fault !== null && fault <= received) add(2 + i, received - fault, received)
        })
      }
      for (const [calls, out] of usage)
        if (calls !== null && calls > 0 && out !== null) add(5, out > 0 ? 1 : 0, 1)
      let [sum, weight] = [0, 0]
      counts.forEach(({ a, b }, k) => {
        if (b === 0) return
        sum += ((weights[k] ?? 0) * a) / b
        weight += weights[k] ?? 0
      })
      const tables: Fixture = {
        ingest_batch: batches.map(([platform, given], i) => batch(String(i), platform, 's', given)),
        data_asset: assets.map(([domain, level, period], i) => ({
          ...{ asset_id: `a${i}`, platform_id: 'P', source_id: 's', domain: domain ? '生产' : null },
          ...{ level: level ? '一般' : null, period: period ? '2026' : null },
        })),
        asset_usage: usage.map(([calls, bytes_out], i) => ({
          ...{ asset_id: 'a0', month: '2026-05-01', consumer: `c${i}`, calls, bytes_out },
        })),
      }
      const names = Object.keys(dataQualityCoefficient.inputs)
      const inputs = Object.fromEntries(weights.map((each, k) => [names[k] ?? '', each / 20]))
      const { headline } = await trials.run(dataQualityCoefficient, tables, { inputs })
      if (weight === 0) return expect(headline.value).toBeNull()
      expect(headline.value).toBeCloseTo(sum / weight, 12)
      expect(headline.value).toBeGreaterThanOrEqual(0)
      expect(headline.value).toBeLessThanOrEqual(1)
      const turned = { ...tables, ingest_batch: tables.ingest_batch?.toReversed() ?? [] }
      expect((await trials.run(dataQualityCoefficient, turned, { inputs })).headline).toEqual(headline)
    }),
    { seed: 7, numRuns: 10 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import { type Contents, naiveEntropy, naiveShares, portfolioFixture } from '../testing-portfolios.ts'
import homogeneity from './homogeneity.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const run = (platforms: Readonly<Record<string, Contents>>, inputs = {}) =>
  trials.run(homogeneity, portfolioFixture(platforms), { inputs })

/** A: half x, half y; B: all x. H(mean) of (3/4, 1/4) less (1 + 0)/2 is the divergence; log2 2 = 1. */
const byHand = { A: { '34/x': 4, '34/y': 4 }, B: { '34/x': 8 } }
const bits = 2 - 0.75 * Math.log2(3) - 0.5

test('is 1 less the generalised divergence over log2 n', async () => {
  const { headline, rows, chart } = await run(byHand)
  expect(headline.value).toBeCloseTo(1 - bits, 12)
  expect(headline.interval).toBeUndefined()
  // KL of A from the mean: ½ log2(2/3) + ½ log2 2; of B: log2(4/3). Their mean is the divergence.
  expect(rows.map(row => row.platform_id)).toEqual(['B', 'A'])
  expect(rows[0]?.divergence).toBeCloseTo(Math.log2(4 / 3), 12)
  expect(rows[1]?.divergence).toBeCloseTo(0.5 * Math.log2(2 / 3) + 0.5, 12)
  expect(chart.rows).toHaveLength(2)
})

test('corrects both entropies for their first-order bias', async () => {
  const { headline } = await run(byHand)
  // Each: A (2−1)/(2·8 ln 2), B 0; mean 1/(32 ln 2). Mean portfolio: Var = (½·½/8)/4 = 1/128 for x and for y, over
  // 2 ln 2 times 3/4 and 1/4: (1/128)(4/3 + 4)/(2 ln 2) = 1/(48 ln 2).
  const corrected = 1 - (bits + 1 / (48 * Math.LN2) - 1 / (32 * Math.LN2))
  expect(besides(headline)['Entropies corrected (Miller–Madow)']).toBeCloseTo(corrected, 12)
  expect(besides(headline)['Generalised JSD (bits)']).toBeCloseTo(bits, 12)
})

test('1 for equal portfolios, 0 for portfolios with nothing in common', async () => {
  const same = await run({
    A: { '34/x': 5, '38/y': 5 },
    B: { '34/x': 10, '38/y': 10 },
    C: { '34/x': 5, '38/y': 5 },
  })
  expect(same.headline.value).toBeCloseTo(1, 12)
  const apart = await run({ A: { '34/x': 5 }, B: { '34/y': 7 }, C: { '38/x': 9 } })
  expect(apart.headline.value).toBeCloseTo(0, 12)
})

test('is not computable for one platform, nor without classes', async () => {
  expect((await run({ A: { '34/x': 9 } })).headline).toMatchObject({
    value: null,
    missing: ['model', 'application'],
  })
  expect((await run({ A: { '/x': 9 }, B: { '/x': 9 } }, { of: 'models' })).headline.missing).toEqual([
    'model.industry_code',
    'model.function',
  ])
})

const contents = fc.dictionary(
  fc.constantFrom('34/a', '34/b', '38/a', '38/b', '40/c'),
  fc.integer({ min: 1, max: 9 }),
  { minKeys: 1 },
)

test('equals the formula with entropies, lies in [0, 1], and ignores order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(contents, { minLength: 2, maxLength: 6 }), async drawn => {
      const named = (from: readonly Contents[]) => Object.fromEntries(from.map((one, i) => [`P${i}`, one]))
      const shares = naiveShares(named(drawn))
      const mean = (shares[0] ?? []).map(
        (_, k) => shares.reduce((sum, p) => sum + (p[k] ?? 0), 0) / shares.length,
      )
      const inner = shares.reduce((sum, p) => sum + naiveEntropy(p), 0) / shares.length
      const value = (await run(named(drawn), { minimum: 1 })).headline.value ?? Number.NaN
      expect(value).toBeCloseTo(1 - (naiveEntropy(mean) - inner) / Math.log2(shares.length), 10)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
      const turned = (await run(named(drawn.toReversed()), { minimum: 1 })).headline.value
      expect(turned).toBeCloseTo(value, 12)
    }),
    { numRuns: 8 },
  )
})

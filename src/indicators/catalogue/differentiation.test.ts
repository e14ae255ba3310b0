import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import { type Contents, naiveEntropy, naiveShares, portfolioFixture } from '../testing-portfolios.ts'
import differentiation from './differentiation.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/**
 * A: 4 of x, 4 of y; B: 8 of x; C: 8 of z. JSD(A, B): m = (3/4, 1/4), H(m) = 0.811278…, less half of H(A) = 1:
 * 0.311278…, its root 0.557923…. A and C, B and C have nothing in common: 1.
 */
const byHand = { A: { '34/诊断': 4, '34/监测': 4 }, B: { '34/诊断': 8 }, C: { '38/诊断': 8 } }
const ab = Math.sqrt(2 - 0.75 * Math.log2(3) - 0.5)

test('is the mean over platforms of the mean √JSD to the others', async () => {
  const { headline, rows, chart } = await trials.run(differentiation, portfolioFixture(byHand, true))
  expect(ab).toBeCloseTo(0.557923, 6)
  expect(headline.value).toBeCloseTo((ab + 1 + 1) / 3, 12)
  expect(headline.basis).toMatchObject({ n: 3, share: 1 })
  expect(headline.interval).toBeUndefined()
  expect(rows).toHaveLength(9)
  // C joins A and B last, so it is at one end.
  expect(['A', 'B']).toContain(rows[4]?.platform_id)
  expect(chart.rows).toHaveLength(9)
  const byPlatform = await trials.detail(
    differentiation,
    'by-platform',
    await trials.load(portfolioFixture(byHand)),
  )
  expect(byPlatform.map(row => [row.platform_id, row.closest_id])).toEqual([
    ['C', 'A'],
    ['A', 'B'],
    ['B', 'A'],
  ])
  expect(byPlatform[1]?.differentiation).toBeCloseTo((ab + 1) / 2, 12)
})

test('orders pairs by likeness', async () => {
  const rows = await trials.detail(differentiation, 'pairs', await trials.load(portfolioFixture(byHand)))
  expect(rows.map(row => [row.platform_id, row.other_id])).toEqual([
    ['A', 'B'],
    ['A', 'C'],
    ['B', 'C'],
  ])
  expect(rows[0]?.distance).toBeCloseTo(ab, 12)
})

test('leaves out small portfolios and unknown classes, and says on how much it rests', async () => {
  const fixture = portfolioFixture({ ...byHand, D: { '40/诊断': 4 }, E: { '/诊断': 6, '40/': 5 } })
  const { headline } = await trials.run(differentiation, fixture)
  expect(headline.value).toBeCloseTo((ab + 2) / 3, 12)
  expect(headline.basis).toMatchObject({ n: 3, share: 3 / 5 })
  expect(besides(headline)['Share of models and applications it rests on']).toBe(24 / 39)
  // With D and E: 10 pairs, of which only A–B overlaps.
  const inputs = { minimum: 1, unknown: 'category' }
  expect((await trials.run(differentiation, fixture, { inputs })).headline.value).toBeCloseTo(
    (ab + 9) / 10,
    12,
  )
})

test('by industry alone, A and B are the same: (0 + 1 + 1) / 3', async () => {
  const run = (classes: string) =>
    trials.run(differentiation, portfolioFixture(byHand), { inputs: { classes } })
  expect((await run('industry')).headline.value).toBeCloseTo(2 / 3, 12)
  // By function B and C are the same, and A is as far from both as from B.
  expect((await run('function')).headline.value).toBeCloseTo((2 * ab) / 3, 12)
})

test('an allotment by chance leaves the same classes in other hands', async () => {
  // Two platforms of one item each, a and b: whoever gets which, they differ wholly. By chance 1, never below.
  const fixture = portfolioFixture({ A: { '34/x': 1 }, B: { '38/x': 1 } })
  const { headline } = await trials.run(differentiation, fixture, { inputs: { minimum: 1 } })
  expect(besides(headline)).toMatchObject({
    'Expected by chance (same sizes)': 1,
    'Random allotments below the value': 0.5,
    'Standard error (bootstrap)': 0,
  })
})

test('chance: items a, a, b, b dealt out two and two are the same 4 times in 6, else wholly different', async () => {
  // Of the 6 ways to choose 2 of 4 for A, {a,a} and {b,b} differ by 1, the other 4 by 0: expected 1/3.
  const fixture = portfolioFixture({ A: { '34/x': 2 }, B: { '38/x': 2 } })
  const { headline } = await trials.run(differentiation, fixture, { inputs: { minimum: 1 } })
  // Standard error of 200 draws: √(1/3 · 2/3 / 200) = 0.033.
  expect(Math.abs((besides(headline)['Expected by chance (same sizes)'] ?? 0) - 1 / 3)).toBeLessThan(0.12)
})

test('says what is missing', async () => {
  const missing = async (platforms: Readonly<Record<string, Contents>>, inputs = {}) =>
    (await trials.run(differentiation, portfolioFixture(platforms), { inputs })).headline.missing
  expect(await missing({})).toEqual(['model', 'application'])
  expect(await missing(byHand, { of: 'applications' })).toEqual(['application'])
  expect(await missing({ A: { '34/x': 9 } })).toEqual(['model', 'application'])
  expect(await missing({ A: { '34/': 9 }, B: { '34/': 9 } }, { of: 'models', classes: 'function' })).toEqual([
    'model.function',
  ])
})

const contents = fc.dictionary(
  fc.constantFrom('34/a', '34/b', '38/a', '38/b', '40/c'),
  fc.integer({ min: 1, max: 9 }),
  { minKeys: 1 },
)

test('equals the textbook formula, in [0, 1], whatever the order and the scale', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(contents, { minLength: 2, maxLength: 6 }), async drawn => {
      const platforms = Object.fromEntries(drawn.map((one, i) => [`P${i}`, one]))
      const value = (await indexFor(platforms)) ?? Number.NaN
      expect(value).toBeCloseTo(naive(platforms), 7)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
      const doubled = Object.fromEntries(
        drawn.map((one, i) => [
          `Q${9 - i}`,
          Object.fromEntries(Object.entries(one).map(([k, n]) => [k, 2 * n])),
        ]),
      )
      expect(await indexFor(doubled)).toBeCloseTo(value, 12)
    }),
    { numRuns: 8 },
  )
})

async function indexFor(platforms: Readonly<Record<string, Contents>>) {
  return (await trials.run(differentiation, portfolioFixture(platforms), { inputs: { minimum: 1 } })).headline
    .value
}

/** Entropies of dense shares; good to 1e-8 near 0, where the root magnifies what cancels. */
function naive(platforms: Readonly<Record<string, Contents>>): number {
  const p = naiveShares(platforms)
  const distance = (a: readonly number[], b: readonly number[]) => {
    const m = a.map((share, k) => (share + (b[k] ?? 0)) / 2)
    return Math.sqrt(Math.max(0, naiveEntropy(m) - naiveEntropy(a) / 2 - naiveEntropy(b) / 2))
  }
  const means = p.map(
    (a, i) => p.reduce((sum, b, j) => sum + (i === j ? 0 : distance(a, b)), 0) / (p.length - 1),
  )
  return means.reduce((sum, mean) => sum + mean, 0) / p.length
}

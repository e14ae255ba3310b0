import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import { type Contents, portfolioFixture } from '../testing-portfolios.ts'
import specialisation from './specialisation.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const run = (platforms: Readonly<Record<string, Contents>>, inputs = {}) =>
  trials.run(specialisation, portfolioFixture(platforms), { inputs })

/**
 * A: 6 x, 2 y; B: 4 x, 4 z; C: 1 y, too small to be compared. Whole: 10 x, 3 y, 4 z of 17.
 * A: ½ (|6/8 − 10/17| + |2/8 − 3/17| + 4/17) = ½ (22 + 10 + 32)/136 = 4/17
 * B: ½ (|4/8 − 10/17| + 3/17 + |4/8 − 4/17|) = ½ (3 + 6 + 9)/34 = 9/34
 */
const byHand = { A: { '34/x': 6, '34/y': 2 }, B: { '34/x': 4, '34/z': 4 }, C: { '34/y': 1 } }

test('is half the sum of differences from the whole, the mean over platforms: ½ (4/17 + 9/34)', async () => {
  const { headline, rows, chart } = await run(byHand)
  expect(headline.value).toBeCloseTo((8 / 34 + 9 / 34) / 2, 12)
  expect(headline.basis).toMatchObject({ n: 2, share: 2 / 3 })
  expect(rows.map(row => [row.platform_id, row.top_function, row.top_items])).toEqual([
    ['B', 'z', 4],
    ['A', 'x', 6],
  ])
  // B, z: (4/8) / (4/17).
  expect(besides(headline)['Top location quotient']).toBeCloseTo(17 / 8, 12)
  expect(chart.rows).toHaveLength(2)
})

test('weighted, median and against the others, when asked to', async () => {
  const value = async (inputs: object) => (await run(byHand, inputs)).headline.value
  expect(await value({ average: 'median' })).toBeCloseTo(17 / 68, 12)
  expect(await value({ average: 'weighted' })).toBeCloseTo((8 * (8 / 34) + 8 * (9 / 34)) / 16, 12)
  // Others of A: 4 x, 4 z, 1 y of 9: ½ (|6/8 − 4/9| + |2/8 − 1/9| + 4/9) = 4/9. Of B: 6 x, 3 y: ½ (6/36 + 1/3 + ½) = ½.
  expect(await value({ reference: 'others' })).toBeCloseTo((4 / 9 + 1 / 2) / 2, 12)
})

test('of equal location quotients the class with more items leads', async () => {
  // A's x and y: (1/5)/(1/12) = (3/5)/(3/12) = 12/5, which doubles tell apart where shares are divided.
  const { rows } = await run({ A: { '34/x': 1, '34/y': 3, '34/z': 1 }, B: { '34/z': 7 } }, { least: 1 })
  expect(rows.map(row => [row.platform_id, row.top_function, row.top_quotient])).toEqual([
    ['A', 'y', 12 / 5],
    ['B', 'z', 12 / 8],
  ])
})

test('shows the location quotients behind it', async () => {
  const rows = await trials.detail(
    specialisation,
    'location-quotients',
    await trials.load(portfolioFixture(byHand)),
  )
  expect(rows.map(row => [row.platform_id, row.function, row.items, row.reference_items])).toEqual([
    ['A', 'y', 2, 3],
    ['A', 'x', 6, 10],
    ['B', 'z', 4, 4],
    ['B', 'x', 4, 10],
  ])
  expect(rows[0]?.location_quotient).toBeCloseTo(2 / 8 / (3 / 17), 12)
  const chart = specialisation.details?.['location-quotients']?.chart?.(rows, {
    ...{ of: 'both', classes: 'both', unknown: 'exclude', minimum: 5 },
    ...{ reference: 'all', average: 'mean', least: 3 },
  })
  expect(chart?.rows).toHaveLength(4)
})

test('is not computable for one platform', async () => {
  expect((await run({ A: { '34/x': 9 } })).headline).toMatchObject({
    value: null,
    missing: ['model', 'application'],
  })
})

const contents = fc.dictionary(
  fc.constantFrom('34/a', '34/b', '38/a', '38/b', '40/c'),
  fc.integer({ min: 1, max: 9 }),
  { minKeys: 1 },
)

/** 1 − Σ min(p, P): the other form of the coefficient. */
function overlapForm(drawn: readonly Contents[]): number {
  const size = (one: Contents) => Object.values(one).reduce((sum, count) => sum + count, 0)
  const all = drawn.reduce((sum, one) => sum + size(one), 0)
  const whole = (key: string) => drawn.reduce((sum, one) => sum + (one[key] ?? 0), 0) / all
  const each = drawn.map(
    one => 1 - Object.entries(one).reduce((sum, [key, n]) => sum + Math.min(n / size(one), whole(key)), 0),
  )
  return each.reduce((sum, value) => sum + value, 0) / drawn.length
}

test('equals 1 less the overlap with the whole, lies in [0, 1)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(contents, { minLength: 2, maxLength: 6 }), async drawn => {
      const platforms = Object.fromEntries(drawn.map((one, i) => [`P${i}`, one]))
      const value = (await run(platforms, { minimum: 1 })).headline.value ?? Number.NaN
      expect(value).toBeCloseTo(overlapForm(drawn), 12)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan(1)
    }),
    { numRuns: 8 },
  )
})

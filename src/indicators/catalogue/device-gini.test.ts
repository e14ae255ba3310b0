import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fixture, Trials } from '../testing.ts'
import deviceGini from './device-gini.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** Listed platforms with so many devices each. */
function fleet(sizes: readonly number[]): Fixture {
  return {
    platform: sizes.map((_, platform) => ({ platform_id: `P${platform}` })),
    device: sizes.flatMap((size, platform) =>
      Array.from({ length: size }, (_, i) => ({ platform_id: `P${platform}`, device_id: String(i) })),
    ),
  }
}

test('of 1, 2 and 6 devices is 10/27', async () => {
  // Ranks 1..3, n = 3: (2−4)·1 + (4−4)·2 + (6−4)·6 = 10; divided by n Σx = 3 · 9.
  expect((await trials.run(deviceGini, fleet([6, 1, 2]))).headline.value).toBeCloseTo(10 / 27, 14)
})

test('counts platforms without devices only when asked to', async () => {
  // With a zero: ranks 1..4: (2−5)·0 + (4−5)·1 + (6−5)·2 + (8−5)·6 = 19; divided by 4 · 9.
  const { headline } = await trials.run(deviceGini, fleet([6, 1, 2, 0]))
  expect(headline.value).toBeCloseTo(10 / 27, 14)
  expect(headline.basis).toMatchObject({ n: 3, share: 3 / 4 })
  const listed = await trials.run(deviceGini, fleet([6, 1, 2, 0]), { inputs: { listed: 'include' } })
  expect(listed.headline.value).toBeCloseTo(19 / 36, 14)
  expect(listed.headline.basis).toMatchObject({ n: 4, share: 1 })
})

test('is 0 for one platform, and not computable when listed platforms have no device at all', async () => {
  expect((await trials.run(deviceGini, fleet([7]))).headline.value).toBe(0)
  const bare = await trials.run(deviceGini, fleet([0, 0]), { inputs: { listed: 'include' } })
  expect(bare.headline).toMatchObject({ value: null, missing: ['device'] })
  expect(bare.chart.rows).toEqual([])
})

test('draws the Lorenz curve of 1, 2 and 6: (0,0) (1/3,1/9) (2/3,3/9) (1,1)', async () => {
  const { chart } = await trials.run(deviceGini, fleet([6, 1, 2]))
  expect(chart.rows.map(row => [row.platform_share, row.device_share])).toEqual([
    [0, 0],
    [1 / 3, 1 / 9],
    [2 / 3, 3 / 9],
    [1, 1],
  ])
})

/** Half the mean absolute difference over the mean: no ranks, no order. */
function byDifferences(sizes: readonly number[]): number {
  const sum = sizes.reduce((a, b) => a + b, 0)
  const differences = sizes.flatMap(a => sizes.map(b => Math.abs(a - b))).reduce((a, b) => a + b, 0)
  return differences / (2 * sizes.length * sum)
}

test('equals half the relative mean difference, and stays under order and doubling', async () => {
  const fleets = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(fleets, async sizes => {
      const value = (await trials.run(deviceGini, fleet(sizes))).headline.value
      expect(value).toBeCloseTo(byDifferences(sizes), 12)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual((sizes.length - 1) / sizes.length + 1e-12)
      const doubled = fleet(sizes.map(size => 2 * size).toReversed())
      expect((await trials.run(deviceGini, doubled)).headline.value).toBeCloseTo(value ?? Number.NaN, 12)
    }),
    { seed: 5, numRuns: 10 },
  )
})

test('the detail tells which platforms have no devices, and which are not listed', async () => {
  const loaded = await trials.load({
    platform: [
      { platform_id: 'A', name: '甲' },
      { platform_id: 'B', name: '乙' },
    ],
    device: [
      { platform_id: 'A', device_id: '1' },
      { platform_id: 'C', device_id: '1' },
    ],
  })
  expect(await trials.detail(deviceGini, 'platforms-aside', loaded)).toEqual([
    { platform_id: 'B', platform_name: '乙', devices: 0, is_listed: true },
    { platform_id: 'C', platform_name: null, devices: 1, is_listed: false },
  ])
})

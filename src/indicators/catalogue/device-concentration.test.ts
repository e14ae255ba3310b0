import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Fixture, Trials } from '../testing.ts'
import deviceConcentration from './device-concentration.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** Platforms with so many devices each; the province is known for those of the first platform alone. */
function fleet(sizes: readonly number[]): Fixture {
  return {
    device: sizes.flatMap((size, platform) =>
      Array.from({ length: size }, (_, i) => ({
        ...{ platform_id: `P${platform}`, device_id: String(i) },
        province_code: platform === 0 ? (i % 2 === 0 ? '31' : '44') : null,
      })),
    ),
    platform: [{ platform_id: 'P0', name: '示例' }],
  }
}

test('of 6, 3 and 1 devices is 0.46', async () => {
  // 0.6² + 0.3² + 0.1² = 0.46; normalised (0.46 − 1/3) / (2/3) = 0.19; effective number 1 / 0.46 = 2.1739.
  const { headline, rows } = await trials.run(deviceConcentration, fleet([3, 6, 1]))
  expect(headline.value).toBeCloseTo(0.46, 14)
  expect(besides(headline)['Normalised HHI']).toBeCloseTo(0.19, 14)
  expect(besides(headline)['Effective number 1/HHI']).toBeCloseTo(1 / 0.46, 12)
  expect(rows.map(row => [row.group, row.platform_name, row.devices])).toEqual([
    ['P1', null, 6],
    ['P0', '示例', 3],
    ['P2', null, 1],
  ])
})

test('by province leaves the unknown out and says how many: 2 and 2 of 6', async () => {
  const { headline } = await trials.run(deviceConcentration, fleet([4, 2]), { inputs: { by: 'province' } })
  expect(headline.value).toBe(0.5)
  expect(besides(headline)).toMatchObject({ Groups: 2, 'Devices of unknown group': 2 / 6 })
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 6 })
})

test('of one platform is 1 and has no normalised value', async () => {
  const { headline } = await trials.run(deviceConcentration, fleet([5]))
  expect(headline.value).toBe(1)
  expect(besides(headline)).not.toHaveProperty('Normalised HHI')
})

test('names the column when no group is known', async () => {
  const { headline } = await trials.run(deviceConcentration, fleet([5]), { inputs: { by: 'industry' } })
  expect(headline).toMatchObject({ value: null, missing: ['device.industry_code'] })
})

/** HHI as the chance that two devices drawn with replacement are of one platform, by counting pairs. */
function byPairs(sizes: readonly number[]): number {
  const owners = sizes.flatMap((size, platform) => Array.from({ length: size }, () => platform))
  const together = owners.reduce((sum, a) => sum + owners.filter(b => b === a).length, 0)
  return together / owners.length ** 2
}

test('equals the count of pairs, lies in [1/n, 1], and stays when every platform doubles', async () => {
  const fleets = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(fleets, async sizes => {
      const value = (await trials.run(deviceConcentration, fleet(sizes))).headline.value
      expect(value).toBeCloseTo(byPairs(sizes), 12)
      expect(value).toBeGreaterThanOrEqual(1 / sizes.length - 1e-12)
      expect(value).toBeLessThanOrEqual(1)
      const doubled = fleet(sizes.map(size => 2 * size).toReversed())
      expect((await trials.run(deviceConcentration, doubled)).headline.value).toBeCloseTo(
        value ?? Number.NaN,
        12,
      )
    }),
    { seed: 4, numRuns: 10 },
  )
})

test('the detail tells which platforms give devices of unknown group', async () => {
  const device = [
    { platform_id: 'A', device_id: '1', protocol: 'MQTT', province_code: null },
    { platform_id: 'A', device_id: '2', protocol: null, province_code: null },
    { platform_id: 'B', device_id: '1', protocol: 'MQTT', province_code: '31' },
  ]
  const loaded = await trials.load({ device })
  const unknown = (by: string) =>
    trials.detail(deviceConcentration, 'unknown-group', loaded, { inputs: { by } })
  const ofA = { platform_id: 'A', platform_name: null, registered: 2 }
  expect(await unknown('platform')).toEqual([])
  expect(await unknown('protocol')).toEqual([{ ...ofA, unknown_devices: 1, unknown_share: 1 / 2 }])
  expect(await unknown('province')).toEqual([{ ...ofA, unknown_devices: 2, unknown_share: 1 }])
})

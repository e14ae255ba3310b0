import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import activationRate from './activation-rate.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const device = (platform_id: string, device_id: string, more: Cells = {}): Cells => ({
  ...{ platform_id, device_id },
  ...more,
})

/** A: 3 of 4 activated, one of them after the data, one of them retired. B: 1 of 2. C gives no activation time. */
const byHand: Fixture = {
  platform: [{ platform_id: 'A', name: '甲' }],
  device: [
    device('A', '1', { activated_at: '2025-01-01T00:00:00Z' }),
    device('A', '2', { activated_at: '2025-01-01T00:00:00Z', retired_at: '2026-01-01T00:00:00Z' }),
    device('A', '3', { activated_at: '2027-01-01T00:00:00Z' }),
    device('A', '4', { retired_at: '2027-01-01T00:00:00Z' }),
    device('B', '1', { activated_at: '2025-01-01T00:00:00Z', province_code: '31' }),
    device('B', '2', { province_code: '44' }),
    device('C', '1'),
    device('C', '2'),
  ],
}

test('is activated over registered where activation is told: 4 of 6', async () => {
  const { headline, rows } = await trials.run(activationRate, byHand, { asOf })
  expect(headline.value).toBe(4 / 6)
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 8 })
  expect(besides(headline)).toEqual({
    Activated: 4,
    Registered: 8,
    'Devices that cannot be judged': 2 / 8,
    'Activated after the time of the data (counted)': 1,
    'Retired among those counted': 1,
  })
  expect(rows.map(row => [row.platform_id, row.platform_name, row.activation_rate])).toEqual([
    ['A', '甲', 3 / 4],
    ['B', null, 1 / 2],
    ['C', null, null],
  ])
  // Wilson for 4 of 6, z² = 3.841459: centre (4 + z²/2) / (6 + z²), half √(z² (4·2/6 + z²/4)) / (6 + z²).
  const zz = 3.841458820694124
  const half = Math.sqrt(zz * (8 / 6 + zz / 4)) / (6 + zz)
  expect(headline.interval?.low).toBeCloseTo((4 + zz / 2) / (6 + zz) - half, 12)
  expect(headline.interval?.high).toBeCloseTo((4 + zz / 2) / (6 + zz) + half, 12)
})

test('counts platforms that give no time, and leaves retired devices out, when asked to', async () => {
  const run = (inputs: Record<string, string>) => trials.run(activationRate, byHand, { asOf, inputs })
  expect((await run({ undated: 'include' })).headline.value).toBe(4 / 8)
  expect((await run({ retired: 'exclude' })).headline.value).toBe(3 / 5)
  // C gives no activation time, and its retired device is not among those counted unless C counts.
  const gone: Fixture = {
    device: [...(byHand.device ?? []), device('C', 'gone', { retired_at: '2026-01-01T00:00:00Z' })],
  }
  const retired = async (inputs: Record<string, string>) =>
    besides((await trials.run(activationRate, gone, { asOf, inputs })).headline)[
      'Retired among those counted'
    ]
  expect(await retired({})).toBe(1)
  expect(await retired({ undated: 'include' })).toBe(2)
})

test('a province without any activation is a rate of zero on a platform that tells of others', async () => {
  const filters = { ...noFilters, provinces: ['44'] }
  expect((await trials.run(activationRate, byHand, { asOf, filters })).headline.value).toBe(0)
})

test('is not computable, rather than zero, where no platform gives an activation time', async () => {
  const silent = { device: [device('C', '1'), device('C', '2')] }
  expect((await trials.run(activationRate, silent, { asOf })).headline).toMatchObject({
    value: null,
    missing: ['device.activated_at'],
  })
  expect((await trials.run(activationRate, {}, { asOf })).headline.missing).toEqual(['device'])
})

const fleets = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.boolean()), {
  minLength: 1,
  maxLength: 30,
})

test('equals a count in plain TypeScript, lies in its interval in [0, 1], ignores order', async () => {
  await fc.assert(
    fc.asyncProperty(fleets, async drawn => {
      const rows = drawn.map(([platform, active], i) =>
        device(platform, String(i), active ? { activated_at: '2025-01-01T00:00:00Z' } : {}),
      )
      const telling = new Set(drawn.filter(([, active]) => active).map(([platform]) => platform))
      const judged = drawn.filter(([platform]) => telling.has(platform))
      const { headline } = await trials.run(activationRate, { device: rows }, { asOf })
      const expected = judged.filter(([, active]) => active).length / judged.length
      expect(headline.value).toBe(judged.length === 0 ? null : expected)
      if (headline.value !== null) {
        expect(headline.interval?.low).toBeLessThanOrEqual(headline.value)
        expect(headline.interval?.high).toBeGreaterThanOrEqual(headline.value)
      }
      const turned = await trials.run(activationRate, { device: rows.toReversed() }, { asOf })
      expect(turned.headline.value).toBe(headline.value)
    }),
    { numRuns: 10 },
  )
})

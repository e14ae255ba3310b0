import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import contribution from './growth-contribution.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const [early, late] = ['2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z']

/** So many devices of a province and industry a year before, and now. */
function stock(
  province_code: string | null,
  industry_code: string | null,
  before: number,
  after: number,
  more: Cells = {},
): Cells[] {
  const gone = Math.max(0, before - after)
  return Array.from({ length: Math.max(before, after) }, (_, i) => ({
    ...{
      platform_id: 'A',
      device_id: `${province_code} ${industry_code} ${i}`,
      province_code,
      industry_code,
    },
    activated_at: i < before ? early : late,
    retired_at: i < gone ? late : null,
    ...more,
  }))
}

/**
 * All: 50 → 70, g = 0.4; industry 34: 30 → 45, 0.5; industry 35: 20 → 25, 0.25.
 * Province 44: 20 → 30; national 20·0.4 = 8, mix 10·0.1 + 10·(−0.15) = −0.5, local 10·(1 − 0.5) + 10·(0 − 0.25) = 2.5.
 * Province 31: 30 → 40; national 12, mix 20·0.1 + 10·(−0.15) = 0.5, local 20·(0.25 − 0.5) + 10·(0.5 − 0.25) = −2.5.
 */
const byHand: Fixture = {
  device: [
    ...stock('44', '34', 10, 20),
    ...stock('44', '35', 10, 10),
    ...stock('31', '34', 20, 25),
    ...stock('31', '35', 10, 15),
  ],
}

describe('shift-share', () => {
  test('splits each change into three terms', async () => {
    const { rows, headline } = await trials.run(contribution, byHand, { asOf })
    expect(headline.value).toBe(0.5)
    const terms = rows.map(({ province_code, national_term, industry_term, local_term, change }) => [
      ...[province_code, change],
      ...[national_term, industry_term, local_term].map(term => expect.closeTo(Number(term), 12)),
    ])
    expect(terms).toEqual([
      ['31', 10, 12, 0.5, -2.5],
      ['44', 10, 8, -0.5, 2.5],
    ])
    expect(besides(headline)).toMatchObject({ 'Whole change': 20, 'Change in Shanghai': 10 })
    expect(headline.basis).toMatchObject({ n: 70, share: 1 })
  })

  test('its chart shows the terms of each province', async () => {
    const loaded = await trials.load(byHand)
    const rows = await trials.detail(contribution, 'terms', loaded, { asOf })
    expect(rows).toHaveLength(6)
    expect(rows.reduce((sum, { devices }) => sum + Number(devices), 0)).toBeCloseTo(20, 12)
  })

  test('by tier of the platform', async () => {
    const loaded = await trials.load({
      device: [
        ...stock('44', '34', 10, 20),
        ...stock('44', '34', 5, 4, { platform_id: 'B' }),
        ...stock('44', '34', 1, 1, { platform_id: 'C' }),
      ],
      platform: [
        { platform_id: 'A', tier: '引领' },
        { platform_id: 'B', tier: '基础' },
      ],
    })
    const rows = await trials.detail(contribution, 'tiers', loaded, { asOf })
    expect(rows.map(({ tier, change, contribution }) => [tier, change, contribution])).toEqual([
      ['引领', 10, 10 / 9],
      [null, 0, 0],
      ['基础', -1, -1 / 9],
    ])
  })
})

test('unknown provinces count in the whole, are told beside, and are not on the map', async () => {
  const { headline, chart } = await trials.run(
    contribution,
    { device: [...stock('44', '34', 10, 15), ...stock(null, '34', 10, 25)] },
    { asOf },
  )
  expect(headline.value).toBe(0.25)
  expect(besides(headline)['Contribution of unknown provinces']).toBe(0.75)
  expect(chart.rows).toHaveLength(1)
  expect(headline.basis?.share).toBe(15 / 40)
})

test('the increase of the target is shared out to the last device', async () => {
  const target = (indicator: string, base_value: number, target_value: number) => ({
    ...{ indicator, scope: 'national', base_value, target_value },
    ...{ base_date: '2025-12-31', target_date: '2028-12-31' },
  })
  const loaded = await trials.load({
    ...byHand,
    platform: ['44', '44', '31', '31'].map((province_code, i) => ({
      ...{ platform_id: `p${i}`, province_code, is_influential: i < 3 },
    })),
    plan_target: [target('connected_devices', 100, 120), target('influential_platforms', 340, 450)],
  })
  const parts = async (allocation: string) => {
    const rows = await trials.detail(contribution, 'allocation', loaded, { asOf, inputs: { allocation } })
    return rows.map(({ indicator, province_code, allocated }) => [indicator, province_code, allocated])
  }
  // Devices 40 : 30 → 20·40/70 = 11.43 and 8.57: the 20th device goes to 44. Platforms 1 : 2 → 36.67 and 73.33.
  const platforms = [
    ['influential_platforms', '31', 37],
    ['influential_platforms', '44', 73],
  ]
  const devices = (a: number, b: number) => [
    ['connected_devices', '31', a],
    ['connected_devices', '44', b],
  ]
  expect(await parts('stock')).toEqual([...devices(11, 9), ...platforms])
  // Both grew by 10.
  expect(await parts('growth')).toEqual([...devices(10, 10), ...platforms])
})

test('names what is missing', async () => {
  const missing = async (fixture: Fixture) =>
    (await trials.run(contribution, fixture, { asOf })).headline.missing
  expect(await missing({ device: [] })).toEqual(['device'])
  expect(await missing({ device: stock('44', '34', 2, 3, { activated_at: null }) })).toEqual([
    'device.activated_at',
  ])
  expect(await missing({ device: stock(null, '34', 2, 3) })).toEqual(['device.province_code'])
  const unchanged = ['device: a stock that was there before, and changed']
  expect(await missing({ device: stock('44', '34', 2, 2) })).toEqual(unchanged)
  expect(await missing({ device: stock('44', '34', 0, 2) })).toEqual(unchanged)
})

test('terms sum to the change, and contributions to one, as a walk over the devices has it', async () => {
  const cell = fc.record({
    province: fc.constantFrom('31', '44', '11', null),
    industry: fc.constantFrom('34', '35', null),
    before: fc.integer({ min: 0, max: 6 }),
    after: fc.integer({ min: 0, max: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 8 }), async drawn => {
      const device = drawn.flatMap(({ province, industry, before, after }, i) =>
        stock(province, industry, before, after).map(one => ({ ...one, device_id: `${i} ${one.device_id}` })),
      )
      const { rows } = await trials.run(contribution, { device: device.toReversed() }, { asOf })
      const sum = (of: typeof drawn, side: 'before' | 'after') => of.reduce((all, one) => all + one[side], 0)
      const [before, after] = [sum(drawn, 'before'), sum(drawn, 'after')]
      if (before === 0) return
      for (const row of rows) {
        const own = drawn.filter(({ province }) => province === row.province_code)
        const national = (sum(own, 'before') * (after - before)) / before
        const mixed = own.reduce((all, { industry, before: x }) => {
          const same = drawn.filter(other => other.industry === industry)
          const grown = sum(same, 'before') > 0 ? sum(same, 'after') / sum(same, 'before') - 1 : 0
          return all + x * (grown - (after - before) / before)
        }, 0)
        expect(row.national_term).toBeCloseTo(national, 9)
        expect(row.industry_term).toBeCloseTo(mixed, 9)
        expect(Number(row.change) - Number(row.local_term)).toBeCloseTo(national + mixed, 9)
        expect(row.change).toBe(sum(own, 'after') - sum(own, 'before'))
      }
      const shares = rows.reduce((all, { contribution: share }) => all + Number(share), 0)
      if (after !== before) expect(shares).toBeCloseTo(1, 9)
    }),
    { numRuns: 10 },
  )
})

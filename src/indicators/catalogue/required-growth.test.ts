import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Fixture, Trials } from '../testing.ts'
import requiredGrowth from './required-growth.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const target = (indicator: string, base_value: number | null, target_value: number, more = {}) => ({
  ...{ indicator, scope: 'national', base_value, target_value, base_is_floor: base_value !== null },
  ...{ base_date: '2025-12-31', target_date: '2028-12-31', source: 'Plan', ...more },
})

/** The published targets of the Action Plan 2026–2028. */
const plan: Fixture = {
  plan_target: [
    target('influential_platforms', 340, 450),
    target('connected_devices', 100e6, 120e6),
    target('penetration', null, 0.55),
  ],
}

test('is 6.27% a year for devices and 9.79% for platforms', async () => {
  // 1.2^(1/3) = 1.062659; (450/340)^(1/3) = 1.097938; (120 − 100) / 3 = 6.667 million devices a year.
  const { headline } = await trials.run(requiredGrowth, plan)
  expect(headline.value).toBeCloseTo(0.062659, 6)
  expect(besides(headline)['Required growth of platforms']).toBeCloseTo(0.097938, 6)
  expect(besides(headline)['Devices to add a year']).toBeCloseTo(20e6 / 3, 6)
})

test('is 4.55% or 2.94% if the base is 105 or 110 million', async () => {
  const { headline, rows } = await trials.run(requiredGrowth, plan)
  expect(besides(headline)['If the base is 5% higher']).toBeCloseTo(0.0455, 4)
  expect(besides(headline)['If the base is 10% higher']).toBeCloseTo(0.0294, 4)
  expect(rows.filter(row => row.indicator === 'connected_devices').map(row => row.base)).toEqual([
    100e6, 105e6, 110e6,
  ])
})

test('takes the national target of platforms, not that of a province', async () => {
  const { headline } = await trials.run(requiredGrowth, {
    plan_target: [...(plan.plan_target ?? []), target('influential_platforms', 30, 60, { scope: '44' })],
  })
  expect(besides(headline)['Required growth of platforms']).toBeCloseTo(0.097938, 6)
})

test('gives a target without base no growth, and no assumptions about it', async () => {
  const { rows } = await trials.run(requiredGrowth, plan)
  const penetration = rows.filter(row => row.indicator === 'penetration')
  expect(penetration).toHaveLength(1)
  expect(penetration[0]).toMatchObject({ base: null, growth: null, per_year: null, target_value: 0.55 })
})

test('a target of one’s own for platforms in a province gives the headline where that measure is chosen', async () => {
  const province = target('influential_platforms', 30, 60, { scope: '44', base_is_floor: false })
  const { headline, chart } = await trials.run(
    requiredGrowth,
    { plan_target: [province, target('connected_devices', 100e6, 120e6)] },
    { inputs: { target: 'influential_platforms' } },
  )
  // 2^(1/3) − 1; 10 platforms a year; the base is no floor, so that no other base is assumed.
  expect(headline.value).toBeCloseTo(0.259921, 6)
  expect(besides(headline)).toEqual({ 'To add a year: influential platforms': 10 })
  expect(chart.note?.en).toContain('never divide one by another')
})

test('counts years by the calendar: 3, and 1 + 181/365 from new year 2025 to July 2026', async () => {
  const { rows } = await trials.run(requiredGrowth, {
    plan_target: [
      target('connected_devices', 1, 2),
      target('x', 1, 2, { base_date: '2025-01-01', target_date: '2026-07-01' }),
      target('y', 1, 2, { base_date: '2026-01-01', target_date: '2026-01-01' }),
    ],
  })
  const years = Object.fromEntries(rows.map(row => [row.indicator, row.years]))
  expect(years).toMatchObject({ connected_devices: 3, x: 1 + 181 / 365, y: 0 })
  expect(rows.find(row => row.indicator === 'y')).toMatchObject({ growth: null })
})

test('names the target it misses', async () => {
  const others = { plan_target: [target('influential_platforms', 340, 450)] }
  expect((await trials.run(requiredGrowth, others)).headline).toMatchObject({
    value: null,
    missing: ['plan_target: connected_devices'],
  })
})

test('compounded over the years leads from the base to the target', async () => {
  const amounts = fc.integer({ min: 1, max: 1_000_000 })
  await fc.assert(
    fc.asyncProperty(amounts, amounts, fc.integer({ min: 1, max: 20 }), async (base, goal, years) => {
      const dates = { target_date: `${2025 + years}-12-31` }
      const drawn = { plan_target: [target('connected_devices', base, goal, dates)] }
      const { value } = (await trials.run(requiredGrowth, drawn)).headline
      let reached = base
      for (let year = 0; year < years; year++) reached *= 1 + (value ?? Number.NaN)
      expect(reached / goal).toBeCloseTo(1, 9)
    }),
    { seed: 12, numRuns: 10 },
  )
})

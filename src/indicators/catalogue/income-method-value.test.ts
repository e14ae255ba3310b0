import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cells, Trials } from '../testing.ts'
import incomeMethodValue from './income-method-value.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const usage = (month: string, revenue: number | null, consumer = 'c'): Cells => ({
  ...{ asset_id: 'a', month, consumer, revenue },
})

/** 100 + 200 within the 12 months; June 2025 and July 2026 lie outside, one record has no revenue. */
const asset_usage = [
  usage('2025-06-01', 5000),
  usage('2025-07-01', 100),
  usage('2026-06-01', 200),
  usage('2026-05-01', null),
  usage('2026-07-01', 7000),
]

test('discounts the net income of each year: 300 · 0.5 · 1.1 / 1.1 twice is 300, between its worse and better ends', async () => {
  const inputs = { growth: 0.1, cost_share: 0.5, discount: 0.1, years: 2, spread: 20 }
  const { headline, rows, chart } = await trials.run(incomeMethodValue, { asset_usage }, { inputs, asOf })
  expect(headline.value).toBeCloseTo(300, 9)
  expect(headline.basis).toMatchObject({ n: 2, share: 2 / 3 })
  // Worse: F 240, c 0.6, g 0.08, i 0.12, one year: 240·0.4·1.08/1.12 = 92.571428…
  // Better: F 360, c 0.4, g 0.12, i 0.08, three years: 216·(q + q² + q³) with q = 1.12/1.08.
  const q = 1.12 / 1.08
  expect(headline.interval?.kind).toBe('range')
  expect(headline.interval?.low).toBeCloseTo((240 * 0.4 * 1.08) / 1.12, 9)
  expect(headline.interval?.high).toBeCloseTo(216 * (q + q ** 2 + q ** 3), 9)
  // Alone: the cost share leaves 0.4 to 0.6 of 300 in two years: 240 to 360.
  const costs = rows.find(({ parameter }) => parameter === 'cost_share')
  expect(costs?.value_low).toBeCloseTo(240, 9)
  expect(costs?.value_high).toBeCloseTo(360, 9)
  expect(chart.rows).toHaveLength(10)
})

test('has its range also where nothing is left as declared: all costs, or all growth lost', async () => {
  const range = async (inputs: Readonly<Record<string, number>>) =>
    (
      await trials.run(
        incomeMethodValue,
        { asset_usage },
        { inputs: { ...inputs, years: 1, spread: 20 }, asOf },
      )
    ).headline
  // Better: F 360, a fifth left of it, i 0.08, two years.
  const costs = await range({ cost_share: 1, growth: 0, discount: 0.1 })
  expect([costs.value, costs.interval?.low]).toEqual([0, 0])
  expect(costs.interval?.high).toBeCloseTo(72 / 1.08 + 72 / 1.08 ** 2, 9)
  // Better: F 360, g −0.8, i 0.08.
  const lost = await range({ cost_share: 0, growth: -1, discount: 0.1 })
  expect(lost.interval?.high).toBeCloseTo((360 * 0.2) / 1.08 + (360 * 0.2 ** 2) / 1.08 ** 2, 9)
})

test('counts months that begin in the window', async () => {
  // Twelve months up to 20 June 2026: June 2025 began before them, June 2026 within.
  const asset_usage = [usage('2025-06-01', 5000), usage('2026-06-01', 110)]
  const inputs = { years: 1 }
  const given = { inputs, asOf: '2026-06-20T00:00:00Z' }
  const { headline } = await trials.run(incomeMethodValue, { asset_usage }, given)
  expect(headline.value).toBeCloseTo(100, 9)
})

test('shows the cash flow year by year', async () => {
  const inputs = { growth: 0, cost_share: 0, discount: 1, years: 2 }
  const loaded = await trials.load({ asset_usage })
  const rows = await trials.detail(incomeMethodValue, 'cash-flow', loaded, { inputs, asOf })
  // 300 a year at a discount rate of 100 %: 150, then 75.
  expect(rows.map(row => Object.values(row))).toEqual([
    [1, 300, 0.5, 150, 150],
    [2, 300, 0.25, 75, 225],
  ])
})

test('names what is missing', async () => {
  const headline = async (rows: readonly Cells[]) =>
    (await trials.run(incomeMethodValue, { asset_usage: rows }, { asOf })).headline
  expect(await headline([])).toMatchObject({ value: null, missing: ['asset_usage'] })
  expect(await headline([usage('2026-06-01', null)])).toMatchObject({
    value: null,
    missing: ['asset_usage.revenue'],
  })
})

test('equals the annuity formula, lies within its range, doubles with revenue, and ignores order', async () => {
  const revenues = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 8 })
  const declared = fc.record({
    growth: fc.integer({ min: -20, max: 20 }).map(percent => percent / 100),
    discount: fc.integer({ min: 21, max: 40 }).map(percent => percent / 100),
    years: fc.integer({ min: 1, max: 20 }),
  })
  await fc.assert(
    fc.asyncProperty(revenues, declared, async (drawn, inputs) => {
      const value = async (amounts: readonly number[]) => {
        const rows = amounts.map((revenue, i) => usage('2026-06-01', revenue, `c${i}`))
        return (await trials.run(incomeMethodValue, { asset_usage: rows }, { inputs, asOf })).headline
      }
      const { growth, discount, years } = inputs
      const total = drawn.reduce((sum, revenue) => sum + revenue, 0)
      // A growing annuity in closed form: F (1 + g) / (i − g) · (1 − ((1 + g) / (1 + i))^n).
      const annuity =
        ((total * (1 + growth)) / (discount - growth)) * (1 - ((1 + growth) / (1 + discount)) ** years)
      const found = await value(drawn)
      expect(found.value).toBeCloseTo(annuity, 5)
      expect(found.interval?.low ?? 0).toBeLessThanOrEqual((found.value ?? 0) + 1e-9)
      expect(found.interval?.high ?? 0).toBeGreaterThanOrEqual((found.value ?? 0) - 1e-9)
      expect((await value(drawn.toReversed())).value).toBe(found.value)
      expect((await value([...drawn, ...drawn])).value).toBeCloseTo(2 * annuity, 4)
    }),
    { numRuns: 8 },
  )
})

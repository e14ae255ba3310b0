import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { averagedTrend, decimalYear, studentCdf } from '../../statistics/statistics.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import { loadExports } from '../testing-exports.ts'
import attainment from './attainment-probability.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
/** The last day of the month that is `back` months before May 2026, the last complete one at `asOf`. */
const monthEnd = (back: number) => new Date(Date.UTC(2026, 5 - back, 0)).toISOString().slice(0, 10)

/** A fleet of which so many devices are activated in each of the months up to May 2026. */
function fleet(added: readonly number[], target = {}): Fixture {
  const device = added.flatMap((count, i) => {
    const day = monthEnd(added.length - 1 - i)
    return Array.from({ length: count }, (_, j) => ({
      ...{ platform_id: 'A', device_id: `${i}-${j}`, activated_at: `${day.slice(0, 8)}10T00:00:00Z` },
    }))
  })
  return { device, plan_target: [goal(target)] }
}
const goal = (more = {}) => ({
  ...{ indicator: 'connected_devices', scope: 'national', base_value: null, target_value: 200 },
  ...{ base_date: '2025-12-31', target_date: '2028-12-31', base_is_floor: true, ...more },
})
const summed = (added: readonly number[]) =>
  added.map((_, i) => added.slice(0, i + 1).reduce((sum, n) => sum + n, 0))

/** P(Y ≥ target) of the least-squares line of ln y, by the textbook's sums. */
function lineProbability(stock: readonly number[], date: string, target: number): number {
  const n = stock.length
  const [ts, zs] = [stock.map((_, i) => decimalYear(monthEnd(n - 1 - i))), stock.map(Math.log)]
  const [tm, zm] = [ts, zs].map(list => list.reduce((a, b) => a + b, 0) / n) as [number, number]
  const sxx = ts.reduce((sum, t) => sum + (t - tm) ** 2, 0)
  const slope = ts.reduce((sum, t, i) => sum + (t - tm) * ((zs[i] ?? 0) - zm), 0) / sxx
  const squares = zs.reduce((sum, z, i) => sum + (z - zm - slope * ((ts[i] ?? 0) - tm)) ** 2, 0)
  const away = decimalYear(date) - tm
  const error = Math.sqrt((squares / (n - 2)) * (1 + 1 / n + away ** 2 / sxx))
  return studentCdf((zm + slope * away - Math.log(target)) / error, n - 2)
}

describe('the probability is that of the predictive distribution', () => {
  test('of a line through six month ends', async () => {
    const added = [40, 5, 3, 6, 2, 7]
    const { headline, rows } = await trials.run(attainment, fleet(added), { asOf })
    expect(rows.filter(({ stock }) => stock !== null).map(({ stock }) => stock)).toEqual(summed(added))
    const expected = lineProbability(summed(added), '2028-12-31', 200)
    expect(headline.value).toBeCloseTo(expected, 10)
    expect(expected).toBeGreaterThan(0.5)
    expect(expected).toBeLessThan(1)
    expect(rows[0]).toMatchObject({ forecast_method: 'logLinear', anchor: 'data', months_used: 6 })
  })

  test('of the averaged damped trend through 24 months, at the level of a base of 1000', async () => {
    const added = Array.from({ length: 24 }, (_, i) => 20 + ((i * 7) % 5))
    const stock = summed(added)
    const given = fleet(added, { base_value: 1000, target_value: 1500 })
    const { headline, rows } = await trials.run(attainment, given, { asOf })
    // December 2025 is 5 months before May 2026; the target of 1500 is 1.5 times what the stock was then.
    const [reference, model] = [stock[18] ?? 0, averagedTrend(stock)]
    expect(headline.value).toBeCloseTo(model?.probabilityAtLeast(31, 1.5 * reference) ?? -1, 10)
    expect(rows[0]).toMatchObject({ forecast_method: 'averagedTrend', anchor: 'base' })
    expect(rows[0]?.forecast).toBeCloseTo(((model?.predict(31).value ?? 0) / reference) * 1000, 6)
    // With a base of 1100 only 1500/1100 of the stock is needed.
    const higher = model?.probabilityAtLeast(31, (1500 / 1100) * reference)
    expect(besides(headline)['Probability if the base is 10% higher']).toBeCloseTo(higher ?? -1, 10)
    expect(rows.find(({ stock: raw }) => raw === reference)?.value).toBeCloseTo(1000, 9)
  })

  test('the level of the data is taken where that is asked for', async () => {
    const added = [40, 5, 3, 6, 2, 7, 4]
    const given = fleet(added, { base_value: 1000, target_value: 200 })
    const inputs = { anchor: 'data' }
    const { headline } = await trials.run(attainment, given, { asOf, inputs })
    expect(headline.value).toBeCloseTo(lineProbability(summed(added), '2028-12-31', 200), 10)
  })
})

test('the fan widens, its bands lie in each other, and it ends at the target', async () => {
  const added = Array.from({ length: 24 }, (_, i) => 20 + ((i * 7) % 5))
  const { rows, chart } = await trials.run(attainment, fleet(added, { target_value: 900 }), { asOf })
  const ahead = rows.filter(({ stock }) => stock === null)
  expect(ahead).toHaveLength(11)
  expect(ahead.at(-1)).toMatchObject({ date: Date.parse('2028-12-31') * 1000 })
  for (const one of ahead) {
    const ends = [one.low_95, one.low_80, one.low_50, one.predicted, one.high_50, one.high_80, one.high_95]
    expect(ends.map(Number)).toEqual(ends.map(Number).toSorted((a, b) => a - b))
  }
  const widths = ahead.map(({ high_95, low_95 }) => Math.log(Number(high_95) / Number(low_95)))
  expect(widths).toEqual(widths.toSorted((a, b) => a - b))
  expect(chart.layers.map(({ mark }) => mark)).toEqual([
    ...['band', 'band', 'band', 'line', 'line', 'line', 'line', 'rule'],
  ])
})

describe('nothing is claimed where there is no forecast', () => {
  const cases: readonly (readonly [string, Fixture, string])[] = [
    ['three months', fleet([4, 3, 2]), 'device.activated_at'],
    ['no target', { ...fleet([4, 3, 2, 1]), plan_target: [] }, 'plan_target: connected_devices'],
    ['a target in the past', fleet([4, 3, 2, 1], { target_date: '2026-03-31' }), 'plan_target.target_date'],
    ['a target in 60 years', fleet([4, 3, 2, 1], { target_date: '2086-03-31' }), 'plan_target.target_date'],
    ['a base before the data', fleet([4, 3, 2, 1], { base_value: 9 }), 'plan_target.base_date'],
    ['no devices', { plan_target: [goal()] }, 'device'],
  ]
  test.each(cases)('%s', async (_, fixture, missing) => {
    const { headline, rows } = await trials.run(attainment, fixture, { asOf })
    expect([headline.value, headline.missing]).toEqual([null, [missing]])
    expect(rows[0]).toMatchObject({ probability: null, forecast: null })
  })

  test('but scenarios are still told: 8 devices, 2 of them new, to 200', async () => {
    // Over four points: 2, 4, 6, 8 at the ends of February to May.
    const loaded = await trials.load(fleet([2, 2, 2, 2], { target_value: 200 }))
    const rows = await trials.detail(attainment, 'scenarios', loaded, { asOf })
    const at = (scenario: string, date: string) =>
      rows.find(row => row.scenario === scenario && row.date === Date.parse(date) * 1000)?.value
    expect(at('required', '2028-12-31')).toBeCloseTo(200, 9)
    // From 8 to 200 in 2 years and 214 days (31 May 2026 to 31 December 2028): after 214 days of 365 the power is
    // 0.5863/2.5863 of the way.
    const part = 214 / 365 / (2 + 214 / 365)
    expect(at('required', '2026-12-31')).toBeCloseTo(8 * 25 ** part, 9)
    // 6 devices more in 92 days (28 February to 31 May), 214 days on.
    expect(at('steady', '2026-12-31')).toBeCloseTo(8 + (6 / 92) * 214, 9)
    expect(at('observed', '2026-12-31')).toBeCloseTo(8 * 4 ** (214 / 92), 6)
  })
})

test('platforms need four exports of different months', async () => {
  const list = (flagged: number) =>
    Array.from({ length: 50 }, (_, i) => ({ platform_id: `p${i}`, is_influential: i < flagged }))
  const plan = { plan_target: [goal({ indicator: 'influential_platforms', target_value: 45 })] }
  const lists = Object.fromEntries(
    [20, 22, 23, 26, 27].map((flagged, i) => [`${monthEnd(4 - i)}T00:00:00Z`, list(flagged)]),
  )
  const { loaded, exports } = await loadExports(trials, plan, lists)
  const inputs = { target: 'influential_platforms' }
  const { headline } = await trials.apply(attainment, loaded, { asOf, inputs, exports })
  expect(headline.value).toBeCloseTo(lineProbability([20, 22, 23, 26, 27], '2028-12-31', 45), 10)
  // A base of 50 half-way (in days) between exports of 22 and of 23: the target of 45 is 45/50·√(22·23) of the data.
  const based = {
    plan_target: [
      goal({
        ...{ indicator: 'influential_platforms', target_value: 45, base_value: 50 },
        base_date: '2026-02-14',
      }),
    ],
  }
  const sparse = Object.fromEntries(
    ['2025-09-30', '2025-12-31', '2026-03-31', '2026-04-30'].map((date, i) => [
      `${date}T00:00:00Z`,
      list([20, 22, 23, 26][i] ?? 0),
    ]),
  )
  const between = await loadExports(trials, based, sparse)
  const { rows } = await trials.apply(attainment, between.loaded, {
    ...{ asOf, inputs, exports: between.exports },
  })
  // 14 February is the 45th of the 90 days from 31 December to 31 March.
  expect(rows[1]?.value).toBeCloseTo((22 * 50) / Math.sqrt(22 * 23), 9)
  const one = await loadExports(trials, plan, { '2026-06-30T00:00:00Z': list(20) })
  const few = await trials.apply(attainment, one.loaded, { asOf, inputs, exports: one.exports })
  expect(few.headline.missing).toEqual(['platform: four exports of different months'])
  // Without a forecast there is no fan to draw.
  expect(few.chart.layers.map(({ mark }) => mark)).toEqual(['line', 'line', 'rule'])
})

test('every target has its own forecast, the headline its fan', async () => {
  const fixture = fleet([40, 5, 3, 6, 2, 7])
  const platform = goal({ scope: 'A', target_value: 90 })
  const { rows } = await trials.run(attainment, { ...fixture, plan_target: [platform, goal()] }, { asOf })
  const own = rows.filter(({ scope }) => scope === 'A')
  expect(own[0]?.probability).toBeCloseTo(lineProbability([40, 45, 48, 54, 56, 63], '2028-12-31', 90), 10)
  expect(own.filter(({ predicted, stock }) => predicted !== null && stock === null)).toHaveLength(1)
  expect(rows[0]).toMatchObject({ scope: 'national', is_headline: true })
})

test('the backtest holds forecasts against what came', async () => {
  const added = [40, 5, 3, 6, 2, 7, 4, 3]
  const loaded = await trials.load(fleet(added))
  const rows = await trials.detail(attainment, 'backtest', loaded, { asOf })
  const stock = summed(added)
  for (const { date, actual, steps, is_inside, predicted, low_95, high_95 } of rows) {
    const i = added.findIndex((_, j) => Date.parse(monthEnd(added.length - 1 - j)) * 1000 === date)
    expect([1, 3, 6]).toContain(steps)
    expect(actual).toBe(stock[i])
    expect(Number(low_95)).toBeLessThan(Number(predicted))
    expect(is_inside).toBe(Number(actual) >= Number(low_95) && Number(actual) <= Number(high_95 ?? 1e300))
  }
  // Three known points give a line: origins at the 3rd to the 7th of 8; 5 one step, 3 three steps ahead.
  expect(rows).toHaveLength(8)
  const inside = rows.filter(({ is_inside }) => is_inside === true).length
  expect(rows[0]?.interval_coverage).toBeCloseTo(inside / 8, 12)
})

test('falls as the target rises, and stays when every device is doubled', async () => {
  const months = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 9 })
  await fc.assert(
    fc.asyncProperty(months, fc.integer({ min: 1, max: 50 }), async (added, more) => {
      const run = async (given: Fixture) => (await trials.run(attainment, given, { asOf })).headline.value
      const base = { base_value: 100, base_date: `${monthEnd(1).slice(0, 7)}-01` }
      const [low, high, doubled] = [
        await run(fleet(added, { ...base, target_value: 100 + more })),
        await run(fleet(added, { ...base, target_value: 110 + more })),
        await run(
          fleet(
            added.map(count => 2 * count),
            { ...base, target_value: 100 + more },
          ),
        ),
      ]
      expect(Number(high)).toBeLessThanOrEqual(Number(low))
      expect(Number(low)).toBeLessThanOrEqual(1)
      expect(Number(high)).toBeGreaterThanOrEqual(0)
      expect(Math.abs(Number(doubled) - Number(low))).toBeLessThan(1e-9)
    }),
    { numRuns: 6 },
  )
})

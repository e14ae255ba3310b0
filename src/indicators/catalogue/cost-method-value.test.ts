import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, Trials } from '../testing.ts'
import assetUtilisation from './asset-utilisation.ts'
import costMethodValue from './cost-method-value.ts'
import dataQualityCoefficient from './data-quality-coefficient.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asset = (asset_id: string, costs: readonly (number | null)[]): Cells => {
  const [cost_capture = null, cost_storage = null, cost_maintenance = null] = costs
  return { asset_id, platform_id: 'P', cost_capture, cost_storage, cost_maintenance }
}

/** Both coefficients as a person says. */
const declared = { quality_from: 'declared', circulation_from: 'declared' }

/** 600 + 200 + 200; 1000 of one cost alone; one without any. */
const data_asset = [
  asset('a', [600, 200, 200]),
  asset('b', [1000, null, null]),
  asset('c', [null, null, null]),
]

test('spans what is declared: 2000 · (1 + R) · α β (1 + l)(1 − r) at the worse and the better ends', async () => {
  const inputs = {
    ...declared,
    quality: 0.5,
    circulation: 1,
    return_rate: 0.1,
    monopoly: 0.2,
    risk: 0.5,
    spread: 20,
  }
  const { headline, rows, chart } = await trials.run(costMethodValue, { data_asset }, { inputs })
  // As declared 2000·1.1·0.5·1·1.2·0.5 = 660.
  expect(headline.value).toBeCloseTo(660, 9)
  // Worse: α 0.4, β 0.8, R 0.08, l 0.16, r 0.6: 2000·1.08·0.32·1.16·0.4 = 320.71680.
  // Better: α 0.6, β stays at 1, R 0.12, l 0.24, r 0.4: 2000·1.12·0.6·1.24·0.6 = 999.936.
  expect(headline.interval?.kind).toBe('range')
  expect(headline.interval?.low).toBeCloseTo(320.7168, 9)
  expect(headline.interval?.high).toBeCloseTo(999.936, 9)
  expect(headline.basis).toMatchObject({ n: 2, share: 2 / 3 })
  expect(besides(headline)).toMatchObject({ 'Total cost (yuan)': 2000, 'Assets with all three costs': 1 / 3 })
  // Alone: α 528 to 792; r 528 (r = 0.6) to 792 (r = 0.4); β 528 to 660; l 638 to 682; R 648 to 672.
  const arms = rows.map(row => [row.parameter, row.value_low, row.value_high])
  expect(arms.map(([parameter]) => parameter).slice(2)).toEqual(['circulation', 'monopoly', 'return_rate'])
  const of = (parameter: string) => arms.find(arm => arm[0] === parameter)?.slice(1) as [number, number]
  const expected = {
    ...{ quality: [528, 792], risk: [528, 792], circulation: [528, 660] },
    ...{ monopoly: [638, 682], return_rate: [648, 672] },
  }
  for (const [parameter, [low = 0, high = 0]] of Object.entries(expected)) {
    expect(of(parameter)[0]).toBeCloseTo(low, 9)
    expect(of(parameter)[1]).toBeCloseTo(high, 9)
  }
  expect(chart.rows).toHaveLength(10)
})

test('is the cost at most, and 64 % of it at least, where nothing is declared', async () => {
  const { headline } = await trials.run(costMethodValue, { data_asset }, { inputs: declared })
  expect(headline.interval?.low).toBeCloseTo(2000 * 0.8 * 0.8, 9)
  expect(headline.interval?.high).toBeCloseTo(2000, 9)
})

const measured = {
  data_asset: data_asset.map(one => ({
    ...one,
    source_id: 's',
    domain: '生产',
    level: one.asset_id === 'a' ? '一级' : null,
  })),
  ingest_batch: [
    {
      ...{
        batch_id: '1',
        platform_id: 'P',
        source_id: 's',
        counter_kind: 'delta',
        expected: 100,
        received: 80,
      },
      ...{ records: 80, dup_exact: 8, dup_conflict: 4, late: 20 },
      ...{ window_start: '2026-06-01T00:00:00Z', window_end: '2026-06-30T00:00:00Z' },
    },
  ],
  asset_usage: [
    { asset_id: 'a', month: '2026-06-01', consumer: 'c', calls: 3, bytes_out: 9 },
    { asset_id: 'x', month: '2026-01-01', consumer: 'c' },
  ],
}

test('takes the quality of VAL-01 and the utilisation of VAL-07 where they are not declared', async () => {
  // Attributes 3 + 2 + 2 of 12; 80/100, 72/80, 76/80 and 60/80 of records; an access answered: their mean. Used: 1 of 3.
  const alpha = (7 / 12 + 0.8 + 0.9 + 0.95 + 0.75 + 1) / 6
  const loaded = await trials.load(measured)
  const { headline, rows } = await trials.apply(costMethodValue, loaded)
  expect(headline.value).toBeCloseTo((2000 * alpha) / 3, 9)
  expect(headline.interval?.high).toBeCloseTo((2000 * Math.min(1, 1.2 * alpha) * 1.2) / 3, 9)
  expect(besides(headline)).toMatchObject({ 'Weight of the dimensions known to VAL-01': 1 })
  const [quality, utilisation] = [
    await trials.apply(dataQualityCoefficient, loaded),
    await trials.apply(assetUtilisation, loaded),
  ]
  expect(rows[0]?.measured_quality).toBe(quality.headline.value)
  expect(rows[0]?.asset_utilisation).toBe(utilisation.headline.value)
  const unused = await trials.run(costMethodValue, { ...measured, asset_usage: [] })
  expect(unused.headline).toMatchObject({ value: null, missing: ['asset_usage'] })
})

test('names what is missing, and lists the assets, the dearest first', async () => {
  const missing = async (rows: readonly Cells[]) =>
    (await trials.run(costMethodValue, { data_asset: rows }, { inputs: declared })).headline
  expect(await missing([])).toMatchObject({ value: null, missing: ['data_asset'] })
  expect(await missing([asset('c', [])])).toMatchObject({
    value: null,
    missing: ['data_asset.cost_capture', 'data_asset.cost_storage', 'data_asset.cost_maintenance'],
  })
  const free = await missing([asset('c', [0])])
  expect([free.value, free.interval?.low, free.interval?.high]).toEqual([0, 0, 0])
  const loaded = await trials.load({ data_asset })
  const rows = await trials.detail(costMethodValue, 'assets', loaded)
  expect(rows.map(row => [row.asset_id, row.total_cost])).toEqual([
    ['a', 1000],
    ['b', 1000],
    ['c', null],
  ])
})

test('equals the least and the most over all corners of the assumptions, and grows with the costs', async () => {
  const cents = (max: number) => fc.integer({ min: 0, max: max * 100 }).map(one => one / 100)
  const drawn = fc.record({
    quality: cents(1),
    circulation: cents(1),
    return_rate: cents(3),
    monopoly: cents(3),
    risk: cents(1),
    spread: fc.integer({ min: 1, max: 100 }),
  })
  const costs = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 9999 })), { maxLength: 3 }), {
    minLength: 1,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(drawn, costs, async (drawnInputs, drawnCosts) => {
      const inputs = { ...declared, ...drawnInputs }
      const known = drawnCosts.flat().filter(one => one !== null)
      fc.pre(known.length > 0)
      const rows = drawnCosts.map((each, i) => asset(`a${i}`, each))
      const { headline } = await trials.run(costMethodValue, { data_asset: rows }, { inputs })
      const cost = known.reduce((sum, one) => sum + one, 0)
      const worth = [...Array(32).keys()].map(corner => {
        const moved = (value: number, bit: number, most: number) =>
          Math.min(most, value * (1 + ((corner >> bit) & 1 ? 1 : -1) * (inputs.spread / 100)))
        const alpha = moved(inputs.quality, 0, 1) * moved(inputs.circulation, 1, 1)
        const more = (1 + moved(inputs.return_rate, 2, 20)) * (1 + moved(inputs.monopoly, 3, 20))
        return cost * alpha * more * (1 - moved(inputs.risk, 4, 1))
      })
      expect(headline.interval?.low).toBeCloseTo(Math.min(...worth), 6)
      expect(headline.interval?.high).toBeCloseTo(Math.max(...worth), 6)
      const dearer = [...rows, asset('more', [1])]
      const more = await trials.run(costMethodValue, { data_asset: dearer }, { inputs })
      expect(more.headline.value ?? -1).toBeGreaterThanOrEqual(headline.value ?? 0)
    }),
    { numRuns: 8 },
  )
})

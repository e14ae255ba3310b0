import { afterAll, beforeAll, expect, test } from 'vitest'
import { industrialDivisions } from '../../domain/industry.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import industryCoverage from './industry-coverage.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

/** Devices on one platform: the division of each, and whether it was connected in the window. */
function fleet(devices: readonly (readonly [industry: string | null, connected: boolean])[]): Fixture {
  return {
    device: devices.map(([industry_code], i) => ({
      ...{ platform_id: 'A', device_id: String(i), is_industrial: true, industry_code },
    })),
    conn_event: devices.map(([, connected], i) => ({
      ...{ platform_id: 'A', device_id: String(i), kind: 'activity' },
      ts_event: connected ? '2026-06-20T00:00:00Z' : '2026-01-20T00:00:00Z',
    })),
  }
}

/** Covered: 06, 34 (twice), 46. Idle: 13. No industrial division: 01 (agriculture), 47 (construction), unknown. */
const byHand = fleet([
  ['06', true],
  ['34', true],
  ['34', true],
  ['46', true],
  ['13', false],
  ['01', true],
  ['47', true],
  [null, true],
])

test('industry has 41 divisions, from 06 to 46', () => {
  expect(industrialDivisions.map(({ code }) => Number(code))).toEqual(
    Array.from({ length: 41 }, (_, i) => i + 6),
  )
})

test('counts coal, general equipment and water: 3 of 41', async () => {
  const { headline, rows } = await trials.run(industryCoverage, byHand, { asOf })
  expect(headline.value).toBe(3 / 41)
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 7 })
  expect(besides(headline)).toEqual({
    'Divisions covered': 3,
    'Divisions (denominator)': 41,
    'Connected devices': 7,
    'Connected devices of unknown industry': 1 / 7,
    'Connected devices of other industries': 2 / 7,
  })
  expect(rows).toHaveLength(41 + 3)
})

test('draws the covered divisions, and names the 38 that are missing', async () => {
  const { chart } = await trials.run(industryCoverage, byHand, { asOf })
  expect(chart.rows.map(row => [row.industry_code, row.connected])).toEqual([
    ['34', 2],
    ['06', 1],
    ['46', 1],
  ])
  expect(chart.note?.en).toBe(
    '3 of 41 industrial divisions have connected devices, 38 have none (see the details)',
  )
  const missing = await trials.detail(industryCoverage, 'missing-divisions', await trials.load(byHand), {
    asOf,
  })
  expect(missing).toHaveLength(38)
  expect(missing[0]).toMatchObject({ industry_code: '07', industry_zh: '石油和天然气开采业', sector: 'B' })
  expect(missing.find(row => row.industry_code === '13')).toMatchObject({ registered: 1, counted: 1 })
})

test('is zero where devices are idle, and not computable where no industry is known', async () => {
  expect((await trials.run(industryCoverage, fleet([['34', false]]), { asOf })).headline.value).toBe(0)
  expect((await trials.run(industryCoverage, fleet([[null, true]]), { asOf })).headline).toMatchObject({
    value: null,
    missing: ['device.industry_code'],
  })
})

test('grows by one division with each added, to 1; doubling devices changes nothing', async () => {
  for (const n of [1, 17, 41]) {
    const covered = industrialDivisions.slice(0, n).map(({ code }) => [code, true] as const)
    expect((await trials.run(industryCoverage, fleet(covered), { asOf })).headline.value).toBeCloseTo(
      n / 41,
      14,
    )
    const doubled = fleet([...covered, ...covered.toReversed()])
    expect((await trials.run(industryCoverage, doubled, { asOf })).headline.value).toBeCloseTo(n / 41, 14)
  }
})

test('the detail tells which connected devices cover no division', async () => {
  const loaded = await trials.load(byHand)
  expect(await trials.detail(industryCoverage, 'unplaced-devices', loaded, { asOf })).toEqual([
    { platform_id: 'A', platform_name: null, connected: 7, unknown_devices: 1, outside_devices: 2 },
  ])
})

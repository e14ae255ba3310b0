import { afterAll, beforeAll, expect, test } from 'vitest'
import { provinces } from '../../domain/province.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import regionCoverage from './region-coverage.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

/** Devices on one platform: the province of each, and whether it was connected in the window. */
function fleet(devices: readonly (readonly [province: string | null, connected: boolean])[]): Fixture {
  return {
    device: devices.map(([province_code], i) => ({
      ...{ platform_id: 'A', device_id: String(i) },
      ...{ is_industrial: true, province_code },
    })),
    conn_event: devices.map(([, connected], i) => ({
      ...{ platform_id: 'A', device_id: String(i), kind: 'activity' },
      ts_event: connected ? '2026-06-20T00:00:00Z' : '2026-01-20T00:00:00Z',
    })),
  }
}

/** Covered: Shanghai (twice), Guangdong, Hong Kong. Not: Zhejiang (idle), the unknown one. */
const byHand = fleet([
  ['31', true],
  ['31', true],
  ['44', true],
  ['81', true],
  ['33', false],
  [null, true],
])

test('counts Shanghai and Guangdong of 31, and Hong Kong too of 34', async () => {
  const mainland = await trials.run(regionCoverage, byHand, { asOf })
  expect(mainland.headline.value).toBe(2 / 31)
  const whole = await trials.run(regionCoverage, byHand, { asOf, inputs: { units: '34' } })
  expect(whole.headline.value).toBe(3 / 34)
})

test('shows the denominator, and the share of connected devices of unknown province (1 of 5)', async () => {
  const { headline } = await trials.run(regionCoverage, byHand, { asOf })
  expect(besides(headline)).toMatchObject({
    'Units (denominator)': 31,
    'Units covered': 2,
    'Connected devices': 5,
    'Connected devices of unknown province': 1 / 5,
  })
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 5 })
})

test('lists the units not covered, with the devices registered there', async () => {
  const loaded = await trials.load(byHand)
  const rows = await trials.detail(regionCoverage, 'missing-provinces', loaded, { asOf })
  const codes = rows.map(({ province_code }) => province_code)
  // All of the 31 but Shanghai and Guangdong.
  expect(codes).toHaveLength(29)
  expect(codes).toEqual(codes.toSorted())
  expect(codes).not.toContain('31')
  expect(rows.find(({ province_code }) => province_code === '33')).toMatchObject({
    ...{ province_zh: '浙江', province_en: 'Zhejiang', registered: 1, counted: 1 },
  })
  const all = await trials.detail(regionCoverage, 'missing-provinces', loaded, {
    asOf,
    inputs: { units: '34' },
  })
  expect(all.map(({ province_code }) => province_code).slice(29)).toEqual(['71', '82'])
})

test('draws each unit once, those without devices too', async () => {
  const { chart } = await trials.run(regionCoverage, byHand, { asOf, inputs: { units: '34' } })
  expect(new Set(chart.rows.map(row => row.province_code))).toEqual(
    new Set(provinces.map(({ code }) => code)),
  )
  expect(chart.rows).toHaveLength(34)
})

test('is zero where devices are idle, and not computable where no province is known', async () => {
  expect((await trials.run(regionCoverage, fleet([['31', false]]), { asOf })).headline.value).toBe(0)
  expect((await trials.run(regionCoverage, fleet([[null, true]]), { asOf })).headline).toMatchObject({
    value: null,
    missing: ['device.province_code'],
  })
})

test('grows by one unit with each province added, to 1', async () => {
  for (const n of [1, 7, 31]) {
    const covered = fleet(provinces.slice(0, n).map(({ code }) => [code, true] as const))
    expect((await trials.run(regionCoverage, covered, { asOf })).headline.value).toBeCloseTo(n / 31, 14)
  }
})

test('the detail tells which connected devices cover no unit', async () => {
  const loaded = await trials.load(byHand)
  const given = (units: string) => ({ asOf, inputs: { units } })
  const ofA = { platform_id: 'A', platform_name: null, connected: 5, unknown_devices: 1 }
  expect(await trials.detail(regionCoverage, 'unplaced-devices', loaded, given('31'))).toEqual([
    { ...ofA, outside_devices: 1 },
  ])
  expect(await trials.detail(regionCoverage, 'unplaced-devices', loaded, given('34'))).toEqual([
    { ...ofA, outside_devices: 0 },
  ])
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Fixture, Trials } from '../testing.ts'
import paceRatio from './pace-ratio.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

/** Devices with the time of activation and, perhaps, of retirement; and a target that requires 10% a year. */
function fleet(
  devices: readonly (readonly [activated: string | null, retired?: string])[],
  goal = 1.1,
): Fixture {
  return {
    device: devices.map(([activated_at, retired_at], i) => ({
      ...{ platform_id: 'A', device_id: String(i) },
      ...{ activated_at, retired_at: retired_at ?? null },
    })),
    plan_target: [
      {
        ...{ indicator: 'connected_devices', scope: 'national', base_value: 1, target_value: goal },
        ...{ base_date: '2025-12-31', target_date: '2026-12-31' },
      },
    ],
  }
}
const times = (n: number, ...device: [string | null, string?]) => Array.from({ length: n }, () => device)
/**
 * On 2025-06-30: 10 devices, one of which retires in the year. On 2026-06-30: 9 of them and 3 new ones, one at that
 * very moment = 12. Growth 20% against 10% required: 2. A device of July and one without a time do not count.
 */
const byHand = fleet([
  ...times(9, '2024-03-01T00:00:00Z'),
  ['2024-03-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ...times(2, '2025-09-01T00:00:00Z'),
  [asOf],
  ['2026-07-15T00:00:00Z'],
  [null],
])

test('is 20% observed over 10% required = 2', async () => {
  const { headline } = await trials.run(paceRatio, byHand, { asOf })
  expect(headline.value).toBeCloseTo(2, 12)
  expect(besides(headline)).toMatchObject({
    'Stock at the end': 12,
    'Devices without activation time (left out)': 1 / 15,
  })
  expect(besides(headline)['Observed growth a year']).toBeCloseTo(0.2, 14)
  expect(besides(headline)['Required growth a year']).toBeCloseTo(0.1, 14)
})

test('follows the stock month by month, and beside it the required pace from 10 to 11', async () => {
  const { rows, chart } = await trials.run(paceRatio, byHand, { asOf })
  expect(rows.map(row => row.stock)).toEqual([10, 10, 10, 12, 12, 12, 12, 11, 11, 11, 11, 11, 12])
  expect(rows[0]?.pace).toBe(10)
  expect(rows.at(-1)?.pace).toBeCloseTo(11, 12)
  expect(chart.rows).toHaveLength(26)
})

test('over two years takes the root: from 0 devices there is no growth to speak of', async () => {
  const early = fleet([...times(100, '2020-01-01T00:00:00Z'), ...times(21, '2026-01-01T00:00:00Z')])
  // 121 / 100 over two years is 10% a year, which is what is required.
  expect((await trials.run(paceRatio, early, { asOf, inputs: { years: 2 } })).headline.value).toBeCloseTo(
    1,
    10,
  )
  const young = fleet(times(3, '2026-01-01T00:00:00Z'))
  expect((await trials.run(paceRatio, young, { asOf })).headline.value).toBeNull()
})

test('names what is missing: the target, or activation times', async () => {
  const untargeted = { ...byHand, plan_target: [] }
  expect((await trials.run(paceRatio, untargeted, { asOf })).headline).toMatchObject({
    value: null,
    missing: ['plan_target: connected_devices'],
  })
  expect((await trials.run(paceRatio, fleet([[null]]), { asOf })).headline).toMatchObject({
    value: null,
    missing: ['device.activated_at'],
  })
  expect(
    (await trials.run(paceRatio, fleet([['2024-01-01T00:00:00Z']], 0.9), { asOf })).headline,
  ).toMatchObject({
    value: null,
    missing: ['plan_target.target_value'],
  })
})

test('stays when every device is doubled, and ignores the order of rows', async () => {
  const activated = fc
    .integer({ min: 0, max: 700 })
    .map(day => new Date(Date.UTC(2024, 8, 1 + day)).toISOString())
  await fc.assert(
    fc.asyncProperty(fc.array(activated, { maxLength: 15 }), async drawn => {
      const devices = ['2020-01-01T00:00:00.000Z', ...drawn].map(time => [time] as const)
      const before = devices.filter(([time]) => time <= '2025-06-30T00:00:00.000Z').length
      const after = devices.filter(([time]) => time <= '2026-06-30T00:00:00.000Z').length
      const { headline } = await trials.run(paceRatio, fleet(devices), { asOf })
      expect(headline.value).toBeCloseTo((after / before - 1) / 0.1, 9)
      const doubled = fleet([...devices, ...devices].toReversed())
      expect((await trials.run(paceRatio, doubled, { asOf })).headline.value).toBe(headline.value)
    }),
    { seed: 13, numRuns: 10 },
  )
})

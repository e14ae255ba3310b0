import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Row } from '../../domain/table.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import { loadExports } from '../testing-exports.ts'
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

const goal = (indicator: string, scope: string, more = {}) => ({
  ...{ indicator, scope, base_value: 100, target_value: 110, base_is_floor: true },
  ...{ base_date: '2025-12-31', target_date: '2026-12-31', ...more },
})
const rowsFor = (rows: readonly Row[], scope: string) => rows.filter(row => row.scope === scope)

describe('each target is measured in its own scope', () => {
  let made = 0
  const device = (
    platform_id: string,
    province_code: string,
    org_id: string,
    activated_at: string,
    more = {},
  ) => ({ platform_id, device_id: `${++made}`, province_code, org_id, activated_at, ...more })
  const [early, late] = ['2024-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
  const fixture: Fixture = {
    device: [
      device('A', '44', 'o1', early),
      device('A', '44', 'o1', early),
      device('A', '31', 'o2', late),
      device('B', '44', 'o2', early),
      device('B', '44', 'o2', late),
      device('B', '44', 'o2', late, { is_industrial: false }),
    ],
    platform: [{ platform_id: 'A' }, { platform_id: 'B' }],
    plan_target: ['national', '44', '31', 'A', 'o2', 'nobody'].map(scope => goal('connected_devices', scope)),
  }
  // All: 3 → 5. 44: 3 → 4. 31: 0 → 1, no growth. A: 2 → 3. o2: 1 → 3. The device that is not industrial is left out.
  const growths = { national: 2 / 3, 44: 1 / 3, 31: null, A: 1 / 2, o2: 2, nobody: null }

  test('by province, platform and owner', async () => {
    const { rows, headline } = await trials.run(paceRatio, fixture, { asOf })
    for (const [scope, growth] of Object.entries(growths)) {
      const [first] = rowsFor(rows, scope)
      if (growth === null) expect([scope, first?.observed_growth, first?.ratio]).toEqual([scope, null, null])
      else expect([scope, Number(first?.ratio) * 0.1]).toEqual([scope, expect.closeTo(growth, 10)])
    }
    expect(rows[0]).toMatchObject({ scope: 'national', is_headline: true })
    expect(headline.value).toBeCloseTo(20 / 3, 10)
    // A base 10% higher is the target itself: nothing is required then, and no ratio is told.
    expect(rows[0]?.ratio_at_higher_base).toBeNull()
  })

  test('without a national target the first scope gives the headline', async () => {
    const provincial = { ...fixture, plan_target: [goal('connected_devices', '44')] }
    const { headline, chart } = await trials.run(paceRatio, provincial, { asOf })
    expect(headline.value).toBeCloseTo(10 / 3, 10)
    expect(chart.note?.en).toContain('Guangdong')
  })

  test('all devices count where that is asked for', async () => {
    const { headline } = await trials.run(paceRatio, fixture, { asOf, inputs: { counted: 'all' } })
    expect(headline.value).toBeCloseTo(10, 10)
  })
})

describe('platforms are compared between exports', () => {
  const list = (...flags: readonly (boolean | null)[]) =>
    flags.map((is_influential, i) => ({ platform_id: `p${i}`, is_influential, province_code: '44' }))
  const given = { asOf: '2026-06-30T00:00:00Z', inputs: { target: 'influential_platforms' } }
  const plan = { plan_target: [goal('influential_platforms', 'national')] }

  test('2 of 4, then 3 of 4 a year later: 50% over 10%', async () => {
    const { loaded, exports } = await loadExports(trials, plan, {
      '2025-06-30T00:00:00Z': list(true, true, false, false),
      '2026-06-30T00:00:00Z': list(true, true, true, null),
    })
    const { headline, rows } = await trials.apply(paceRatio, loaded, { ...given, exports })
    // 365 days of 365.25: the exponent is 365.25/365.
    const growth = 1.5 ** (365.25 / 365) - 1
    expect(headline.value).toBeCloseTo(growth / 0.1, 10)
    expect(rows.map(({ stock, population_judged }) => [stock, population_judged])).toEqual([
      [2, 4],
      [3, 3],
    ])
    expect(headline.basis).toMatchObject({ n: 3, share: 3 / 4 })
  })

  test('the export nearest to the years observed is taken; two of the same quarter say nothing', async () => {
    const lists = {
      '2023-06-30T00:00:00Z': list(true, false, false),
      '2025-08-30T00:00:00Z': list(true, true, false),
      '2026-06-30T00:00:00Z': list(true, true, true),
    }
    const { loaded, exports } = await loadExports(trials, plan, lists)
    const { rows } = await trials.apply(paceRatio, loaded, { ...given, exports })
    expect(rows.map(({ stock }) => stock)).toEqual([2, 3])
    const close = await loadExports(trials, plan, {
      '2026-06-01T00:00:00Z': list(true),
      '2026-06-30T00:00:00Z': list(true, true),
    })
    const { headline } = await trials.apply(paceRatio, close.loaded, { ...given, exports: close.exports })
    expect(headline.missing).toEqual(['platform: a second export with another date and is_influential'])
  })
})

test('penetration is followed through contracts, usage and devices', async () => {
  const target = goal('penetration', 'national', { base_value: 0.4, target_value: 0.5 })
  const { headline, rows } = await trials.run(
    paceRatio,
    {
      // `op` runs a platform and does not count.
      organisation: ['o1', 'o2', 'o3', 'o4', 'op'].map(org_id => ({ org_id })),
      platform: [{ platform_id: 'A', org_id: 'op' }],
      contract: [
        // In force from the beginning; twice at the same time counts once.
        { contract_id: 'c1', platform_id: 'A', org_id: 'o1', start: '2024-01-01' },
        { contract_id: 'c2', platform_id: 'A', org_id: 'o1', start: '2025-01-01', ended_at: '2025-12-31' },
        // In force at the beginning only.
        { contract_id: 'c3', platform_id: 'A', org_id: 'o2', start: '2024-01-01', ended_at: '2025-09-01' },
      ],
      usage: [
        // Usage of May 2025 counts for 12 months: from the beginning, no more at the end.
        { subject_kind: 'model', subject_id: 'm', month: '2025-05-01', org_id: 'o2', platform_id: 'A' },
        { subject_kind: 'model', subject_id: 'm', month: '2026-02-01', org_id: 'o3', platform_id: 'A' },
        { subject_kind: 'model', subject_id: 'm', month: '2026-02-01', org_id: '*', platform_id: 'A' },
      ],
      device: [{ platform_id: 'A', device_id: 'd', org_id: 'o4', activated_at: '2026-06-01T00:00:00Z' }],
      plan_target: [target],
    },
    { asOf, inputs: { target: 'penetration' } },
  )
  // o1 and o2 of 4; then o1, o3, o4 of 4: 50% growth. Required: 25%.
  expect([rows[0]?.stock, rows.at(-1)?.stock]).toEqual([0.5, 0.75])
  expect(headline.value).toBeCloseTo(2, 10)
})

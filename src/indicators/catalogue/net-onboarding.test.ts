import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { resolveInputs } from '../recipe.ts'
import { scope } from '../scope.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import netOnboarding from './net-onboarding.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-29T12:00:00Z'
const device = (device_id: string, activated_at: string | null, retired_at: string | null = null): Cells => ({
  ...{ platform_id: 'A', device_id, activated_at, retired_at },
})

/**
 * May: 3 activated (the first and the last instant of the month count), 1 retired: net 2. April: none, 1 retired.
 * March: 1. June is not over. The last device is dated after the data.
 */
const byHand: Fixture = {
  device: [
    device('1', '2026-05-01T00:00:00Z'),
    device('2', '2026-05-31T23:59:59.999Z'),
    device('3', '2026-05-10T00:00:00Z', '2026-05-20T00:00:00Z'),
    device('4', '2026-03-05T00:00:00Z', '2026-04-30T00:00:00Z'),
    device('5', '2026-06-05T00:00:00Z'),
    device('6', null),
    device('7', '2026-09-05T00:00:00Z'),
  ],
}

const months = (rows: readonly Record<string, unknown>[]) =>
  rows.map(({ month, net, is_complete }) => [
    new Date(Number(month) / 1000).toISOString().slice(0, 7),
    net,
    is_complete,
  ])

test('is activated less retired in the last month that was over: 3 − 1 in May', async () => {
  const { headline, rows } = await trials.run(netOnboarding, byHand, { asOf })
  expect(headline.value).toBe(2)
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 7 })
  expect(besides(headline)).toEqual({
    'Activated in 2026-05': 3,
    'Retired in 2026-05': 1,
    'Devices with a retirement time': 2,
    'Devices dated after the time of the data': 1,
    'Devices with an activation time': 6 / 7,
  })
  expect(months(rows)).toEqual([
    ['2026-03', 1, true],
    ['2026-04', -1, true],
    ['2026-05', 2, true],
    ['2026-06', 1, false],
  ])
})

test('ends with the month of the data, of which it counts what has happened', async () => {
  // By 15 May devices 1 and 3 were activated; 3 was not yet retired, and 2 not yet activated.
  const { rows } = await trials.run(netOnboarding, byHand, { asOf: '2026-05-15T00:00:00Z' })
  expect(months(rows).slice(-2)).toEqual([
    ['2026-04', -1, true],
    ['2026-05', 2, false],
  ])
})

test('a period that ends with a month ends it, and shows no later one', async () => {
  const { tables } = scope(await trials.load(byHand), { ...noFilters, to: '2026-05-31' })
  const given = { asOf: Date.UTC(2026, 5) * 1000 - 1 }
  const inputs = resolveInputs(netOnboarding.inputs, {})
  const rows = await trials.select(netOnboarding.query(tables, inputs, given), netOnboarding.result)
  expect(months(rows).at(-1)).toEqual(['2026-05', 2, true])
})

test('takes June when the time of the data is its last instant, and not an instant before', async () => {
  const at = async (time: string) => (await trials.run(netOnboarding, byHand, { asOf: time })).headline.value
  expect(await at('2026-07-01T00:00:00Z')).toBe(1)
  expect(await at('2026-06-30T23:59:59.999Z')).toBe(2)
})

test('draws activations up and retirements down', async () => {
  const { chart } = await trials.run(netOnboarding, byHand, { asOf })
  const may = chart.rows.filter(({ month }) => month === Date.UTC(2026, 4) * 1000)
  expect(may.map(({ flow, devices }) => [flow, devices])).toEqual([
    ['activated', 3],
    ['retired', -1],
  ])
})

test('says which platform it comes from', async () => {
  const more = {
    device: [...(byHand.device ?? []), { ...device('9', '2026-05-02T00:00:00Z'), platform_id: 'B' }],
  }
  const rows = await trials.detail(netOnboarding, 'by-platform', await trials.load(more), { asOf })
  expect(
    rows.map(({ platform_id, activated, retired, net }) => [platform_id, activated, retired, net]),
  ).toEqual([
    ['A', 3, 1, 2],
    ['B', 1, 0, 1],
  ])
})

test('is not computable without activation times, and zero in a month without a change', async () => {
  const undated = { device: [device('1', null, '2026-05-01T00:00:00Z')] }
  expect((await trials.run(netOnboarding, undated, { asOf })).headline).toMatchObject({
    value: null,
    missing: ['device.activated_at'],
  })
  const idle = { device: [device('1', '2025-01-01T00:00:00Z')] }
  const { headline, rows } = await trials.run(netOnboarding, idle, { asOf })
  expect(headline.value).toBe(0)
  // January 2025 to May 2026 are 17 months, and June is not over; the mean of the last twelve is 0.
  expect(rows).toHaveLength(18)
  expect(besides(headline)['Mean of the last 12 complete months']).toBe(0)
})

const day = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2026, 5, 28) })
const lives = fc.array(fc.tuple(day, fc.option(day)), { minLength: 1, maxLength: 25 })

test('sums over months to activated less retired, month by month as counted in plain TypeScript', async () => {
  const iso = (ms: number) => new Date(ms).toISOString()
  await fc.assert(
    fc.asyncProperty(lives, async drawn => {
      const devices = drawn.map(([on, off], i) => device(String(i), iso(on), off === null ? null : iso(off)))
      const { rows } = await trials.run(netOnboarding, { device: devices }, { asOf })
      const of = (times: readonly string[], month: string) =>
        times.filter(each => each.startsWith(month)).length
      const on = drawn.map(([each]) => iso(each))
      const off = drawn.flatMap(([, each]) => (each === null ? [] : [iso(each)]))
      for (const [month, net] of months(rows)) {
        expect(net).toBe(of(on, String(month)) - of(off, String(month)))
      }
      const whole = rows.reduce((sum, { net }) => sum + Number(net), 0)
      expect(whole).toBe(on.length - off.length)
      const turned = await trials.run(netOnboarding, { device: devices.toReversed() }, { asOf })
      expect(turned.rows).toEqual(rows)
    }),
    { numRuns: 8 },
  )
})

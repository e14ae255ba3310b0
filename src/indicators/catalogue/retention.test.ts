import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom, survivalAt, survivalCurve } from '../../statistics/statistics.ts'
import { besides, type Cells, microseconds, Trials } from '../testing.ts'
import recipe from './retention.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const time = (days: number) => new Date(Date.UTC(2025, 0, 1) + days * 86_400e3).toISOString()
const device = (device_id: string, activated: number, retired: number | null = null): Cells => ({
  platform_id: 'P',
  device_id,
  activated_at: time(activated),
  retired_at: retired === null ? null : time(retired),
})
const looks = [100, 400].map(day => ({
  platform_id: 'P',
  device_id: 'a',
  as_of: time(day),
  state: 'online',
  state_kind: 'session',
}))

test('devices enter at the age they had at the first snapshot', async () => {
  // a activated 50 days before: at risk 50 … 350. b 110 … 150: ends at 40. c 120 … 220: ends at 100. d 150 … 400: 250+.
  // At 40: b c d, S = 2/3. At 100: a c d, S = 4/9. From 0, all: 40: 3/4, 100: 1/2.
  const rows = [device('a', 50), device('b', 110, 150), device('c', 120, 220), device('d', 150)]
  const { headline } = await trials.run(recipe, { device: rows, device_snapshot: looks })
  expect(headline.value).toBeCloseTo(4 / 9, 12)
  expect(besides(headline)).toMatchObject({
    'Retired or vanished': 2,
    'At risk at that age': 2,
    'Without delayed entry (too high)': expect.closeTo(0.5, 12),
  })
})

test('a device that vanishes between two lists ended half way', async () => {
  // Lists on day 0 and day 200; a (activated on 0) is on the first alone: ends at 100. b stays: S(100) = 1/2.
  const [first, second] = await Promise.all([
    trials.load({ device: [device('a', 0), device('b', 0)] }),
    trials.load({ device: [device('b', 0)] }),
  ])
  const tables = [...(first.device ?? []), ...(second.device ?? [])]
  const asOf = { [tables[0] ?? '']: microseconds(time(0)), [tables[1] ?? '']: microseconds(time(200)) }
  const given = { asOf: time(200), exports: { asOf, overlapping: ['device'] as const } }
  const { headline, rows } = await trials.apply(recipe, { device: tables }, given)
  expect(headline.value).toBeCloseTo(0.5, 12)
  expect(rows.find(row => row.survival === 0.5)?.age_days ?? rows[1]?.age_days).toBe(100)
  const ignored = await trials.apply(recipe, { device: tables }, { ...given, inputs: { vanished: 'ignore' } })
  expect(ignored.headline.value).toBe(1)
})

test('a single list has no follow-up, and one without retirements tells of none', async () => {
  const one = await trials.run(recipe, { device: [device('a', 0), device('b', 0, 50)] }, { asOf: time(400) })
  expect(one.headline).toMatchObject({ value: null, missing: ['device.activated_at', 'device_snapshot'] })
  const none = await trials.run(recipe, { device: [device('a', 0)] }, { asOf: time(400) })
  expect(none.headline).toMatchObject({ value: null, missing: ['device.retired_at'] })
})

test('is the curve of the statistics over the rows', async () => {
  const random = seededRandom(15)
  const lives = Array.from({ length: 60 }, () => {
    const activated = Math.floor(random.uniform() * 300)
    const retired = activated + 1 + Math.floor(random.uniform() * 400)
    return { activated, retired: retired < 400 ? retired : null }
  })
  const rows = lives.map(({ activated, retired }, i) => device(`d${i}`, activated, retired))
  const { headline } = await trials.run(recipe, { device: rows, device_snapshot: looks })
  const subjects = lives.map(({ activated, retired }) => ({
    entry: Math.max(0, 100 - activated),
    exit: (retired ?? 400) - activated,
    event: retired !== null,
  }))
  const curve = survivalCurve(subjects.filter(({ entry, exit }) => entry === 0 || exit > entry))
  const expected = curve && survivalAt(curve, 180)
  expect(headline.value).toBeCloseTo(expected?.survival ?? -1, 9)
  expect(headline.interval?.low).toBeCloseTo(expected?.low ?? -1, 9)
})

test('platforms that tell of no ends can be taken as without any', async () => {
  // On P one of two ends at 100 of at most 290 days. Q retired none, but one list cannot tell: with its two, S = 3/4.
  const elsewhere = ['e', 'f'].map(id => ({ ...device(id, 110), platform_id: 'Q' }))
  const tables = {
    device: [device('a', 110), device('b', 110, 210), ...elsewhere],
    device_snapshot: [...looks, ...looks.map(look => ({ ...look, platform_id: 'Q', device_id: 'e' }))],
  }
  const left = await trials.run(recipe, tables)
  expect(left.headline.value).toBeCloseTo(1 / 2, 12)
  const taken = await trials.run(recipe, tables, { inputs: { silent: 'include' } })
  expect(taken.headline.value).toBeCloseTo(3 / 4, 12)
  expect(taken.headline.basis?.n).toBe(4)
  expect(besides(taken.headline)).toMatchObject({ 'On platforms that tell of no ends': 2 })
})

test('cohorts are those of the quarter of activation, and each has its own curve', async () => {
  // As in the first test: a (of the first quarter) is at risk from 50 only. b, c, d (of the second): 2/3 at 40, 1/3 at 100,
  // d is at risk at 180. e (of the third, day 230) is followed for 170 days. f has no life before it was retired.
  const rows = [
    device('a', 50),
    device('b', 110, 150),
    device('c', 120, 220),
    device('d', 150),
    device('e', 230),
    device('f', 60, 20),
    device('g', 500),
  ]
  const cohorts = await trials.detail(
    recipe,
    'cohorts',
    await trials.load({ device: rows, device_snapshot: looks }),
  )
  const shared = { retained: null, retained_low: null, retained_high: null }
  expect(cohorts.map(row => [row.activated_quarter, row.retained, row.retained_at_risk])).toEqual([
    [microseconds('2025-01-01'), null, 1],
    [microseconds('2025-04-01'), expect.closeTo(1 / 3, 12), 1],
    [microseconds('2025-07-01'), null, null],
  ])
  expect(cohorts[0]).toMatchObject({ activated: 2, counted_devices: 1, seen_from_days: 50, ...shared })
  expect(cohorts.map(row => row.undelayed_retained)).toEqual([1, expect.closeTo(1 / 3, 12), null])
  expect(cohorts[1]).toMatchObject({ activated: 3, counted_devices: 3, counted_losses: 2, seen_from_days: 0 })
  expect(cohorts[2]).toMatchObject({ activated: 1, counted_devices: 1, counted_losses: 0, ...shared })
})

test('cohorts are the curves of the statistics and add up to the headline', async () => {
  const random = seededRandom(151)
  const lives = Array.from({ length: 80 }, () => {
    const activated = Math.floor(random.uniform() * 300)
    const retired = activated + Math.floor(random.uniform() * 500)
    return { activated, retired: retired < 400 ? retired : null }
  })
  const tables = {
    device: lives.map(({ activated, retired }, i) => device(`d${i}`, activated, retired)),
    device_snapshot: looks,
  }
  const [{ headline }, cohorts] = [
    await trials.run(recipe, tables),
    await trials.detail(recipe, 'cohorts', await trials.load(tables)),
  ]
  const sum = (column: string) => cohorts.reduce((all, row) => all + Number(row[column]), 0)
  expect(sum('counted_devices')).toBe(headline.basis?.n)
  expect(sum('counted_losses')).toBe(besides(headline)['Retired or vanished'])
  // Days 90 to 180 of 2025 are its second quarter: all but those of the first ten days enter at 0, and 220 days follow.
  const second = lives
    .filter(({ activated }) => activated >= 90 && activated < 181)
    .map(({ activated, retired }) => ({
      entry: Math.max(0, 100 - activated),
      exit: (retired ?? 400) - activated,
      event: retired !== null,
    }))
  const curve = survivalCurve(second.filter(({ entry, exit }) => entry === 0 || exit > entry))
  const expected = curve && survivalAt(curve, 180)
  expect(cohorts[1]?.retained).toBeCloseTo(expected?.survival ?? -1, 9)
  expect(cohorts[1]?.retained_low).toBeCloseTo(expected?.low ?? -1, 9)
  expect(cohorts[1]?.retained_high).toBeCloseTo(expected?.high ?? -1, 9)
})

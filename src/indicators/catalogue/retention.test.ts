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

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import { event, time } from '../testing-events.ts'
import availability from './availability.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/**
 * The window of P is 0 to 40 h; an activity in 2038 is a clock fault.
 * a: activated long before; online 0–10 (open at w0) and 20–40 (open at w1): U 30, E 40.
 * b: no activation time, connects at 10: E 30; online 10–25, and from 30 to 35 nobody knows (two disconnects): U 15, E 25.
 *    It was at 25 that it disconnected, at 35 again: the ten hours between are unknown, so U 15, E 20.
 * c: activated at 30, retired at 36 though still open: online 32–36: U 4, E 6.
 * d: activated at 8, never heard of: 32 h that could be judged offline.
 */
const byHand: Fixture = {
  device: [
    { platform_id: 'P', device_id: 'a', activated_at: '2020-01-01T00:00:00Z' },
    { platform_id: 'P', device_id: 'c', activated_at: time(30), retired_at: time(36) },
    { platform_id: 'P', device_id: 'd', activated_at: time(8) },
    { platform_id: 'P', device_id: 'e' },
  ],
  conn_event: [
    event('z', 0, 'activity'),
    event('a', 10, 'disconnect', { reason_class: 'keepalive' }),
    event('a', 20, 'connect'),
    event('b', 10, 'connect'),
    event('b', 25, 'disconnect', { reason_class: 'planned' }),
    event('b', 35, 'disconnect', { reason_class: 'lost' }),
    event('c', 32, 'connect'),
    event('z', 40, 'activity'),
    { ...event('z', 0, 'activity'), ts_event: '2038-01-19T03:14:07Z' },
  ],
}

test('divides 49 h online by 66 h observed, without what is unknown', async () => {
  const { headline, rows } = await trials.run(availability, byHand)
  expect(headline.value).toBeCloseTo(49 / 66, 14)
  expect(headline.basis).toMatchObject({ n: 3, share: 3 / 4 })
  const beside = besides(headline)
  expect(beside['Unweighted mean over devices']).toBeCloseTo((30 / 40 + 15 / 20 + 4 / 6) / 3, 14)
  expect(beside['Hours online']).toBeCloseTo(49, 12)
  expect(beside['Hours observed']).toBeCloseTo(66, 12)
  expect(beside['Time of unknown state']).toBeCloseTo(10 / 76, 14)
  expect(beside['Activated devices without connects or disconnects']).toBe(1)
  expect(beside['Had those been offline throughout']).toBeCloseTo(49 / (66 + 32), 14)
  expect(beside).not.toHaveProperty('With lost links 1.5 keepalives earlier')
  // The first day: a 0–10 and 20–24 of 24 h, b 10–24 of 14 h. The second: a 16, b 1 of 6 (1, then 5 h offline), c 4 of 6.
  expect(rows.map(row => [row.weekday, row.online_hours, row.exposure_hours])).toEqual([
    ['1', 28, 38],
    ['2', 21, 28],
  ])
  // Residuals U − A·E: 30 − 40A, 15 − 20A, 4 − 6A; standard error √(3/2 · Σ²) / 66.
  const a = 49 / 66
  const squares = (30 - 40 * a) ** 2 + (15 - 20 * a) ** 2 + (4 - 6 * a) ** 2
  expect(rows[0]?.standard_error).toBeCloseTo(Math.sqrt(1.5 * squares) / 66, 12)
})

test('obeys its inputs: keepalive, unknown time as online, exposure from the window’s beginning', async () => {
  const run = async (inputs: Record<string, string | number>) =>
    (await trials.run(availability, byHand, { inputs })).headline
  // 1.5 × 1200 s = half an hour less for the keepalive end of a; the lost end of b began unseen.
  const late = await run({ keepalive: 1200 })
  expect(late.value).toBeCloseTo(49 / 66, 14)
  expect(besides(late)['With lost links 1.5 keepalives earlier']).toBeCloseTo(48.5 / 66, 12)
  expect((await run({ unseen: 'online' })).value).toBeCloseTo(59 / 76, 14)
  // From 0: b 40 − 10 unknown, c 36.
  expect((await run({ entry: 'window' })).value).toBeCloseTo(49 / (40 + 30 + 36), 14)
})

test('knows from before the period that a device is down in it', async () => {
  // 2 June: a 16 h online of 16, b offline 24–25? No: online to 25, unknown to 35, offline to 40; c as before.
  const filters = { ...noFilters, from: '2026-06-02', to: '2026-06-02' }
  const { headline } = await trials.run(availability, byHand, { filters })
  expect(headline.value).toBeCloseTo((16 + 1 + 4) / (16 + 6 + 6), 13)
  // Up to 12 h on 1 June, then down for good: no event in the period, and yet down all day.
  const down: Fixture = {
    conn_event: [
      event('a', 0, 'connect'),
      event('a', 12, 'disconnect'),
      event('b', 0, 'connect'),
      event('b', 47, 'disconnect'),
    ],
  }
  expect((await trials.run(availability, down, { filters })).headline.value).toBeCloseTo(23 / 46, 13)
})

test('a device that begins with a disconnect was not there before its activation', async () => {
  // Window 0–40 h. a: activated at 30, disconnects at 34: U 4, E 10. b: no activation time, so there from 0: U 34, E 40.
  // c: activated at 36, after its disconnect at 34, and so there before: at its disconnect, E 6, U 0.
  const fixture: Fixture = {
    device: [
      { platform_id: 'P', device_id: 'a', activated_at: time(30) },
      { platform_id: 'P', device_id: 'b' },
      { platform_id: 'P', device_id: 'c', activated_at: time(36) },
    ],
    conn_event: [
      event('z', 0, 'activity'),
      ...['a', 'b', 'c'].map(device => event(device, 34, 'disconnect')),
      event('z', 40, 'activity'),
    ],
  }
  const { headline } = await trials.run(availability, fixture)
  expect(headline.value).toBeCloseTo((4 + 34) / (10 + 40 + 6), 14)
})

test('counts overlapping sessions of a device once', async () => {
  // Version 2 connects at 2 h, that it took over from version 1 is told six minutes later: online 0–4 of 4.
  const takeover: Fixture = {
    conn_event: [
      event('a', 0, 'connect', { seq: 1 }),
      event('a', 2.1, 'disconnect', { seq: 1, reason_class: 'duplicate_id' }),
      event('a', 2, 'connect', { seq: 2 }),
      event('a', 4, 'disconnect', { seq: 2 }),
      event('b', 4, 'activity'),
      event('b', 5, 'activity'),
    ],
  }
  expect((await trials.run(availability, takeover)).headline.value).toBeCloseTo(4 / 5, 14)
})

/**
 * Snapshots of P at 0, 10 and 40 h reach 10, 40 and 30 h: weights 3·10/80, 3·40/80, 3·30/80 = 0.375, 1.5, 1.125.
 * a: online, online, offline; b: offline, unknown, online. Online 0.375 + 1.5 + 1.125 = 3 of 3 + 1.5.
 */
const snapshots: Fixture = {
  device_snapshot: ['online online offline', 'offline unknown online'].flatMap((states, device) =>
    states.split(' ').map((state, i) => ({
      ...{ platform_id: 'P', device_id: String(device), as_of: time([0, 10, 40][i] ?? 0) },
      ...{ state, state_kind: 'activity' },
    })),
  ),
}

test('weighs snapshots by the time they stand for, where there are no sessions', async () => {
  const { headline, rows, chart } = await trials.run(availability, snapshots)
  expect(headline.value).toBeCloseTo(3 / 4.5, 14)
  expect(besides(headline)).toEqual({
    'Unweighted mean over devices': expect.closeTo((1.875 / 3 + 1.125 / 1.5) / 2, 14),
  })
  expect(rows).toHaveLength(2)
  expect(chart.note?.en).toContain('snapshots')
  const both = { ...snapshots, ...byHand }
  expect((await trials.run(availability, both)).headline.value).toBeCloseTo(49 / 66, 14)
  const chosen = await trials.run(availability, both, { inputs: { method: 'snapshots' } })
  expect(chosen.headline.value).toBeCloseTo(3 / 4.5, 14)
})

test('is not computable without either', async () => {
  const quiet = { conn_event: [event('a', 0, 'activity'), event('a', 9, 'activity')] }
  for (const fixture of [{}, quiet]) {
    expect((await trials.run(availability, fixture)).headline).toMatchObject({
      value: null,
      missing: ['conn_event', 'device_snapshot'],
    })
  }
})

test('shows when the worst devices were offline, and all devices with their hours', async () => {
  const loaded = await trials.load(byHand)
  const hours = (value: unknown) => (Number(value) / 1e6 - Date.UTC(2026, 5, 1) / 1000) / 3600
  const rows = await trials.detail(availability, 'timelines', loaded)
  expect(rows.map(row => [row.device_id, row.state, hours(row.began), hours(row.ended)])).toEqual([
    ['a', 'online', 0, 10],
    ['a', 'offline', 10, 20],
    ['a', 'online', 20, 40],
    ['b', 'online', 10, 25],
    ['b', 'unknown', 25, 35],
    ['b', 'offline', 35, 40],
    ['c', 'offline', 30, 32],
    ['c', 'online', 32, 36],
  ])
  const devices = await trials.detail(availability, 'worst-devices', loaded)
  expect(devices.map(row => [row.device_id, row.offline_hours])).toEqual([
    ['a', 10],
    ['b', 5],
    ['c', 2],
  ])
  const [platform] = await trials.detail(availability, 'by-platform', loaded)
  expect(platform?.availability).toBeCloseTo(49 / 66, 14)
})

/** Connects and disconnects in turn, from each device's first; quarter hours, distinct. */
const histories = fc.array(
  fc.record({
    quarters: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 12 }),
    connects: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
)

test('equals a count of quarter hours, lies in [0, 1], and ignores the order of rows', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async drawn => {
      const turns = drawn.map(({ quarters, connects }) =>
        quarters.toSorted((a, b) => a - b).map((at, i) => ({ at, connects: (i % 2 === 0) === connects })),
      )
      const rows = turns.flatMap((own, d) =>
        own.map(turn => event(String(d), turn.at / 4, turn.connects ? 'connect' : 'disconnect')),
      )
      const [w0, w1] = [0, 401]
      const bounds = [event('z', w0 / 4, 'activity'), event('z', w1 / 4, 'activity')]
      let [up, exposure] = [0, 0]
      for (const own of turns) {
        const first = own[0]?.connects ? own[0].at : w0
        for (let q = first; q < w1; q++) {
          exposure++
          const before = own.findLast(({ at }) => at <= q)
          if (before ? before.connects : !own[0]?.connects) up++
        }
      }
      const { headline, rows: days } = await trials.run(availability, { conn_event: [...rows, ...bounds] })
      expect(headline.value).toBeCloseTo(up / exposure, 12)
      expect(days.reduce((sum, day) => sum + Number(day.exposure_hours), 0)).toBeCloseTo(exposure / 4, 8)
      expect(days.reduce((sum, day) => sum + Number(day.online_hours), 0)).toBeCloseTo(up / 4, 8)
      const again = { conn_event: [...bounds, ...rows.toReversed(), ...rows.slice(0, 2)] }
      expect((await trials.run(availability, again)).headline.value).toBe(headline.value)
    }),
    { numRuns: 8 },
  )
})

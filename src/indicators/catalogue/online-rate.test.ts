import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Fixture, Trials } from '../testing.ts'
import onlineRate from './online-rate.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const snapshot = (
  platform_id: string,
  device_id: string,
  state: string,
  state_kind = 'session',
  as_of = asOf,
) => ({
  ...{ platform_id, device_id, state, state_kind, as_of },
})
/**
 * Platform A (session): 1 online, 2 online, 3 offline, 4 unknown, 5 never, 6 disabled though online, 7 offline but
 * without activation time where others have one, 8 activated only after the snapshot. Counted: 2 online, 1 offline.
 * Platform B gives session states of May (offline, superseded) and of June: 1 online. Its July snapshot is after
 * as_of. Platform C has activity states only. Rate = 3 / 4.
 */
const byHand: Fixture = {
  device: [
    ...['1', '2', '3', '4', '5'].map(device_id => ({
      ...{ platform_id: 'A', device_id, activated_at: '2025-01-01T00:00:00Z' },
    })),
    { platform_id: 'A', device_id: '6', activated_at: '2025-01-01T00:00:00Z', admin_state: 'disabled' },
    { platform_id: 'A', device_id: '7' },
    { platform_id: 'A', device_id: '8', activated_at: '2026-07-01T00:00:00Z' },
  ],
  device_snapshot: [
    ...['online', 'online', 'offline', 'unknown', 'never', 'online', 'offline', 'offline'].map((state, i) =>
      snapshot('A', String(i + 1), state),
    ),
    snapshot('B', '1', 'offline', 'session', '2026-05-30T00:00:00Z'),
    snapshot('B', '1', 'online', 'session', '2026-06-29T00:00:00Z'),
    snapshot('B', '1', 'offline', 'session', '2026-07-29T00:00:00Z'),
    snapshot('C', '1', 'online', 'activity'),
    snapshot('C', '2', 'offline', 'activity'),
    snapshot('C', '3', 'offline', 'activity'),
  ],
}

test('is online over online and offline among activated, enabled devices: 3 of 4', async () => {
  const { headline, rows } = await trials.run(onlineRate, byHand, { asOf })
  expect(headline.value).toBe(3 / 4)
  expect(besides(headline)).toEqual({
    Online: 3,
    Offline: 1,
    'State unknown': 1 / 9,
    'Not activated': 3 / 9,
    Disabled: 1 / 9,
    'With a session or activity state that is not used': 3,
    'With an administrative state (not used)': 0,
  })
  expect(rows.map(row => [row.platform_id, row.rate])).toEqual([
    ['A', 2 / 3],
    ['B', 1],
    ['C', null],
  ])
})

test('rests on the devices whose state is known, with platforms as the units of its interval', async () => {
  // Residuals k − R n of A and B: 2 − 9/4, 1 − 3/4; standard error √(2 · 2/16) / 4 = 1/8; t(0.975, 1) = 12.7062047362.
  const { headline, rows } = await trials.run(onlineRate, byHand, { asOf })
  const half = 12.706204736174694 / 8 / (3 / 16)
  expect(headline.interval?.low).toBeCloseTo(1 / (1 + Math.exp(half) / 3), 10)
  expect(headline.interval?.high).toBeCloseTo(1 / (1 + Math.exp(-half) / 3), 10)
  expect(headline.interval?.method.en).toContain('platforms as clusters')
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 5 })
  // Of one device that is online: 1 / (1 + z²) to 1. Platform C has nothing to go by.
  expect(rows[1]?.low).toBeCloseTo(1 / 4.84146, 5)
  expect(rows[1]?.high).toBe(1)
  expect(rows[2]).toMatchObject({ low: null, high: null })
})

test('of a single platform has Wilson’s interval, and none where platforms are alike', async () => {
  // 2 of 3, z² = 3.84146: centre (2 + z²/2) / (3 + z²), half √(z² (2/3 + z²/4)) / (3 + z²).
  const a = { device_snapshot: (byHand.device_snapshot ?? []).filter(each => each.platform_id === 'A') }
  const { headline } = await trials.run(onlineRate, { ...byHand, ...a }, { asOf })
  const zz = 3.841458820694124
  const half = Math.sqrt(zz * (2 / 3 + zz / 4)) / (3 + zz)
  expect(headline.interval?.low).toBeCloseTo((2 + zz / 2) / (3 + zz) - half, 12)
  expect(headline.interval?.method.en).toBe('Wilson')
  const alike = { device_snapshot: [snapshot('A', '1', 'online'), snapshot('B', '1', 'online')] }
  expect((await trials.run(onlineRate, alike, { asOf })).headline.interval).toBeUndefined()
})

test('counts those with a state that is not used apart, by its kind', async () => {
  const admin = ['1', '2', '2'].map((device, i) =>
    snapshot('A', device, 'offline', 'admin', `2026-06-2${i}T00:00:00Z`),
  )
  const fixture = { ...byHand, device_snapshot: [...(byHand.device_snapshot ?? []), ...admin] }
  const { rows, headline } = await trials.run(onlineRate, fixture, { asOf })
  expect(headline.value).toBe(3 / 4)
  expect(rows.map(row => [row.platform_id, row.other_kind, row.admin_kind])).toEqual([
    ['A', 0, 2],
    ['B', 0, 0],
    ['C', 3, 0],
  ])
})

test('names the devices left out, and why', async () => {
  const loaded = await trials.load(byHand)
  const rows = await trials.detail(onlineRate, 'left-out', loaded, { asOf })
  expect(rows.map(({ device_id, why, state, row_no }) => [device_id, why, state, row_no])).toEqual([
    ['4', 'unknown', 'unknown', 4],
    ['5', 'not activated', 'never', 5],
    ['7', 'not activated', 'offline', 7],
    ['8', 'not activated', 'offline', 8],
    ['6', 'disabled', 'online', 6],
  ])
  expect(rows.every(row => row.platform_id === 'A' && row.all_devices === 5)).toBe(true)
})

test('never mixes kinds: activity alone, when asked for, is 1 of 3', async () => {
  const { headline } = await trials.run(onlineRate, byHand, { asOf, inputs: { kind: 'activity' } })
  expect(headline.value).toBe(1 / 3)
})

test('falls back on activity, and never on administrative state', async () => {
  const activity = {
    device_snapshot: [snapshot('C', '1', 'online', 'activity'), snapshot('D', '1', 'online', 'admin')],
  }
  expect((await trials.run(onlineRate, activity, { asOf })).headline.value).toBe(1)
  const admin = {
    device_snapshot: [snapshot('D', '1', 'online', 'admin'), snapshot('D', '2', 'offline', 'admin')],
  }
  expect((await trials.run(onlineRate, admin, { asOf })).headline).toMatchObject({
    value: null,
    missing: ['device_snapshot.state_kind'],
  })
})

test('is not computable, rather than zero, when all states are unknown', async () => {
  const unknown = { device_snapshot: [snapshot('A', '1', 'unknown')] }
  expect((await trials.run(onlineRate, unknown, { asOf })).headline).toMatchObject({
    value: null,
    missing: ['device_snapshot.state'],
  })
})

const states = fc.array(fc.constantFrom('online', 'offline', 'unknown', 'never'), {
  minLength: 1,
  maxLength: 30,
})

test('lies in [0, 1], ignores the order of rows, and stays when every device is doubled', async () => {
  await fc.assert(
    fc.asyncProperty(states, async drawn => {
      const once = drawn.map((state, i) => snapshot('A', String(i), state))
      const copies = drawn.map((state, i) => snapshot('B', String(i), state))
      const plain = (await trials.run(onlineRate, { device_snapshot: once }, { asOf })).headline.value
      const twice = { device_snapshot: [...once, ...copies].toReversed() }
      expect((await trials.run(onlineRate, twice, { asOf })).headline.value).toBe(plain)
      const [online, offline] = ['online', 'offline'].map(
        state => drawn.filter(each => each === state).length,
      )
      const judged = (online ?? 0) + (offline ?? 0)
      expect(plain).toBe(judged === 0 ? null : (online ?? 0) / judged)
    }),
    { seed: 2, numRuns: 10 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import flappingDevices from './flapping-devices.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const time = (second: number) => new Date(Date.UTC(2026, 5, 1, 12, 0, second)).toISOString()
const event = (device_id: string, second: number, kind: string, more: Cells = {}): Cells => ({
  ...{ platform_id: 'A', device_id, ts_event: time(second), kind },
  ...more,
})
/** Connects and disconnects in turn at the given seconds. */
const turns = (device_id: string, seconds: readonly number[]) =>
  seconds.map((second, i) => event(device_id, second, i % 2 === 0 ? 'connect' : 'disconnect'))

/**
 * Device 1: six changes in exactly 600 s (closed window): flaps. 2: six in 601 s: does not. 3: five and one of them
 * twice, and activity: does not. 4: activity alone. 5: registered, no event. 6: six changes across a full hour.
 */
const byHand: Fixture = {
  device: ['1', '2', '5'].map(device_id => ({ platform_id: 'A', device_id })),
  conn_event: [
    ...turns('1', [0, 100, 200, 300, 400, 600]),
    ...turns('2', [0, 100, 200, 300, 400, 601]),
    ...turns('3', [0, 10, 20, 30, 40]),
    event('3', 40, 'connect'),
    event('3', 41, 'activity'),
    event('4', 0, 'activity'),
    ...turns('6', [3300, 3400, 3500, 3700, 3800, 3850]),
  ],
}

test('counts devices with six changes in a closed window of ten minutes: 1 and 6 of five with events', async () => {
  const { headline, rows } = await trials.run(flappingDevices, byHand)
  expect(headline.value).toBe(2 / 5)
  expect(headline.basis).toMatchObject({ n: 5, share: 5 / 6 })
  expect(besides(headline)).toEqual({
    'Flapping devices': 2,
    'Devices in exposure (denominator)': 5,
    'Registered devices without events, on platforms with events': 1,
    'With those in the denominator': 2 / 6,
  })
  expect(rows).toMatchObject([{ platform_id: 'A', flapping: 2, exposed: 5, flapping_share: 2 / 5 }])
})

test('obeys its inputs: five changes take in 2 and 3, all registered devices make six', async () => {
  const run = async (inputs: Record<string, string | number>) =>
    (await trials.run(flappingDevices, byHand, { inputs })).headline.value
  expect(await run({ changes: 5 })).toBe(4 / 5)
  expect(await run({ window: 11 })).toBe(3 / 5)
  expect(await run({ exposure: 'registered' })).toBe(2 / 6)
})

test('is not computable without events, and zero where there is nothing but activity', async () => {
  expect((await trials.run(flappingDevices, {})).headline).toMatchObject({
    value: null,
    missing: ['conn_event'],
  })
  const quiet = { conn_event: [event('4', 0, 'activity')] }
  expect((await trials.run(flappingDevices, quiet)).headline.value).toBe(0)
})

test('shows each flapping device with its densest window', async () => {
  const rows = await trials.detail(flappingDevices, 'flapping-devices', await trials.load(byHand))
  const seconds = (value: unknown) => Number(value) / 1e6 - Date.UTC(2026, 5, 1, 12) / 1000
  // Equally dense and equally many: in the order of their names.
  expect(
    rows.map(row => [row.device_id, row.most_changes, seconds(row.window_start), seconds(row.window_end)]),
  ).toEqual([
    ['1', 6, 0, 600],
    ['6', 6, 3300, 3850],
  ])
})

test('draws when the worst devices were online and offline, from the start of their windows', async () => {
  const rows = await trials.detail(flappingDevices, 'timelines', await trials.load(byHand))
  const of6 = rows.filter(row => row.device_id === '6')
  // Ten minutes before the first change to ten after the last one; changes at 0, 100, 200, 400, 500, 550 s.
  expect(of6.map(row => [row.state, row.from_minute, row.to_minute])).toEqual(
    [
      ['offline', -600, 0],
      ['online', 0, 100],
      ['offline', 100, 200],
      ['online', 200, 400],
      ['offline', 400, 500],
      ['online', 500, 550],
      ['offline', 550, 1150],
    ].map(([state, from, to]) => [state, Number(from) / 60, Number(to) / 60]),
  )
})

const events = fc.array(
  fc.record({
    device: fc.constantFrom('a', 'b', 'c', 'd'),
    second: fc.integer({ min: 0, max: 2400 }),
    kind: fc.constantFrom('connect', 'disconnect', 'activity'),
  }),
  { minLength: 1, maxLength: 60 },
)

test('equals a search from every change, lies in [0, 1], ignores order and repeated deliveries', async () => {
  await fc.assert(
    fc.asyncProperty(events, fc.integer({ min: 2, max: 5 }), async (drawn, changes) => {
      const devices = [...new Set(drawn.map(({ device }) => device))]
      const flaps = devices.filter(device => {
        const own = drawn.filter(each => each.device === device && each.kind !== 'activity')
        const told = [...new Set(own.map(({ second, kind }) => `${second} ${kind}`))].map(Number.parseFloat)
        return told.some(from => told.filter(at => at >= from && at <= from + 300).length >= changes)
      })
      const rows = drawn.map(({ device, second, kind }) => event(device, second, kind))
      const inputs = { changes, window: 5 }
      const { headline } = await trials.run(flappingDevices, { conn_event: rows }, { inputs })
      expect(headline.value).toBe(flaps.length / devices.length)
      const again = { conn_event: [...rows.toReversed(), ...rows.slice(0, 4)] }
      expect((await trials.run(flappingDevices, again, { inputs })).headline.value).toBe(headline.value)
    }),
    { numRuns: 10 },
  )
})

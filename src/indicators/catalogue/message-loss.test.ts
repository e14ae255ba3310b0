import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import messageLoss from './message-loss.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const time = (second: number) => new Date(Date.UTC(2026, 5, 1) + second * 1000).toISOString()
const message = (device_id: string, second: number, seq: number | null, more: Cells = {}): Cells => ({
  ...{ platform_id: 'A', device_id, metric: 'm', ts_event: time(second), seq },
  ...more,
})
/** One message a second with these numbers. */
const stream = (device_id: string, numbers: readonly number[], from = 0, more: Cells = {}) =>
  numbers.map((seq, i) => message(device_id, from + i, seq, more))
const connect = (device_id: string, second: number, more: Cells = {}): Cells => ({
  ...{ platform_id: 'A', device_id, ts_event: time(second), kind: 'connect' },
  ...more,
})
const loss = async (fixture: Fixture, inputs: Record<string, string | number> = {}) =>
  (await trials.run(messageLoss, fixture, { inputs })).headline.value

test('counts the numbers that are missing between the least and the greatest: 3 of 10 and 0 of 4', async () => {
  // Device 1: 1–10 without 4, 7, 8, each message with two metrics. Device 2: 5–8. One row has no number.
  const numbers = [1, 2, 3, 5, 6, 9, 10]
  const fixture = {
    telemetry: [
      ...stream('1', numbers),
      ...stream('1', numbers, 0, { metric: 'n' }),
      ...stream('2', [5, 6, 7, 8]),
      message('2', 99, null),
    ],
  }
  const { headline, rows } = await trials.run(messageLoss, fixture)
  expect(headline.value).toBe(3 / 14)
  expect(headline.basis).toMatchObject({ n: 18, share: 18 / 19 })
  expect(besides(headline)).toMatchObject({ 'Messages in the runs': 14, 'Not received': 3, Runs: 2 })
  // Residuals lost − R · expected: 3 − 30/14 and 0 − 12/14; √(2 · (6/7)² · 2) / 14 = (12/7) / 14.
  expect(rows[0]?.standard_error).toBeCloseTo(12 / 7 / 14, 14)
})

test.each([
  ['a reset is no loss', [51, 52, 53, 0, 1, 2], 0],
  ['what is lost on either side of a reset is seen', [51, 53, 54, 0, 2, 3], 2 / 8],
  ['a message out of order is no loss', [20, 22, 21, 23, 19, 24], 0],
  ['one that comes late near the beginning is no reset', [7, 8, 9, 10, 4, 11], 1 - 6 / 8],
  ['a repeated number is no loss', [3, 4, 4, 5, 4, 6], 0],
  ['a stray number is left out', [900, 901, 4, 902, 5_000_000, 903], 0],
  ['the last number may be a reset', [500, 501, 502, 0], 0],
  ['2¹⁶ is followed by 0', [65_533, 65_534, 65_535, 0, 1], 0],
  ['numbers lost across 2¹⁶ are seen: 65535 and 0', [65_533, 65_534, 1, 2], 2 / 6],
  ['one that comes late across 2¹⁶ is no loss', [65_534, 0, 65_535, 1], 0],
  ['2³² is followed by 0', [4_294_967_294, 4_294_967_295, 0, 1], 0],
] as const)('%s', async (_, numbers, expected) => {
  expect(await loss({ telemetry: stream('1', numbers) })).toBeCloseTo(expected, 14)
})

test('wraps where it is told to, and not where it is told not to', async () => {
  // 64,536 to 65,535 and 0 to 999 are lost, 2,000 of 2,004: more than the misorder window, less than 3,000.
  const fixture = { telemetry: stream('1', [64_534, 64_535, 999 + 1, 1001]) }
  expect(await loss(fixture, { modulus: '65536' })).toBeCloseTo(1 - 4 / (65_536 - 64_534 + 1002), 14)
  expect(await loss(fixture)).toBe(0)
  const near = { telemetry: stream('1', [65_533, 65_534, 1, 2]) }
  expect(await loss(near, { modulus: 'none' })).toBe(0)
})

test('a connect between two messages parts the run, unless numbers go on', async () => {
  const fixture = { telemetry: stream('1', [1, 2, 6, 7]), conn_event: [connect('1', 2)] }
  expect(await loss(fixture)).toBe(0)
  expect(await loss(fixture, { split: 'reset' })).toBe(3 / 7)
})

test('takes connection events where telemetry has no number, by session id', async () => {
  // Session x: 1, 2, 4 (3 is lost); session y: 1, 2. A connect and its disconnect share a number in AWS.
  const events = [
    connect('1', 0, { seq: 1, session_id: 'x' }),
    { ...connect('1', 1, { seq: 2, session_id: 'x' }), kind: 'activity' },
    { ...connect('1', 2, { seq: 4, session_id: 'x' }), kind: 'disconnect' },
    connect('1', 3, { seq: 1, session_id: 'y' }),
    { ...connect('1', 4, { seq: 2, session_id: 'y' }), kind: 'disconnect' },
  ]
  const { headline, rows } = await trials.run(messageLoss, {
    conn_event: events,
    telemetry: [message('1', 0, null)],
  })
  expect(headline.value).toBe(1 / 6)
  expect(rows[0]?.table_name).toBe('conn_event')
  const aws = [0, 1, 3].flatMap(n => [
    connect('1', n * 60, { seq: n, session_id: `s${n}` }),
    { ...connect('1', n * 60 + 30, { seq: n, session_id: `s${n}` }), kind: 'disconnect' },
  ])
  expect(await loss({ conn_event: aws })).toBeNull()
  expect(await loss({ conn_event: aws }, { split: 'reset' })).toBe(1 / 4)
})

test('names what is missing where nothing can be told', async () => {
  const missing = async (fixture: Fixture, inputs = {}) =>
    (await trials.run(messageLoss, fixture, { inputs })).headline.missing
  expect(await missing({})).toEqual(['telemetry', 'conn_event'])
  expect(await missing({ telemetry: [message('1', 0, null)] }, { table: 'telemetry' })).toEqual([
    'telemetry.seq',
  ])
  expect(await missing({ telemetry: [message('1', 0, 7)] })).toEqual(['telemetry.seq', 'conn_event.seq'])
})

test('a counter for each metric when asked to', async () => {
  const fixture = {
    telemetry: [...stream('1', [1000, 1001, 1003]), ...stream('1', [1, 2, 3], 0, { metric: 'n' })],
  }
  expect(await loss(fixture, { counter: 'metric' })).toBe(1 / 7)
})

test('shows the runs with gaps, the most missing first', async () => {
  const fixture = { telemetry: [...stream('1', [1, 3]), ...stream('2', [1, 2, 9]), ...stream('3', [1, 2])] }
  const rows = await trials.detail(messageLoss, 'runs', await trials.load(fixture))
  expect(
    rows.map(row => [row.device_id, row.first_seq, row.last_seq, row.received, row.expected, row.lost]),
  ).toEqual([
    ['2', 1, 9, 3, 9, 6],
    ['1', 1, 3, 2, 3, 1],
  ])
})

/** Runs of one device as drawn: each begins at a number, and gives which of the following ones arrive. */
const drawnRuns = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 9 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 40 })),
  { minLength: 1, maxLength: 4 },
)

test('finds what was left out of runs parted by connects, in whatever order the rows come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawnRuns, { minLength: 1, maxLength: 3 }), async devices => {
      let [received, expected, second, telling] = [0, 0, 0, false]
      const rows: Cells[] = []
      const connects: Cells[] = []
      devices.forEach((runs, d) => {
        for (const [from, arrives] of runs) {
          connects.push(connect(String(d), second++))
          const numbers = arrives.flatMap((arrived, i) => (arrived ? [from + i] : []))
          for (const seq of numbers) rows.push(message(String(d), second++, seq))
          received += numbers.length
          const span = Math.max(...numbers) - Math.min(...numbers) + 1
          expected += numbers.length > 0 ? span : 0
          telling ||= numbers.length > 0 && span > 1
        }
      })
      const value = await loss({ telemetry: rows.toReversed(), conn_event: connects })
      if (telling) expect(value).toBeCloseTo(1 - received / expected, 12)
      else expect(value).toBeNull()
    }),
    { numRuns: 10 },
  )
})

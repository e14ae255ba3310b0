import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, microseconds, Trials } from '../testing.ts'
import clockFaults from './clock-faults.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const iso = (us: number) => new Date(us / 1000).toISOString()
const event = (device_id: string, ts_event: string, ts_ingest: string | null): Cells => ({
  ...{ platform_id: 'A', device_id, kind: 'activity', ts_event, ts_ingest },
})
const value = (device_id: string, ts_event: string, ts_ingest: string | null): Cells => ({
  ...{ platform_id: 'B', device_id, metric: 'm', ts_event, ts_ingest },
})

/**
 * Faults, one a line where marked: exactly 60 s ahead is allowed, one microsecond more is not; the last instant
 * allowed is 2026-07-01T00:00:00Z; 1999 also lies before its ingest time, but counts once. 4 faults of 9 records.
 */
const byHand: Fixture = {
  conn_event: [
    event('1', '2026-06-01T00:01:00Z', '2026-06-01T00:00:00Z'),
    event('1', '2026-06-01T00:01:00.001Z', '2026-06-01T00:00:00Z'), // ahead
    event('1', '2026-06-01T00:00:00Z', '2026-06-01T09:00:00Z'),
    event('2', '2026-07-01T00:00:00Z', null),
    event('2', '2026-07-01T00:00:00.001Z', null), // after
    event('2', '2000-01-01T00:00:00Z', null),
  ],
  telemetry: [
    value('1', '1999-12-31T23:59:59Z', '2026-06-01T00:00:00Z'), // before
    value('1', '2099-01-01T00:00:00Z', '2026-06-01T00:00:00Z'), // after, and ahead
    value('1', '2026-06-02T00:00:00Z', '2026-06-02T00:00:01Z'),
  ],
}

test('finds times before 2000, beyond the data and ahead of their arrival: 4 of 9, each once', async () => {
  const { headline, rows } = await trials.run(clockFaults, byHand, { asOf })
  expect(headline.value).toBe(4 / 9)
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 9 })
  expect(besides(headline)).toMatchObject({
    Records: 9,
    'Before 2000': 1,
    'After the time of the data': 2,
    'Ahead of its own arrival': 1,
  })
  expect(rows.map(row => [row.platform_id, row.faulty_records, row.fault_share])).toEqual([
    ['B', 2, 2 / 3],
    ['A', 2, 2 / 6],
  ])
})

test('looks at one table alone when asked to, and names it where it is empty', async () => {
  const telemetry = { asOf, inputs: { records: 'telemetry' } }
  expect((await trials.run(clockFaults, byHand, telemetry)).headline.value).toBe(2 / 3)
  const events = { conn_event: byHand.conn_event ?? [] }
  expect((await trials.run(clockFaults, events, telemetry)).headline).toMatchObject({
    value: null,
    missing: ['telemetry'],
  })
  expect((await trials.run(clockFaults, {}, { asOf })).headline.missing).toEqual(['conn_event', 'telemetry'])
})

test('shows the faulty records, the farthest beyond its limit first', async () => {
  const rows = await trials.detail(clockFaults, 'faulty-records', await trials.load(byHand), { asOf })
  // 2099-01-01 lies 26,482 days after 2026-07-01.
  expect(rows.map(row => [row.table_name, row.row_no, row.fault, row.seconds_beyond])).toEqual([
    ['telemetry', 2, 'after_as_of', 26_482 * 86_400],
    ['telemetry', 1, 'before_2000', 1],
    ['conn_event', 2, 'ahead_of_ingest', 0.001],
    ['conn_event', 5, 'after_as_of', 0.001],
  ])
})

const times = fc.integer({ min: Date.UTC(1998, 0), max: Date.UTC(2028, 0) }).map(ms => ms * 1000)
const records = fc.array(
  fc.record({
    ...{
      device: fc.constantFrom('1', '2', '3'),
      time: times,
      table: fc.constantFrom('conn_event', 'telemetry'),
    },
    lag: fc.option(
      fc.integer({ min: -120_000_000, max: 120_000_000 }).map(us => Math.round(us / 1000) * 1000),
      { freq: 4 },
    ),
  }),
  { minLength: 1, maxLength: 25 },
)

test('equals a count in plain TypeScript, and falls as more is allowed', async () => {
  const latest = microseconds(asOf) + 86_400e6
  await fc.assert(
    fc.asyncProperty(records, async drawn => {
      const faulty = drawn.filter(
        ({ time, lag }) =>
          time < Date.UTC(2000, 0) * 1000 || time > latest || (lag !== null && time - (time + lag) > 60e6),
      )
      const cells = (of: 'conn_event' | 'telemetry') =>
        drawn
          .filter(({ table }) => table === of)
          .map(({ device, time, lag }) =>
            (of === 'telemetry' ? value : event)(device, iso(time), lag === null ? null : iso(time + lag)),
          )
      const loaded = await trials.load({ conn_event: cells('conn_event'), telemetry: cells('telemetry') })
      const { headline } = await trials.apply(clockFaults, loaded, { asOf })
      expect(headline.value).toBeCloseTo(faulty.length / drawn.length, 13)
      const lenient = await trials.apply(clockFaults, loaded, { asOf, inputs: { ahead: 3600, beyond: 366 } })
      expect(lenient.headline.value ?? 0).toBeLessThanOrEqual(headline.value ?? 0)
    }),
    { numRuns: 10 },
  )
})

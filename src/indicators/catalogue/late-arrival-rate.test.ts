import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, Trials } from '../testing.ts'
import { batchesByHand } from '../testing-duplicates.ts'
import lateArrivalRate from './late-arrival-rate.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const begin = Date.UTC(2026, 5, 1)

/** A record that arrived some seconds after it came about; null: no ingest time. */
const record = (device_id: string, seconds: number | null): Cells => ({
  ...{ platform_id: 'A', device_id, ts_event: new Date(begin).toISOString() },
  ts_ingest: seconds === null ? null : new Date(begin + seconds * 1000).toISOString(),
})
const event = (device_id: string, seconds: number | null) => ({
  ...record(device_id, seconds),
  kind: 'activity',
})
const value = (device_id: string, seconds: number | null) => ({ ...record(device_id, seconds), metric: 'm' })

/**
 * Device 1 as events: in time, exactly an hour (in time), an hour and a millisecond (late), an hour early (in time), not known.
 * Device 2 as telemetry, its clock two hours slow: 7,200 s, 7,260 s and 10,801 s, late all three; relative to its own least
 * delay 0, 60 and 3,601 s: the last alone.
 */
const byHand = {
  conn_event: [5, 3600, 3600.001, -3600, null].map(seconds => event('1', seconds)),
  telemetry: [7200, 7260, 10_801].map(seconds => value('2', seconds)),
}

test('counts more than an hour as late: 4 of the 7 records with both times', async () => {
  const { headline } = await trials.run(lateArrivalRate, byHand)
  expect(headline.value).toBeCloseTo(4 / 7, 15)
  expect(besides(headline)).toEqual({
    Records: 7,
    'Late records': 4,
    'Of these, event time before 2000 (a clock fault)': 0,
  })
  expect(headline.basis).toMatchObject({ n: 7, share: 7 / 8 })
})

test('counts a record dated 1970 as late, and says how many there are', async () => {
  const epoch = { ...event('1', 5), ts_event: '1970-01-01T00:00:00Z' }
  const { headline } = await trials.run(lateArrivalRate, { conn_event: [...byHand.conn_event, epoch] })
  expect(headline.value).toBeCloseTo(2 / 5, 15)
  expect(besides(headline)['Of these, event time before 2000 (a clock fault)']).toBe(1)
})

test('takes the clock’s offset off where asked to', async () => {
  // Relative to −3,600 s device 1 has delays of 3,605, 7,200, 7,200.001 and 0 s: three late; device 2 one. 4 of 7 again, others.
  const corrected = { inputs: { offset: 'minimum' } }
  expect((await trials.run(lateArrivalRate, byHand, corrected)).headline.value).toBeCloseTo(4 / 7, 15)
  const alone = await trials.run(lateArrivalRate, { telemetry: byHand.telemetry }, corrected)
  expect(alone.headline.value).toBeCloseTo(1 / 3, 15)
})

test('of the batches is 55 of 450 records, where no record has both times or they are asked for', async () => {
  // 30 of 300, 5 of 50 and 20 of 100; 11 of 10 cannot be.
  const untimed = { conn_event: [event('1', null)], ingest_batch: batchesByHand }
  const { headline } = await trials.run(lateArrivalRate, untimed)
  expect(headline.value).toBeCloseTo(55 / 450, 15)
  expect(headline.basis).toMatchObject({ n: 450, share: 3 / 6 })
  const asked = { inputs: { records: 'ingest_batch' } }
  const both = { ...byHand, ingest_batch: batchesByHand }
  expect((await trials.run(lateArrivalRate, both, asked)).headline.value).toBeCloseTo(55 / 450, 15)
})

test('shows the late records, the longest delay first, and the batches', async () => {
  const loaded = await trials.load({ ...byHand, ingest_batch: batchesByHand })
  const records = await trials.detail(lateArrivalRate, 'late-records', loaded)
  expect(
    records.map(row => [row.table_name, row.row_no, Math.round(Number(row.hours_delayed) * 3.6e6) / 1000]),
  ).toEqual([
    ['telemetry', 3, 10_801],
    ['telemetry', 2, 7260],
    ['telemetry', 1, 7200],
    ['conn_event', 3, 3600.001],
  ])
  const batches = await trials.detail(lateArrivalRate, 'late-batches', loaded)
  expect(batches.map(row => [row.batch_id, row.judged])).toEqual([
    ['b1', true],
    ['b5', true],
    ['b4', false],
    ['b2', true],
  ])
})

test('names what is missing', async () => {
  const missing = async (fixture: Parameters<Trials['run']>[1], records = 'auto') =>
    (await trials.run(lateArrivalRate, fixture, { inputs: { records } })).headline.missing
  expect(await missing({})).toEqual(['conn_event.ts_ingest', 'telemetry.ts_ingest', 'ingest_batch'])
  expect(await missing({ conn_event: [event('1', null)] }, 'conn_event')).toEqual(['conn_event.ts_ingest'])
  expect(await missing(byHand, 'ingest_batch')).toEqual(['ingest_batch'])
  expect(await missing({ ingest_batch: batchesByHand.slice(0, 1) })).toEqual([
    'ingest_batch.late',
    'ingest_batch.records',
  ])
})

test('equals a count in plain TypeScript, and falls as more delay is allowed', async () => {
  const records = fc.array(
    fc.tuple(fc.constantFrom('1', '2', '3'), fc.option(fc.integer({ min: -9000, max: 20_000 }), { freq: 4 })),
    { minLength: 1, maxLength: 30 },
  )
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 0, max: 4 }), async (drawn, hours) => {
      const known = drawn.flatMap(([, seconds]) => (seconds === null ? [] : [seconds]))
      const expected = known.filter(seconds => seconds > hours * 3600).length / known.length
      const loaded = await trials.load({
        conn_event: drawn.map(([device, seconds]) => event(device, seconds)),
      })
      const { headline } = await trials.apply(lateArrivalRate, loaded, { inputs: { hours } })
      if (known.length === 0) return expect(headline.value).toBeNull()
      expect(headline.value).toBeCloseTo(expected, 13)
      const longer = await trials.apply(lateArrivalRate, loaded, { inputs: { hours: hours + 1 } })
      expect(longer.headline.value).toBeLessThanOrEqual(headline.value ?? 0)
    }),
    { numRuns: 8 },
  )
})

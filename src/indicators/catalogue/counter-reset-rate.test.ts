import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, Trials } from '../testing.ts'
import counterResetRate from './counter-reset-rate.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString()

/** The batches of a source, one a day; `counts` gives what each counts. */
const source = (source_id: string, counts: readonly Cells[], counter_kind: string | null = 'cumulative') =>
  counts.map((cells, i) => ({
    ...{ batch_id: `${source_id}-${i}`, platform_id: 'A', source_id, counter_kind },
    ...{ window_start: day(i), window_end: day(i + 1), ...cells },
  }))

/** A metric of a device, one value a day. */
const metric = (device_id: string, name: string, values: readonly (number | null)[]) =>
  values.map((value_num, i) => ({ platform_id: 'A', device_id, metric: name, ts_event: day(i), value_num }))

const bytes = (...values: readonly (number | null)[]) => values.map(value => ({ bytes: value, records: 5 }))

/**
 * a: 10 20 20 5 8: 5 samples, one reset. b: 100 – 300 200: 3 samples (one is not known), one reset. c gives no bytes: records
 * 7 9 1: 3 samples, one reset. d: 60,000 65,000 120 (a wrap of 16 bits): 3 samples. Deltas are no counter. 3 of 14.
 */
const byHand = {
  ingest_batch: [
    ...source('a', bytes(10, 20, 20, 5, 8)),
    ...source('b', bytes(100, null, 300, 200)),
    ...source('c', [{ records: 7 }, { records: 9 }, { records: 1 }]),
    ...source('d', bytes(60_000, 65_000, 120)),
    ...source('e', bytes(9, 1, 5), 'delta'),
    ...source('f', bytes(9, 1, 5), null),
  ],
}

test('of the batches is 3 of 14 samples; a wrap is told apart', async () => {
  const { headline, rows } = await trials.run(counterResetRate, byHand)
  expect(headline.value).toBeCloseTo(3 / 14, 15)
  expect(besides(headline)).toEqual({
    Samples: 14,
    Resets: 3,
    'Wraps (no resets)': 1,
    'Cumulative series': 4,
    'Batches with an impossible time (left out)': 0,
  })
  expect(headline.basis).toMatchObject({ n: 14, share: 14 / 21 })
  expect(rows.map(row => [row.platform_id, row.counter_resets, row.samples, row.clusters])).toEqual([
    ['A', 3, 14, 4],
  ])
})

test.each(['1970-01-01', '2106-02-07'])('follows no counter through a batch of %s', async wrong => {
  // A reading that would make a fall: 15 before the 10 with which a begins, or 5 after its last of 8. A delta is no sample.
  const [window_start, window_end] = [`${wrong}T00:00:00Z`, `${wrong}T12:00:00Z`]
  const late = { batch_id: 'late', platform_id: 'A', bytes: 15, window_start, window_end }
  const ingest_batch = [
    ...byHand.ingest_batch,
    { ...late, source_id: 'a', counter_kind: 'cumulative', bytes: wrong < '2000' ? 15 : 5 },
    { ...late, source_id: 'e', counter_kind: 'delta', batch_id: 'later' },
  ]
  const loaded = await trials.load({ ingest_batch })
  const { headline } = await trials.apply(counterResetRate, loaded)
  expect(headline.value).toBeCloseTo(3 / 14, 15)
  expect(besides(headline)['Batches with an impossible time (left out)']).toBe(1)
  expect(headline.basis).toMatchObject({ n: 14, share: 14 / 23 })
  // Three resets and a wrap.
  expect(await trials.detail(counterResetRate, 'resets', loaded)).toHaveLength(4)
})

test('orders windows that begin together by their end, as daily volume does', async () => {
  // 10 (to noon of day 1), 30 (to its end), 20 (day 2): one fall; by batch id it would be 30, 10, 20.
  const [noon, counts] = ['2026-01-01T12:00:00Z', bytes(30, 10, 20)]
  const ingest_batch = source('a', counts).map((one, i) =>
    i === 1 ? { ...one, window_start: day(0), window_end: noon } : one,
  )
  const late = ingest_batch.map((one, i) => (i === 0 ? { ...one, bytes: 15 } : one))
  expect(besides((await trials.run(counterResetRate, { ingest_batch })).headline)).toMatchObject({
    Resets: 1,
  })
  expect(besides((await trials.run(counterResetRate, { ingest_batch: late })).headline)).toMatchObject({
    Resets: 0,
  })
})

test('shows resets, the deepest first, then wraps', async () => {
  const rows = await trials.detail(counterResetRate, 'resets', await trials.load(byHand))
  expect(rows.map(row => [row.unit_id, row.previous, row.value, row.fall_kind, row.row_no])).toEqual([
    ['b', 300, 200, 'reset', 9],
    ['a', 20, 5, 'reset', 4],
    ['c', 9, 1, 'reset', 12],
    ['d', 65_000, 120, 'wrap', 15],
  ])
})

/** 0 … 20, then 3 4 5: 23 steps, 22 of them up (95.7 %). */
const meter = [...Array.from({ length: 21 }, (_, i) => i), 3, 4, 5]

test('finds counters among metrics: rising in 95 % of the steps that change, never negative', async () => {
  const telemetry = [
    ...metric('1', 'meter', meter),
    // Up and down; a switch that hardly moves; rising from below zero; rising, but in nine steps alone.
    ...metric(
      '1',
      'temperature',
      Array.from({ length: 24 }, (_, i) => 20 + (i % 5)),
    ),
    ...metric(
      '1',
      'switch',
      Array.from({ length: 60 }, (_, i) => (i === 30 || i === 50 ? 1 : 0)),
    ),
    ...metric(
      '1',
      'below',
      meter.map(value => value - 4),
    ),
    ...metric('1', 'short', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  ]
  const { headline } = await trials.run(counterResetRate, { telemetry })
  expect(headline.value).toBeCloseTo(1 / 24, 15)
  expect(besides(headline)).toMatchObject({ Samples: 24, 'Cumulative series': 1 })
  const lenient = await trials.run(counterResetRate, { telemetry }, { inputs: { steps: 9 } })
  expect(besides(lenient.headline)).toMatchObject({ Samples: 34, Resets: 1, 'Cumulative series': 2 })
})

test('prefers batches, unless asked for telemetry', async () => {
  const both = { ...byHand, telemetry: metric('1', 'meter', meter) }
  expect((await trials.run(counterResetRate, both)).headline.value).toBeCloseTo(3 / 14, 15)
  const asked = { inputs: { table: 'telemetry' } }
  expect((await trials.run(counterResetRate, both, asked)).headline.value).toBeCloseTo(1 / 24, 15)
})

test('names what is missing', async () => {
  const missing = async (fixture: Parameters<Trials['run']>[1], table = 'auto') =>
    (await trials.run(counterResetRate, fixture, { inputs: { table } })).headline.missing
  expect(await missing({})).toEqual(['ingest_batch.counter_kind', 'telemetry.value_num'])
  expect(await missing({}, 'ingest_batch')).toEqual(['ingest_batch'])
  const deltas = { ingest_batch: source('e', bytes(9, 1), 'delta') }
  expect(await missing(deltas, 'ingest_batch')).toEqual(['ingest_batch.counter_kind', 'ingest_batch.bytes'])
  expect(await missing({ telemetry: metric('1', 'm', [1, 2]) }, 'telemetry')).toEqual(['telemetry.value_num'])
})

test('equals a walk along each series, in any order of rows', async () => {
  const values = fc.array(fc.nat(9), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 4 }), async drawn => {
      const rows = drawn.flatMap((list, i) => source(`s${i}`, bytes(...list)))
      const falls = drawn.flatMap(list => list.filter((value, i) => value < (list[i - 1] ?? 0)))
      const { headline } = await trials.run(counterResetRate, { ingest_batch: rows.toReversed() })
      expect(headline.value).toBeCloseTo(falls.length / drawn.flat().length, 14)
    }),
    { numRuns: 8 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, Trials } from '../testing.ts'
import freshness from './freshness.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const hoursBefore = (hours: number) => new Date(Date.parse(asOf) - hours * 3_600_000).toISOString()

let count = 0
/** A batch whose window of a day ends some hours before the time of the data. */
const batch = (source_id: string, hours: number, more: Cells = {}): Cells => ({
  ...{ batch_id: `b${count++}`, platform_id: 'A', source_id, records: 10 },
  window_start: hoursBefore(hours + 24),
  window_end: hoursBefore(hours),
  ...more,
})

/**
 * Ages: a 5 h (its later batch is empty), b 0 h (its window runs on after the time of the data), c 30 h (a window that begins
 * after it is a fault), d 100 h (a counter that did not move since), e none (1970). Of B: a 7 h. Ascending 0, 5, 7, 30, 100.
 */
const byHand = {
  ingest_batch: [
    ...[batch('a', 50), batch('a', 5), batch('a', 2, { records: 0 })],
    batch('b', -10),
    ...[batch('c', 30), batch('c', -30)],
    ...[
      batch('d', 200, { counter_kind: 'cumulative' }),
      batch('d', 100, { counter_kind: 'cumulative', records: 12 }),
    ],
    batch('d', 40, { counter_kind: 'cumulative', records: 12 }),
    batch('e', 0, { window_start: '1970-01-01T00:00:00Z', window_end: '1970-01-02T00:00:00Z' }),
    batch('a', 7, { platform_id: 'B' }),
  ],
}

test('of the fixture is 7 h, the middle of 0, 5, 7, 30 and 100', async () => {
  const { headline, rows } = await trials.run(freshness, byHand, { asOf })
  expect(headline.value).toBe(7)
  expect(besides(headline)).toEqual({
    'The stalest (h)': 100,
    'Sources of age zero': 1 / 5,
    'Without a usable time': 1,
    'Rows with an impossible time (left out)': 2,
  })
  expect(headline.basis).toMatchObject({ n: 5, share: 5 / 6 })
  // Five values hold no end of the interval.
  expect(headline.interval).toBeUndefined()
  // A: 0, 5, 30, 100: quartiles (type 7) at 3.75, 17.5 and 47.5.
  expect(rows.map(row => [row.platform_id, row.lower_hours, row.median_hours, row.upper_hours])).toEqual([
    ['A', 3.75, 17.5, 47.5],
    ['B', 7, 7, 7],
  ])
})

test('has the interval of the order statistics: of 16 ages the 4th and the 13th', async () => {
  const batches = Array.from({ length: 16 }, (_, i) => batch(`s${i}`, i + 1))
  const { headline } = await trials.run(freshness, { ingest_batch: batches.toReversed() }, { asOf })
  expect(headline.value).toBe(8.5)
  expect([headline.interval?.low, headline.interval?.high]).toEqual([4, 13])
})

test('takes devices as sources where there are no batches, or where asked to', async () => {
  const at = (device_id: string, hours: number) => ({
    platform_id: 'A',
    device_id,
    ts_event: hoursBefore(hours),
  })
  // Device 1 at 3 h by telemetry, 2 at 9 h by an event, one of 2038 is a fault; 3 at 4 h.
  const records = {
    conn_event: [at('1', 8), at('2', 9), at('2', -100_000), at('3', 4)].map(one => ({
      ...one,
      kind: 'connect',
    })),
    telemetry: [{ ...at('1', 3), metric: 'm' }],
  }
  const alone = await trials.run(freshness, records, { asOf })
  expect(alone.headline.value).toBe(4)
  expect(alone.headline.basis?.of.en).toBe('devices')
  expect(besides(alone.headline)).toMatchObject({ 'Rows with an impossible time (left out)': 1 })
  const both = { ...records, ...byHand }
  expect((await trials.run(freshness, both, { asOf, inputs: { by: 'device' } })).headline.value).toBe(4)
  expect((await trials.run(freshness, both, { asOf })).headline.value).toBe(7)
})

test('lists every source, those without a usable time and the stalest first', async () => {
  const rows = await trials.detail(freshness, 'sources', await trials.load(byHand), { asOf })
  expect(rows.map(row => [row.platform_id, row.source_id, row.age_hours, row.clock_faults])).toEqual([
    ['A', 'e', null, 1],
    ['A', 'd', 100, 0],
    ['A', 'c', 30, 1],
    ['B', 'a', 7, 0],
    ['A', 'a', 5, 0],
    ['A', 'b', 0, 0],
  ])
})

test('names what is missing', async () => {
  const missing = async (fixture: Parameters<Trials['run']>[1], by = 'auto') =>
    (await trials.run(freshness, fixture, { asOf, inputs: { by } })).headline
  expect(await missing({})).toMatchObject({
    value: null,
    missing: ['ingest_batch', 'conn_event', 'telemetry'],
  })
  expect(await missing(byHand, 'device')).toMatchObject({ value: null, missing: ['conn_event', 'telemetry'] })
  const future = { ingest_batch: [batch('a', -100)] }
  expect(await missing(future)).toMatchObject({ value: null, missing: ['ingest_batch.window_end'] })
})

test('equals a sorted list of ages in any order of rows, and an hour later each is an hour more', async () => {
  const drawn = fc.array(fc.tuple(fc.constantFrom('A', 'B'), fc.nat(12), fc.nat(500)), {
    minLength: 1,
    maxLength: 40,
  })
  await fc.assert(
    fc.asyncProperty(drawn, async list => {
      const last = new Map<string, number>()
      for (const [platform, source, hours] of list) {
        const key = `${platform} ${source}`
        last.set(key, Math.min(last.get(key) ?? hours, hours))
      }
      const ages = [...last.values()].toSorted((a, b) => a - b)
      const middle = (ages.length - 1) / 2
      const median = ((ages[Math.floor(middle)] ?? 0) + (ages[Math.ceil(middle)] ?? 0)) / 2
      const batches = list.map(([platform_id, source, hours]) => batch(`s${source}`, hours, { platform_id }))
      const { headline } = await trials.run(freshness, { ingest_batch: batches }, { asOf })
      expect(headline.value).toBeCloseTo(median, 10)
      const later = { asOf: hoursBefore(-1) }
      const turned = await trials.run(freshness, { ingest_batch: batches.toReversed() }, later)
      expect(turned.headline.value).toBeCloseTo(median + 1, 10)
    }),
    { numRuns: 8 },
  )
})

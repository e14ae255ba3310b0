import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import dailyVolume from './daily-volume.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** A batch of one day; `day` counts from 2026-01-01. */
const batch = (
  source_id: string,
  day: number,
  bytes: number | null,
  counter_kind: string | null = 'delta',
) => ({
  ...{ batch_id: `${source_id}-${day}`, platform_id: 'A', source_id, bytes, counter_kind },
  window_start: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  window_end: new Date(Date.UTC(2026, 0, 2 + day)).toISOString(),
})
/**
 * Delta source: 4 GB + 1 GB (kind not given) + two unknown amounts (one of a kind not given). Cumulative source: 10 (first, left out), 12 (+2),
 * 12 (+0), 3 (reset, +3), 7 (+4) = 9 GB. In all 14 GB from 2026-01-01 to 2026-02-10 = 40 days: 0.35 GB a day.
 */
const byHand = {
  ingest_batch: [
    batch('delta', 0, 4e9),
    batch('delta', 39, 1e9, null),
    batch('delta', 5, null),
    batch('delta', 6, null, null),
    ...[10e9, 12e9, 12e9, 3e9, 7e9].map((bytes, i) => batch('meter', 10 + i, bytes, 'cumulative')),
  ],
}

test('resolves counters first: 14 GB in 40 days is 0.35 GB a day', async () => {
  const { headline } = await trials.run(dailyVolume, byHand)
  expect(headline.value).toBeCloseTo(0.35, 14)
  // Of the seven batches that give bytes, the first of the meter has nothing to be compared with.
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 9 })
  expect(besides(headline)).toEqual({
    'Total (GB)': 14,
    Days: 40,
    'Batches that give bytes': 7 / 9,
    'First counter values (left out)': 1,
    'Counter resets': 1,
    'Counter kind not given (taken as delta)': 1,
    'Batches with an impossible time (left out)': 0,
  })
})

test('gives a month its own rate: January 13 GB in 31 days, February 1 GB in 9', async () => {
  const { rows } = await trials.run(dailyVolume, byHand)
  expect(rows.map(row => [row.bytes, row.days])).toEqual([
    [13e9, 31],
    [1e9, 9],
  ])
})

test('shows a month without batches as zero, not as a line drawn over it', async () => {
  const { chart } = await trials.run(dailyVolume, {
    ingest_batch: [batch('a', 0, 31e9), batch('a', 59, 1e9)],
  })
  expect(chart.rows.map(row => row.gb_per_day)).toEqual([1, 0, 1])
})

test('draws the last ten years where one wrong year stretches the months over centuries', async () => {
  const wrong = { ...batch('a', 0, 1e9), batch_id: 'wrong', window_start: '2006-01-01T00:00:00Z' }
  const { chart, rows } = await trials.run(dailyVolume, { ingest_batch: [batch('a', 0, 31e9), wrong] })
  // January 2006 to January 2026: 20 years and a month.
  expect(rows).toHaveLength(20 * 12 + 1)
  expect(chart.rows).toEqual(rows.slice(-120))
  expect(chart.note?.en).toBe('The last 120 of 241 months')
})

/** A batch with another window, from 0 to 24 o'clock of a day. */
const moved = (one: ReturnType<typeof batch>, day: string) => ({
  ...{ ...one, batch_id: `${one.batch_id}-${day}`, window_start: `${day}T00:00:00Z` },
  window_end: new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString(),
})

test.each(['1970-01-01', '2038-01-19', '2106-02-07'])('leaves out a batch of %s, and says so', async day => {
  const wrong = [moved(batch('delta', 3, 6e9), day), moved(batch('delta', 4, 2e9), day)]
  const { headline, rows } = await trials.run(dailyVolume, {
    ingest_batch: [...byHand.ingest_batch, ...wrong.map((one, i) => ({ ...one, batch_id: `wrong-${i}` }))],
  })
  expect(headline.value).toBeCloseTo(0.35, 14)
  expect(rows).toHaveLength(2)
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 11 })
  expect(besides(headline)).toMatchObject({
    Days: 40,
    'Batches with an impossible time (left out)': 2,
    'Bytes that these give (GB, left out)': 8,
  })
})

test.each(['1970-01-01', '2106-02-07'])('follows no counter through a reading of %s', async day => {
  // The meter's readings without that of the third day: 10 (first), 12 (+2), 3 (reset, +3), 7 (+4) = 9 GB, as with it.
  const [meters, others] = [true, false].map(is =>
    byHand.ingest_batch.filter(({ source_id }) => (source_id === 'meter') === is),
  )
  const readings = (meters ?? []).map((one, i) => (i === 2 ? moved(one, day) : one))
  const { headline } = await trials.run(dailyVolume, { ingest_batch: [...(others ?? []), ...readings] })
  expect(headline.value).toBeCloseTo(0.35, 14)
  expect(besides(headline)).toMatchObject({ 'Total (GB)': 14, 'Counter resets': 1 })
})

test('leaves out a window that ends in a wrong year', async () => {
  const wrong = { ...batch('delta', 3, 6e9), batch_id: 'wrong', window_end: '2106-01-05T00:00:00Z' }
  const { headline } = await trials.run(dailyVolume, { ingest_batch: [...byHand.ingest_batch, wrong] })
  expect(headline.value).toBeCloseTo(0.35, 14)
})

test('keeps batches that begin up to a day after the time of the data', async () => {
  const days = [batch('a', 0, 1e9), batch('a', 1, 1e9), moved(batch('a', 2, 1e9), '2026-06-01')]
  const run = (asOf: string) => trials.run(dailyVolume, { ingest_batch: days }, { asOf })
  const counted = async (asOf: string) => besides((await run(asOf)).headline)['Total (GB)']
  expect(await counted('2026-06-02T00:00:00Z')).toBe(3)
  expect(await counted('2026-05-31T00:00:00Z')).toBe(3)
  expect(await counted('2026-05-30T23:59:59Z')).toBe(2)
})

test('keeps batches that go on after the time of the data, as after an old snapshot', async () => {
  const weekly = Array.from({ length: 20 }, (_, week) => batch('a', 7 * week, 1e9))
  const wrong = moved(batch('a', 3, 1e9), '2106-02-07')
  const { headline } = await trials.run(
    dailyVolume,
    { ingest_batch: [...weekly, wrong] },
    { asOf: '2026-01-10T00:00:00Z' },
  )
  expect(besides(headline)).toMatchObject({
    'Total (GB)': 20,
    'Batches with an impossible time (left out)': 1,
  })
})

test('is not computable from batches of impossible times alone', async () => {
  const given = { asOf: '2026-06-30T00:00:00Z' }
  const { headline, chart } = await trials.run(
    dailyVolume,
    { ingest_batch: [moved(batch('a', 0, 1e9), '2106-02-07')] },
    given,
  )
  expect(headline).toMatchObject({ value: null, missing: ['ingest_batch.window_start'] })
  expect(chart.rows).toEqual([])
  const nothing = await trials.run(dailyVolume, { ingest_batch: [] }, given)
  expect(nothing.headline).toMatchObject({ value: null, missing: ['ingest_batch'] })
})

test('is not computable without bytes, nor from the first value of a counter alone', async () => {
  for (const kind of ['delta', 'cumulative']) {
    const alone = { ingest_batch: [batch('a', 0, kind === 'delta' ? null : 5e9, kind)] }
    expect((await trials.run(dailyVolume, alone)).headline).toMatchObject({
      value: null,
      missing: ['ingest_batch.bytes'],
    })
  }
})

/** What a meter added, step by step, by walking along its readings. */
function walked(readings: readonly number[]): number {
  let added = 0
  readings.forEach((reading, i) => {
    const before = readings[i - 1]
    if (before !== undefined) added += reading < before ? reading : reading - before
  })
  return added
}

test('equals a walk along the readings, in any order of rows; a counter read as deltas gives the same', async () => {
  const meters = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(meters, async readings => {
      const cumulative = readings.map((bytes, i) => batch('m', i, bytes * 1e9, 'cumulative'))
      const plain = await trials.run(dailyVolume, { ingest_batch: cumulative })
      expect(plain.headline.value).toBeCloseTo(walked(readings) / readings.length, 10)
      const mixed = await trials.run(dailyVolume, { ingest_batch: cumulative.toReversed() })
      expect(mixed.rows).toEqual(plain.rows)
      const deltas = readings.map((bytes, i) => walked([readings[i - 1] ?? bytes, bytes]))
      const asDeltas = deltas.map((bytes, i) => batch('m', i, bytes * 1e9))
      const same = await trials.run(dailyVolume, { ingest_batch: asDeltas })
      expect(same.headline.value).toBe(plain.headline.value)
    }),
    { seed: 6, numRuns: 10 },
  )
})

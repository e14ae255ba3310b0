import { afterAll, beforeAll, expect, test } from 'vitest'
import exactDuplicateRate from './catalogue/exact-duplicate-rate.ts'
import { catalogue } from './catalogue.ts'
import { type Cells, Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** A batch of one day; `day` counts from 2026-01-01. */
const batch = (source_id: string, day: number, counter_kind: string, counts: Cells) => ({
  ...{ batch_id: `${source_id}-${day}`, platform_id: 'A', source_id, counter_kind },
  window_start: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  window_end: new Date(Date.UTC(2026, 0, 2 + day)).toISOString(),
  ...{ dup_exact: 1, dup_conflict: 1, late: 1, ...counts },
})
const records = [1000, 1100, 1200, 1400]
/** Two meters, of records and of bytes, and a source of deltas. */
const given = [
  ...records.map((count, i) => batch('meter', i, 'cumulative', { records: count, dup_exact: i })),
  ...records.map((bytes, i) =>
    batch('other', i, 'cumulative', { bytes, records: 90, expected: 100, received: 80 }),
  ),
  ...[0, 1].map(i => batch('delta', i, 'delta', { bytes: 100, records: 50, expected: 60, received: 50 })),
]
const [asOf, meters] = ['2026-01-10T00:00:00Z', ['meter-2', 'other-2']]
const dated = (year: number, ids: readonly string[]) =>
  given.map(one =>
    ids.includes(one.batch_id)
      ? { ...one, window_start: `${year}-02-07T00:00:00Z`, window_end: `${year}-02-08T00:00:00Z` }
      : one,
  )

test.each([1970, 2106])('exact duplicates follow no counter through a reading of %i', async year => {
  // Of the meter +100 with 1 copy and, over the one of the wrong date, +300 with 3. Of the other 4 × 80 received with 1 copy
  // each, of the deltas 2 × 50 with 1 each, one of them of a wrong date as well: 10 of 820.
  const ingest_batch = dated(year, [...meters, 'delta-1'])
  const { headline } = await trials.run(exactDuplicateRate, { ingest_batch }, { asOf })
  expect(headline.value).toBeCloseTo(10 / 820, 15)
})

const ids = ['AGG-05', 'AGG-06', 'AGG-07', 'VAL-01', 'VAL-02']

test.each(ids)('%s is as if the reading of a wrong date gave no count', async id => {
  const recipe = catalogue.find(one => one.id === id)
  if (!recipe) throw new Error(id)
  const silent = given.map(one =>
    meters.includes(one.batch_id)
      ? { ...one, ...(one.source_id === 'meter' ? { records: null } : { bytes: null }) }
      : one,
  )
  const known = await trials.run(recipe, { ingest_batch: silent }, { asOf })
  expect(known.headline.value).not.toBeNull()
  for (const year of [1970, 2106]) {
    const { headline } = await trials.run(recipe, { ingest_batch: dated(year, meters) }, { asOf })
    expect(headline.value).toBeCloseTo(known.headline.value ?? Number.NaN, 12)
  }
})

test.each(ids)('%s stands where a batch of deltas has a wrong date', async id => {
  const recipe = catalogue.find(one => one.id === id)
  if (!recipe) throw new Error(id)
  const plain = await trials.run(recipe, { ingest_batch: given }, { asOf })
  const { headline } = await trials.run(recipe, { ingest_batch: dated(2106, ['delta-1']) }, { asOf })
  expect(headline.value).toBeCloseTo(plain.headline.value ?? Number.NaN, 12)
})

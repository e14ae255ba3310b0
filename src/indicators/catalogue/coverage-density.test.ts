import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Row } from '../../domain/table.ts'
import { besides, Trials } from '../testing.ts'
import coverageDensity from './coverage-density.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** A batch in a month counted from 0 = January 2026. */
const batch = (
  platform_id: string,
  source_id: string,
  month: number,
  records: number | null,
  bytes: number | null = null,
) => ({
  ...{ batch_id: `${platform_id}-${source_id}-${month}`, platform_id, source_id, records, bytes },
  window_start: new Date(Date.UTC(2026, month, 3)).toISOString(),
  window_end: new Date(Date.UTC(2026, month, 4)).toISOString(),
})

/**
 * The export runs from January to June.
 * A/s: Jan data, Feb empty (no batch), Mar empty (0 records), Apr data by bytes     -> 2 data, 2 empty
 * A/t: from March: not yet in Jan and Feb, Mar data, Apr empty; A ends in April     -> 1 data, 1 empty, 2 early
 *      (A in May and June: not in this export, for both sources                     -> 4 outside)
 * B/s: Feb .. Jun, all data but May; January not in this export                     -> 4 data, 1 empty, 1 outside
 * C/s: Jan and Jun                                                                  -> 2 data, 4 empty
 */
const byHand = {
  ingest_batch: [
    ...[batch('A', 's', 0, 10), batch('A', 's', 2, 0), batch('A', 's', 3, null, 7), batch('A', 't', 2, 5)],
    ...[1, 2, 3, 5].map(month => batch('B', 's', month, 1)),
    ...[0, 5].map(month => batch('C', 's', month, 1)),
  ],
}

test('of the fixture is 9 of 17 cells', async () => {
  const { headline } = await trials.run(coverageDensity, byHand)
  expect(headline.value).toBe(9 / 17)
  expect(headline.basis).toMatchObject({ n: 10, share: 1 })
  expect(besides(headline)).toEqual({
    'Cells with data': 9,
    'Empty cells': 8,
    'Cells not yet existing': 2,
    'Cells not in this export': 5,
    'Cells not known to have data (left out)': 0,
    'Batches without records or bytes': 0,
    'Batches with an impossible time (left out)': 0,
  })
})

test('draws the platforms with most gaps first, each month in its state', async () => {
  const { chart } = await trials.run(coverageDensity, byHand)
  const drawn = (platform: string) =>
    chart.rows.filter(row => row.platform_id === platform).map(row => row.state)
  expect(drawn('A')).toEqual(['data', 'empty', 'partial', 'partial', 'outside', 'outside'])
  expect(drawn('B')).toEqual(['outside', 'data', 'data', 'data', 'empty', 'data'])
  const layer = chart.layers[0]
  expect(layer?.mark === 'cell' && layer.y.order).toEqual(['C', 'A', 'B'])
})

test.each([1970, 2038, 2106])('leaves a batch of %i out of the matrix, and says so', async year => {
  const wrong = { ...batch('A', 's', 12 * (year - 2026), 3, 4e9), batch_id: 'wrong' }
  const loaded = await trials.load({ ingest_batch: [...byHand.ingest_batch, wrong] })
  const { headline, rows } = await trials.apply(coverageDensity, loaded)
  const plain = await trials.run(coverageDensity, byHand)
  expect(headline.value).toBe(9 / 17)
  expect(rows).toHaveLength(plain.rows.length)
  expect(headline.basis).toMatchObject({ n: 10, share: 10 / 11 })
  expect(besides(headline)).toEqual({
    ...besides(plain.headline),
    'Batches with an impossible time (left out)': 1,
    'Bytes that these give (GB, left out)': 4,
  })
  expect(await trials.detail(coverageDensity, 'empty-cells', loaded)).toHaveLength(8)
})

test('keeps batches that go on after the time of the data', async () => {
  const { headline } = await trials.run(coverageDensity, byHand, { asOf: '2026-05-01T00:00:00Z' })
  expect(headline.value).toBe(9 / 17)
  expect(besides(headline)['Batches with an impossible time (left out)']).toBe(0)
})

test('is not computable from batches of impossible times alone', async () => {
  const given = { asOf: '2026-06-30T00:00:00Z' }
  const late = { ingest_batch: [batch('A', 's', 12 * 80, 1)] }
  expect((await trials.run(coverageDensity, late, given)).headline).toMatchObject({
    value: null,
    missing: ['ingest_batch.window_start'],
  })
})

test('lists the eight empty cells, the sources with most gaps first', async () => {
  const loaded = await trials.load({ ...byHand, platform: [{ platform_id: 'C', name: 'Gamma' }] })
  const rows = await trials.detail(coverageDensity, 'empty-cells', loaded)
  const cellOf = ({ platform_id, source_id, month, void_batches }: Row) =>
    `${platform_id}/${source_id} ${new Date(Number(month) / 1000).toISOString().slice(5, 7)} ${void_batches}`
  // A/s: no batch in February, one of zero records in March.
  expect(rows.map(cellOf)).toEqual([
    ...['C/s 02 0', 'C/s 03 0', 'C/s 04 0', 'C/s 05 0'],
    ...['A/s 02 0', 'A/s 03 1', 'A/t 04 0', 'B/s 05 0'],
  ])
  expect(rows[0]).toMatchObject({ platform_name: 'Gamma', source_empty_cells: 4 })
})

/**
 * A/s: Jan data, Feb a batch that gives neither records nor bytes (not known), Mar data.
 * A/t: Jan such a batch (it exists from here, not known), Feb 0 records and such a batch (not known), Mar 0 records (empty).
 * A/u gives such batches alone: not in the matrix. B/s: Jan data; its Feb batch (not known) shows that it was exported.
 */
const partlyTold = {
  ingest_batch: [
    ...[batch('A', 's', 0, 1), batch('A', 's', 1, null), batch('A', 's', 2, 1), batch('A', 'u', 0, null)],
    ...[batch('A', 't', 0, null), batch('A', 't', 1, null), batch('A', 't', 2, 0)],
    { ...batch('A', 't', 1, 0), batch_id: 'another' },
    ...[batch('B', 's', 0, 1), batch('B', 's', 1, null)],
  ],
}

test('counts months of batches that give neither records nor bytes neither as data nor as empty', async () => {
  const { headline, chart } = await trials.run(coverageDensity, partlyTold)
  expect(headline.value).toBe(3 / 4)
  expect(headline.basis).toMatchObject({ n: 5, share: 5 / 10 })
  expect(besides(headline)).toEqual({
    'Cells with data': 3,
    'Empty cells': 1,
    'Cells not yet existing': 0,
    'Cells not in this export': 1,
    'Cells not known to have data (left out)': 4,
    'Batches without records or bytes': 5 / 10,
    'Batches with an impossible time (left out)': 0,
  })
  const states = chart.rows.map(
    ({ platform_id, month, state }) =>
      `${platform_id} ${new Date(Number(month) / 1000).toISOString().slice(0, 7)} ${state}`,
  )
  expect(states).toEqual([
    ...['A 2026-01 data', 'A 2026-02 unknown', 'A 2026-03 partial'],
    ...['B 2026-01 data', 'B 2026-02 unknown', 'B 2026-03 outside'],
  ])
})

test('lists no cell as empty that is not known to be', async () => {
  const rows = await trials.detail(coverageDensity, 'empty-cells', await trials.load(partlyTold))
  expect(rows.map(row => [row.source_id, row.void_batches])).toEqual([['t', 1]])
})

test('is not computable where no batch gives records or bytes', async () => {
  expect(
    (await trials.run(coverageDensity, { ingest_batch: [batch('A', 's', 0, null)] })).headline,
  ).toMatchObject({
    value: null,
    missing: ['ingest_batch.records', 'ingest_batch.bytes'],
  })
})

test('shows at most fourteen platforms and says so', async () => {
  const many = Array.from({ length: 60 }, (_, i) => batch(`P${i}`, 's', i % 5, 1))
  const { chart } = await trials.run(coverageDensity, { ingest_batch: many })
  expect(new Set(chart.rows.map(row => row.platform_id)).size).toBe(14)
  expect(chart.note?.en).toContain('14 of 60')
})

test('draws the last ten years where one wrong year stretches the months over centuries', async () => {
  const ingest_batch = [batch('A', 's', 0, 1), batch('A', 's', -20 * 12, 1)]
  const { chart } = await trials.run(coverageDensity, { ingest_batch }, { asOf: '2026-06-30T00:00:00Z' })
  expect(chart.rows).toHaveLength(120)
  expect(chart.rows.at(-1)).toMatchObject({ month: Date.UTC(2026, 0, 1) * 1000, state: 'data' })
  expect(chart.note?.en).toBe('The last 120 of 241 months')
})

test('counts its cells in the query, so that rows left unread change nothing', async () => {
  const batches = [batch('A', 's', 0, 1), batch('A', 's', 2, 1), batch('B', 't', 1, 1)]
  const { rows } = await trials.run(coverageDensity, { ingest_batch: batches })
  const few = coverageDensity.headline(rows.slice(0, 1), {})
  expect(few).toEqual(coverageDensity.headline(rows, {}))
  expect(besides(few)).toMatchObject({
    'Cells with data': 3,
    'Empty cells': 1,
    'Cells not in this export': 2,
  })
})

test('writes months as months', async () => {
  const { chart } = await trials.run(coverageDensity, { ingest_batch: [batch('A', 's', 0, 1)] })
  const [layer] = chart.layers
  expect(layer?.mark === 'cell' && layer.x).toMatchObject({ scale: 'time', monthly: true })
})

type Drawn = readonly { platform: string; source: string; month: number; records: number | null }[]

/** Cell by cell: a source that tells anything runs from its first month to its platform's last; null where none is known. */
function byCells(batches: Drawn): number | null {
  const held = new Map(batches.map(at => [`${at.platform} ${at.source} ${at.month}`, at.records]))
  let [data, empty] = [0, 0]
  for (const series of new Set(batches.map(at => `${at.platform} ${at.source}`))) {
    const own = batches.filter(at => `${at.platform} ${at.source}` === series)
    if (own.every(at => at.records === null)) continue
    const platform = batches.filter(at => series.startsWith(`${at.platform} `)).map(at => at.month)
    for (let month = Math.min(...own.map(at => at.month)); month <= Math.max(...platform); month++) {
      const records = held.get(`${series} ${month}`)
      if (records === null) continue
      if (records) data++
      else empty++
    }
  }
  return data + empty > 0 ? data / (data + empty) : null
}

test('equals a walk over the cells, in any order of rows', async () => {
  const cell = fc.record({
    platform: fc.constantFrom('A', 'B', 'C'),
    source: fc.constantFrom('s', 't'),
    month: fc.integer({ min: 0, max: 14 }),
    records: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 3 }),
  })
  const batches = fc.uniqueArray(cell, {
    minLength: 1,
    maxLength: 25,
    selector: ({ platform, source, month }) => `${platform} ${source} ${month}`,
  })
  await fc.assert(
    fc.asyncProperty(batches, async drawn => {
      const rows = drawn.map(at => batch(at.platform, at.source, at.month, at.records))
      const given = { asOf: '2027-06-30T00:00:00Z' }
      const plain = await trials.run(coverageDensity, { ingest_batch: rows }, given)
      const density = byCells(drawn)
      if (density === null) expect(plain.headline.value).toBeNull()
      else expect(plain.headline.value).toBeCloseTo(density, 12)
      const turned = await trials.run(coverageDensity, { ingest_batch: rows.toReversed() }, given)
      expect(turned.rows).toEqual(plain.rows)
    }),
    { seed: 8, numRuns: 16 },
  )
})

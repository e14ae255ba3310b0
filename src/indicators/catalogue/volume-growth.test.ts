import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, Trials } from '../testing.ts'
import volumeGrowth from './volume-growth.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const start = (month: number) => new Date(Date.UTC(2024, month, 1)).toISOString()

/** Batches of a source, one a whole month from January 2024 on; null: the month has none. */
const monthly = (
  source_id: string,
  bytes: readonly (number | null)[],
  counter_kind = 'delta',
): readonly Cells[] =>
  bytes.flatMap((value, i) =>
    value === null
      ? []
      : [
          {
            ...{ batch_id: `${source_id}-${i}`, platform_id: 'A', source_id, counter_kind, bytes: value },
            ...{ window_start: start(i), window_end: start(i + 1) },
          },
        ],
  )

const growth = (batches: readonly Cells[], inputs = {}, asOf = '2030-01-01T00:00:00Z') =>
  trials.run(volumeGrowth, { ingest_batch: batches }, { inputs, asOf })

/** 15 months: 100, 110, 90, then nine of 50, then 150, 130, 170. */
const fifteen = [100, 110, 90, ...Array.from({ length: 9 }, () => 50), 150, 130, 170]

test('compares January to March with January to March: 450 of 300 is 50 % in a year', async () => {
  const { headline, rows, chart } = await growth(monthly('s', fifteen))
  expect(headline.value).toBeCloseTo(0.5, 14)
  expect(besides(headline)).toMatchObject({ 'Full months (13 needed)': 15, 'Years between': 1 })
  expect(headline.basis).toMatchObject({ n: 15, share: 1 })
  expect(rows.map(row => row.block).join(' ')).toBe(`first first first ${'between '.repeat(9)}last last last`)
  expect(chart.rows[14]).toMatchObject({ gigabytes: 170e-9, compared: 170e-9, block: 'last' })
  // A month that is not compared has a place on the line, but neither a point nor a name.
  expect(chart.rows[5]).toMatchObject({ gigabytes: 50e-9, compared: null, block: null })
})

test('compares single months where asked to: March with March, 170 of 90', async () => {
  const { headline } = await growth(monthly('s', fifteen), { method: 'endpoints' })
  expect(headline.value).toBeCloseTo(170 / 90 - 1, 14)
})

test('takes the root of the years between: twelve months of 10, then of 20, then of 40 double a year', async () => {
  const doubling = Array.from({ length: 36 }, (_, i) => 10 * 2 ** Math.floor(i / 12))
  const { headline } = await growth(monthly('s', doubling))
  expect(headline.value).toBeCloseTo(1, 14)
  expect(besides(headline)['Years between']).toBe(2)
})

test('drops months that are not full, at either end and at the time of the data', async () => {
  // The windows begin on 10 January 2024; the last one is cut on 20 March 2025 by the time of the data.
  const [first, ...later] = monthly('s', fifteen)
  const { headline } = await growth(
    [{ ...first, window_start: '2024-01-10T00:00:00Z' }, ...later],
    {},
    '2025-03-20T00:00:00Z',
  )
  // Left are February 2024 to February 2025, 13 months: 130 against 110.
  expect(headline.value).toBeCloseTo(130 / 110 - 1, 14)
  expect(besides(headline)['Full months (13 needed)']).toBe(13)
})

test('differences counters, and drops the first month, whose increments are not known', async () => {
  // Counter from 1000: adds 10 a month in the first year, 20 from February 2025 on. 14 months, January 2024 dropped: 13.
  const added = [0, ...Array.from({ length: 12 }, () => 10), 20]
  const readings = added.map((_, i) => 1000 + added.slice(0, i + 1).reduce((sum, value) => sum + value, 0))
  const { headline } = await growth(monthly('meter', readings, 'cumulative'))
  expect(headline.value).toBeCloseTo(1, 14)
  expect(besides(headline)).toMatchObject({
    'Full months (13 needed)': 13,
    'First counter values (left out)': 1,
  })
})

test('leaves clock faults out, and takes a month without batches for zero', async () => {
  const gap = fifteen.map((bytes, i) => (i === 5 ? null : bytes))
  const wrong = {
    ...monthly('x', [7])[0],
    window_start: '1970-01-01T00:00:00Z',
    window_end: '1970-02-01T00:00:00Z',
  }
  const { headline, rows } = await growth([...monthly('s', gap), wrong])
  expect(headline.value).toBeCloseTo(0.5, 14)
  expect(rows[5]?.bytes).toBe(0)
  expect(besides(headline)['Batches with an impossible time (left out)']).toBe(1)
  expect(headline.basis).toMatchObject({ n: 14, share: 14 / 15 })
})

test('follows no counter through a reading of 1970', async () => {
  // Counter as above, with the reading of June 2024 dated 1970: July adds 20 for both, so that nothing is lost.
  const added = [0, ...Array.from({ length: 12 }, () => 10), 20]
  const readings = added.map((_, i) => 1000 + added.slice(0, i + 1).reduce((sum, value) => sum + value, 0))
  const wrong = { window_start: '1970-06-01T00:00:00Z', window_end: '1970-07-01T00:00:00Z' }
  const { headline, rows } = await growth(
    monthly('meter', readings, 'cumulative').map((one, i) => (i === 5 ? { ...one, ...wrong } : one)),
  )
  expect(headline.value).toBeCloseTo(1, 14)
  // From February 2024, the first full month.
  expect(rows.slice(3, 7).map(({ bytes }) => bytes)).toEqual([10, 0, 20, 10])
})

test('is not computable below 13 full months, and says how many there are', async () => {
  const { headline } = await growth(monthly('s', fifteen.slice(0, 12)))
  expect(headline).toMatchObject({ value: null, missing: ['ingest_batch.window_start'] })
  expect(besides(headline)['Full months (13 needed)']).toBe(12)
  expect((await growth([])).headline).toMatchObject({ value: null, missing: ['ingest_batch'] })
  const zero = await growth(monthly('s', [0, ...fifteen.slice(1, 13)]))
  expect(zero.headline).toMatchObject({ value: null, missing: ['ingest_batch.bytes'] })
})

test('equals a comparison by calendar month in any order of rows, and ignores the unit', async () => {
  const volumes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 13, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(volumes, async drawn => {
      // Walks back over years as long as all months of the last block have a counterpart.
      const block = drawn.slice(drawn.length >= 24 ? -12 : 12)
      let years = 1
      while (drawn.length - block.length - 12 * (years + 1) >= 0) years++
      const from = drawn.length - block.length - 12 * years
      const before = drawn.slice(from, from + block.length)
      const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0)
      const expected = Math.exp(Math.log(sum(block) / sum(before)) / years) - 1
      expect((await growth(monthly('s', drawn).toReversed())).headline.value).toBeCloseTo(expected, 11)
      const thousand = monthly(
        's',
        drawn.map(bytes => bytes * 1000),
      )
      expect((await growth(thousand)).headline.value).toBeCloseTo(expected, 11)
    }),
    { numRuns: 8 },
  )
})

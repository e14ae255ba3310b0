import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, Trials } from '../testing.ts'
import { byAllOrders, gameFixture, games, threeSources } from '../testing-games.ts'
import sourceShapleyValue from './source-shapley-value.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

test('divides four equal cells 11 : 5 : 8 of 24', async () => {
  // a: (1/2 + 1 + 1/3) / 4 = 11/24; b: (1/2 + 1/3) / 4 = 5/24; c: (1/3 + 1) / 4 = 8/24.
  const { headline, rows } = await trials.run(sourceShapleyValue, gameFixture(threeSources))
  expect(rows.map(row => row.source_id)).toEqual(['a', 'c', 'b'])
  ;[11, 8, 5].forEach((share, i) => {
    expect(rows[i]?.shapley).toBeCloseTo(share / 24, 14)
  })
  expect(headline.value).toBeCloseTo(11 / 24, 14)
  expect(besides(headline)).toMatchObject({
    Sources: 3,
    'Covered cells': 4,
    'Batches of known industry and province': 7 / 8,
  })
  expect(besides(headline)['Sum over sources (must be 100%)']).toBeCloseTo(1, 14)
})

test('lists its cells with those that cover them, and rests on seven batches of eight', async () => {
  const loaded = await trials.load(gameFixture(threeSources))
  const given = { inputs: { weight: 'records' } }
  const cells = await trials.detail(sourceShapleyValue, 'cells', loaded, given)
  // 30 records each in the cells of c alone and of all three, 20 in that of a and b, 10 in that of a alone.
  expect(cells.map(row => [row.province_code, row.weight, row.sources, row.source_ids])).toEqual([
    ['31', 30, 1, 'c'],
    ['44', 30, 3, 'a, b, c'],
    ['31', 20, 2, 'a, b'],
    ['31', 10, 1, 'a'],
  ])
  expect(cells[2]?.weight_share).toBeCloseTo(20 / 90, 14)
  const { headline } = await trials.apply(sourceShapleyValue, loaded)
  expect(headline.basis).toMatchObject({ n: 7, share: 7 / 8 })
})

test.each([1970, 2106])('gives no cell to a batch of %i, and says so', async year => {
  const wrong = { source: 'b', platform: 'A', month: 12 * (year - 2026), records: 5, bytes: 2e9 } as const
  const loaded = await trials.load(gameFixture([...threeSources, wrong]))
  const { headline, rows } = await trials.apply(sourceShapleyValue, loaded)
  const plain = await trials.run(sourceShapleyValue, gameFixture(threeSources))
  expect(headline.value).toBe(plain.headline.value)
  expect(rows.map(row => row.shapley)).toEqual(plain.rows.map(row => row.shapley))
  expect(headline.basis).toMatchObject({ n: 7, share: 7 / 9 })
  expect(besides(headline)).toMatchObject({
    'Covered cells': 4,
    'Batches with an impossible time (left out)': 1,
    'Bytes that these give (GB, left out)': 2,
  })
  expect(await trials.detail(sourceShapleyValue, 'cells', loaded)).toHaveLength(4)
})

test('names the window where no batch has a possible time', async () => {
  const given = { asOf: '2019-01-01T00:00:00Z' }
  const { headline } = await trials.run(sourceShapleyValue, gameFixture(threeSources), given)
  expect(headline).toMatchObject({ value: null, missing: ['ingest_batch.window_start'] })
  expect(besides(headline)).toMatchObject({ Sources: 0, 'Batches with an impossible time (left out)': 8 })
})

test('weighs cells by their records when asked to: 20, 10, 30 and 30 of 90', async () => {
  // a: (20/2 + 10 + 30/3) / 90 = 30/90; b: (10 + 10) / 90; c: (10 + 30) / 90.
  const given = { inputs: { weight: 'records' } }
  const { rows } = await trials.run(sourceShapleyValue, gameFixture(threeSources), given)
  expect(rows.map(row => [row.source_id, Math.round(Number(row.shapley) * 90)])).toEqual([
    ['c', 40],
    ['a', 30],
    ['b', 20],
  ])
})

test('knows the industry of an operator that sits in another province than the one chosen', async () => {
  const game = gameFixture(threeSources)
  const elsewhere = {
    ...game,
    platform: game.platform?.map(platform => ({ ...platform, province_code: '44' })) ?? [],
    organisation: game.organisation?.map(operator => ({ ...operator, province_code: '11' })) ?? [],
  }
  const everywhere = await trials.run(sourceShapleyValue, elsewhere)
  const inProvince = await trials.run(sourceShapleyValue, elsewhere, {
    filters: { ...noFilters, provinces: ['44'] },
  })
  expect(everywhere.headline.value).toBeGreaterThan(0)
  expect(inProvince).toEqual(everywhere)
})

test('names what is missing: records, or the places of platforms', async () => {
  const empty = threeSources.map(each => ({ ...each, records: 0 }))
  expect((await trials.run(sourceShapleyValue, gameFixture(empty))).headline).toMatchObject({
    value: null,
    missing: ['ingest_batch.records'],
  })
  const nowhere = gameFixture(threeSources.slice(-1))
  expect((await trials.run(sourceShapleyValue, nowhere)).headline).toMatchObject({
    value: null,
    missing: ['platform.province_code', 'organisation.industry_code'],
  })
})

test('equals the average over all orders of joining, adds up to 1, and ignores the order of rows', async () => {
  const weights = fc.constantFrom('equal' as const, 'records' as const, 'bytes' as const)
  await fc.assert(
    fc.asyncProperty(games, weights, async (game, weight) => {
      const given = { inputs: { weight } }
      const { rows } = await trials.run(sourceShapleyValue, gameFixture(game), given)
      const expected = byAllOrders(game, weight)
      expect(rows).toHaveLength(expected.size)
      for (const { source_id, shapley } of rows) {
        expect(shapley).toBeCloseTo(expected.get(String(source_id)) ?? Number.NaN, 12)
      }
      const cells = await trials.detail(
        sourceShapleyValue,
        'cells',
        await trials.load(gameFixture(game)),
        given,
      )
      for (const { source_id, shapley } of rows) {
        const own = cells.filter(cell => String(cell.source_ids).split(', ').includes(String(source_id)))
        const divided = own.reduce((sum, cell) => sum + Number(cell.weight_share) / Number(cell.sources), 0)
        expect(divided).toBeCloseTo(Number(shapley), 12)
      }
      expect(rows.reduce((sum, { shapley }) => sum + Number(shapley), 0)).toBeCloseTo(1, 12)
      const mixed = await trials.run(sourceShapleyValue, gameFixture(game.toReversed()), given)
      expect(mixed.rows).toEqual(rows)
    }),
    { seed: 10, numRuns: 10 },
  )
})

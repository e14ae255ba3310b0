import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import { byLeavingOut, gameFixture, games, threeSources } from '../testing-games.ts'
import sourceLeaveOneOutValue from './source-leave-one-out-value.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

test('of four equal cells: a and c each hold one alone, together a half', async () => {
  const { headline, rows } = await trials.run(sourceLeaveOneOutValue, gameFixture(threeSources))
  expect(rows.map(row => [row.source_id, row.leave_one_out])).toEqual([
    ['a', 1 / 4],
    ['c', 1 / 4],
    ['b', 0],
  ])
  expect(headline.value).toBe(1 / 2)
  expect(headline.beside?.[0]).toMatchObject({ name: { en: 'Least replaceable source' }, value: 1 / 4 })
})

test('lists the cells that hang on a single source first', async () => {
  const loaded = await trials.load(gameFixture(threeSources))
  const cells = await trials.detail(sourceLeaveOneOutValue, 'cells', loaded)
  expect(cells.map(row => [row.source_ids, row.weight_share])).toEqual([
    ['c', 1 / 4],
    ['a', 1 / 4],
    ['a, b', 1 / 4],
    ['a, b, c', 1 / 4],
  ])
  expect(sourceLeaveOneOutValue.details?.cells?.chart?.(cells, { weight: 'equal' }).rows).toHaveLength(3)
})

test('counts no cell that only a batch of a wrong year holds', async () => {
  const wrong = { source: 'b', platform: 'A', month: 12 * 80, records: 5, bytes: 2 } as const
  const { headline } = await trials.run(sourceLeaveOneOutValue, gameFixture([...threeSources, wrong]))
  expect(headline.value).toBe(1 / 2)
  expect(besides(headline)).toMatchObject({
    'Cells covered by one source': 2,
    'Batches with an impossible time (left out)': 1,
  })
})

test('by records: a holds 10 and c 30 of 90 alone', async () => {
  const given = { inputs: { weight: 'records' } }
  const { headline } = await trials.run(sourceLeaveOneOutValue, gameFixture(threeSources), given)
  expect(headline.value).toBeCloseTo(40 / 90, 14)
})

test('is worth nothing where two sources duplicate each other', async () => {
  const twins = threeSources.flatMap(each => [
    { ...each, source: 'x' },
    { ...each, source: 'y' },
  ])
  expect((await trials.run(sourceLeaveOneOutValue, gameFixture(twins))).headline.value).toBe(0)
})

test('equals what the whole loses without each source, and is never above its Shapley value', async () => {
  const weights = fc.constantFrom('equal' as const, 'records' as const, 'bytes' as const)
  await fc.assert(
    fc.asyncProperty(games, weights, async (game, weight) => {
      const { rows } = await trials.run(sourceLeaveOneOutValue, gameFixture(game), { inputs: { weight } })
      const expected = byLeavingOut(game, weight)
      for (const { source_id, leave_one_out, shapley } of rows) {
        expect(leave_one_out).toBeCloseTo(expected.get(String(source_id)) ?? Number.NaN, 12)
        expect(Number(leave_one_out)).toBeLessThanOrEqual(Number(shapley) + 1e-12)
      }
    }),
    { seed: 11, numRuns: 10 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, Trials } from '../testing.ts'
import { communities, communityRow, drawnCommunities, lastMonth } from '../testing-communities.ts'
import activeContributors from './active-contributors.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

test('lies between the largest months and the sums of months: 12 + 5 to 30 + 5', async () => {
  // a: April 10, May 12, June 8 (March is outside, its contradiction too): at least 12, at most 30. b: April 5 alone. External of a: 4, 1, unknown.
  const { headline, rows, chart } = await trials.run(activeContributors, { community: communities }, { asOf })
  expect(headline.value).toBe(17)
  expect(headline.interval).toMatchObject({ kind: 'range', low: 17, high: 35 })
  expect(headline.basis).toMatchObject({ n: 2, share: 2 / 3 })
  expect(besides(headline)).toEqual({
    'Of them external, at least': 4,
    'Communities with months in the window': 2,
    'Months of communities that are reported': 4 / 6,
    'The largest community (all there are, were they the same people)': 12,
    'Rows with more external than all (not told apart)': 1,
  })
  expect(rows.map(row => [row.in_window, row.contributors])).toEqual([
    [false, 7],
    [false, 50],
    [true, 15],
    [true, 12],
    [true, 8],
  ])
  // April: a 6 + 4, and b, whose 9 external of 5 say nothing.
  const april = chart.rows.filter(row => row.month === rows[2]?.month)
  expect(april.map(row => [row.group, row.contributors])).toEqual([
    ['internal', 6],
    ['external', 4],
    ['unsplit', 5],
  ])
})

test('has the largest community as its lower bound where people may be the same', async () => {
  const given = { asOf, inputs: { overlap: 'unknown', months: 1 } }
  const { headline } = await trials.run(activeContributors, { community: communities }, given)
  expect([headline.value, headline.interval?.low, headline.interval?.high]).toEqual([8, 8, 8])
})

test('has the most external of any community as their lower bound where people may be the same', async () => {
  const month = { contributors: 6, external_contributors: 5 }
  const community = [communityRow('a', '2026-06', month), communityRow('b', '2026-06', month)]
  const external = async (overlap: string) =>
    besides((await trials.run(activeContributors, { community }, { asOf, inputs: { overlap } })).headline)[
      'Of them external, at least'
    ]
  expect([await external('apart'), await external('unknown')]).toEqual([10, 5])
})

test('tells the communities apart', async () => {
  const loaded = await trials.load({ community: communities })
  const rows = await trials.detail(activeContributors, 'by-community', loaded, { asOf })
  expect(rows.map(row => [row.community_id, row.least_contributors, row.most_contributors])).toEqual([
    ['a', 12, 30],
    ['b', 5, 5],
  ])
})

test('names what is missing: rows, months of the window, or counts', async () => {
  const missing = async (community: typeof communities, filters = noFilters) =>
    (await trials.run(activeContributors, { community }, { asOf, filters })).headline
  expect(await missing([])).toMatchObject({ value: null, missing: ['community'] })
  const old = [communityRow('a', '2025-01', { contributors: 3 })]
  expect(await missing(old)).toMatchObject({ value: null, missing: ['community.month'] })
  const silent = [communityRow('a', '2026-06', { merged: 3 })]
  expect(await missing(silent)).toMatchObject({ value: null, missing: ['community.contributors'] })
  expect(await missing(communities, { ...noFilters, platforms: ['Q'] })).toMatchObject({ value: 12 })
})

test('bounds the number of people whose names are known to the test, in any order of rows', async () => {
  await fc.assert(
    fc.asyncProperty(drawnCommunities, fc.integer({ min: 1, max: 8 }), async (drawn, months) => {
      const community = drawn.map(({ id, month, people, external }) =>
        communityRow(id, month, { contributors: people.length, external_contributors: external }),
      )
      const within = drawn.filter(({ month }) => month > lastMonth(-months) && month <= lastMonth(0))
      const persons = new Set(within.flatMap(({ id, people }) => people.map(person => `${id} ${person}`)))
      const given = { asOf, inputs: { months } }
      const { headline } = await trials.run(activeContributors, { community }, given)
      if (within.length === 0) {
        expect(headline.value).toBeNull()
        return
      }
      expect(headline.value).toBeLessThanOrEqual(persons.size)
      expect(headline.interval?.high).toBeGreaterThanOrEqual(persons.size)
      const sizes = within.map(({ people }) => people.length)
      expect(headline.interval?.high).toBe(sizes.reduce((a, b) => a + b, 0))
      const turned = await trials.run(activeContributors, { community: community.toReversed() }, given)
      expect(turned.headline).toEqual(headline)
    }),
    { numRuns: 8 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import { communities, communityRow, drawnCommunities, lastMonth } from '../testing-communities.ts'
import externalContributionShare from './external-contribution-share.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

test('is 14 of 64: the June of a without its external part, and c of 2025, are left out', async () => {
  // a: 1/10 + 8/20 + 3/30 = 12 of 60; b: 2 of 4.
  const { headline, rows } = await trials.run(externalContributionShare, { community: communities }, { asOf })
  expect(headline.value).toBe(14 / 64)
  expect(besides(headline)).toEqual({
    'Merged changes': 64,
    'Of them from outside': 14,
    Communities: 2,
    'Mean of the communities’ shares': (12 / 60 + 2 / 4) / 2,
    'Months of communities left out': 1,
  })
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 5 })
  // z² = 3.841459: centre (14 + z²/2)/(64 + z²) = 0.2346755, half z·√(14·50/64 + z²/4)/(64 + z²) = 0.0996523.
  expect(headline.interval?.low).toBeCloseTo(0.1350232, 6)
  expect(headline.interval?.high).toBeCloseTo(0.3343278, 6)
  expect(rows.map(row => [row.community_id, row.merged, row.external_share])).toEqual([
    ['a', 60, 12 / 60],
    ['b', 4, 2 / 4],
    ['c', 0, null],
  ])
})

test('shows all months, and the rows that it left out', async () => {
  const loaded = await trials.load({ community: communities })
  const months = await trials.detail(externalContributionShare, 'by-month', loaded, { asOf })
  expect(months.map(row => row.external_share)).toEqual([1, 1 / 10, 10 / 24, 3 / 30])
  const leftOut = await trials.detail(externalContributionShare, 'left-out-rows', loaded, { asOf })
  expect(leftOut.map(row => [row.community_id, row.merged, row.row_no])).toEqual([['a', 30, 5]])
})

test('names what is missing: rows, months of the window, or counts', async () => {
  const missing = async (community: typeof communities) =>
    (await trials.run(externalContributionShare, { community }, { asOf })).headline
  expect(await missing([])).toMatchObject({ value: null, missing: ['community'] })
  const old = [communityRow('a', '2025-01', { merged: 3, merged_external: 1 })]
  expect(await missing(old)).toMatchObject({ value: null, missing: ['community.month'] })
  const contradicting = [communityRow('a', '2026-06', { merged: 3, merged_external: 4 })]
  expect(await missing(contradicting)).toMatchObject({
    value: null,
    missing: ['community.merged', 'community.merged_external'],
  })
})

test('equals a count change by change, and does not change when all is doubled', async () => {
  await fc.assert(
    fc.asyncProperty(drawnCommunities, fc.integer({ min: 1, max: 8 }), async (drawn, months) => {
      // Person 1 to 4 are from outside, and each has merged as many changes as is its number.
      const changes = drawn.flatMap(({ id, month, people }) =>
        people.flatMap(person => Array.from({ length: person }, () => ({ id, month, outside: person <= 4 }))),
      )
      const table = (times: number) =>
        drawn.map(({ id, month }) => {
          const own = changes.filter(change => change.id === id && change.month === month)
          const outside = own.filter(change => change.outside)
          return communityRow(id, month, {
            merged: own.length * times,
            merged_external: outside.length * times,
          })
        })
      const inWindow = changes.filter(({ month }) => month > lastMonth(-months) && month <= lastMonth(0))
      const given = { asOf, inputs: { months } }
      const { headline } = await trials.run(externalContributionShare, { community: table(1) }, given)
      if (inWindow.length === 0) {
        expect(headline.value).toBeNull()
        return
      }
      const expected = inWindow.filter(({ outside }) => outside).length / inWindow.length
      expect(headline.value).toBeCloseTo(expected, 12)
      const doubled = await trials.run(externalContributionShare, { community: table(2) }, given)
      expect(doubled.headline.value).toBeCloseTo(expected, 12)
    }),
    { numRuns: 8 },
  )
})

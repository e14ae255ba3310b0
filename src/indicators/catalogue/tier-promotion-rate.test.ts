import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { wilson } from '../../statistics/statistics.ts'
import { besides, type Cells, Trials } from '../testing.ts'
import { loadExports } from '../testing-exports.ts'
import promotion from './tier-promotion-rate.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const tiers = ['基础', '成长', '引领', '生态'] as const
type Tier = (typeof tiers)[number]

/** Platforms by id; a tier of null is unknown. */
const list = (tierOf: Readonly<Record<string, Tier | null>>, more: Cells = {}) =>
  Object.entries(tierOf).map(([platform_id, tier]) => ({ platform_id, tier, ...more }))

async function run(
  lists: Readonly<Record<string, readonly Cells[]>>,
  given: Parameters<Trials['apply']>[2] = {},
) {
  const { loaded, exports } = await loadExports(trials, {}, lists)
  return { ...(await trials.apply(promotion, loaded, { ...given, exports })), loaded, exports }
}

/**
 * At risk: a (rises one), b (rises two), c (stays), d (falls) = 4, of which 2 rise. e was at the top, f's tier is unknown
 * at first, g's at last, h left, i joined.
 */
const before = list({ a: '基础', b: '基础', c: '成长', d: '引领', e: '生态', f: null, g: '成长', h: '基础' })
const after = list({ a: '成长', b: '引领', c: '成长', d: '成长', e: '生态', f: '引领', g: null, i: '基础' })
const years = { '2025-06-30T00:00:00Z': before, '2026-06-30T00:00:00Z': after }

test('is 2 of 4 at risk', async () => {
  const { headline, rows } = await run(years)
  expect(headline.value).toBe(0.5)
  expect(headline.interval).toMatchObject({ ...wilson(2, 4), kind: 'confidence' })
  // Below the top tier at first: a, b, c, d, g, h.
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 6 })
  expect(besides(headline)).toMatchObject({
    'Platforms promoted': 2,
    'Platforms demoted': 1,
    'Demotion rate (above the lowest tier at first)': 1 / 3,
    'Left the list': 1,
    'Joined the list': 1,
  })
  // 365 days are 0.9993 of a year of 365.25.
  expect(besides(headline)['Promotion rate a year']).toBeCloseTo(1 - 0.5 ** (365.25 / 365), 12)
  const cell = (from: string, to: string) =>
    rows.find(({ from_tier, to_tier }) => from_tier === from && to_tier === to)
  expect(rows.slice(0, 4).map(({ to_tier }) => to_tier)).toEqual([...tiers])
  expect(cell('基础', '成长')).toMatchObject({ platforms: 1, share_of_from: 1 / 3 })
  expect(cell('基础', 'absent')).toMatchObject({ platforms: 1 })
  expect(cell('生态', '基础')).toMatchObject({ platforms: 0, share_of_from: 0 })
})

test('the flow shows every platform once, and the detail who moved', async () => {
  const { chart, loaded, exports } = await run(years)
  expect(chart.rows.reduce((sum, { platforms }) => sum + Number(platforms), 0)).toBe(9)
  const rows = await trials.detail(promotion, 'platforms', loaded, { exports })
  expect(rows.map(({ platform_id, tiers_risen }) => [platform_id, tiers_risen])).toEqual([
    ...[
      ['b', 2],
      ['a', 1],
      ['c', 0],
      ['e', 0],
      ['d', -1],
      ['f', null],
      ['g', null],
    ],
    ...[
      ['h', null],
      ['i', null],
    ],
  ])
})

test('compares with the export nearest to a year before, or to the years asked for', async () => {
  const lists = {
    '2023-06-30T00:00:00Z': list({ a: '基础', b: '基础' }),
    '2025-05-01T00:00:00Z': list({ a: '成长', b: '基础' }),
    '2026-06-01T00:00:00Z': list({ a: '成长', b: '成长' }),
    '2026-06-30T00:00:00Z': list({ a: '成长', b: '引领' }),
  }
  expect((await run(lists)).rows[0]?.first_as_of).toBe(Date.parse('2025-05-01') * 1000)
  const long = await run(lists, { inputs: { years: 3 } })
  expect(long.headline.value).toBe(1)
  // Three years apart, all promoted; a year's share is then 1 too.
  expect(besides(long.headline)['Promotion rate a year']).toBe(1)
})

test('names what is missing', async () => {
  const one = await run({ '2026-06-30T00:00:00Z': after })
  expect(one.headline).toMatchObject({
    value: null,
    missing: ['platform: a second export with another date'],
  })
  const tierless = { '2025-06-30T00:00:00Z': list({ a: null }), '2026-06-30T00:00:00Z': list({ a: null }) }
  expect((await run(tierless)).headline).toMatchObject({
    value: null,
    missing: ['platform: an export that tells its time, with tier'],
  })
  expect((await trials.run(promotion, { platform: [] })).headline.missing).toEqual(['platform'])
  const top = { '2025-06-30T00:00:00Z': list({ a: '生态' }), '2026-06-30T00:00:00Z': list({ a: '引领' }) }
  expect((await run(top)).headline).toMatchObject({ value: null, missing: ['platform.tier'] })
})

test('a filter takes platforms by their latest export', async () => {
  const filters = { ...noFilters, platforms: ['a', 'c'] }
  expect((await run(years, { filters })).headline.value).toBe(0.5)
  expect((await run(years, { filters: { ...noFilters, platforms: ['a', 'b'] } })).headline.value).toBe(1)
})

test('is the share counted platform by platform', async () => {
  const tier = fc.constantFrom(...tiers, null)
  const pairs = fc.array(fc.tuple(fc.option(tier, { nil: undefined }), tier), { minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(pairs, async drawn => {
      const [first, last] = [
        drawn.flatMap(([a], i) => (a === undefined ? [] : [{ platform_id: `p${i}`, tier: a }])),
        drawn.map(([, b], i) => ({ platform_id: `p${i}`, tier: b })),
      ]
      const lists = { '2025-06-30T00:00:00Z': first, '2026-06-30T00:00:00Z': last.toReversed() }
      const rank = (at: Tier | null | undefined) => (at ? tiers.indexOf(at) : -1)
      const risk = drawn.filter(([a, b]) => rank(a) >= 0 && rank(a) < 3 && rank(b) >= 0)
      const risen = risk.filter(([a, b]) => rank(b) > rank(a))
      const dated = first.some(({ tier: a }) => a !== null) && last.some(({ tier: b }) => b !== null)
      const expected = dated && risk.length > 0 ? risen.length / risk.length : null
      expect((await run(lists)).headline.value).toBe(expected)
    }),
    { numRuns: 8 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import interconnectionDensity from './interconnection-density.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const platforms = (...ids: readonly string[]): readonly Cells[] =>
  ids.map(platform_id => ({
    platform_id,
    name: `平台${platform_id}`,
    tier: platform_id < 'C' ? '生态' : '基础',
  }))
const link = (pair: string, kind = 'interconnect', since: string | null = null): Cells => ({
  ...{ from: pair[0] ?? null, to: pair[1] ?? null, kind, since },
})

/**
 * Five platforms. Counted: AB (two kinds and mirrored: 3 records), AC, AD: m = 3. E is alone. Left out: AA (itself), AX
 * (not listed), BC (begins after the data).
 */
const byHand: Fixture = {
  platform: platforms('A', 'B', 'C', 'D', 'E'),
  platform_link: [
    link('AB'),
    link('AB', 'data_share'),
    link('BA'),
    link('AC', 'model_reuse', '2026-06-30'),
    link('DA'),
    link('AA'),
    link('AX'),
    link('BC', 'interconnect', '2026-07-01'),
  ],
}

test('is 2m / (n (n − 1)): 6 of 20', async () => {
  const { headline, rows, chart } = await trials.run(interconnectionDensity, byHand, { asOf })
  expect(headline.value).toBe(6 / 20)
  expect(headline.basis).toMatchObject({ n: 5, share: 5 / 8 })
  expect(besides(headline)).toMatchObject({
    'Platforms n': 5,
    'Linked pairs m': 3,
    'Platforms without a link': 1 / 5,
    'Platforms in the largest component': 4 / 5,
    // A star of 3 beside a node alone: degrees 3, 1, 1, 1, 0: (0 + 2·3 + 3)/(4·3); betweenness of A 3: 4·3/(16·3/2).
    'Degree centralisation': 9 / 12,
    'Betweenness centralisation': 12 / 24,
    'Links of a platform to itself (left out)': 1,
    'Repeated or mirrored links (left out)': 2,
    'Links with an end out of scope': 1,
    'Links since after the time of the data': 1,
  })
  expect(rows.map(row => [row.platform_id, row.other_id, row.kinds])).toEqual([
    ['A', 'B', 'data_share, interconnect'],
    ['A', 'C', 'model_reuse'],
    ['A', 'D', 'interconnect'],
    ['E', null, null],
  ])
  expect(chart.rows).toHaveLength(4)
})

test('no star can be rewired: every random graph of its degrees is as central', async () => {
  const { headline } = await trials.run(interconnectionDensity, byHand, { asOf })
  expect(besides(headline)).toMatchObject({
    'The same in random graphs of equal degrees': 12 / 24,
    'Its percentile among random graphs': 0.5,
  })
})

test('of one kind: AC alone, 2 of 20', async () => {
  const run = (kinds: string) => trials.run(interconnectionDensity, byHand, { asOf, inputs: { kinds } })
  expect((await run('model_reuse')).headline.value).toBe(2 / 20)
  expect((await run('data_share')).headline.value).toBe(2 / 20)
})

test('a filter keeps the links that have both ends in scope', async () => {
  // Tier 生态: A and B, linked: 1. Tier 基础: C, D, E, unlinked: 0, which is known, not missing.
  const value = async (tiers: readonly string[]) =>
    (await trials.run(interconnectionDensity, byHand, { asOf, filters: { ...noFilters, tiers } })).headline
      .value
  expect(await value(['生态'])).toBe(1)
  expect(await value(['基础'])).toBe(0)
})

test('lists partners and the verdict of every record', async () => {
  const loaded = await trials.load(byHand)
  const partners = await trials.detail(interconnectionDensity, 'platforms', loaded, { asOf })
  expect(partners.map(row => [row.platform_id, row.partners, row.link_rows])).toEqual([
    ['A', 3, 5],
    ['B', 1, 3],
    ['C', 1, 1],
    ['D', 1, 1],
    ['E', 0, 0],
  ])
  const links = await trials.detail(interconnectionDensity, 'links', loaded, { asOf })
  expect(links.slice(0, 4).map(row => [row.row_no, row.verdict])).toEqual([
    [8, 'later'],
    [7, 'outside'],
    [6, 'self'],
    [1, 'counted'],
  ])
})

test('is not computable for one platform, or where no link was exported at all', async () => {
  const missing = async (fixture: Fixture) =>
    (await trials.run(interconnectionDensity, fixture, { asOf })).headline.missing
  expect(await missing({ platform: platforms('A'), platform_link: [link('AB')] })).toEqual(['platform'])
  expect(await missing({ platform: platforms('A', 'B'), platform_link: [] })).toEqual(['platform_link'])
})

test('shows at most 200 platforms, those with most links', async () => {
  const ids = Array.from({ length: 260 }, (_, i) => `p${i}`)
  const ring = ids.map((from, i) => ({ from, to: ids[(i + 1) % 250] ?? '', kind: 'interconnect' }))
  const { chart, headline } = await trials.run(interconnectionDensity, {
    platform: ids.map(platform_id => ({ platform_id })),
    platform_link: ring,
  })
  const shown = new Set(chart.rows.flatMap(row => [row.platform_id, row.other_id]))
  shown.delete(null)
  expect(shown.size).toBeLessThanOrEqual(200)
  expect(chart.note?.en).toContain('200 nodes with most links, of 260')
  expect(headline.value).not.toBeNull()
})

const ids = ['A', 'B', 'C', 'D', 'E', 'F']
const drawnLink = fc.tuple(
  fc.constantFrom(...ids, 'X'),
  fc.constantFrom(...ids),
  fc.constantFrom('interconnect', 'data_share'),
)

test('equals a count over an adjacency matrix, in [0, 1], whatever the direction and order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawnLink, { minLength: 1, maxLength: 20 }), async drawn => {
      const run = async (rows: readonly Cells[]) =>
        (await trials.run(interconnectionDensity, { platform: platforms(...ids), platform_link: rows }))
          .headline
      const linked = (a: string, b: string) =>
        drawn.some(([f, t]) => (f === a && t === b) || (f === b && t === a))
      const pairs = ids.flatMap((a, i) => ids.slice(i + 1).map(b => linked(a, b)))
      const expected = pairs.filter(Boolean).length / pairs.length
      const rows = drawn.map(([from, to, kind]) => ({ from, to, kind }))
      expect((await run(rows)).value).toBeCloseTo(expected, 14)
      const turned = rows.map(({ from, to, kind }) => ({ from: to, to: from, kind })).toReversed()
      expect((await run(turned)).value).toBeCloseTo(expected, 14)
    }),
    { numRuns: 8 },
  )
})

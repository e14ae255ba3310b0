import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import { use } from '../testing-usage.ts'
import ecosystemSynergy from './ecosystem-synergy.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const contract = (
  org_id: string,
  platform_id: string,
  start = '2025-01-01',
  ended_at: string | null = null,
): Cells => ({
  ...{ contract_id: `${org_id}${platform_id}${start}`, org_id, platform_id, start, ended_at },
})
const device = (org_id: string | null, platform_id: string, retired_at: string | null = null): Cells => ({
  ...{ org_id, platform_id, device_id: `${org_id}${platform_id}`, retired_at },
})

/**
 * A: o1, o2 (contracts), o3 (usage). B: o3 (device), o4 (usage, by the model's platform). C: o5. No ties: o6 (ended before the
 * window), o7 (begins later), o8 (0 users), o11 (contract ends before it begins), * (all together), o9 (device retired), o10 (usage before the window).
 * Components: {A, B, o1, o2, o3, o4} and {C, o5}: 6 of 8. Of 5 organisations o3 is on two platforms.
 */
const byHand: Fixture = {
  platform: ['A', 'B', 'C', 'D'].map(platform_id => ({ platform_id, name: `平台${platform_id}` })),
  organisation: ['o1', 'o2', 'o3', 'o4', 'o5', 'o6'].map(org_id => ({ org_id })),
  model: [{ model_id: 'm', platform_id: 'B' }],
  contract: [
    contract('o1', 'A'),
    contract('o1', 'A', '2026-06-30'),
    contract('o2', 'A', '2024-01-01', '2025-07-01'),
    contract('o6', 'A', '2024-01-01', '2025-06-30'),
    contract('o7', 'A', '2026-07-01'),
    contract('o11', 'A', '2026-05-01', '2026-01-01'),
    contract('o5', 'C'),
  ],
  usage: [
    use('application', 'a', '2025-07', 'o3'),
    use('model', 'm', '2026-06', 'o4', { platform_id: null }),
    use('application', 'a', '2026-06', 'o8', { users: 0 }),
    use('application', 'a', '2026-06', '*', { organisations: 9 }),
    use('application', 'a', '2025-06', 'o10'),
  ],
  device: [device('o3', 'B'), device('o9', 'B', '2026-01-01T00:00:00Z'), device(null, 'C')],
}

test('is the largest component’s share of tied organisations and platforms: 6 of 8', async () => {
  const { headline, rows, chart } = await trials.run(ecosystemSynergy, byHand, { asOf })
  expect(headline.value).toBe(6 / 8)
  expect(headline.basis).toMatchObject({ n: 8, share: null })
  expect(besides(headline)).toMatchObject({
    Organisations: 5,
    Platforms: 3,
    Ties: 6,
    Components: 2,
    'Organisations on two or more platforms': 1 / 5,
  })
  expect(rows.map(row => [row.platform_id, row.org_id, row.component_no])).toEqual([
    ['A', 'o1', 1],
    ['A', 'o2', 1],
    ['A', 'o3', 1],
    ['B', 'o3', 1],
    ['B', 'o4', 1],
    ['C', 'o5', 2],
  ])
  expect(rows[0]).toMatchObject({
    platform_name: '平台A',
    by_contract: true,
    by_usage: false,
    by_device: false,
  })
  expect(chart.rows).toHaveLength(6)
})

test('with all listed ones, D and o6 are nodes alone: 6 of 10', async () => {
  const { headline } = await trials.run(ecosystemSynergy, byHand, { asOf, inputs: { nodes: 'listed' } })
  expect(headline.value).toBe(6 / 10)
  expect(besides(headline)['Organisations on two or more platforms']).toBe(1 / 5)
})

test('by contracts alone, by usage alone, by devices alone, in a longer window', async () => {
  const value = async (inputs: object) =>
    (await trials.run(ecosystemSynergy, byHand, { asOf, inputs: { ...inputs } })).headline.value
  expect(await value({ by: 'contract' })).toBe(3 / 5)
  expect(await value({ by: 'usage' })).toBe(2 / 4)
  expect(await value({ by: 'device' })).toBe(1)
  // With 13 months o6 and o10 join A: 8 of 10.
  expect(await value({ months: 13 })).toBe(8 / 10)
})

test('an organisation and a platform of the same id are two nodes', async () => {
  const fixture = { contract: [contract('X', 'A'), contract('o', 'X')] }
  const { headline, chart } = await trials.run(ecosystemSynergy, fixture, { asOf })
  expect(headline.value).toBe(2 / 4)
  expect(chart.rows).toHaveLength(2)
})

test('tells components and organisations', async () => {
  const loaded = await trials.load(byHand)
  const parts = await trials.detail(ecosystemSynergy, 'components', loaded, { asOf })
  expect(parts.map(row => [row.component_no, row.organisations, row.platforms, row.platform_ids])).toEqual([
    [1, 4, 2, 'A, B'],
    [2, 1, 1, 'C'],
  ])
  const organisations = await trials.detail(ecosystemSynergy, 'organisations', loaded, { asOf })
  expect(organisations.slice(0, 2).map(row => [row.org_id, row.tied_platforms])).toEqual([
    ['o3', 2],
    ['o1', 1],
  ])
})

test('shows the 200 nodes with most ties, and counts all', async () => {
  const ties = Array.from({ length: 900 }, (_, i) => contract(`o${i}`, `P${i % 5}`))
  const hubs = Array.from({ length: 30 }, (_, i) => contract(`o${i}`, `P${(i + 1) % 5}`))
  const { headline, rows, chart } = await trials.run(
    ecosystemSynergy,
    { contract: [...ties, ...hubs] },
    { asOf },
  )
  expect(headline.value).toBe(1)
  expect(besides(headline)).toMatchObject({ Organisations: 900, Platforms: 5, Ties: 930 })
  expect(rows).toHaveLength(195 + 30)
  expect(chart.note?.en).toContain('The 200 organisations and platforms with most ties, of 905')
})

test('is not computable without a tie', async () => {
  const missing = async (fixture: Fixture, by = 'all') =>
    (await trials.run(ecosystemSynergy, fixture, { asOf, inputs: { by, nodes: 'listed' } })).headline
  expect(await missing({})).toMatchObject({ value: null, missing: ['contract', 'usage', 'device'] })
  expect(
    await missing({ platform: byHand.platform ?? [], device: byHand.device ?? [] }, 'usage'),
  ).toMatchObject({
    value: null,
    missing: ['usage'],
  })
})

/** Flood fill over an adjacency list: another algorithm than union–find. */
function largestShare(ties: readonly (readonly [string, string])[]): number {
  const nodes = new Set(ties.flatMap(([org, platform]) => [`o${org}`, `p${platform}`]))
  let largest = 0
  const open = new Set(nodes)
  for (const start of nodes) {
    const found = new Set(open.delete(start) ? [start] : [])
    for (const at of found)
      for (const [org, platform] of ties) {
        const ends = [`o${org}`, `p${platform}`]
        if (ends.includes(at)) for (const end of ends) if (open.delete(end)) found.add(end)
      }
    largest = Math.max(largest, found.size)
  }
  return largest / nodes.size
}

test('equals a flood fill, in (0, 1], whatever the order; another tie between partners changes nothing', async () => {
  const tie = fc.tuple(
    fc.constantFrom('1', '2', '3', '4', '5', '6'),
    fc.constantFrom('1', '2', '3', '4', '5'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(tie, { minLength: 1, maxLength: 10 }), async ties => {
      const run = async (fixture: Fixture) =>
        (await trials.run(ecosystemSynergy, fixture, { asOf })).headline.value
      const contracts = ties.map(([org, platform]) => contract(org, platform))
      expect(await run({ contract: contracts })).toBeCloseTo(largestShare(ties), 14)
      const more = ties.slice(0, 3).map(([org, platform]) => device(org, platform))
      expect(await run({ contract: contracts.toReversed(), device: more })).toBeCloseTo(
        largestShare(ties),
        14,
      )
    }),
    { numRuns: 8 },
  )
})

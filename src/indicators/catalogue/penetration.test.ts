import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { weightedProportion, wilson } from '../../statistics/statistics.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import penetration from './penetration.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const contract = (org_id: string, start: string, more: Cells = {}) => ({
  ...{ contract_id: `${org_id} ${start}`, platform_id: 'A', org_id, start },
  ...more,
})
const use = (org_id: string, month: string, more: Cells = {}) => ({
  ...{ subject_kind: 'model', subject_id: 'm', platform_id: 'A', org_id, month },
  ...more,
})

/** Of eight organisations one runs the platform; of the other seven o1, o4, o5 and o7 apply it. */
const byHand: Fixture = {
  organisation: ['o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7', 'op'].map((org_id, i) => ({
    ...{ org_id, size: i < 3 ? '大' : '小', province_code: i < 4 ? '44' : '31' },
  })),
  platform: [{ platform_id: 'A', org_id: 'op', province_code: '44' }],
  contract: [
    contract('o1', '2024-01-01', { matures_at: '2025-01-01' }),
    contract('o2', '2024-01-01', { ended_at: '2026-06-30' }),
    contract('o3', '2026-07-01'),
    contract('op', '2024-01-01'),
    contract('stranger', '2024-01-01'),
  ],
  usage: [
    use('o4', '2025-07-01'),
    use('o6', '2025-06-01'),
    use('*', '2026-06-01'),
    use('o3', '2026-06-01', { users: 0 }),
  ],
  device: [
    { platform_id: 'A', device_id: '1', org_id: 'o5', activated_at: '2024-01-01T00:00:00Z' },
    { platform_id: 'A', device_id: '2', org_id: 'o6', activated_at: null },
    {
      ...{ platform_id: 'A', device_id: '3', org_id: 'o2', activated_at: '2024-01-01T00:00:00Z' },
      retired_at: '2025-01-01T00:00:00Z',
    },
    { platform_id: 'B', device_id: '1', org_id: 'o7', activated_at: '2024-01-01T00:00:00Z' },
    { platform_id: 'A', device_id: '4', org_id: 'o5', activated_at: '2025-01-01T00:00:00Z' },
  ],
}

test('is 4 of 7, with Wilson’s interval and its definition', async () => {
  const { headline, rows } = await trials.run(penetration, byHand, { asOf })
  expect(headline.value).toBe(4 / 7)
  expect(headline.interval).toMatchObject({ ...wilson(4, 7), level: 0.95 })
  expect(headline.basis).toMatchObject({ n: 7, share: 7 / 8 })
  expect(besides(headline)).toMatchObject({ 'By contract': 1, 'By usage': 1, 'By device': 2 })
  expect(rows.map(({ size, enterprises, applying }) => [size, enterprises, applying])).toEqual([
    ['大', 3, 1],
    ['小', 4, 3],
  ])
  expect(rows[0]?.scope).toContain('operators=exclude; evidence=any')
})

test('by one kind of evidence, a shorter memory, or with operators', async () => {
  const share = async (inputs: Record<string, string | number>) =>
    (await trials.run(penetration, byHand, { asOf, inputs })).headline.value
  expect(await share({ evidence: 'contract' })).toBe(1 / 7)
  expect(await share({ evidence: 'device' })).toBe(2 / 7)
  expect(await share({ usage_months: 6 })).toBe(3 / 7)
  expect(await share({ usage_months: 13 })).toBe(5 / 7)
  expect(await share({ operators: 'include' })).toBe(5 / 8)
})

test('weighted by size: 10% large at 1/3 and 90% small at 3/4 are 0.70833', async () => {
  const inputs = { weighting: 'size', share_large: 10, share_small: 90 }
  const { headline, rows } = await trials.run(penetration, byHand, { asOf, inputs })
  expect(headline.value).toBeCloseTo(0.1 / 3 + 0.9 * 0.75, 12)
  const weights = [...Array.from({ length: 3 }, () => 1 / 3), ...Array.from({ length: 4 }, () => 9 / 4)]
  const direct = weightedProportion([1, 0, 0, 1, 1, 1, 0], weights)
  expect(headline.interval?.low).toBeCloseTo(direct?.low ?? -1, 12)
  expect(headline.interval?.high).toBeCloseTo(direct?.high ?? -1, 12)
  expect(rows.map(({ population_share }) => population_share)).toEqual([0.1, 0.9])
  expect(besides(headline)['Unweighted share']).toBe(4 / 7)
})

test('weights of the sample’s own sizes change nothing', async () => {
  const inputs = { weighting: 'size', share_large: 3, share_small: 4 }
  const { headline } = await trials.run(penetration, byHand, { asOf, inputs })
  expect(headline.value).toBeCloseTo(4 / 7, 12)
})

test('names what is missing: organisations, shares, or a size that the sample lacks', async () => {
  const missing = async (fixture: Fixture, inputs = {}) =>
    (await trials.run(penetration, fixture, { asOf, inputs })).headline
  expect(await missing({ organisation: [] })).toMatchObject({ value: null, missing: ['organisation'] })
  expect(await missing(byHand, { weighting: 'size' })).toMatchObject({
    value: null,
    missing: ['population shares by size'],
  })
  const micro = { weighting: 'size', share_large: 10, share_micro: 90 }
  expect(await missing(byHand, micro)).toMatchObject({ value: null, missing: ['organisation.size'] })
})

test('filters: the province of organisations, the platform that they apply', async () => {
  const share = async (filters: object) =>
    (await trials.run(penetration, byHand, { asOf, filters: { ...noFilters, ...filters } })).headline.value
  expect(await share({ platforms: ['B'] })).toBe(1 / 7)
  expect(await share({ sizes: ['大'] })).toBe(1 / 3)
  // A period does not cut the contract that began before it.
  expect(await share({ from: '2026-06-01', to: '2026-06-30' })).toBe(4 / 7)
})

test('the details list everyone once', async () => {
  const loaded = await trials.load(byHand)
  const all = await trials.detail(penetration, 'enterprises', loaded, { asOf })
  expect(all.map(({ org_id, applies }) => [org_id, applies])).toEqual([
    ...['o2', 'o3', 'o6'].map(org_id => [org_id, false]),
    ...['o1', 'o4', 'o5', 'o7'].map(org_id => [org_id, true]),
  ])
  expect(all[0]).toMatchObject({ file_id: 'fixture', row_no: 2, platforms: 0 })
  const provinces = await trials.detail(penetration, 'provinces', loaded, { asOf })
  expect(
    provinces.map(({ province_code, enterprises, applying }) => [province_code, enterprises, applying]),
  ).toEqual([
    ['44', 4, 2],
    ['31', 3, 2],
  ])
})

test('is the share of a walk over organisations', async () => {
  const orgs = fc.array(fc.constantFrom('大', '中', '小', '微', null), { minLength: 1, maxLength: 12 })
  const day = fc
    .integer({ min: 0, max: 900 })
    .map(n => new Date(Date.UTC(2024, 6, 1 + n)).toISOString().slice(0, 10))
  const contracts = fc.array(fc.tuple(fc.integer({ min: 0, max: 11 }), day, fc.option(day)), {
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(orgs, contracts, async (sizes, drawn) => {
      const organisation = sizes.map((size, i) => ({ org_id: `o${i}`, size }))
      const rows = drawn.map(([i, start, ended_at], n) => ({
        ...{ contract_id: `${n}`, platform_id: 'A', org_id: `o${i}`, start, ended_at },
      }))
      const now = asOf.slice(0, 10)
      const inForce = rows.filter(
        ({ start, ended_at }) => start <= now && (ended_at === null || (ended_at > now && ended_at > start)),
      )
      const applying = organisation.filter(({ org_id }) => inForce.some(one => one.org_id === org_id))
      const { headline } = await trials.run(
        penetration,
        { organisation: organisation.toReversed(), contract: rows },
        { asOf },
      )
      expect(headline.value).toBeCloseTo(applying.length / organisation.length, 12)
      expect(headline.interval?.low).toBeLessThanOrEqual(Number(headline.value))
      expect(headline.interval?.high).toBeGreaterThanOrEqual(Number(headline.value))
    }),
    { numRuns: 8 },
  )
})

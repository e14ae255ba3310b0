import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, Trials } from '../testing.ts'
import { asset, byHand, drawnAssets, tablesOf, use, usedByHours } from '../testing-assets.ts'
import assetUtilisation from './asset-utilisation.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

test('of the fixture is 3 of 8: A, B and G', async () => {
  const { headline, rows } = await trials.run(assetUtilisation, byHand, { asOf })
  expect(headline.value).toBe(3 / 8)
  expect(besides(headline)).toEqual({
    Assets: 8,
    'Used in the window': 3,
    'Without the month that the window cuts into': 3 / 8,
    'Window within the months of usage': 1,
    'Used at any time, but not in the list of assets': 1,
  })
  // z = 1.959964, z² = 3.841459: centre (3 + z²/2)/(8 + z²) = 0.4155509, half z·√(3·5/8 + z²/4)/(8 + z²) = 0.2787067.
  expect(headline.interval?.low).toBeCloseTo(0.1368443, 6)
  expect(headline.interval?.high).toBeCloseTo(0.6942576, 6)
  expect(headline.basis).toMatchObject({ n: 8, share: 1 })
  expect(rows.map(row => [row.group, row.used_assets, row.assets])).toEqual([
    ['生产', 3, 5],
    ['管理', 0, 2],
    [null, 0, 1],
  ])
})

test('a window that cuts into a month counts its use, and says what it is without', async () => {
  // 100 days before 30 June is 22 March: C, used in March, may have been used before.
  const { headline } = await trials.run(assetUtilisation, byHand, { asOf, inputs: { days: 100 } })
  expect(headline.value).toBe(4 / 8)
  expect(besides(headline)).toMatchObject({ 'Without the month that the window cuts into': 3 / 8 })
})

test('a month before the window is none of it, nor is one after the time of the data', async () => {
  // The window is (1 April, 30 June]: March ends as it begins, May lies within, 1 August after.
  const { headline } = await trials.run(
    assetUtilisation,
    {
      data_asset: ['A', 'B', 'C'].map(id => asset(id, '生产', 1)),
      asset_usage: [use('A', '2026-03'), use('B', '2026-05'), use('C', '2026-08')],
    },
    { asOf },
  )
  expect(headline.value).toBe(1 / 3)
})

test('a period leaves its own months of usage alone, and the window lies within these', async () => {
  // The 90 days to the end of 30 June begin on 1 April; of them June has 30.
  const filters = { ...noFilters, from: '2026-06-01', to: '2026-06-30' }
  const given = { asOf: '2026-06-30T00:00:00Z', filters }
  const { headline } = await trials.run(assetUtilisation, byHand, given)
  expect(headline.value).toBe(2 / 8)
  expect(besides(headline)['Window within the months of usage']).toBeCloseTo(29 / 90, 12)
  const before = { asOf: '2025-10-31T00:00:00Z', filters: { ...noFilters, to: '2025-10-31' } }
  expect((await trials.run(assetUtilisation, byHand, before)).headline.value).toBeNull()
})

test('lists the assets without use, the largest first', async () => {
  const loaded = await trials.load(byHand)
  const rows = await trials.detail(assetUtilisation, 'unused-assets', loaded, { asOf })
  expect(rows.map(row => [row.asset_id, row.bytes, row.row_no])).toEqual([
    ['H', 40, 8],
    ['C', 30, 3],
    ['E', 20, 5],
    ['F', 10, 6],
    ['D', null, 4],
  ])
})

test('groups by platform under its name, and narrows to one', async () => {
  const fixture = {
    data_asset: [asset('A', '生产', 1), { ...asset('B', '生产', 1), platform_id: 'P2' }],
    asset_usage: [use('B', '2026-06')],
    platform: [{ platform_id: 'P2', name: '二号' }],
  }
  const { rows } = await trials.run(assetUtilisation, fixture, { asOf, inputs: { by: 'platform' } })
  expect(rows.map(row => [row.group, row.platform_name, row.utilisation])).toEqual([
    ['A', null, 0],
    ['P2', '二号', 1],
  ])
  const narrowed = await trials.run(assetUtilisation, fixture, {
    asOf,
    filters: { ...noFilters, platforms: ['A'] },
  })
  expect(narrowed.headline.value).toBe(0)
})

test('is not computable without assets, without usage, or with usage of another time', async () => {
  const missing = async (fixture: Parameters<Trials['run']>[1]) =>
    (await trials.run(assetUtilisation, fixture, { asOf })).headline
  expect(await missing({ ...byHand, data_asset: [] })).toMatchObject({ value: null, missing: ['data_asset'] })
  expect(await missing({ ...byHand, asset_usage: [] })).toMatchObject({
    value: null,
    missing: ['asset_usage'],
  })
  const longAgo = { ...byHand, asset_usage: [use('A', '2024-01')] }
  expect(await missing(longAgo)).toMatchObject({ value: null, missing: ['asset_usage.month'] })
})

test('equals a walk over the hours of the window, in any order of rows, and grows with the window', async () => {
  await fc.assert(
    fc.asyncProperty(drawnAssets, async drawn => {
      const { asOf, days, assets } = drawn
      const used = assets.filter(({ months }) => usedByHours(drawn, months)).length
      const tables = tablesOf(drawn)
      const plain = await trials.run(assetUtilisation, tables, { asOf, inputs: { days } })
      expect(plain.headline.value).toBe(used / assets.length)
      const turned = { data_asset: tables.data_asset, asset_usage: tables.asset_usage.toReversed() }
      const longer = await trials.run(assetUtilisation, turned, { asOf, inputs: { days: days + 40 } })
      expect(longer.headline.value).toBeGreaterThanOrEqual(plain.headline.value ?? 1)
    }),
    { numRuns: 8 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, Trials } from '../testing.ts'
import { asset, byHand, drawnAssets, tablesOf, use, usedByHours } from '../testing-assets.ts'
import darkDataShare from './dark-data-share.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

test('of the fixture is 70 of 255 bytes: E 20, F 10 and H 40; D is dark too, its bytes unknown', async () => {
  const { headline, chart } = await trials.run(darkDataShare, byHand, { asOf })
  expect(headline.value).toBeCloseTo(70 / 255, 15)
  expect(besides(headline)).toEqual({
    'Dark (GB)': 70e-9,
    'Total (GB)': 255e-9,
    'Were the month that the window cuts into before it': 70 / 255,
    'Dark assets': 4,
    'Of these, bytes not known (left out)': 1,
    'Window within the months of usage': 1,
  })
  expect(headline.basis).toMatchObject({ n: 7, share: 7 / 8 })
  // Production holds 205 bytes (dark: F and H, 50), management 50 (dark: E, 20); no bar for the asset without bytes.
  expect(chart.rows.map(row => [row.group, row.state, Math.round(Number(row.gigabytes) * 1e9)])).toEqual([
    ['生产', 'used', 155],
    ['生产', 'dark', 50],
    ['管理', 'used', 30],
    ['管理', 'dark', 20],
  ])
})

test('lists the dark assets, the largest first', async () => {
  const rows = await trials.detail(darkDataShare, 'dark-assets', await trials.load(byHand), { asOf })
  expect(rows.map(row => row.asset_id)).toEqual(['H', 'E', 'F', 'D'])
})

test('is not computable without assets, usage, usage at the time, or bytes', async () => {
  const missing = async (fixture: Parameters<Trials['run']>[1]) =>
    (await trials.run(darkDataShare, fixture, { asOf })).headline
  expect(await missing({ ...byHand, data_asset: [] })).toMatchObject({ value: null, missing: ['data_asset'] })
  expect(await missing({ ...byHand, asset_usage: [] })).toMatchObject({
    value: null,
    missing: ['asset_usage'],
  })
  const longAgo = { ...byHand, asset_usage: [use('A', '2024-01')] }
  expect(await missing(longAgo)).toMatchObject({ value: null, missing: ['asset_usage.month'] })
  const unsized = { ...byHand, data_asset: [asset('A', null, null)] }
  expect(await missing(unsized)).toMatchObject({ value: null, missing: ['data_asset.bytes'] })
})

test('equals a walk over the hours of the window, and shrinks as the window grows', async () => {
  await fc.assert(
    fc.asyncProperty(drawnAssets, async drawn => {
      const { asOf, days, assets } = drawn
      const bytes = (list: DrawnList) => list.reduce((sum, one) => sum + one.bytes, 0)
      const dark = bytes(assets.filter(({ months }) => !usedByHours(drawn, months)))
      const plain = await trials.run(darkDataShare, tablesOf(drawn), { asOf, inputs: { days } })
      expect(plain.headline.value).toBeCloseTo(dark / bytes(assets), 14)
      const longer = await trials.run(darkDataShare, tablesOf(drawn), { asOf, inputs: { days: days + 40 } })
      expect(longer.headline.value).toBeLessThanOrEqual(plain.headline.value ?? 0)
    }),
    { numRuns: 8 },
  )
})

type DrawnList = readonly { readonly bytes: number }[]

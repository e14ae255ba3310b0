import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shiftShare } from './shift-share.ts'

const rows = [
  { region: 'East', industry: 'steel', before: 100, after: 110 },
  { region: 'East', industry: 'chips', before: 100, after: 190 },
  { region: 'West', industry: 'steel', before: 200, after: 190 },
  { region: 'West', industry: 'chips', before: 0, after: 10 },
]

test('a change is split as worked out by hand', () => {
  // Whole: 400 → 500, g = 0.25. Steel 300 → 300, g = 0; chips 100 → 200, g = 1.
  // East: 200 → 300. National 200·0.25 = 50; industry 100·(0 − 0.25) + 100·(1 − 0.25) = 50;
  //       local 100·(0.1 − 0) + 100·(0.9 − 1) = 0.
  // West: 200 → 200. National 50; industry 200·(0 − 0.25) = −50; local 200·(−0.05 − 0) + 10 = 0.
  const { growth, industryGrowth, regions } = shiftShare(rows) ?? { regions: [] }
  expect(growth).toBe(0.25)
  expect([...(industryGrowth ?? [])]).toEqual([
    ['steel', 0],
    ['chips', 1],
  ])
  expect(regions).toEqual([
    {
      region: 'East',
      before: 200,
      after: 300,
      change: 100,
      national: 50,
      industry: 50,
      local: 0,
      contribution: 1,
    },
    {
      region: 'West',
      before: 200,
      after: 200,
      change: 0,
      national: 50,
      industry: -50,
      local: 0,
      contribution: 0,
    },
  ])
})

test('what a new industry brings is local', () => {
  const { regions, industryGrowth } =
    shiftShare([...rows, { region: 'West', industry: 'bio', before: 0, after: 40 }]) ?? {}
  expect(industryGrowth?.get('bio')).toBeNull()
  // g = 540/400 − 1 = 0.35; West 200·0.35 = 70, 200·(0 − 0.35) = −70, the rest of its 40.
  expect(regions?.[1]?.national).toBeCloseTo(70, 12)
  expect(regions?.[1]?.industry).toBeCloseTo(-70, 12)
  expect(regions?.[1]?.local).toBeCloseTo(40, 12)
})

test('nothing before, nothing changed, and what is no amount', () => {
  expect([shiftShare([]), shiftShare(rows.map(row => ({ ...row, before: 0 })))]).toEqual([null, null])
  expect(shiftShare(rows.map(row => ({ ...row, after: row.before })))?.regions[0]?.contribution).toBeNull()
  expect(() => shiftShare([{ region: 'a', industry: 'b', before: 1, after: -1 }])).toThrow(RangeError)
})

test('the parts sum to the change, the regions to the whole, and rows may be split', () => {
  const amount = fc.double({ min: 0, max: 1e6, noNaN: true })
  const row = fc.record({
    region: fc.constantFrom('a', 'b', 'c'),
    industry: fc.constantFrom('x', 'y', 'z'),
    before: amount,
    after: amount,
  })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), table => {
      const result = shiftShare(table)
      if (result === null) return
      const before = table.reduce((sum, each) => sum + each.before, 0)
      const near = 1e-300 + 1e-9 * table.reduce((sum, each) => sum + each.before + each.after, 0)
      for (const { change, national, industry, local } of result.regions)
        expect(Math.abs(national + industry + local - change)).toBeLessThanOrEqual(near)
      const national = result.regions.reduce((sum, region) => sum + region.national, 0)
      expect(Math.abs(national - before * result.growth)).toBeLessThanOrEqual(near)
      const halves = table.flatMap(each => {
        const half = { ...each, before: each.before / 2, after: each.after / 2 }
        return [half, half]
      })
      shiftShare(halves)?.regions.forEach(({ local }, i) => {
        expect(Math.abs(local - (result.regions[i]?.local ?? 0))).toBeLessThanOrEqual(near)
      })
    }),
  )
})

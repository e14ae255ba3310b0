import { expect, test } from 'vitest'
import { comparison, compoundGrowth, volumeTrend } from './volume-growth.ts'

test('compares the same calendar months, whole years apart', () => {
  expect(comparison(12, 'blocks')).toBeNull()
  expect(comparison(13, 'blocks')).toEqual({ first: [0], last: [12], years: 1 })
  expect(comparison(15, 'blocks')).toEqual({ first: [0, 1, 2], last: [12, 13, 14], years: 1 })
  const ends = [24, 35, 36, 60].map(months => comparison(months, 'blocks'))
  expect(ends.map(at => [at?.first.length, at?.first[0], at?.last[0], at?.years])).toEqual([
    [12, 0, 12, 1],
    [12, 11, 23, 1],
    [12, 0, 24, 2],
    [12, 0, 48, 4],
  ])
  expect(comparison(30, 'endpoints')).toEqual({ first: [5], last: [29], years: 2 })
})

test('finds the rate of an exponential series exactly, whatever the season', () => {
  for (const months of [13, 20, 24, 31, 60]) {
    const season = (i: number) => 1 + 0.5 * Math.sin((i * Math.PI) / 6)
    const volumes = Array.from({ length: months }, (_, i) => 1e9 * 1.3 ** (i / 12) * season(i))
    for (const method of ['blocks', 'endpoints']) {
      const compared = comparison(months, method)
      expect(compared && compoundGrowth(volumes, compared)).toBeCloseTo(0.3, 10)
    }
  }
})

test('has the trend of R', () => {
  // exp(12 * coef(lm(log(c(1,2,4,9)) ~ c(0:3)))[2]) - 1: slope a month = (−3·0 − ln 2 + ln 4 + 3 ln 9)/10 = 0.7284821.
  const slope = (-Math.log(2) + Math.log(4) + 3 * Math.log(9)) / 10
  const trend = volumeTrend([1, 2, 4, 9])
  expect(trend?.growth).toBeCloseTo(Math.expm1(12 * slope), 6)
  expect(trend?.at(1.5)).toBeCloseTo((2 * 4 * 9) ** 0.25, 12)
  expect(volumeTrend([1, 2, 0])).toBeNull()
})

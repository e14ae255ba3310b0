import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apportion } from './apportion.ts'

test('the parts are those of Hamilton', () => {
  // 10 over 4, 3, 3: quotas 4, 3, 3. 10 over 1, 1, 1: quotas 3.33, the first is served first.
  expect(apportion(10, [4, 3, 3])).toEqual([4, 3, 3])
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3])
  // 21 over 7270, 1230, 2220 of 10 720: quotas 14.2416, 2.4095, 4.3489; one is left, for the second.
  expect(apportion(21, [7270, 1230, 2220])).toEqual([14, 3, 4])
})

test('remainders that differ by rounding alone are equal', () => {
  // 3 over 1, 11 and 1, 11 of 24: quotas 0.125, 1.375. One is left for the two remainders of 0.375.
  expect(apportion(3, [1, 11, 1, 11])).toEqual([0, 2, 0, 1])
  // 10 over 3, 13, 23, 33 and 28 of 100: 0.3, 1.3, 2.3, 3.3, 2.8; one for 0.8, one for the first 0.3, though in
  // binary fractions 2.3 − 2 and 3.3 − 3 are not the same number.
  expect(apportion(10, [3, 13, 23, 33, 28])).toEqual([1, 1, 2, 3, 3])
})

test('nothing, no weight and no whole number', () => {
  expect(apportion(0, [1, 2])).toEqual([0, 0])
  expect([apportion(5, []), apportion(5, [0, 0])]).toEqual([null, null])
  for (const total of [-1, 0.5, Number.NaN]) expect(() => apportion(total, [1])).toThrow(RangeError)
  for (const weight of [-1, Number.NaN]) expect(() => apportion(5, [1, weight])).toThrow(RangeError)
})

test('the parts sum to the total and keep within one of their quota', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), weights, (total, of) => {
      const sum = of.reduce((whole, weight) => whole + weight, 0)
      const parts = apportion(total, of)
      if (parts === null) return expect(sum).toBe(0)
      expect(parts.reduce((whole, part) => whole + part, 0)).toBe(total)
      parts.forEach((part, i) => {
        expect(Math.abs(part - (total * (of[i] ?? 0)) / sum)).toBeLessThan(1 + 1e-6)
      })
    }),
  )
})

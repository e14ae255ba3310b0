import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, medianAbsoluteDeviation, quantile } from './distributions-sample.ts'

test.each([
  [0, 1],
  [0.1, 1], // (8−1)·0.1 = 0.7: 1 + 0.7·(1 − 1)
  [0.25, 1.75], // 1.75: 1 + 0.75·(2 − 1)
  [0.5, 3.5],
  [0.9, 6.9], // 6.3: 6 + 0.3·(9 − 6)
  [1, 9],
])('quantile %s of 1 1 2 3 4 5 6 9 is %s, as R quantile(type = 7)', (p, expected) => {
  expect(quantile([3, 1, 4, 1, 5, 9, 2, 6], p)).toBeCloseTo(expected, 14)
})

test('the median of an odd number is its middle, and nothing has none', () => {
  expect(median([5, 1, 2])).toBe(2)
  expect([median([]), quantile([], 0.9), medianAbsoluteDeviation([])]).toEqual([null, null, null])
})

test('the median distance from the median', () => {
  // Median 3.5; distances 0.5 2.5 0.5 2.5 1.5 5.5 1.5 2.5, in order 0.5 0.5 1.5 1.5 2.5 2.5 2.5 5.5: (1.5 + 2.5)/2.
  expect(medianAbsoluteDeviation([3, 1, 4, 1, 5, 9, 2, 6])).toBe(2)
})

test('refuses values and places that have no order', () => {
  expect(() => quantile([1, Number.NaN], 0.5)).toThrow(RangeError)
  expect(() => median([1, -Infinity])).toThrow(RangeError)
  expect(() => quantile([1], 1.5)).toThrow(RangeError)
})

test('lies within the values, rises with p, and leaves the values as they were', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 })
  const p = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(values, p, p, (list, a, b) => {
      const before = [...list]
      const [low, high] = [quantile(list, Math.min(a, b)) ?? 0, quantile(list, Math.max(a, b)) ?? 0]
      expect(list).toEqual(before)
      expect(low).toBeLessThanOrEqual(high + 1e-9)
      expect(low).toBeGreaterThanOrEqual(Math.min(...list))
      expect(high).toBeLessThanOrEqual(Math.max(...list))
      expect(quantile([...list].reverse(), a)).toBe(quantile(list, a))
    }),
  )
})

import { expect, test } from 'vitest'
import { quantileRanks } from './order-statistic.ts'

test('holds the median between the ranks of published tables', () => {
  // Conover, Practical Nonparametric Statistics, 3rd ed., 3.2: for n = 16 the median lies between x(4) and x(13), as
  // P(X ≤ 3) = 697/65536 = 0.0106 and P(X ≤ 4) = 2517/65536 = 0.0384. For n = 6, P(X = 0) = 1/64: the extremes.
  expect(quantileRanks(16)).toEqual({ low: 4, high: 13 })
  expect(quantileRanks(6)).toEqual({ low: 1, high: 6 })
  // P(X = 0) = 1/32 = 0.031 is more than 0.025: five values hold no end.
  expect(quantileRanks(5)).toEqual({ low: null, high: null })
  expect(quantileRanks(0)).toBeNull()
})

test('takes each tail at most for what is left of the level, and no rank further out', () => {
  for (const [n, p] of [
    [40, 0.5],
    [100, 0.95],
    [61, 0.9],
  ] as const) {
    const ranks = quantileRanks(n, p)
    const cdf = (k: number) => sum(Array.from({ length: k + 1 }, (_, i) => chance(n, i, p)))
    const [low, high] = [ranks?.low ?? 0, ranks?.high ?? n + 1]
    if (low >= 1) expect(cdf(low - 1)).toBeLessThanOrEqual(0.025)
    expect(cdf(low)).toBeGreaterThan(0.025)
    if (high <= n) expect(1 - cdf(high - 1)).toBeLessThanOrEqual(0.025)
    if (high <= n + 1) expect(1 - cdf(high - 2)).toBeGreaterThan(0.025)
  }
})

test('keeps to the normal approximation where n is large', () => {
  // n/2 ∓ 1.959964 · √n/2 = 500,000 ∓ 979.98
  expect(quantileRanks(1_000_000)).toEqual({ low: 499_020, high: 500_981 })
})

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** By products of rising numbers, no recurrence. */
function chance(n: number, k: number, p: number): number {
  const ways = Array.from({ length: k }, (_, i) => Math.log((n - i) / (k - i)))
  return Math.exp(sum(ways) + k * Math.log(p) + (n - k) * Math.log(1 - p))
}

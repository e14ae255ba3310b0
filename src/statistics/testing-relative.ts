import { expect } from 'vitest'

/** Fails unless `actual` differs from `expected` by at most `within` of it, or by at most `within` where 0 is expected. */
export function expectRelative(actual: number | null | undefined, expected: number, within: number): void {
  const error = Math.abs((actual ?? Number.NaN) - expected) / (expected === 0 ? 1 : Math.abs(expected))
  expect(error, `${actual} instead of ${expected}`).toBeLessThanOrEqual(within)
}

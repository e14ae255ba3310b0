/**
 * Gini coefficient Σ(2i − n − 1)·x_(i) / (n Σx), i the rank from the smallest: 0 for equal values, (n − 1)/n where one
 * has all (Sen 1973, On Economic Inequality). Null without values or where they sum to 0; RangeError where one is
 * negative or not finite.
 */
export function gini(values: readonly number[]): number | null {
  const n = values.length
  const sum = checkedSum(values)
  if (sum === 0) return null
  const ascending = [...values].sort((a, b) => a - b)
  const weighted = ascending.reduce((whole, value, i) => whole + (2 * i + 1 - n) * (value / sum), 0)
  return Math.max(0, weighted / n)
}

/** Herfindahl–Hirschman index Σ s² of the shares: 1/n for equal values, 1 where one has all. Null and RangeError as `gini`. */
export function herfindahl(values: readonly number[]): number | null {
  const sum = checkedSum(values)
  return sum === 0 ? null : values.reduce((whole, value) => whole + (value / sum) ** 2, 0)
}

/** (HHI − 1/n)/(1 − 1/n), which does not depend on the number of values: 0 to 1. Null as `herfindahl`, and for one value. */
export function normalisedHerfindahl(values: readonly number[]): number | null {
  const index = herfindahl(values)
  const equal = 1 / values.length
  return index === null || values.length < 2 ? null : Math.max(0, (index - equal) / (1 - equal))
}

function checkedSum(values: readonly number[]): number {
  const sum = values.reduce((whole, value) => whole + value, 0)
  if (!Number.isFinite(sum) || values.some(value => value < 0))
    throw new RangeError('values must be finite and not below 0')
  return sum
}

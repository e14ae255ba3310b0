/**
 * The quantile of `p` in [0, 1] as type 7 of Hyndman & Fan (1996, Am. Stat. 50:361), the default of R and of DuckDB's
 * quantile_cont. Null for no values; RangeError for a value that is not finite or for another `p`.
 */
export function quantile(values: readonly number[], p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in [0, 1]: ${p}`)
  const sorted = Float64Array.from(values).sort()
  return sorted.length === 0 ? null : quantileOfSorted(checked(sorted), p)
}

/** The same of at least one finite value in ascending order. */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p
  const below = Math.floor(at)
  const low = sorted[below] ?? 0
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low
  return low + (at - below) * (high - low)
}

/** The value half-way in the order, or the mean of both; null for no values, RangeError for one that is not finite. */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5)
}

/**
 * The median distance from the median, in the unit of the values and not scaled (1.4826 times it estimates the standard
 * deviation of a normal sample). Null for no values; RangeError for one that is not finite.
 */
export function medianAbsoluteDeviation(values: readonly number[]): number | null {
  const centre = median(values)
  return centre === null ? null : median(values.map(value => Math.abs(value - centre)))
}

/** Infinities are at the ends of sorted values, and NaN is at the last place. */
function checked(sorted: Float64Array): Float64Array {
  if (Number.isFinite(sorted[0]) && Number.isFinite(sorted.at(-1))) return sorted
  throw new RangeError('a quantile is taken of finite values')
}

import { betaQuantile, chiSquareQuantile, normalQuantile, studentQuantile } from './distributions.ts'

/** Both limits of a confidence interval, in the unit of what they enclose. */
export interface Limits {
  readonly low: number
  readonly high: number
}

/**
 * The score interval of a proportion k/n (Wilson 1927; no continuity correction). Null where n = 0; RangeError unless
 * 0 ≤ k ≤ n and 0 < level < 1.
 */
export function wilson(k: number, n: number, level = 0.95): Limits | null {
  checkCounts(k, n, level)
  if (n === 0) return null
  const z = normalQuantile((1 + level) / 2)
  const share = k / n
  const half = z * Math.sqrt((share * (1 - share)) / n + (z / (2 * n)) ** 2)
  const centre = share + (z * z) / (2 * n)
  const scale = 1 + (z * z) / n
  return {
    low: k === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: k === n ? 1 : Math.min(1, (centre + half) / scale),
  }
}

/**
 * The exact interval of a binomial proportion k/n (Clopper & Pearson 1934), also for the fractional counts of an
 * effective sample size. Null where n = 0; RangeError unless 0 ≤ k ≤ n and 0 < level < 1.
 */
export function clopperPearson(k: number, n: number, level = 0.95): Limits | null {
  checkCounts(k, n, level)
  if (n === 0) return null
  const tail = (1 - level) / 2
  return {
    low: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  }
}

export interface MeanTime {
  /** U/r; null where nothing failed. */
  readonly value: number | null
  readonly low: number
  /** Null where nothing failed: the time between failures has no upper limit then. */
  readonly high: number | null
}

/**
 * The mean time between `failures` = r in a total `time` = U, in the unit of U, with its interval
 * [2U/χ²(1−α/2, 2r+2), 2U/χ²(α/2, 2r)] (Garwood 1936; time-terminated test of IEC 60605-4). Holds for a constant rate.
 * Null where U = 0; RangeError unless U ≥ 0, r is a whole number ≥ 0 and 0 < level < 1.
 */
export function poissonMeanTime(time: number, failures: number, level = 0.95): MeanTime | null {
  checkLevel(level)
  if (!(time >= 0 && time < Infinity))
    throw new RangeError(`a time in use is finite and not negative: ${time}`)
  if (!(Number.isSafeInteger(failures) && failures >= 0))
    throw new RangeError(`failures are a whole number: ${failures}`)
  if (time === 0) return null
  const tail = (1 - level) / 2
  const low = (2 * time) / chiSquareQuantile(1 - tail, 2 * failures + 2)
  if (failures === 0) return { value: null, low, high: null }
  return { value: time / failures, low, high: (2 * time) / chiSquareQuantile(tail, 2 * failures) }
}

export interface WeightedProportion extends Limits {
  readonly value: number
  /** Linearised; 0 where all values are equal, which says nothing: the limits then come from the effective size. */
  readonly standardError: number
  /** Kish's effective sample size (Σw)²/Σw². */
  readonly effective: number
  /** How many units have a weight above 0. */
  readonly count: number
}

/**
 * The weighted share Σwy/Σw of values y of 0 and 1: a ratio estimator with its Taylor-linearised standard error
 * (Cochran, Sampling Techniques, 3rd ed., 6.3 and 6.4; n/(n−1) Σ(w(y−p)/Σw)² for independent units), and the interval
 * on the logit scale with Student's n−1 degrees of freedom. Where all values are equal the interval is Clopper and
 * Pearson's of the effective size (Korn & Graubard 1998), as it is for a single unit. Null where no weight is above 0;
 * RangeError for another value, a weight that is negative or not finite, or lists of different length.
 */
export function weightedProportion(
  values: readonly number[],
  weights: readonly number[],
  level = 0.95,
): WeightedProportion | null {
  checkLevel(level)
  checkWeighted(values, weights)
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0)
  if (largest === 0) return null
  const units = values.flatMap((y, i) => (weights[i] === 0 ? [] : [{ y, w: (weights[i] ?? 0) / largest }]))
  const sum = units.reduce((whole, { w }) => whole + w, 0)
  const hit = units.reduce((whole, { y, w }) => whole + (y === 1 ? w : 0), 0)
  const missed = units.reduce((whole, { y, w }) => whole + (y === 1 ? 0 : w), 0)
  const effective = sum ** 2 / units.reduce((whole, { w }) => whole + w * w, 0)
  if (hit === 0 || missed === 0) return certain(hit > 0 ? 1 : 0, effective, units.length, level)
  const value = hit / sum
  const squares = units.reduce((whole, { y, w }) => whole + ((w * (y - value)) / sum) ** 2, 0)
  const standardError = Math.sqrt((squares * units.length) / (units.length - 1))
  const half = (studentQuantile((1 + level) / 2, units.length - 1) * standardError) / (value * (missed / sum))
  const logit = Math.log(hit / missed)
  const [low, high] = [1 / (1 + Math.exp(half - logit)), 1 / (1 + Math.exp(-half - logit))]
  return { value, standardError, low, high, effective, count: units.length }
}

function certain(value: 0 | 1, effective: number, count: number, level: number): WeightedProportion {
  const limits = clopperPearson(value * effective, effective, level) ?? { low: 0, high: 1 }
  return { value, standardError: 0, ...limits, effective, count }
}

function checkWeighted(values: readonly number[], weights: readonly number[]): void {
  if (values.length !== weights.length) throw new RangeError('there is one weight for each value')
  for (const value of values)
    if (value !== 0 && value !== 1) throw new RangeError(`a value is 0 or 1: ${value}`)
  for (const weight of weights)
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`a weight is not negative: ${weight}`)
}

function checkCounts(k: number, n: number, level: number): void {
  checkLevel(level)
  if (!(k >= 0 && k <= n && n < Infinity)) throw new RangeError(`${k} of ${n} is no proportion`)
}

function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies in (0, 1): ${level}`)
}

import { quantileOfSorted } from './distributions-sample.ts'
import { type Random, seededRandom } from './random.ts'

export interface BootstrapOptions {
  readonly seed: number | string
  /** How many samples are drawn; 1000 unless said otherwise. */
  readonly replicates?: number
  readonly level?: number
}

export interface Bootstrap {
  /** The statistic of the sample itself. */
  readonly value: number
  readonly low: number
  readonly high: number
  /** Standard deviation of the statistic over the drawn samples. */
  readonly standardError: number
  /** Drawn samples that the limits rest on. */
  readonly replicates: number
  /** Drawn samples for which there is no statistic; where they are many, the limits are too narrow. */
  readonly missing: number
}

/**
 * The percentile interval of a statistic (Efron & Tibshirani 1993, 13.3): it is computed of `replicates` samples of
 * `count` units drawn with replacement. `statistic` gets the places 0 … count−1 of the units drawn, in a buffer that is
 * filled anew for each sample, and gives null where it is not defined. Null for no units, or where fewer than two
 * samples, or the sample itself, have a statistic; RangeError for impossible options or a statistic that is not finite.
 */
export function bootstrap(
  count: number,
  statistic: (indices: Uint32Array) => number | null,
  { seed, replicates = 1000, level = 0.95 }: BootstrapOptions,
): Bootstrap | null {
  checkOptions(count, replicates, level)
  if (count === 0) return null
  const random = seededRandom(seed)
  const indices = Uint32Array.from({ length: count }, (_, i) => i)
  const value = checked(statistic(indices))
  if (value === null) return null
  const drawn = Array.from({ length: replicates }, () => checked(statistic(drawInto(indices, random))))
  const sorted = Float64Array.from(drawn.filter(each => each !== null)).sort()
  if (sorted.length < 2) return null
  return {
    value,
    low: quantileOfSorted(sorted, (1 - level) / 2),
    high: quantileOfSorted(sorted, (1 + level) / 2),
    standardError: standardDeviation(sorted),
    replicates: sorted.length,
    missing: replicates - sorted.length,
  }
}

function drawInto(indices: Uint32Array, random: Random): Uint32Array {
  for (let i = 0; i < indices.length; i++) indices[i] = random.below(indices.length)
  return indices
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

function checked(value: number | null): number | null {
  if (value !== null && !Number.isFinite(value)) throw new RangeError(`a statistic is finite: ${value}`)
  return value
}

function checkOptions(count: number, replicates: number, level: number): void {
  if (!(Number.isSafeInteger(count) && count >= 0)) throw new RangeError(`units are a whole number: ${count}`)
  if (!(Number.isSafeInteger(replicates) && replicates >= 2))
    throw new RangeError(`replicates are a whole number of at least 2: ${replicates}`)
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies in (0, 1): ${level}`)
}

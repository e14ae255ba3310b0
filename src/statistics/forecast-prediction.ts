import type { Scale } from './forecast-scale.ts'

/** A forecast in the unit of the series. */
export interface Prediction {
  /** The median of the predictive distribution. */
  readonly value: number
  readonly low: number
  /** May be Infinity where a log-linear line is drawn out far beyond few points. */
  readonly high: number
  /** Standard error of the prediction on the scale of the model (on the log scale about the relative error). */
  readonly sigma: number
}

/** A predictive distribution: `centre + sigma · Z` on the scale, Z by its own quantile and distribution function. */
export interface Predictive {
  readonly scale: Scale
  readonly centre: number
  readonly sigma: number
  readonly quantile: (probability: number) => number
  readonly cdf: (x: number) => number
}

/** The median and the equal-tailed interval. Throws a RangeError where the level is not between 0 and 1. */
export function predictionOf({ scale, centre, sigma, quantile }: Predictive, level: number): Prediction {
  const reach = sigma === 0 ? checkedLevel(level) * 0 : sigma * quantile((1 + checkedLevel(level)) / 2)
  return {
    value: scale.from(centre),
    low: scale.from(centre - reach),
    high: scale.from(centre + reach),
    sigma,
  }
}

/** P(Y ≥ target), between 0 and 1. Throws a RangeError where the target is not a number. */
export function probabilityOf({ scale, centre, sigma, cdf }: Predictive, target: number): number {
  if (Number.isNaN(target)) throw new RangeError('the target is not a number')
  if (target <= scale.lowest) return 1
  if (target >= scale.highest) return 0
  const distance = centre - scale.to(target)
  if (sigma > 0) return cdf(distance / sigma)
  return distance >= -1e-12 * Math.max(1, Math.abs(centre)) ? 1 : 0
}

export function checkedLevel(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, not at ${level}`)
  return level
}

import { normalCdf, normalQuantile } from './distributions.ts'
import type { EtsParameters, EtsState } from './ets-filter.ts'
import { type EtsFit, likeliestFit } from './ets-fit.ts'
import { type Prediction, type Predictive, predictionOf, probabilityOf } from './forecast-prediction.ts'
import {
  fitsInside,
  identityScale,
  logitScale,
  logScale,
  nonNegativeScale,
  type Scale,
} from './forecast-scale.ts'

export interface DampedTrendOptions {
  /** Periods per cycle (12 for months). A season is taken in only where its AICc is lower than without. */
  readonly season?: number
  /** The values are shares: the logit scale, where all lie strictly between 0 and 1. */
  readonly share?: boolean
}

export interface DampedTrend extends EtsFit {
  readonly scale: Scale
  /** Of the period `steps` after the last one (1, 2, …): median and interval. */
  readonly predict: (steps: number, level?: number) => Prediction
  /** P(Y ≥ target) in that period. */
  readonly probabilityAtLeast: (steps: number, target: number) => number
}

/** Fewer months than this cannot carry five parameters and a variance. */
export const fewestForDampedTrend = 12

/** Sums of squares of larger values overflow. */
const largest = 1e140

/**
 * Exponential smoothing with additive errors and a damped trend, ETS(A,Ad,N), or ETS(A,Ad,A) with a season (Hyndman,
 * Koehler, Ord & Snyder 2008). On the log scale where all values are above 0, else on their own scale. `values` are of
 * equally spaced periods in order of time. Intervals hold the fitted parameters as known:
 * a year ahead of 12 or 24 months an interval of 95 % holds about half of the values (`averagedTrend` does not).
 * Null with fewer than 12 values, or one that is not finite or beyond 10¹⁴⁰.
 */
export function dampedTrend(values: readonly number[], options: DampedTrendOptions = {}): DampedTrend | null {
  if (values.length < fewestForDampedTrend || !values.every(value => Math.abs(value) <= largest)) return null
  const scale = scaleOf(values, options.share ?? false)
  const fit = likeliestFit(values.map(scale.to), options.season ?? 1)
  const predictive = (steps: number) => predictiveAt(fit, scale, steps)
  return {
    ...fit,
    scale,
    predict: (steps, level = 0.95) => predictionOf(predictive(steps), level),
    probabilityAtLeast: (steps, target) => probabilityOf(predictive(steps), target),
  }
}

function scaleOf(values: readonly number[], share: boolean): Scale {
  if (share && fitsInside(logitScale, values)) return logitScale
  if (fitsInside(logScale, values)) return logScale
  return values.some(value => value < 0) ? identityScale : nonNegativeScale
}

function predictiveAt(fit: EtsFit, scale: Scale, steps: number): Predictive {
  if (!Number.isInteger(steps) || steps < 1) throw new RangeError(`no step ahead: ${steps}`)
  return {
    scale,
    centre: etsMean(fit.parameters, fit.last, steps),
    sigma: fit.sigma * Math.sqrt(etsVariance(fit.parameters, steps)),
    quantile: normalQuantile,
    cdf: normalCdf,
  }
}

/** The mean `steps` ahead on the scale: l + (φ + … + φ^h)·b + s. */
export function etsMean({ phi, season }: EtsParameters, last: EtsState, steps: number): number {
  const term = last.seasonal[(steps - 1) % season] ?? 0
  return last.level + dampingSum(phi, steps) * last.trend + term
}

/**
 * The variance `steps` ahead in units of σ²: 1 + Σ c_j² with c_j = α + β(φ + … + φ^j) + γ·[j is a whole cycle], j below
 * `steps` (Hyndman et al. 2008, class 1, equation 6.1 and table 6.2).
 */
export function etsVariance({ alpha, beta, phi, gamma, season }: EtsParameters, steps: number): number {
  let variance = 1
  for (let j = 1; j < steps; j++) {
    const weight = alpha + beta * dampingSum(phi, j) + (season > 1 && j % season === 0 ? gamma : 0)
    variance += weight * weight
  }
  return variance
}

/** φ + φ² + … + φ^h, φ below 1. */
function dampingSum(phi: number, steps: number): number {
  return (phi * (1 - phi ** steps)) / (1 - phi)
}

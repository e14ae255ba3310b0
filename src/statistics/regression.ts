import { studentCdf, studentQuantile } from './distributions.ts'
import { dot } from './dot.ts'
import {
  checkedLevel,
  type Prediction,
  type Predictive,
  predictionOf,
  probabilityOf,
} from './forecast-prediction.ts'
import { fitsInside, logitScale, logScale, type Scale } from './forecast-scale.ts'

/** A value at a time; the unit of time is the caller's, years as a rule. */
export interface TimedValue {
  readonly t: number
  readonly y: number
}

/**
 * A least-squares line of the scaled values on time: z = centre.z + slope · (t − centre.t). Intervals take the errors
 * as independent and normal with one variance (Draper & Smith, Applied Regression Analysis, 3rd ed., 1.4 and 3.1).
 */
export interface TrendLine {
  readonly scale: Scale
  readonly n: number
  readonly degreesOfFreedom: number
  readonly centre: { readonly t: number; readonly z: number }
  /** Change of z per unit of time. */
  readonly slope: number
  readonly slopeError: number
  /** Residual standard error s, on the scale. */
  readonly residualError: number
  /** ŷ ± t·s·√(1 + 1/n + (t − t̄)²/Sxx) on the scale, in the unit of the series. */
  readonly predict: (t: number, level?: number) => Prediction
  /** P(Y(t) ≥ target) from the same t distribution. */
  readonly probabilityAtLeast: (t: number, target: number) => number
}

/**
 * ln y on t: growth at a constant rate. Null with fewer than 3 points, fewer than 2 different times, or a value that
 * is not above 0.
 */
export function logLinear(points: readonly TimedValue[]): TrendLine | null {
  return trendLine(points, logScale)
}

/** logit y on t, for shares: saturating growth. Null as `logLinear`, and with a share of 1 or more. */
export function logitLinear(points: readonly TimedValue[]): TrendLine | null {
  return trendLine(points, logitScale)
}

/** The rate of growth per unit of time of a log-linear line, e^slope − 1, with its t interval. */
export function growthRate(
  line: TrendLine,
  level = 0.95,
): { readonly value: number; readonly low: number; readonly high: number } {
  const reach = studentQuantile((1 + checkedLevel(level)) / 2, line.degreesOfFreedom) * line.slopeError
  return {
    value: Math.expm1(line.slope),
    low: Math.expm1(line.slope - reach),
    high: Math.expm1(line.slope + reach),
  }
}

function trendLine(points: readonly TimedValue[], scale: Scale): TrendLine | null {
  if (points.length < 3 || !points.every(({ t, y }) => Number.isFinite(t) && Number.isFinite(y))) return null
  const values = points.map(({ y }) => y)
  if (!fitsInside(scale, values)) return null
  const fit = leastSquares(
    points.map(({ t }) => t),
    values.map(scale.to),
  )
  if (fit === null) return null
  const predictive = (t: number) => predictiveAt(fit, scale, t)
  return {
    scale,
    ...fit,
    predict: (t, level = 0.95) => predictionOf(predictive(t), level),
    probabilityAtLeast: (t, target) => probabilityOf(predictive(t), target),
  }
}

type Fit = Pick<TrendLine, 'n' | 'degreesOfFreedom' | 'centre' | 'slope' | 'slopeError' | 'residualError'> & {
  readonly spread: number
}

/** Both coordinates are centred first, so that years and large logarithms cost no digits. */
function leastSquares(ts: readonly number[], zs: readonly number[]): Fit | null {
  const n = ts.length
  const centre = { t: mean(ts), z: mean(zs) }
  const u = ts.map(t => t - centre.t)
  const v = zs.map(z => z - centre.z)
  const spread = dot(u, u)
  if (!(spread > 0) || new Set(ts).size < 2) return null
  const slope = dot(u, v) / spread
  const residuals = u.map((x, i) => (v[i] ?? 0) - slope * x)
  const residualError = aboveRounding(Math.sqrt(dot(residuals, residuals) / (n - 2)), zs)
  const slopeError = residualError / Math.sqrt(spread)
  return { n, degreesOfFreedom: n - 2, centre, slope, slopeError, residualError, spread }
}

/** 0 where the error is nothing but the rounding of the scaled values. */
function aboveRounding(error: number, scaled: readonly number[]): number {
  const largest = scaled.reduce((most, z) => Math.max(most, Math.abs(z)), 1)
  return error <= 16 * Number.EPSILON * largest ? 0 : error
}

function predictiveAt(fit: Fit, scale: Scale, t: number): Predictive {
  if (!Number.isFinite(t)) throw new RangeError(`no time: ${t}`)
  const away = t - fit.centre.t
  return {
    scale,
    centre: fit.centre.z + fit.slope * away,
    sigma: fit.residualError * Math.sqrt(1 + 1 / fit.n + (away * away) / fit.spread),
    quantile: probability => studentQuantile(probability, fit.degreesOfFreedom),
    cdf: x => studentCdf(x, fit.degreesOfFreedom),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

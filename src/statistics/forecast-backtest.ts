import { dampedTrend } from './ets.ts'
import { averagedTrend } from './ets-averaged.ts'
import { checkedLevel, type Prediction } from './forecast-prediction.ts'
import { logLinear, type TimedValue } from './regression.ts'

/**
 * Learns from the earlier points and forecasts the time of a later one that is `steps` points ahead; null where it
 * cannot.
 */
export type ForecastMethod = (
  training: readonly TimedValue[],
) => ((target: { readonly t: number; readonly steps: number }, level: number) => Prediction | null) | null

export const logLinearMethod: ForecastMethod = training => {
  const line = logLinear(training)
  return line && (({ t }, level) => line.predict(t, level))
}

/** For equally spaced points. */
export const dampedTrendMethod: ForecastMethod = training => {
  const fit = dampedTrend(training.map(({ y }) => y))
  return fit && (({ steps }, level) => fit.predict(steps, level))
}

/** For equally spaced points; many times slower than the likeliest model. */
export const averagedTrendMethod: ForecastMethod = training => {
  const fit = averagedTrend(training.map(({ y }) => y))
  return fit && (({ steps }, level) => fit.predict(steps, level))
}

export interface BacktestOptions {
  /** Of the intervals whose coverage is counted. */
  readonly level?: number
  /** The latest origins that are tried, at most. Each is a fit of its own. */
  readonly origins?: number
}

/** One forecast that can be held against what came. */
export interface BacktestCase {
  /** The last time that was known. */
  readonly origin: number
  readonly t: number
  readonly steps: number
  readonly actual: number
  readonly forecast: Prediction
  /** What the naive forecast, the last known value, is off by. */
  readonly naiveError: number
}

export interface Backtest {
  readonly origins: number
  readonly cases: readonly BacktestCase[]
  /** In the unit of the series. */
  readonly meanAbsoluteError: number
  /**
   * Mean absolute scaled error: each error over the mean absolute change from point to point before its origin (Hyndman
   * & Koehler 2006, International Journal of Forecasting 22, 679–688). Null where nothing had changed before an origin.
   */
  readonly mase: number | null
  /** The mean absolute error over that of the naive forecast for the same cases; below 1 beats it. Null where that is 0. */
  readonly relativeToNaive: number | null
  /** The share of cases that came to lie in their interval; near `level` where intervals are honest. */
  readonly coverage: number
  readonly level: number
}

/**
 * Forecasts the past from what was known before it (rolling origin, Tashman 2000), 1 to `horizon` points ahead. Null
 * where the method can forecast from no origin. The points are sorted by time first.
 */
export function backtest(
  points: readonly TimedValue[],
  horizon: number,
  method: ForecastMethod,
  { level = 0.95, origins = 36 }: BacktestOptions = {},
): Backtest | null {
  checkedLevel(level)
  const series = [...points].sort((a, b) => a.t - b.t)
  const tried: Trial[] = []
  for (let known = series.length - 1; known > 0 && tried.length < origins; known--) {
    const trial = trialAt(series, known, horizon, method, level)
    if (trial.cases.length === 0) break
    tried.unshift(trial)
  }
  return tried.length === 0 ? null : summary(tried, level)
}

interface Trial {
  readonly cases: readonly BacktestCase[]
  /** The mean absolute change from point to point before the origin. */
  readonly scale: number
}

function trialAt(
  series: readonly TimedValue[],
  known: number,
  horizon: number,
  method: ForecastMethod,
  level: number,
): Trial {
  const training = series.slice(0, known)
  const last = training.at(-1) ?? { t: 0, y: 0 }
  const forecaster = method(training)
  const cases = series.slice(known, known + horizon).flatMap(({ t, y }, i): readonly BacktestCase[] => {
    const forecast = forecaster?.({ t, steps: i + 1 }, level) ?? null
    return forecast === null
      ? []
      : [{ origin: last.t, t, steps: i + 1, actual: y, forecast, naiveError: y - last.y }]
  })
  return { cases, scale: mean(training.slice(1).map(({ y }, i) => Math.abs(y - (training[i]?.y ?? y)))) }
}

function summary(trials: readonly Trial[], level: number): Backtest {
  const cases = trials.flatMap(trial => trial.cases)
  const naive = mean(cases.map(({ naiveError }) => Math.abs(naiveError)))
  const meanAbsoluteError = mean(cases.map(error))
  const scaled = trials.flatMap(trial => trial.cases.map(each => error(each) / trial.scale))
  return {
    origins: trials.length,
    cases,
    meanAbsoluteError,
    mase: trials.some(({ scale }) => scale === 0) ? null : mean(scaled),
    relativeToNaive: naive === 0 ? null : meanAbsoluteError / naive,
    coverage: mean(
      cases.map(({ actual, forecast: { low, high } }) => (actual >= low && actual <= high ? 1 : 0)),
    ),
    level,
  }
}

function error({ actual, forecast }: BacktestCase): number {
  return Math.abs(actual - forecast.value)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

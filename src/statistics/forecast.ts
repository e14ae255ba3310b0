import { type DampedTrend, dampedTrend, fewestForDampedTrend } from './ets.ts'
import { averagedTrend } from './ets-averaged.ts'
import { decimalYear, monthOf } from './forecast-calendar.ts'
import type { Prediction } from './forecast-prediction.ts'
import { logitLinear, logLinear, type TimedValue, type TrendLine } from './regression.ts'

/** A value on a day, as ISO text (`2025-12-31`; what comes after the day is not looked at). */
export interface DatedValue {
  readonly date: string
  readonly value: number
}

export interface ForecastOptions {
  /** The values are shares between 0 and 1: forecast on the logit scale. */
  readonly share?: boolean
  /** Months per cycle, see `dampedTrend`. */
  readonly season?: number
  /** Damped trends averaged over their parameters (without a season) in place of the likeliest, see `averagedTrend`. */
  readonly averaged?: boolean
}

interface Forecasting {
  /** The months that were forecast from, first to last, one value each. */
  readonly used: readonly DatedValue[]
  /** Null for a date in or before the last month used. */
  readonly predict: (date: string, level?: number) => Prediction | null
  /** P(Y ≥ target) on that date; null as `predict`. */
  readonly probabilityAtLeast: (date: string, target: number) => number | null
}

export type Forecast =
  | {
      readonly method: 'scenarios'
      /** `notInside`: a value is not above 0 (a share not strictly between 0 and 1). */
      readonly reason: 'fewMonths' | 'notInside'
      readonly used: readonly DatedValue[]
    }
  | (Forecasting & {
      readonly method: 'logLinear' | 'logitLinear'
      /** `gaps`: 12 months or more, but fewer than 12 without a gap up to the last. */
      readonly reason: 'fewMonths' | 'gaps'
      readonly line: TrendLine
    })
  | (Forecasting & {
      readonly method: 'dampedTrend'
      readonly reason: 'monthly'
      /** The likeliest model, also where the forecast is averaged. */
      readonly fit: DampedTrend
      readonly averaged: boolean
      /** Months before the last gap, which were left out. */
      readonly leftOut: number
    })

/** Fewer months than this allow scenarios only. */
const fewestForLine = 4

/**
 * A forecast by how much is known: fewer than 4 months, none; 4 to 11, a line of the logarithms (logits of shares);
 * 12 or more without a gap, a damped trend. A month counts once, with its latest value. Values that are not finite
 * are left out. RangeError where a date is none.
 */
export function forecastOf(values: readonly DatedValue[], options: ForecastOptions = {}): Forecast {
  const used = lastOfMonths(values)
  if (used.length < fewestForLine) return { method: 'scenarios', reason: 'fewMonths', used }
  return monthlyForecast(used, options) ?? lineForecast(used, options)
}

function monthlyForecast(months: readonly DatedValue[], options: ForecastOptions): Forecast | null {
  const used = withoutGaps(months)
  const series = used.map(({ value }) => value)
  const average = options.averaged ? averagedTrend(series, options) : null
  const fit = average?.likeliest ?? dampedTrend(series, options)
  const last = used.at(-1)
  if (fit === null || last === undefined) return null
  const model = average ?? fit
  const ahead = (date: string) => monthOf(date) - monthOf(last.date)
  return {
    method: 'dampedTrend',
    reason: 'monthly',
    fit,
    averaged: average !== null,
    used,
    leftOut: months.length - used.length,
    predict: (date, level) => (ahead(date) > 0 ? model.predict(ahead(date), level) : null),
    probabilityAtLeast: (date, target) =>
      ahead(date) > 0 ? model.probabilityAtLeast(ahead(date), target) : null,
  }
}

function lineForecast(used: readonly DatedValue[], { share = false }: ForecastOptions): Forecast {
  const line = (share ? logitLinear : logLinear)(used.map(timed))
  const last = used.at(-1)
  if (line === null || last === undefined) return { method: 'scenarios', reason: 'notInside', used }
  const isAhead = (date: string) => monthOf(date) > monthOf(last.date)
  return {
    method: share ? 'logitLinear' : 'logLinear',
    reason: used.length < fewestForDampedTrend ? 'fewMonths' : 'gaps',
    line,
    used,
    predict: (date, level) => (isAhead(date) ? line.predict(decimalYear(date), level) : null),
    probabilityAtLeast: (date, target) =>
      isAhead(date) ? line.probabilityAtLeast(decimalYear(date), target) : null,
  }
}

function timed({ date, value }: DatedValue): TimedValue {
  return { t: decimalYear(date), y: value }
}

/** The latest value of each month, in order of time; of two on the same date the later in the list. */
function lastOfMonths(values: readonly DatedValue[]): readonly DatedValue[] {
  const byMonth = new Map<number, DatedValue>()
  for (const entry of values.filter(({ value }) => Number.isFinite(value))) {
    const known = byMonth.get(monthOf(entry.date))
    if (known === undefined || entry.date >= known.date) byMonth.set(monthOf(entry.date), entry)
  }
  return [...byMonth].sort(([a], [b]) => a - b).map(([, entry]) => entry)
}

/** The months after the last gap. */
function withoutGaps(months: readonly DatedValue[]): readonly DatedValue[] {
  const isAfterGap = ({ date }: DatedValue, i: number) =>
    monthOf(date) - monthOf(months[i - 1]?.date ?? date) > 1
  return months.slice(Math.max(0, months.findLastIndex(isAfterGap)))
}

import { type Row, row } from '../domain/table.ts'
import {
  averagedTrend,
  type Backtest,
  backtest,
  decimalYear,
  type ForecastMethod,
  logitLinear,
  logLinear,
} from '../statistics/statistics.ts'
import { outlookOf } from './attainment.ts'
import { headlineTrack } from './attainment-rows.ts'

export const backtestColumns = {
  origin: 'date',
  date: 'date',
  steps: 'integer',
  actual: 'number',
  predicted: 'number',
  low_95: 'number',
  high_95: 'number',
  is_inside: 'boolean',
  forecast_method: 'text',
  origins: 'integer',
  mase: 'number',
  relative_to_naive: 'number',
  interval_coverage: 'number',
} as const

/** The steps ahead that are tried: every one more costs as much as all of them do. */
const stepsTried = [1, 3, 6, 12]
const mostOrigins = 18

/** How the forecast of the headline's target would have fared before; without rows where nothing can be tried. */
export function backtestRows(rows: readonly Row[]): readonly Row[] {
  const track = headlineTrack(rows)
  if (track === null) return []
  const { forecast } = outlookOf(track, 'data')
  if (forecast.method === 'scenarios') return []
  const points = forecast.used.map(({ date, value }) => ({ t: decimalYear(date), y: value, date }))
  const days = new Map(points.map(({ t, date }) => [t, Date.parse(`${date}T00:00:00Z`) * 1000]))
  const method = methodOf(forecast.method, track.isShare)
  const tried = backtest(points, Math.max(...stepsTried), method, { origins: mostOrigins })
  const isAveraged = forecast.method === 'dampedTrend'
  return tried ? casesOf(tried, days, isAveraged ? 'averagedTrend' : forecast.method) : []
}

/** The method by which the forecast itself was made. */
function methodOf(method: string, share: boolean): ForecastMethod {
  return training => {
    if (method !== 'dampedTrend') {
      const line = (share ? logitLinear : logLinear)(training)
      return line && (({ t, steps }, level) => (stepsTried.includes(steps) ? line.predict(t, level) : null))
    }
    const fit = averagedTrend(
      training.map(({ y }) => y),
      { share },
    )
    return fit && (({ steps }, level) => (stepsTried.includes(steps) ? fit.predict(steps, level) : null))
  }
}

function casesOf(
  { cases, ...tried }: Backtest,
  days: ReadonlyMap<number, number>,
  method: string,
): readonly Row[] {
  return cases
    .filter(({ forecast }) => Number.isFinite(forecast.value))
    .map(({ origin, t, steps, actual, forecast: { value, low, high } }) =>
      row(Object.keys(backtestColumns), [
        ...[days.get(origin) ?? null, days.get(t) ?? null, steps, actual, value, finite(low), finite(high)],
        actual >= low && actual <= high,
        ...[method, tried.origins, finite(tried.mase), finite(tried.relativeToNaive), tried.coverage],
      ]),
    )
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

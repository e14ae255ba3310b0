import { type Row, row, type Value } from '../domain/table.ts'
import type { Prediction } from '../statistics/statistics.ts'
import { asMeasured, datesAhead, type Outlook, outlookOf, type Track, tracksOf } from './attainment.ts'
import { observedPath, requiredPath } from './attainment-paths.ts'

/** Columns of the statement: targets with what the data holds of them. */
export const trackedColumns = {
  no: 'integer',
  indicator: 'text',
  scope: 'text',
  is_headline: 'boolean',
  is_set: 'boolean',
  base_date: 'date',
  base_value: 'number',
  base_is_floor: 'boolean',
  target_date: 'date',
  target_value: 'number',
  time: 'timestamp',
  stock: 'number',
  population: 'integer',
  population_judged: 'integer',
} as const

const repeated = [
  'indicator',
  'scope',
  'is_headline',
  'is_set',
  'base_date',
  'base_value',
  'base_is_floor',
  'target_date',
  'target_value',
  'population',
  'population_judged',
] as const

/** One row a target and date, the past first; `probability` to `no_forecast` are the same in all rows of a target. */
export const attainmentColumns = {
  indicator: 'text',
  scope: 'text',
  is_headline: 'boolean',
  is_set: 'boolean',
  base_date: 'date',
  base_value: 'number',
  base_is_floor: 'boolean',
  target_date: 'date',
  target_value: 'number',
  population: 'integer',
  population_judged: 'integer',
  probability: 'number',
  probability_at_higher_base: 'number',
  forecast: 'number',
  forecast_low: 'number',
  forecast_high: 'number',
  forecast_method: 'text',
  anchor: 'text',
  months_used: 'integer',
  no_forecast: 'text',
  date: 'date',
  stock: 'number',
  value: 'number',
  predicted: 'number',
  low_50: 'number',
  high_50: 'number',
  low_80: 'number',
  high_80: 'number',
  low_95: 'number',
  high_95: 'number',
  required_path: 'number',
  observed_path: 'number',
} as const

const columns = Object.keys(attainmentColumns)

/** Steps of the fan: each costs a tenth of a second, for it is averaged over many models. */
const mostSteps = 12

export function attainmentRows(rows: readonly Row[], anchor: string): readonly Row[] {
  return tracksOf(rows).flatMap(track => rowsOf(outlookOf(track, anchor)))
}

/** The fan of the headline, only the end of the others. */
function rowsOf(outlook: Outlook): readonly Row[] {
  const { track, anchor } = outlook
  const isHeadline = track.first.is_headline === true
  const dates = datesAhead(track, mostSteps)
  const end = track.target ? predictionsAt(outlook, track.target.date, [0.95])[0] : undefined
  const said = summary(outlook, end ?? null)
  const shown = anchor ?? asMeasured
  const paths = [requiredPath(track, shown), observedPath(track, shown)]
  const onPaths = (date: string) => paths.map(path => path(date))
  const last = track.points.at(-1)
  const past = track.points.map(({ date, value }) => {
    const level = finite(shown.up(value))
    const isJoint = date === last?.date && outlook.reason === null
    const joint = isJoint ? noFan.map(() => level) : noFan
    return row(columns, [...said, micros(date), value, level, ...joint, ...onPaths(date)])
  })
  const ahead = (isHeadline ? dates : dates.slice(-1)).map(date =>
    row(columns, [...said, micros(date), null, null, ...fanAt(outlook, date), ...onPaths(date)]),
  )
  const all = [...past, ...ahead]
  return all.length > 0 ? all : [row(columns, said)]
}

function summary({ track, forecast, anchor, ...odds }: Outlook, end: Prediction | null): readonly Value[] {
  const known = odds.reason === null
  return [
    ...repeated.map(column => track.first[column] ?? null),
    odds.probability,
    odds.atHigherBase,
    finite(end?.value),
    finite(end?.low),
    finite(end?.high),
    known ? methodOf(forecast) : 'scenarios',
    anchor?.kind ?? null,
    forecast.used.length,
    odds.reason,
  ]
}

function methodOf(forecast: Outlook['forecast']): string {
  return forecast.method === 'dampedTrend' && forecast.averaged ? 'averagedTrend' : forecast.method
}

const levels = [0.5, 0.8, 0.95]
const noFan = Array.from({ length: 1 + 2 * levels.length }, () => null)

function fanAt(outlook: Outlook, date: string): readonly (number | null)[] {
  const predictions = predictionsAt(outlook, date, levels)
  if (predictions.length === 0) return noFan
  return [
    finite(predictions[0]?.value),
    ...predictions.flatMap(({ low, high }) => [finite(low), finite(high)]),
  ]
}

/** At the level of the target. */
function predictionsAt(
  { forecast, anchor, reason }: Outlook,
  date: string,
  at: readonly number[],
): readonly Prediction[] {
  if (reason !== null || anchor === null || forecast.method === 'scenarios') return []
  return at.flatMap(level => {
    const found = forecast.predict(date, level)
    if (found === null) return []
    const [value, low, high] = [found.value, found.low, found.high].map(anchor.up)
    return [{ ...found, value: value ?? Number.NaN, low: low ?? Number.NaN, high: high ?? Number.NaN }]
  })
}

/** Null in place of Infinity: a line drawn far beyond few points has no upper limit. */
function finite(value: number | undefined | null): number | null {
  return value === undefined || value === null || !Number.isFinite(value) ? null : value
}

function micros(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) * 1000
}

/** The target that gives the headline. */
export function headlineTrack(rows: readonly Row[]): Track | null {
  return tracksOf(rows).find(({ first }) => first.is_headline === true) ?? null
}

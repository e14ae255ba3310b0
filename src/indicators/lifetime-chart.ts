import type { Chart, Field } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { numberField } from './field.ts'
import { confidence, figure } from './headline.ts'
import type { Interval } from './recipe.ts'
import { intervalName } from './share-bars.ts'

interface CurveFigure {
  readonly time: Field
  readonly survival: Phrase
  readonly colour?: Field
  readonly rule: { readonly axis: 'x' | 'y'; readonly at: number; readonly name: Phrase }
  /** The column of the time beyond which too little is left to show. */
  readonly until: string
  readonly note?: Phrase
}

/** A figure of survival curves: steps with their bands, a reference line and the numbers at risk at round times. */
export function survivalFigure(rows: readonly Row[], given: CurveFigure): Chart {
  const { time, colour, rule, note } = given
  const until = figure(rows, given.until) ?? 0
  const coloured = colour ? { colour } : {}
  const y = numberField('survival', given.survival, 'percent')
  const low = numberField('low', intervalName, 'percent')
  const high = numberField('high', intervalName, 'percent')
  const n = numberField('marked_at_risk', { zh: '在险数', en: 'At risk' }, 'integer')
  return {
    layers: [
      { mark: 'band', x: time, low, high, step: true, ...coloured },
      { mark: 'line', x: time, y, step: true, ...coloured },
      { mark: 'rule', ...rule },
      { mark: 'count', x: time, n, ...coloured },
    ],
    rows: rows.filter(each => (asNumber(each[time.field]) ?? 0) <= until),
    ...(note ? { note } : {}),
  }
}

/** Limits of a Kaplan–Meier curve, or of what is read off it; null where there is neither. */
export function logLogInterval(low: number | null, high: number | null): Interval | null {
  if (low === null && high === null) return null
  return confidence({ low, high }, { zh: 'Kaplan–Meier 曲线的 log-log 区间', en: 'log-log of Kaplan–Meier' })
}

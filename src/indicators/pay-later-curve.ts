import type { Chart } from '../domain/chart.ts'
import { asNumber, type Row, row } from '../domain/table.ts'
import { incidenceFromCounts, survivalFromCounts } from '../statistics/statistics.ts'
import { numberField } from './field.ts'
import { total } from './headline.ts'
import { intervalName } from './share-bars.ts'

const extent = {
  all_contracts: 'integer',
  unknown_mode: 'integer',
  pay_later_contracts: 'integer',
  used_trials: 'integer',
  overdue_trials: 'integer',
  paid_after_end: 'integer',
} as const

/** Contracts counted by the day on which they were first paid, ended or last seen. */
export const payLaterCounts = {
  days: 'integer',
  paid: 'integer',
  ended_unpaid: 'integer',
  still_open: 'integer',
  ...extent,
} as const

/** One row a day on which a contract was paid, ended or last seen. */
export const payLaterCurve = {
  days: 'integer',
  trials_at_risk: 'integer',
  paid: 'integer',
  ended_unpaid: 'integer',
  still_open: 'integer',
  conversion: 'number',
  low: 'number',
  high: 'number',
  incidence: 'number',
  ...extent,
} as const

/** A figure shows no later day; each day is a row. */
const mostDays = 1999

/** A share of 1 is reached where it comes this near. */
const near = 1e-10

/** The curves from counts a day; a single row without a day where no contract can be used. */
export function curveRows(rows: readonly Row[], competing: boolean): readonly Row[] {
  const names = Object.keys(payLaterCurve)
  const counts = rows.flatMap(given => {
    const [time, paid] = [asNumber(given.days), asNumber(given.paid) ?? 0]
    const [ended, open] = [asNumber(given.ended_unpaid) ?? 0, asNumber(given.still_open) ?? 0]
    return time === null ? [] : [{ time, paid, ended, open }]
  })
  const figures = Object.keys(extent).map(column => rows[0]?.[column] ?? null)
  const start = total(rows, 'paid') + total(rows, 'ended_unpaid') + total(rows, 'still_open')
  const curve = survivalFromCounts(
    counts.map(({ time, paid, ended, open }) => ({ time, events: paid, censored: ended + open })),
    start,
  )
  const both = incidenceFromCounts(
    ['paid', 'ended'],
    counts.map(({ time, paid, ended, open }) => ({ time, events: [paid, ended], censored: open })),
    start,
  )
  if (!curve || !both)
    return rows.slice(0, 1).map(() => row(names, [...names.slice(0, 9).map(() => null), ...figures]))
  const countsAt = new Map(counts.map(each => [each.time, each]))
  return curve.steps.map(({ time, atRisk, events, survival, low, high }, i) => {
    const { ended = 0, open = 0 } = countsAt.get(time) ?? {}
    const incidence = both.steps[i]?.incidence[0] ?? 0
    const shown = competing ? [incidence, null, null] : [1 - survival, 1 - high, 1 - low]
    return row(names, [time, atRisk, events, ended, open, ...shown, incidence, ...figures])
  })
}

/** The row that holds at a day; nothing after the last contract was seen, unless all have paid or ended by then. */
export function reached(rows: readonly Row[], day: number): Row | undefined {
  const dated = rows.filter(({ days }) => asNumber(days) !== null)
  const here = dated.findLast(({ days }) => (asNumber(days) ?? Infinity) <= day)
  const last = dated.at(-1)
  const isOver = (asNumber(last?.conversion) ?? 0) >= 1 - near
  return (asNumber(last?.days) ?? -1) >= day || isOver ? here : undefined
}

/** The share paid by each day with its interval, how many are still at risk, and the day asked for. */
export function curveChart(rows: readonly Row[], horizon: number, competing: boolean): Chart {
  const dated = rows.filter(({ days }) => asNumber(days) !== null)
  const shown = dated.filter(({ days }) => (asNumber(days) ?? 0) <= mostDays)
  const x = numberField('days', { zh: '自开始起的天数', en: 'Days since the start' }, 'integer')
  const y = numberField('conversion', { zh: '已付款的概率', en: 'Probability of being paid' }, 'percent')
  return {
    layers: [
      { mark: 'line', x, y, step: true },
      ...(competing
        ? []
        : [
            {
              mark: 'band',
              x,
              low: numberField('low', intervalName, 'percent'),
              high: numberField('high', intervalName, 'percent'),
              step: true,
            } as const,
          ]),
      {
        mark: 'count',
        x,
        n: numberField('left', { zh: '当天以后仍在险', en: 'At risk after the day' }, 'integer'),
      },
      { mark: 'rule', axis: 'x', at: horizon, name: { zh: `${horizon} 天`, en: `${horizon} days` } },
    ],
    rows: shown.map(withLeft),
    ...(shown.length < dated.length
      ? { note: { zh: `图至第 ${mostDays} 天`, en: `The first ${mostDays} days` } }
      : {}),
  }
}

/** The row with the contracts still at risk after its day. */
function withLeft(given: Row): Row {
  const [atRisk, ...gone] = ['trials_at_risk', 'paid', 'ended_unpaid', 'still_open'].map(
    column => asNumber(given[column]) ?? 0,
  )
  const left = gone.reduce((rest, count) => rest - count, atRisk ?? 0)
  return row([...Object.keys(given), 'left'], [...Object.values(given), left])
}

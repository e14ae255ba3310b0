import { asNumber, type Row, type Value } from '../domain/table.ts'
import { type DatedValue, decimalYear, type Forecast, forecastOf, monthOf } from '../statistics/statistics.ts'
import { dayOf } from './plan-targets.ts'

/** A target with what the data holds of its measure, month end by month end (or export by export). */
export interface Track {
  readonly first: Row
  readonly isShare: boolean
  /** From the first value above 0. */
  readonly points: readonly DatedValue[]
  /** Null where there is no target, or its date is none. */
  readonly target: { readonly date: string; readonly value: number } | null
  /** The published base, where it is a date and above 0. */
  readonly base: DatedValue | null
}

/** The rows of each target, in their order. */
export function tracksOf(rows: readonly Row[]): readonly Track[] {
  const byTarget = new Map<Value | undefined, Row[]>()
  for (const one of rows) byTarget.set(one.no, [...(byTarget.get(one.no) ?? []), one])
  return [...byTarget.values()].flatMap(group => (group[0] ? [trackOf(group[0], group)] : []))
}

function trackOf(first: Row, rows: readonly Row[]): Track {
  const known = rows.flatMap(({ time, stock }): readonly DatedValue[] => {
    const [date, value] = [dayOf(time), asNumber(stock)]
    return date === null || value === null ? [] : [{ date, value }]
  })
  const start = known.findIndex(({ value }) => value > 0)
  const isShare = first.indicator === 'penetration'
  const [date, value] = [dayOf(first.target_date), asNumber(first.target_value)]
  return {
    first,
    isShare,
    points: start < 0 ? [] : known.slice(start),
    target: date === null || value === null ? null : { date, value },
    base: baseOf(first, isShare),
  }
}

function baseOf({ base_date, base_value }: Row, isShare: boolean): DatedValue | null {
  const [date, value] = [dayOf(base_date), asNumber(base_value)]
  if (date === null || value === null || !(value > 0) || (isShare && value >= 1)) return null
  return { date, value }
}

/** Moves values of the data to the level of the target and back; both grow in proportion, shares in their odds. */
export interface Anchor {
  readonly kind: 'base' | 'data'
  readonly up: (value: number) => number
  readonly down: (value: number) => number
}

/** The level of the data itself. */
export const asMeasured: Anchor = { kind: 'data', up: value => value, down: value => value }

/** The level of the data, or that of a base; null where the data holds nothing at the base date to compare it with. */
export function anchorOf(track: Track, choice: string, percent = 100): Anchor | null {
  const { base, isShare } = track
  if (choice === 'data' || base === null) return asMeasured
  const reference = valueAt(track, base.date) ?? 0
  const assumed = (base.value * percent) / 100
  if (isShare) {
    if (!(reference > 0 && reference < 1 && assumed < 1)) return null
    const shift = logit(assumed) - logit(reference)
    return { kind: 'base', up: value => moved(value, shift), down: value => moved(value, -shift) }
  }
  if (!(reference > 0)) return null
  return {
    kind: 'base',
    up: value => (value / reference) * assumed,
    down: value => (value / assumed) * reference,
  }
}

/**
 * What the data held in a month: its last value there, else, between two exports, on the line of logarithms that joins them
 * (of shares: of logits). Null before the first and after the last, and from or to nothing.
 */
function valueAt({ points, isShare }: Track, date: string): number | null {
  const there = points.findLast(one => monthOf(one.date) === monthOf(date))
  if (there) return there.value
  const [before, after] = [points.findLast(one => one.date < date), points.find(one => one.date > date)]
  if (!before || !after) return null
  const [to, from] = isShare ? [logit, expit] : [Math.log, Math.exp]
  const [t0, t1] = [decimalYear(before.date), decimalYear(after.date)]
  const part = (decimalYear(date) - t0) / (t1 - t0)
  const value = from(to(before.value) * (1 - part) + to(after.value) * part)
  return Number.isFinite(value) ? value : null
}

/** The odds of a share times e^shift. */
function moved(share: number, shift: number): number {
  if (share <= 0 || share >= 1) return share
  return expit(logit(share) + shift)
}

function expit(z: number): number {
  return 1 / (1 + Math.exp(-z))
}

function logit(share: number): number {
  return Math.log(share) - Math.log1p(-share)
}

/** Further than this nothing is forecast: every step ahead adds to the work, and none to what is known. */
const mostMonthsAhead = 240

/** Why there is no probability. */
export type Reason = 'no target' | 'few points' | 'date past' | 'date too far' | 'base outside data'

/** The forecast of a target; what there is none of stays null. */
export interface Outlook {
  readonly track: Track
  readonly forecast: Forecast
  readonly anchor: Anchor | null
  readonly reason: Reason | null
  /** P(Y ≥ target) with the base as published, and with one 10% higher where it is a floor. */
  readonly probability: number | null
  readonly atHigherBase: number | null
}

export function outlookOf(track: Track, choice: string): Outlook {
  const forecast = forecastOf(track.points, { share: track.isShare, averaged: true })
  const anchor = anchorOf(track, choice)
  const reason = reasonOf(track, forecast, anchor)
  const higher = track.first.base_is_floor === true && anchor?.kind === 'base'
  const at = (given: Anchor | null) => (reason === null ? chance(track, forecast, given) : null)
  return {
    ...{ track, forecast, anchor, reason, probability: at(anchor) },
    atHigherBase: higher ? at(anchorOf(track, choice, 110)) : null,
  }
}

function reasonOf(track: Track, forecast: Forecast, anchor: Anchor | null): Reason | null {
  if (track.target === null) return 'no target'
  if (track.points.length === 0 || forecast.method === 'scenarios') return 'few points'
  const ahead = monthsAhead(track)
  if (ahead <= 0) return 'date past'
  if (ahead > mostMonthsAhead) return 'date too far'
  return anchor === null ? 'base outside data' : null
}

function chance({ target }: Track, forecast: Forecast, anchor: Anchor | null): number | null {
  if (target === null || anchor === null || forecast.method === 'scenarios') return null
  return forecast.probabilityAtLeast(target.date, anchor.down(target.value))
}

/** Months from the last point to the target; 0 without either. */
export function monthsAhead({ points, target }: Track): number {
  const last = points.at(-1)
  return last && target ? monthOf(target.date) - monthOf(last.date) : 0
}

/** The last day of a month counted from January of year 0. */
function monthEnd(month: number): string {
  const date = new Date(0)
  date.setUTCFullYear(Math.floor(month / 12), (month % 12) + 1, 0)
  return date.toISOString().slice(0, 10)
}

/** Month ends after the last point, at most so many, evenly spaced and ending with the target's date. */
export function datesAhead(track: Track, most: number): readonly string[] {
  const [ahead, last] = [monthsAhead(track), track.points.at(-1)]
  if (!last || !track.target || ahead <= 0 || ahead > mostMonthsAhead) return []
  const step = Math.ceil(ahead / most)
  const start = monthOf(last.date)
  const between: string[] = []
  for (let i = ahead - step; i > 0; i -= step) between.unshift(monthEnd(start + i))
  return [...between, track.target.date]
}

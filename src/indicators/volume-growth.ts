import { growthRate, logLinear } from '../statistics/statistics.ts'

/** What is compared with what: positions of months, from 0, and the years between. */
export interface Comparison {
  readonly first: readonly number[]
  readonly last: readonly number[]
  readonly years: number
}

/** Below this no calendar month comes twice. */
export const fewestMonths = 13

/**
 * Which of `months` full months in a row are compared, so that both ends hold the same calendar months, whole years apart;
 * null below 13.
 * - `blocks`: the last 12 months with the same ones as many years earlier as there are; below 24 months all that come twice
 * - `endpoints`: the last month with the same one as many years earlier as there are
 */
export function comparison(months: number, method: string): Comparison | null {
  if (months < fewestMonths) return null
  const years = Math.max(1, Math.floor((months - (method === 'endpoints' ? 1 : 12)) / 12))
  const length = method === 'endpoints' ? 1 : Math.min(12, months - 12)
  const last = Array.from({ length }, (_, i) => months - length + i)
  return { first: last.map(i => i - 12 * years), last, years }
}

/** (last / first)^(1/years) − 1; null where the first is nothing. */
export function compoundGrowth(
  volumes: readonly number[],
  { first, last, years }: Comparison,
): number | null {
  const [before, after] = [sumOf(volumes, first), sumOf(volumes, last)]
  return before > 0 ? (after / before) ** (1 / years) - 1 : null
}

function sumOf(volumes: readonly number[], positions: readonly number[]): number {
  return positions.reduce((sum, i) => sum + (volumes[i] ?? 0), 0)
}

/** Growth a year of the log-linear line through monthly volumes, with its t interval; months of nothing are left out. */
export interface Trend {
  readonly growth: number
  readonly low: number | null
  readonly high: number | null
  /** The line's volume at a month. */
  readonly at: (month: number) => number | null
}

/** Null with fewer than 3 months above zero. */
export function volumeTrend(volumes: readonly number[]): Trend | null {
  const points = volumes.flatMap((y, i) => (y > 0 ? [{ t: i / 12, y }] : []))
  const line = logLinear(points)
  if (!line) return null
  const { value, low, high } = growthRate(line)
  if (!Number.isFinite(value)) return null
  const at = (month: number) => finite(Math.exp(line.centre.z + line.slope * (month / 12 - line.centre.t)))
  return { growth: value, low: finite(low), high: finite(high), at }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

import { decimalYear, monthOf } from '../statistics/statistics.ts'
import type { Anchor, Track } from './attainment.ts'

/** The value that a scenario has on a date (ISO); null where there is none. */
export type Path = (date: string) => number | null

const nowhere: Path = () => null

/**
 * The path that leads to the target: at one rate (of shares: of their odds) from the base, or, where the level is that of
 * the data, from its last value; none where that has reached the target.
 */
export function requiredPath(track: Track, anchor: Anchor): Path {
  const { target, base } = track
  const last = track.points.at(-1)
  if (!target || !(target.value > 0) || (track.isShare && target.value >= 1)) return nowhere
  const start = anchor.kind === 'base' ? base : last && { date: last.date, value: anchor.up(last.value) }
  if (!start || !inside(track, start.value) || start.date >= target.date) return nowhere
  if (anchor.kind === 'data' && start.value >= target.value) return nowhere
  const { to, from } = scaleOf(track)
  const span = decimalYear(target.date) - decimalYear(start.date)
  const slope = (to(target.value) - to(start.value)) / span
  const line = along(to(start.value), slope, start.date, from)
  return date => (date < start.date ? null : line(date))
}

/** The last value carried on at the rate of the last 12 months before it (of all, where there are fewer, 3 at least). */
export function observedPath(track: Track, anchor: Anchor): Path {
  const last = track.points.at(-1)
  if (!last) return nowhere
  const start = track.points.find(({ date }) => monthOf(last.date) - monthOf(date) <= 12)
  if (!start || monthOf(last.date) - monthOf(start.date) < 3) return nowhere
  const [low, high] = [anchor.up(start.value), anchor.up(last.value)]
  if (!inside(track, low) || !inside(track, high)) return nowhere
  const { to, from } = scaleOf(track)
  const slope = (to(high) - to(low)) / (decimalYear(last.date) - decimalYear(start.date))
  const line = along(to(high), slope, last.date, from)
  return date => (date < last.date ? null : line(date))
}

function along(z: number, slope: number, start: string, from: (z: number) => number): Path {
  return date => {
    const value = from(z + slope * (decimalYear(date) - decimalYear(start)))
    return Number.isFinite(value) ? value : null
  }
}

function inside({ isShare }: Track, value: number): boolean {
  return value > 0 && (!isShare || value < 1)
}

function scaleOf({ isShare }: Track): {
  readonly to: (y: number) => number
  readonly from: (z: number) => number
} {
  if (!isShare) return { to: Math.log, from: Math.exp }
  return { to: y => Math.log(y) - Math.log1p(-y), from: z => 1 / (1 + Math.exp(-z)) }
}

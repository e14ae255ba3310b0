import { type Row, row } from '../domain/table.ts'
import { decimalYear } from '../statistics/statistics.ts'
import { type Anchor, anchorOf, asMeasured, type Track, tracksOf } from './attainment.ts'
import { observedPath, type Path, requiredPath } from './attainment-paths.ts'

export const scenarioColumns = {
  indicator: 'text',
  scope: 'text',
  scenario: 'text',
  date: 'date',
  value: 'number',
  target_value: 'number',
  gap: 'number',
} as const

const mostYears = 30

/** Every target's scenarios at the ends of years and at the target's date; they need no model, and give no probability. */
export function scenarioRows(rows: readonly Row[], choice: string): readonly Row[] {
  return tracksOf(rows).flatMap(track => {
    const anchor = anchorOf(track, choice) ?? asMeasured
    const paths: readonly (readonly [string, Path])[] = [
      ['required', requiredPath(track, anchor)],
      ['observed', observedPath(track, anchor)],
      ['steady', steadyPath(track, anchor)],
    ]
    const dates = yearEnds(track)
    return paths.flatMap(([scenario, path]) => dates.flatMap(date => rowOf(track, scenario, date, path)))
  })
}

/** The same amount every year as in the 12 months before the last point, as far as the data reaches. */
function steadyPath(track: Track, anchor: Anchor): Path {
  const growing = observedPath(track, anchor)
  const last = track.points.at(-1)
  if (!last || growing(last.date) === null) return () => null
  const now = decimalYear(last.date)
  const start = track.points.find(({ date }) => now - decimalYear(date) < 1.001)
  const since = start ? now - decimalYear(start.date) : 0
  if (!start || since === 0) return () => null
  const slope = (anchor.up(last.value) - anchor.up(start.value)) / since
  const most = track.isShare ? 1 : Number.POSITIVE_INFINITY
  return date => Math.min(most, Math.max(0, anchor.up(last.value) + slope * (decimalYear(date) - now)))
}

function yearEnds({ points, target }: Track): readonly string[] {
  const last = points.at(-1)
  if (!last || !target || target.date <= last.date) return []
  const [from, to] = [Number(last.date.slice(0, 4)), Number(target.date.slice(0, 4))]
  if (to - from > mostYears) return [target.date]
  const ends = Array.from({ length: to - from }, (_, i) => `${String(from + i).padStart(4, '0')}-12-31`)
  return [...ends.filter(date => date > last.date), target.date]
}

function rowOf({ first, target }: Track, scenario: string, date: string, path: Path): readonly Row[] {
  const value = path(date)
  if (value === null || !Number.isFinite(value) || !target) return []
  const when = Date.parse(`${date}T00:00:00Z`) * 1000
  const cells = [scenario, when, value, target.value, value - target.value]
  return [row(Object.keys(scenarioColumns), [first.indicator ?? null, first.scope ?? null, ...cells])]
}

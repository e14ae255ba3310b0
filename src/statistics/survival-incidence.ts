import { isUsable, type SurvivalCounts, type SurvivalCurve, survivalFromCounts } from './survival.ts'

/** A life, and why it ended; null where it was last seen alive at `exit`. Times as of a `Subject`. */
export interface CauseSubject {
  readonly entry: number
  readonly exit: number
  readonly cause: string | null
}

/** What happened at one time: the ends by cause, in the order of the causes. */
export interface CauseCounts extends Omit<SurvivalCounts, 'events'> {
  readonly events: readonly number[]
}

export interface IncidenceStep {
  readonly time: number
  readonly atRisk: number
  readonly survival: number
  /** Share of lives that have ended by each cause up to this time; with the survival they sum to 1. */
  readonly incidence: readonly number[]
}

export interface CumulativeIncidence extends Pick<SurvivalCurve, 'from' | 'emptied' | 'leftOut'> {
  readonly causes: readonly string[]
  readonly steps: readonly IncidenceStep[]
}

/**
 * The cumulative incidence of each cause where causes compete, ΣS(t−) d_k/n (Aalen & Johansen 1978), with delayed entry
 * as in `survivalCurve`; one minus a Kaplan–Meier curve that censors the other causes would be too high. Causes are in
 * the order of their text. Null where no subject can be used.
 */
export function cumulativeIncidence(subjects: readonly CauseSubject[]): CumulativeIncidence | null {
  const used = subjects.filter(isUsable)
  const causes = [...new Set(used.flatMap(({ cause }) => cause ?? []))].sort()
  const place = new Map(causes.map((cause, i) => [cause, i]))
  const counts = new Map<number, { time: number; events: number[]; censored: number; entered: number }>()
  const at = (time: number) => {
    const found = counts.get(time) ?? { time, events: causes.map(() => 0), censored: 0, entered: 0 }
    counts.set(time, found)
    return found
  }
  for (const { entry, exit, cause } of used) {
    if (entry > 0) at(entry).entered++
    const point = at(exit)
    const index = cause === null ? undefined : place.get(cause)
    if (index === undefined) point.censored++
    else point.events[index] = (point.events[index] ?? 0) + 1
  }
  const start = used.filter(({ entry }) => entry === 0).length
  const result = incidenceFromCounts(causes, [...counts.values()], start)
  return result && { ...result, leftOut: subjects.length - used.length }
}

/**
 * The same from counts in any order, one number of ends for each cause at each time. Null where nobody is ever at risk;
 * RangeError where the counts contradict each other (see `survivalFromCounts`) or do not fit the causes.
 */
export function incidenceFromCounts(
  causes: readonly string[],
  points: readonly CauseCounts[],
  startAtRisk: number,
): CumulativeIncidence | null {
  const ends = new Map<number, readonly number[]>()
  for (const { time, events } of points) {
    if (events.length !== causes.length || events.some(count => !(count >= 0)))
      throw new RangeError(`there is one count for each cause at ${time}`)
    const known = ends.get(time)
    ends.set(time, known ? events.map((count, k) => count + (known[k] ?? 0)) : events)
  }
  const pooled = points.map(point => ({ ...point, events: point.events.reduce((a, b) => a + b, 0) }))
  const curve = survivalFromCounts(pooled, startAtRisk)
  return curve && { ...flags(curve), causes, steps: incidenceSteps(causes, ends, curve) }
}

function flags({ from, emptied, leftOut }: SurvivalCurve) {
  return { from, emptied, leftOut }
}

function incidenceSteps(
  causes: readonly string[],
  ends: ReadonlyMap<number, readonly number[]>,
  { steps }: SurvivalCurve,
): readonly IncidenceStep[] {
  let before = 1
  let incidence: readonly number[] = causes.map(() => 0)
  return steps.map(({ time, atRisk, events, survival }) => {
    const here = ends.get(time)
    const share = before / atRisk
    if (events > 0 && here) incidence = incidence.map((sum, k) => sum + share * (here[k] ?? 0))
    before = survival
    return { time, atRisk, survival, incidence }
  })
}

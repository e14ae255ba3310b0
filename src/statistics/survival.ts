import { normalQuantile } from './distributions.ts'

/** A life in any unit of time since its own beginning: seen from `entry` on (0: from the beginning) to `exit`. */
export interface Subject {
  readonly entry: number
  readonly exit: number
  /** True where the life ended at `exit`, false where it was last seen alive then. */
  readonly event: boolean
}

/** What happened at one time since the beginning, counted over all lives. */
export interface SurvivalCounts {
  readonly time: number
  readonly events: number
  readonly censored: number
  /** Lives first seen at this time; at risk only after it. */
  readonly entered?: number
}

export interface SurvivalStep extends Required<SurvivalCounts> {
  /** Lives under observation just before this time. */
  readonly atRisk: number
  /** Share of lives that last longer than this time, with the limits of its log-log interval. */
  readonly survival: number
  readonly low: number
  readonly high: number
}

export interface SurvivalCurve {
  /** Ascending by time, the first at 0. Each holds until the next. */
  readonly steps: readonly SurvivalStep[]
  readonly level: number
  /** From when on anybody was under observation: the curve holds for lives that reach this time. */
  readonly from: number
  /**
   * When nobody was left under observation although others were seen later; null where that never was. With delayed
   * entry few lives are at risk early: if all of them end, the curve is 0 for ever and says nothing of the others.
   */
  readonly emptied: number | null
  /** Subjects that could not be used: a time that is negative or not finite, or an exit not after a delayed entry. */
  readonly leftOut: number
}

/**
 * The Kaplan–Meier curve with delayed entry: a life is at risk at t where entry < t ≤ exit, and from the very beginning
 * where its entry is 0. Limits are on the log-log scale with Greenwood's variance (Klein & Moeschberger 2003, 4.2–4.3,
 * 4.6), as R survfit(conf.type = "log-log") gives them. Null where no subject can be used.
 */
export function survivalCurve(subjects: readonly Subject[], level = 0.95): SurvivalCurve | null {
  const used = subjects.filter(isUsable)
  const counts = new Map<number, { time: number; events: number; censored: number; entered: number }>()
  const at = (time: number) => {
    const found = counts.get(time) ?? { time, events: 0, censored: 0, entered: 0 }
    counts.set(time, found)
    return found
  }
  for (const { entry, exit, event } of used) {
    if (entry > 0) at(entry).entered++
    if (event) at(exit).events++
    else at(exit).censored++
  }
  const curve = survivalFromCounts(
    [...counts.values()],
    used.filter(({ entry }) => entry === 0).length,
    level,
  )
  return curve && { ...curve, leftOut: subjects.length - used.length }
}

/** Whether the times of a subject can be used. */
export function isUsable({ entry, exit }: Pick<Subject, 'entry' | 'exit'>): boolean {
  return entry >= 0 && exit >= 0 && exit < Infinity && (entry === 0 || exit > entry)
}

/**
 * The same curve from counts in any order; `startAtRisk` lives are seen from the beginning. Null where nobody is ever
 * at risk. RangeError where the counts contradict each other: one that is no whole number ≥ 0, a time that is negative
 * or not finite, more lives leaving than there are, or lives that never leave.
 */
export function survivalFromCounts(
  points: readonly SurvivalCounts[],
  startAtRisk: number,
  level = 0.95,
): SurvivalCurve | null {
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies in (0, 1): ${level}`)
  const sorted = merged(points)
  checkCounts(sorted, startAtRisk)
  const first = sorted.find(({ entered }) => entered > 0)
  if (startAtRisk === 0 && first === undefined) return null
  return {
    steps: stepsOf(sorted, startAtRisk, normalQuantile((1 + level) / 2)),
    level,
    from: startAtRisk > 0 ? 0 : (first?.time ?? 0),
    emptied: emptiedAt(sorted, startAtRisk),
    leftOut: 0,
  }
}

/** One point for each time, ascending, the first at 0. */
function merged(points: readonly SurvivalCounts[]): readonly Required<SurvivalCounts>[] {
  const none = { time: 0, events: 0, censored: 0, entered: 0 }
  const result = [{ ...none }]
  for (const { time, events, censored, entered = 0 } of [...points].sort((a, b) => a.time - b.time)) {
    if (!(time >= 0 && time < Infinity)) throw new RangeError(`a time is finite and not negative: ${time}`)
    let last = result.at(-1) ?? none
    if (last.time !== time) {
      last = { ...none, time }
      result.push(last)
    }
    last.events += events
    last.censored += censored
    last.entered += entered
  }
  return result
}

function checkCounts(points: readonly Required<SurvivalCounts>[], startAtRisk: number): void {
  const counts = points.flatMap(({ events, censored, entered }) => [events, censored, entered])
  for (const count of [startAtRisk, ...counts])
    if (!(Number.isSafeInteger(count) && count >= 0))
      throw new RangeError(`a count is a whole number: ${count}`)
  let atRisk = startAtRisk
  for (const { time, events, censored, entered } of points) {
    if (events + censored > atRisk)
      throw new RangeError(`${events + censored} of ${atRisk} lives leave at ${time}`)
    atRisk += entered - events - censored
  }
  if (atRisk > 0) throw new RangeError(`${atRisk} lives never leave`)
}

function stepsOf(
  points: readonly Required<SurvivalCounts>[],
  startAtRisk: number,
  z: number,
): readonly SurvivalStep[] {
  let [atRisk, survival, hazard, variance] = [startAtRisk, 1, 0, 0]
  let limits = { low: 1, high: 1 }
  return points.map(point => {
    const { events, censored, entered } = point
    if (events > 0) {
      survival *= (atRisk - events) / atRisk
      hazard -= Math.log1p(-events / atRisk)
      variance += events / (atRisk * (atRisk - events))
      limits = survival === 0 ? { low: 0, high: limits.high } : logLogLimits(hazard, z * Math.sqrt(variance))
    }
    const step = { ...point, atRisk, survival, ...limits }
    atRisk += entered - events - censored
    return step
  })
}

/**
 * S^exp(±zσ/ln S) from −ln S for 0 < S < 1. At S = 0 the variance is infinite and R prints NA; the upper limit of the
 * step before is kept instead, since a survival never rises.
 */
function logLogLimits(hazard: number, spread: number): { low: number; high: number } {
  const factor = Math.exp(spread / hazard)
  return { low: Math.exp(-hazard * factor), high: Math.exp(-hazard / factor) }
}

function emptiedAt(points: readonly Required<SurvivalCounts>[], startAtRisk: number): number | null {
  let atRisk = startAtRisk
  let coming = points.reduce((sum, { entered }) => sum + entered, 0)
  for (const { time, events, censored, entered } of points) {
    const allEnded = events > 0 && events === atRisk
    const left = atRisk - events - censored + entered
    if (allEnded && coming > 0) return time
    coming -= entered
    if (atRisk > 0 && left === 0 && coming > 0) return time
    atRisk = left
  }
  return null
}

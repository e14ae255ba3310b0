import { normalQuantile } from './distributions.ts'
import type { SurvivalCurve, SurvivalStep } from './survival.ts'

/** A curve reaches a share where it comes this near: products of many factors carry rounding errors. */
const near = 1e-10

/**
 * The survival at a time, with its limits and the lives at risk just before it. Null after the last observed time
 * unless the curve has reached 0 (R summary.survfit without `extend`); RangeError unless the time is ≥ 0.
 */
export function survivalAt(
  curve: SurvivalCurve,
  time: number,
): Pick<SurvivalStep, 'survival' | 'low' | 'high' | 'atRisk'> | null {
  if (!(time >= 0)) throw new RangeError(`a time is not negative: ${time}`)
  const step = stepAt(curve.steps, time)
  if (step === undefined || (isBeyond(curve, time) && step.survival > 0)) return null
  const { survival, low, high, events, censored, entered } = step
  const atRisk = step.time === time ? step.atRisk : step.atRisk - events - censored + entered
  return { survival, low, high, atRisk }
}

/** A time, and the limits of its interval; null where the curve, or its limit, never falls so far. */
export interface MedianSurvival {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/**
 * The first time at which at most half survive, with the times at which the limits of the curve reach a half (Brookmeyer
 * & Crowley 1982, on the scale of the curve's limits, as R prints a survfit). Where the curve rests on exactly a half R
 * gives the middle of that rest; this is its beginning.
 */
export function medianSurvival({ steps }: SurvivalCurve): MedianSurvival {
  const first = (of: (step: SurvivalStep) => number) =>
    steps.find(step => of(step) <= 0.5 + near)?.time ?? null
  return { value: first(step => step.survival), low: first(step => step.low), high: first(step => step.high) }
}

export interface RestrictedMean {
  readonly value: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

/**
 * The mean life up to `tau`, in the unit of time: the area under the curve (Klein & Moeschberger 2003, 4.5), with its
 * standard error and normal limits kept in [0, tau]. Null where observation ends before `tau` with some still alive;
 * RangeError unless tau ≥ 0.
 */
export function restrictedMean(curve: SurvivalCurve, tau: number): RestrictedMean | null {
  if (!(tau >= 0 && tau < Infinity)) throw new RangeError(`a restricted mean ends at a time: ${tau}`)
  if (isBeyond(curve, tau) && (curve.steps.at(-1)?.survival ?? 1) > 0) return null
  const steps = curve.steps.filter(({ time }) => time <= tau)
  let [area, variance] = [0, 0]
  for (let i = steps.length - 1; i >= 0; i--) {
    const { time, survival, atRisk, events } = steps[i] as SurvivalStep
    area += survival * ((steps[i + 1]?.time ?? tau) - time)
    if (events < atRisk) variance += (area * area * events) / (atRisk * (atRisk - events))
  }
  const standardError = Math.sqrt(variance)
  const half = normalQuantile((1 + curve.level) / 2) * standardError
  return { value: area, standardError, low: Math.max(0, area - half), high: Math.min(tau, area + half) }
}

/** The last step at or before a time. */
function stepAt(steps: readonly SurvivalStep[], time: number): SurvivalStep | undefined {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle]?.time ?? Infinity) <= time) low = middle + 1
    else high = middle
  }
  return steps[low - 1]
}

function isBeyond({ steps }: SurvivalCurve, time: number): boolean {
  return time > (steps.at(-1)?.time ?? 0)
}

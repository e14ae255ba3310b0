import { type Result, success } from '../../domain/failure.ts'
import type { Filters } from '../../domain/filter.ts'
import { canonicalSources } from '../../domain/workspace.ts'
import { type Indicator, platformsSeen, platformsSeenResult, scope } from '../../indicators/indicator.ts'
import { type Calculator, evaluation } from '../evaluation.ts'
import type { State } from '../state.ts'
import { headlineUnder, type Progress } from './values.ts'

/** Whole days, `YYYY-MM-DD`, both inclusive, UTC. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** An indicator in two periods, on all platforms and on those seen in both. */
export interface PeriodValues {
  readonly indicator: string
  readonly earlier: number | null
  readonly later: number | null
  readonly earlierMatched: number | null
  readonly laterMatched: number | null
}

export interface PeriodComparison {
  /** Platforms seen in either period; `matched` are those in both. */
  readonly earlierPlatforms: number
  readonly laterPlatforms: number
  readonly matched: readonly string[]
  readonly values: readonly PeriodValues[]
}

/** The indicators on which a period acts: the others would say the same twice. */
export function periodIndicators(indicators: readonly Indicator[], state: State): readonly Indicator[] {
  const { present } = state.history
  const some = { ...present, filters: { ...present.filters, from: '2000-01-01', to: '2000-01-02' } }
  return indicators.filter(indicator => {
    const { obeyed, missing } = evaluation(indicator, some, state)
    return obeyed.includes('period') && missing.length === 0
  })
}

/** Lays a period beside another. A change of the sample is not a change of the thing, so both are told apart. */
export async function comparePeriods(
  calculator: Calculator,
  state: State,
  indicators: readonly Indicator[],
  periods: { readonly earlier: Period; readonly later: Period },
  tell: Progress,
  signal: AbortSignal,
): Promise<Result<PeriodComparison>> {
  const { present } = state.history
  const within = (period: Period): Filters => ({ ...present.filters, ...period })
  const seen: string[][] = []
  for (const period of [periods.earlier, periods.later]) {
    const { tables } = scope(canonicalSources(present), within(period))
    const answer = await calculator.engine.query(platformsSeen(tables), platformsSeenResult, signal)
    if (!answer.ok) return answer
    seen.push(answer.value.rows.map(({ platform_id }) => String(platform_id)))
  }
  const [earlier = [], later = []] = seen
  const matched = earlier.filter(platform => later.includes(platform))
  const values: PeriodValues[] = []
  for (const [i, indicator] of indicators.entries()) {
    tell(i, indicators.length)
    const value = async (filters: Filters) =>
      (await headlineUnder(calculator, indicator, present, filters, state, signal))?.value ?? null
    const onMatched = async (period: Period) =>
      matched.length === 0 ? null : value({ ...within(period), platforms: matched })
    values.push({
      indicator: indicator.id,
      earlier: await value(within(periods.earlier)),
      later: await value(within(periods.later)),
      earlierMatched: await onMatched(periods.earlier),
      laterMatched: await onMatched(periods.later),
    })
  }
  return success({ earlierPlatforms: earlier.length, laterPlatforms: later.length, matched, values })
}

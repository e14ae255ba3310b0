import type { Filters } from '../../domain/filter.ts'
import type { Workspace } from '../../domain/workspace.ts'
import type { Headline, Indicator } from '../../indicators/indicator.ts'
import { type Calculator, type DataFacts, evaluate, evaluation } from '../evaluation.ts'

/** Told before each step: how many of how many are done. */
export type Progress = (done: number, of: number) => void

/** An indicator's headline under filters of its own; null where it is not computable there. Throws when cancelled. */
export async function headlineUnder(
  calculator: Calculator,
  indicator: Indicator,
  workspace: Workspace,
  filters: Filters,
  facts: DataFacts,
  signal: AbortSignal,
): Promise<Headline | null> {
  const outcome = await evaluate(calculator, evaluation(indicator, { ...workspace, filters }, facts), signal)
  signal.throwIfAborted()
  return outcome?.status === 'ok' && outcome.headline.value !== null ? outcome.headline : null
}

import type { Result } from '../domain/failure.ts'
import type { Filters } from '../domain/filter.ts'
import { canonicalSources, type Workspace } from '../domain/workspace.ts'
import type { Engine } from '../engine/engine.ts'
import { type Indicator, resolveInputs, type Scope, scope } from '../indicators/indicator.ts'
import type { Outcome } from './state.ts'

/** One indicator to be computed on one workspace; `key` names everything that its result depends on. */
export interface Evaluation {
  readonly key: string
  readonly indicator: Indicator
  readonly inputs: Readonly<Record<string, string | number>>
  readonly scope: Scope
  readonly asOf: number | null
  readonly missing: readonly string[]
}

/** Says what there is to compute; runs nothing. Two workspaces that agree on the key have the same result. */
export function evaluation(indicator: Indicator, workspace: Workspace, dataTime: number | null): Evaluation {
  const asOf = withinPeriod(dataTime, workspace.filters)
  const sources = canonicalSources(workspace)
  const inputs = resolveInputs(indicator.inputs, workspace.inputs[indicator.id] ?? {})
  const key = JSON.stringify([
    fingerprint(workspace),
    indicator.id,
    indicator.version,
    inputs,
    workspace.filters,
    asOf,
  ])
  const missing = indicator.needs.filter(table => sources[table] === undefined)
  return { key, indicator, inputs, scope: scope(sources, workspace.filters), asOf, missing }
}

/** A board cut to a period speaks of the end of that period, not of the end of the data. */
function withinPeriod(asOf: number | null, { to }: Filters): number | null {
  if (asOf === null || to === null) return asOf
  const endOfPeriod = (Date.parse(`${to}T00:00:00Z`) + 86_400_000) * 1000
  return Math.min(asOf, endOfPeriod)
}

/** Names the data of a workspace: dataset ids never come again, so they stand for their rows. */
export function fingerprint(workspace: Workspace): string {
  return workspace.datasets.map(dataset => dataset.id).join(' ')
}

/** Computes one indicator. Cancelled gives null: there is nothing to show for it. */
export async function evaluate(
  engine: Engine,
  wanted: Evaluation,
  signal: AbortSignal,
): Promise<Outcome | null> {
  const { indicator, inputs, asOf, key, missing } = wanted
  if (missing.length > 0) return { status: 'not-computable', missing, key }
  const started = performance.now()
  const statement = indicator.query(wanted.scope.tables, inputs, { asOf: asOf ?? 0 })
  const result = await engine.query(statement, indicator.result, signal)
  if (!result.ok)
    return result.failure.kind === 'cancelled' ? null : { status: 'failed', failure: result.failure, key }
  const { truncated, ...table } = result.value
  const headline = indicator.headline(table.rows, inputs)
  if (headline.value === null) return { status: 'not-computable', missing: headline.missing ?? [], key }
  const used = [...indicator.needs, ...(indicator.uses ?? [])]
  return {
    status: 'ok',
    key,
    headline,
    table,
    truncated,
    sql: statement.text,
    inputs,
    asOf: asOf ?? 0,
    milliseconds: performance.now() - started,
    obeyed: wanted.scope.obeyed(used),
    ignored: wanted.scope.unobeyed(used),
  }
}

/** The result as an Arrow IPC stream, computed afresh with the same statement. */
export function evaluateArrow(
  engine: Engine,
  wanted: Evaluation,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const statement = wanted.indicator.query(wanted.scope.tables, wanted.inputs, { asOf: wanted.asOf ?? 0 })
  return engine.queryArrow(statement, wanted.indicator.result, signal)
}

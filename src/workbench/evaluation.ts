import { type CanonicalName, canonicalNames, canonicalTable } from '../domain/canonical.ts'
import { cancelled, failed, messageOf, type Result, success } from '../domain/failure.ts'
import type { FilterName, Filters } from '../domain/filter.ts'
import type { Table } from '../domain/table.ts'
import { canonicalSources, type Workspace } from '../domain/workspace.ts'
import { type Engine, encodeTable } from '../engine/engine.ts'
import {
  computationOf,
  type Deriver,
  type Headline,
  type Indicator,
  mostDerived,
  queriedColumns,
  resolveInputs,
  type Scope,
  scope,
} from '../indicators/indicator.ts'
import type { Outcome } from './state.ts'

/** One indicator to be computed on one workspace; `key` names everything that its result depends on. */
export interface Evaluation {
  readonly key: string
  readonly indicator: Indicator
  readonly inputs: Readonly<Record<string, string | number>>
  readonly scope: Scope
  /** The canonical tables that are loaded. */
  readonly sources: readonly string[]
  readonly asOf: number | null
  readonly missing: readonly string[]
  /** The set filters that act on the value, and those that cannot. */
  readonly obeyed: readonly FilterName[]
  readonly ignored: readonly FilterName[]
}

/** What the data says of itself: the time it speaks of, and the tables in which its exports overlap. */
export interface DataFacts {
  readonly asOf: number | null
  readonly overlapping: readonly CanonicalName[]
}

/** Engine table -> the time its export speaks of, µs UTC. */
export function exportTimes({ datasets }: Workspace): Readonly<Record<string, number>> {
  return Object.fromEntries(
    datasets.flatMap(({ asOf, tables }) => {
      const time = asOf === null ? Number.NaN : Date.parse(asOf) * 1000
      return Number.isNaN(time) ? [] : tables.map(({ table }) => [table, time])
    }),
  )
}

/** Says what there is to compute; runs nothing. Two workspaces that agree on the key have the same result. */
export function evaluation(
  indicator: Indicator,
  workspace: Workspace,
  { asOf: dataTime, overlapping }: DataFacts,
): Evaluation {
  const sources = canonicalSources(workspace)
  const scoped = scope(sources, workspace.filters, {
    targets: workspace.targets,
    exports: { asOf: exportTimes(workspace), overlapping },
  })
  const used = [...indicator.needs, ...(indicator.uses ?? [])]
  const obeyed = withPeriod(indicator, scoped.obeyed(used), workspace.filters)
  const ignored = scoped.unobeyed(used).filter(filter => !obeyed.includes(filter))
  const asOf = obeyed.includes('period') ? withinPeriod(dataTime, workspace.filters) : dataTime
  const inputs = resolveInputs(indicator.inputs, workspace.inputs[indicator.id] ?? {})
  const key = JSON.stringify([
    fingerprint(workspace),
    indicator.id,
    indicator.version,
    inputs,
    workspace.filters,
    workspace.targets,
    asOf,
  ])
  const present = new Set([...Object.keys(sources), ...(workspace.targets.length > 0 ? ['plan_target'] : [])])
  const missing = indicator.needs.map(imported).filter(table => !present.has(table))
  return {
    key,
    indicator,
    inputs,
    scope: scoped,
    sources: [...present],
    asOf,
    missing,
    obeyed,
    ignored,
  }
}

/** What has to be imported for a table to be there: itself, or what it is derived from. */
function imported(table: CanonicalName): CanonicalName {
  const source = canonicalTable(table).derivedFrom
  return canonicalNames.find(name => name === source) ?? table
}

/** The end of a period acts on a stock counted at the data time, even where no table is cut. */
function withPeriod(
  { atAsOf }: Indicator,
  obeyed: readonly FilterName[],
  { to }: Filters,
): readonly FilterName[] {
  return atAsOf && to !== null && !obeyed.includes('period') ? [...obeyed, 'period'] : obeyed
}

/** A board cut to a period speaks of the last moment of that period, not of the end of the data. */
function withinPeriod(asOf: number | null, { to }: Filters): number | null {
  if (asOf === null || to === null) return asOf
  const lastMoment = (Date.parse(`${to}T00:00:00Z`) + 86_400_000) * 1000 - 1
  return Math.min(asOf, lastMoment)
}

/** Names the data of a workspace: names of tables never come again, so they stand for their rows. */
export function fingerprint(workspace: Workspace): string {
  return workspace.datasets
    .map(({ id, asOf, tables }) => [id, asOf, ...tables.map(({ table }) => table)].join(' '))
    .join('\n')
}

/** What computes: SQL in the engine, then what follows from its rows. */
export interface Calculator {
  readonly engine: Engine
  readonly deriver: Deriver
}

/** Computes one indicator. Cancelled gives null: there is nothing to show for it. */
export async function evaluate(
  calculator: Calculator,
  wanted: Evaluation,
  signal: AbortSignal,
): Promise<Outcome | null> {
  const { indicator, inputs, asOf, key, missing, obeyed, ignored } = wanted
  if (missing.length > 0) return { status: 'not-computable', missing, key }
  const started = performance.now()
  const result = await compute(calculator, wanted, null, signal)
  if (!result.ok)
    return result.failure.kind === 'cancelled' ? null : { status: 'failed', failure: result.failure, key }
  const { table, truncated, sql } = result.value
  const headline = guarded(indicator, 'a headline', () => indicator.headline(table.rows, inputs))
  if (!headline.ok) return { status: 'failed', failure: headline.failure, key }
  if (headline.value.value === null)
    return { status: 'not-computable', missing: stillMissing(wanted, headline.value), key }
  return {
    status: 'ok',
    key,
    headline: headline.value,
    table,
    truncated,
    sql,
    inputs,
    asOf: asOf ?? 0,
    milliseconds: performance.now() - started,
    obeyed,
    ignored,
  }
}

/** What to import; nothing where all tables are there and only the filters leave no rows of them. */
function stillMissing({ obeyed, sources }: Evaluation, { missing = [] }: Headline): readonly string[] {
  return obeyed.length > 0 && missing.every(table => sources.includes(table)) ? [] : missing
}

/** The rows of a computation, and the statement that ran. */
export interface ComputedRows {
  readonly table: Table
  readonly truncated: boolean
  readonly sql: string
}

type Wanted = Pick<Evaluation, 'indicator' | 'inputs' | 'scope' | 'asOf'>

/** Runs an indicator, or one of its details, on the tables of an evaluation. */
export async function compute(
  { engine, deriver }: Calculator,
  { indicator, inputs, scope: { tables }, asOf }: Wanted,
  detail: string | null,
  signal: AbortSignal,
): Promise<Result<ComputedRows>> {
  const computation = computationOf(indicator, detail)
  const context = { asOf: asOf ?? 0 }
  const statement = computation.query(tables, inputs, context)
  const limit = computation.derive ? mostDerived : undefined
  const answer = await engine.query(statement, queriedColumns(computation), signal, limit)
  if (!answer.ok) return answer
  const { truncated, ...table } = answer.value
  if (!computation.derive) return success({ table, truncated, sql: statement.text })
  if (truncated) return unexpected(indicator, `at most ${mostDerived} rows to derive from`, 'more')
  const columns = Object.entries(computation.result).map(([name, type]) => ({ name, type }))
  try {
    const derivation = { indicator: indicator.id, detail, rows: table.rows, inputs, context }
    const rows = await deriver.derive(derivation, signal)
    return success({ table: { columns, rows }, truncated: false, sql: statement.text })
  } catch (thrown) {
    return signal.aborted ? cancelled : unexpected(indicator, 'a derived table', messageOf(thrown))
  }
}

/** A bug in one recipe is that indicator's failure; the others are computed all the same. */
function guarded<T>(indicator: Indicator, expected: string, run: () => T): Result<T> {
  try {
    return success(run())
  } catch (thrown) {
    return unexpected(indicator, expected, messageOf(thrown))
  }
}

function unexpected({ id }: Indicator, expected: string, actual: string): Result<never> {
  return failed({ kind: 'unexpected-result', recipe: id, expected, actual })
}

/** The result as an Arrow IPC stream, computed afresh with the same statement. */
export async function evaluateArrow(
  calculator: Calculator,
  wanted: Evaluation,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const { indicator, inputs, asOf } = wanted
  if (indicator.derive) {
    const derived = await compute(calculator, wanted, null, signal)
    return derived.ok ? success(encodeTable(derived.value.table)) : derived
  }
  const statement = indicator.query(wanted.scope.tables, inputs, { asOf: asOf ?? 0 })
  return calculator.engine.queryArrow(statement, indicator.result, signal)
}

import { referenceQuestion } from '../adapters/adapter.ts'
import { type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import { failed, type Result } from '../domain/failure.ts'
import { noFilters } from '../domain/filter.ts'
import type { Table } from '../domain/table.ts'
import { canonicalSources } from '../domain/workspace.ts'
import type { Engine } from '../engine/engine.ts'
import { scope } from '../indicators/indicator.ts'
import { name, sql } from '../sql/sql.ts'
import type { Store } from './store.ts'

/**
 * Rows that name a device, platform or asset which no loaded table describes: `table`, `columns`, `referenced`, `names`,
 * `rows`. Only tables that are loaded are asked, over all datasets.
 */
export async function brokenReferences(
  engine: Engine,
  store: Store,
  signal: AbortSignal,
): Promise<Result<Table>> {
  const { statement, result } = referenceQuestion(canonicalSources(store.getState().history.present))
  return engine.query(statement, result, signal)
}

/**
 * The first rows of a dataset's table in file order, or of `session`, which is derived from all connection events of the
 * workspace; tables outside the present workspace are refused.
 */
export async function peek(
  engine: Engine,
  store: Store,
  table: string,
  limit: number,
  signal: AbortSignal,
): Promise<Result<Table>> {
  if (table === derivedTable) return peekSessions(engine, store, limit, signal)
  const tables = store.getState().history.present.datasets.flatMap(dataset => dataset.tables)
  const found = tables.find(candidate => candidate.table === table)
  if (found === undefined)
    return failed({ kind: 'query-failed', sql: table, detail: 'no such table in the workspace' })
  const result = Object.fromEntries(found.columns.map(column => [column.name, column.type]))
  const statement = sql`select * from ${name(table)} order by row_no limit ${limit}`
  return engine.query(statement, result, signal, limit)
}

const derivedTable = 'session' satisfies CanonicalName

async function peekSessions(
  engine: Engine,
  store: Store,
  limit: number,
  signal: AbortSignal,
): Promise<Result<Table>> {
  const sources = canonicalSources(store.getState().history.present)
  const columns = Object.entries(canonicalTable(derivedTable).columns)
  const result = Object.fromEntries(columns.map(([column, { type }]) => [column, type] as const))
  const statement = sql`select * from ${scope(sources, noFilters).tables.session}
    order by platform_id, device_id, ${name('start')} limit ${limit}`
  return engine.query(statement, result, signal, limit)
}

import type { Result } from '../domain/failure.ts'
import type { Column, Table, ValueType } from '../domain/table.ts'
import type { Sql } from '../sql/sql.ts'
import { openBundles } from './open.ts'
import { pageBundles } from './page.ts'

export { encodeTable } from './encode.ts'

/** Runs SQL on the loaded tables. One implementation knows DuckDB; nobody else does. */
export interface Engine {
  readonly info: EngineInfo
  /**
   * Creates table `into` from complete Arrow IPC streams, each on the same schema, and compares table, column
   * names, their order and the rows with what was sent. Afterwards the table has a first column `row_no`
   * (bigint, from 1; the stream's own where it has one). Dictionary columns are ENUMs. On any failure or cancel the table is gone.
   */
  ingest(
    chunks: AsyncIterable<Uint8Array>,
    into: string,
    signal: AbortSignal,
    progress?: (rows: number) => void,
  ): Promise<Result<Ingested>>
  /**
   * Runs one SELECT and returns its rows cast to the declared `result` columns, in that order.
   * At most `limit` rows are read (default 50,000); `truncated` says when there were more.
   */
  query(
    statement: Sql,
    result: ResultSchema,
    signal: AbortSignal,
    limit?: number,
  ): Promise<Result<QueryResult>>
  /** Runs one statement for its effect (create, insert, drop, alter). */
  execute(statement: Sql, signal: AbortSignal): Promise<Result<void>>
  /** The result of a SELECT as one Arrow IPC stream with the declared columns. */
  queryArrow(statement: Sql, result: ResultSchema, signal: AbortSignal): Promise<Result<Uint8Array>>
  /** Columns of a table as the engine stores them, mapped to value types (nested types count as text). */
  columns(table: string, signal: AbortSignal): Promise<Result<readonly Column[]>>
  /** Bytes in use by the engine's tables. */
  memory(): Promise<Result<number>>
  /** Called once each time the worker died and a fresh, empty one stands in its place. */
  onReplaced(listener: (detail: string) => void): () => void
  close(): Promise<void>
}

export interface EngineInfo {
  readonly engine: 'DuckDB-WASM'
  readonly version: string
  readonly bundle: 'eh' | 'coi'
  readonly threads: number
}

export interface Ingested {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** Column name -> type, in order. */
export type ResultSchema = Readonly<Record<string, ValueType>>

export interface QueryResult extends Table {
  readonly truncated: boolean
}

/**
 * Opens a locked, empty engine in the page. `threads: 'auto'` tries the threaded build where the page is
 * cross-origin isolated, and keeps it only when it proves sound on this machine (seconds, and 2.4 GB of memory).
 * Fails with `engine-lost` when no worker starts in time.
 */
export function openEngine({ threads = 'off' }: { threads?: 'auto' | 'off' } = {}): Promise<Result<Engine>> {
  return openBundles(pageBundles(threads))
}

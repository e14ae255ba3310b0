import { failed, type Result, success } from '../domain/failure.ts'
import type { Column } from '../domain/table.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import type { Bundle } from './bundle.ts'
import { decodeRows, joinStream } from './decode.ts'
import type { Engine, ResultSchema } from './engine.ts'
import { abortable, failureOf } from './faults.ts'
import { ingest } from './ingest.ts'
import { type Link, type Patience, usualPatience } from './link.ts'
import { storedColumns } from './lookup.ts'
import { type Encoding, project, valueType } from './projection.ts'
import { never, run, withSession } from './statement.ts'
import { openSupply, type Supply } from './supply.ts'
import { openTurns, type Turns } from './turns.ts'

const usualLimit = 50_000

/** More at once would only share one thread and add up their memory. */
const queriesAtOnce = 3

/**
 * Opens a locked, empty engine on the first of the given builds that works. Fails with `engine-lost` when none
 * starts in time.
 */
export async function openBundles(
  bundles: readonly Bundle[],
  patience: Patience = usualPatience,
): Promise<Result<Engine>> {
  try {
    const supply = await openSupply(bundles, patience)
    return success(engineOn(supply, openTurns(queriesAtOnce)))
  } catch (thrown) {
    return failed(failureOf(thrown, ''))
  }
}

function engineOn(supply: Supply, turns: Turns): Engine {
  /** Runs a job on the living worker; what the engine throws inside comes out as a failure. */
  async function attempt<T>(
    text: string,
    signal: AbortSignal,
    job: (link: Link) => Promise<T>,
  ): Promise<Result<T>> {
    try {
      return success(await job(await abortable(supply.link(), signal)))
    } catch (thrown) {
      return failed(supply.closed ? { kind: 'cancelled' } : failureOf(thrown, text))
    }
  }

  /** The caller of an aborted query goes on at once; its turn ends when the worker has let go of it. */
  function select(
    statement: Sql,
    result: ResultSchema,
    signal: AbortSignal,
    encoding: Encoding,
    limit?: number,
  ): Promise<Result<readonly Uint8Array[]>> {
    return attempt(statement.text, signal, link =>
      abortable(
        turns.take(signal, () => runProjected(link, statement, result, signal, encoding, limit)),
        signal,
      ),
    )
  }

  return {
    get info() {
      return supply.info
    },
    ingest: (chunks, into, signal, progress = () => {}) =>
      attempt(`ingest into ${into}`, signal, link => ingest(link, chunks, into, signal, progress)),
    async query(statement, result, signal, limit = usualLimit) {
      const messages = await select(statement, result, signal, 'values', limit)
      if (!messages.ok) return messages
      const rows = decodeRows(messages.value, result)
      const columns = Object.entries(result).map(([name, type]) => ({ name, type }))
      return success({ columns, rows: rows.slice(0, limit), truncated: rows.length > limit })
    },
    execute: (statement, signal) =>
      attempt(statement.text, signal, async link => {
        await withSession(link, signal, session => run(session, statement.text))
      }),
    async queryArrow(statement, result, signal) {
      const messages = await select(statement, result, signal, 'arrow')
      return messages.ok ? success(joinStream(messages.value)) : messages
    },
    columns: (table, signal) =>
      attempt(`describe ${table}`, signal, link =>
        withSession(link, signal, async session => {
          const stored = await storedColumns(session, sql`from ${name(table)}`)
          return stored.map((column): Column => ({ name: column.name, type: valueType(column.type) }))
        }),
      ),
    memory: () => attempt(memoryStatement.text, never, readMemory),
    onReplaced: supply.onReplaced,
    close: supply.close,
  }
}

function runProjected(
  link: Link,
  statement: Sql,
  result: ResultSchema,
  signal: AbortSignal,
  encoding: Encoding,
  limit: number | undefined,
): Promise<readonly Uint8Array[]> {
  return withSession(link, signal, async session => {
    const projected = project(statement, await storedColumns(session, statement), result, encoding)
    return run(session, limit === undefined ? projected.text : sql`${projected} limit ${limit + 1}`.text)
  })
}

const memoryStatement = sql`select cast(sum(memory_usage_bytes) as bigint) from duckdb_memory()`

async function readMemory(link: Link): Promise<number> {
  const messages = await withSession(link, never, session => run(session, memoryStatement.text))
  return Number(decodeRows(messages, { bytes: 'integer' })[0]?.bytes ?? 0)
}

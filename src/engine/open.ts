import { failed, type Result, success } from '../domain/failure.ts'
import type { Column } from '../domain/table.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import type { Bundle } from './bundle.ts'
import { decodeRows, joinStream } from './decode.ts'
import { describe } from './describe.ts'
import type { Engine, ResultSchema } from './engine.ts'
import { abortable, failureOf } from './faults.ts'
import { ingest } from './ingest.ts'
import { type Link, type Patience, usualPatience } from './link.ts'
import { type Encoding, project, valueType } from './projection.ts'
import { run, withConnection } from './statement.ts'
import { openSupply } from './supply.ts'

const usualLimit = 50_000

/** Opens a locked, empty engine on the given build of DuckDB. Fails with `engine-lost` when it does not start. */
export async function openBundle(
  bundle: Bundle,
  patience: Patience = usualPatience,
): Promise<Result<Engine>> {
  const opened = await openSupply(bundle, patience)
  if (!opened.ok) return opened
  const supply = opened.value

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

  const select = (
    statement: Sql,
    result: ResultSchema,
    signal: AbortSignal,
    encoding: Encoding,
    limit?: number,
  ) =>
    attempt(statement.text, signal, link =>
      withConnection(link, async connection => {
        const stored = await describe(link, connection, statement, signal)
        const projected = project(statement, stored, result, encoding)
        const text = limit === undefined ? projected : sql`${projected} limit ${limit + 1}`
        return run(link, connection, text.text, signal)
      }),
    )

  return success<Engine>({
    info: supply.info,
    ingest: (chunks, into, signal, progress = () => {}) =>
      attempt('', signal, link => ingest(link, chunks, into, signal, progress)),
    async query(statement, result, signal, limit = usualLimit) {
      const messages = await select(statement, result, signal, 'values', limit)
      if (!messages.ok) return messages
      const rows = decodeRows(messages.value, result)
      const columns = Object.entries(result).map(([name, type]) => ({ name, type }))
      return success({ columns, rows: rows.slice(0, limit), truncated: rows.length > limit })
    },
    async execute(statement, signal) {
      const ran = await attempt(statement.text, signal, link =>
        withConnection(link, connection => run(link, connection, statement.text, signal)),
      )
      return ran.ok ? success(undefined) : ran
    },
    async queryArrow(statement, result, signal) {
      const messages = await select(statement, result, signal, 'arrow')
      return messages.ok ? success(joinStream(messages.value)) : messages
    },
    async columns(table, signal) {
      const statement = sql`from ${name(table)}`
      return attempt(statement.text, signal, link =>
        withConnection(link, async connection => {
          const stored = await describe(link, connection, statement, signal)
          return stored.map((column): Column => ({ name: column.name, type: valueType(column.type) }))
        }),
      )
    },
    async memory() {
      const used = await this.query(
        sql`select sum(memory_usage_bytes) as bytes from duckdb_memory()`,
        { bytes: 'integer' },
        new AbortController().signal,
      )
      return used.ok ? success(Number(used.value.rows[0]?.['bytes'] ?? 0)) : used
    },
    onReplaced: supply.onReplaced,
    close: supply.close,
  })
}

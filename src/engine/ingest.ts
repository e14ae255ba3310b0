import { messageOf } from '../domain/failure.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { describe } from './describe.ts'
import type { Ingested } from './engine.ts'
import { abortable, Refused, StatementError, throwIfAborted } from './faults.ts'
import type { Link } from './link.ts'
import { type StoredColumn, valueType } from './projection.ts'
import { count } from './scalar.ts'
import { readShape, type Shape } from './shape.ts'
import { type Connection, run, withConnection } from './statement.ts'

/** One import under way: where it goes, and what has arrived so far. */
interface Import {
  readonly link: Link
  readonly connection: Connection
  readonly signal: AbortSignal
  /** The table's name for the person, used in failures. */
  readonly into: string
  /** The table that grows, and the one that takes each chunk; neither is seen from outside. */
  readonly staging: string
  readonly piece: string
}

/**
 * Loads Arrow streams into a new table. Everything happens under names of its own, which go away on failure;
 * only a complete table gets its name. Throws `Refused` (`ingest-mismatch`), `Cancelled`, `StatementError`, `Lost`.
 */
export async function ingest(
  link: Link,
  chunks: AsyncIterable<Uint8Array>,
  into: string,
  signal: AbortSignal,
  progress: (rows: number) => void,
): Promise<Ingested> {
  const id = crypto.randomUUID()
  const names = { staging: `import ${id}`, piece: `piece ${id}` }
  try {
    return await withConnection(link, connection =>
      fill({ link, connection, signal, into, ...names }, chunks, progress),
    )
  } catch (thrown) {
    if (!link.ended) await removeTables(link, Object.values(names))
    throw thrown
  }
}

/** On a connection of its own: a failed insert leaves its connection unusable (duckdb-wasm 1.32). */
async function removeTables(link: Link, tables: readonly string[]): Promise<void> {
  const signal = new AbortController().signal
  await withConnection(link, async connection => {
    for (const table of tables) {
      await run(link, connection, sql`drop table if exists ${name(table)}`.text, signal)
    }
  })
}

async function fill(
  job: Import,
  chunks: AsyncIterable<Uint8Array>,
  progress: (rows: number) => void,
): Promise<Ingested> {
  let first: Shape | null = null
  let rows = 0
  for await (const chunk of untilAborted(chunks, job.signal)) {
    const shape = shapeOf(job, chunk)
    await insertPiece(job, chunk, shape)
    await takeOver(job, shape, rows, first === null)
    first ??= shape
    rows += shape.rows
    progress(rows)
  }
  if (!first) throw mismatch(job, 'at least one Arrow stream', 'none')
  await categorise(job, first)
  expectEqual(job, 'rows', rows, await count(job, sql`select count(*) from ${name(job.staging)}`))
  await execute(job, sql`alter table ${name(job.staging)} rename to ${name(job.into)}`)
  const stored = await describe(job.link, job.connection, sql`from ${name(job.into)}`, job.signal)
  return { rows, columns: stored.map(column => ({ name: column.name, type: valueType(column.type) })) }
}

/** Creates the piece from one chunk. Broken chunks may be refused or pass in silence, so both are looked at. */
async function insertPiece(job: Import, chunk: Uint8Array, shape: Shape): Promise<void> {
  const expected = `${shape.rows} rows of ${shape.columns.map(column => column.name).join(', ')}`
  try {
    await job.link.call(db =>
      db.insertArrowFromIPCStream(job.connection, chunk, { name: job.piece, create: true }),
    )
    const stored = await describe(job.link, job.connection, sql`from ${name(job.piece)}`, job.signal)
    expectEqual(job, 'columns', namesOf(shape.columns), namesOf(stored))
    expectEqual(job, 'rows', shape.rows, await count(job, sql`select count(*) from ${name(job.piece)}`))
  } catch (thrown) {
    if (thrown instanceof StatementError) throw mismatch(job, expected, messageOf(thrown))
    throw thrown
  }
}

/** Moves the piece to the end of the growing table, numbered from `before` + 1. */
async function takeOver(job: Import, shape: Shape, before: number, isFirst: boolean): Promise<void> {
  const stored = await describe(job.link, job.connection, sql`from ${name(job.piece)}`, job.signal)
  const columns = selection(job, shape, stored, before)
  const source = sql`select ${columns} from ${name(job.piece)}`
  const target = name(job.staging)
  await execute(
    job,
    isFirst ? sql`create table ${target} as ${source}` : sql`insert into ${target} ${source}`,
  )
  await execute(job, sql`drop table ${name(job.piece)}`)
}

/**
 * `row_no` first, the others as they came. Times with a zone become plain UTC, because without ICU DuckDB can
 * neither truncate nor print them.
 */
function selection(job: Import, shape: Shape, stored: readonly StoredColumn[], before: number): Sql {
  const own = shape.columns.find(column => column.name.toLowerCase() === 'row_no')
  if (own && !own.integer) throw mismatch(job, 'row_no as whole numbers', 'another type')
  const number = own
    ? sql`cast(${name(own.name)} as bigint)`
    : sql`cast(row_number() over () + ${before} as bigint)`
  const others = stored.filter(column => column.name !== own?.name)
  return join([
    sql`${number} as row_no`,
    ...others.map(column =>
      column.type === 'TIMESTAMP WITH TIME ZONE'
        ? sql`cast(${name(column.name)} as timestamp) as ${name(column.name)}`
        : name(column.name),
    ),
  ])
}

/** Turns dictionary columns, which DuckDB inserts as text, into ENUMs in the order of their text. */
async function categorise(job: Import, shape: Shape): Promise<void> {
  for (const column of shape.columns.filter(column => column.dictionaryText)) {
    const source = name(column.name)
    const table = name(job.staging)
    const type = name(`values ${crypto.randomUUID()}`)
    await execute(
      job,
      sql`create type ${type} as enum (select distinct ${source} from ${table} where ${source} is not null order by 1)`,
    )
    await execute(job, sql`alter table ${table} alter column ${source} type ${type}`)
  }
}

function shapeOf(job: Import, chunk: Uint8Array): Shape {
  try {
    return readShape(chunk)
  } catch (thrown) {
    throw mismatch(job, 'a complete Arrow IPC stream', messageOf(thrown))
  }
}

function namesOf(columns: readonly { readonly name: string }[]): string {
  return columns.map(column => column.name).join(', ')
}

function expectEqual(job: Import, what: string, expected: string | number, actual: string | number): void {
  if (expected !== actual) throw mismatch(job, `${what}: ${expected}`, `${what}: ${actual}`)
}

function mismatch({ into }: Import, expected: string, actual: string): Refused {
  return new Refused({ kind: 'ingest-mismatch', table: into, expected, actual })
}

async function execute(job: Import, statement: Sql): Promise<void> {
  await run(job.link, job.connection, statement.text, job.signal)
}

/** The chunks until the signal is aborted, even while the next one is still awaited. */
async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      throwIfAborted(signal)
      const next = await abortable(iterator.next(), signal)
      if (next.done) return
      yield next.value
    }
  } finally {
    iterator.return?.()?.catch(() => {})
  }
}

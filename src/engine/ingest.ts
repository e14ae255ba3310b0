import { messageOf } from '../domain/failure.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { Ingested } from './engine.ts'
import { abortable, Refused, StatementError, throwIfAborted } from './faults.ts'
import type { Link } from './link.ts'
import { countRows, storedColumns } from './lookup.ts'
import { type StoredColumn, valueType } from './projection.ts'
import { readShape, type Shape, withoutDictionaries } from './shape.ts'
import { never, run, type Session, withSession } from './statement.ts'

/** One import under way. */
interface Import {
  readonly session: Session
  /** The table's final name. */
  readonly into: string
  /** Names of its own, which nobody sees: the growing table, the newest chunk, and the ENUM in the making. */
  readonly staging: Sql
  readonly piece: string
  readonly values: Sql
}

/**
 * Loads Arrow streams into a new table. Everything happens under hidden names, which go away on failure; only a
 * complete table gets its name. Throws `Refused` (`ingest-mismatch`), `Cancelled`, `StatementError` or `Lost`.
 */
export async function ingest(
  link: Link,
  chunks: AsyncIterable<Uint8Array>,
  into: string,
  signal: AbortSignal,
  progress: (rows: number) => void,
): Promise<Ingested> {
  const id = crypto.randomUUID()
  const names = { staging: name(`import ${id}`), piece: `piece ${id}`, values: name(`values ${id}`) }
  try {
    return await withSession(link, signal, session => fill({ session, into, ...names }, chunks, progress))
  } catch (thrown) {
    if (!link.ended) await removeTraces(link, names)
    throw thrown
  }
}

type Names = Pick<Import, 'staging' | 'piece' | 'values'>

async function removeTraces(link: Link, { staging, piece, values }: Names): Promise<void> {
  await withSession(link, never, async session => {
    await run(session, sql`drop table if exists ${name(piece)}`.text)
    await run(session, sql`drop table if exists ${staging}`.text)
    await run(session, sql`drop type if exists ${values}`.text)
  })
}

async function fill(
  job: Import,
  chunks: AsyncIterable<Uint8Array>,
  progress: (rows: number) => void,
): Promise<Ingested> {
  let first: { readonly shape: Shape; readonly stored: readonly StoredColumn[] } | null = null
  let rows = 0
  for await (const chunk of untilAborted(chunks, job.session.signal)) {
    const shape = readable(job, () => readShape(chunk))
    const stored = await insertPiece(job, chunk, shape)
    if (first) expectEqual(job, 'columns', typesOf(first.stored), typesOf(stored))
    await takeOver(job, selection(job, shape, stored, rows), first === null)
    first ??= { shape, stored }
    rows += shape.rows
    progress(rows)
  }
  if (!first) throw mismatch(job, 'at least one Arrow stream', 'none')
  await categorise(job, first.shape)
  expectEqual(job, 'rows', rows, await countRows(job.session, job.staging))
  await execute(job, sql`alter table ${job.staging} rename to ${name(job.into)}`)
  const columns = await storedColumns(job.session, sql`from ${name(job.into)}`)
  return { rows, columns: columns.map(column => ({ name: column.name, type: valueType(column.type) })) }
}

/**
 * Creates the piece from one chunk and compares it with what was sent, because duckdb-wasm 1.32 may create no
 * table at all from bytes that it does not like, and say nothing.
 */
async function insertPiece(job: Import, chunk: Uint8Array, shape: Shape): Promise<readonly StoredColumn[]> {
  const { session, piece } = job
  const bytes = readable(job, () => toSend(chunk, shape))
  try {
    await session.link.call(db =>
      db.insertArrowFromIPCStream(session.connection, bytes, { name: piece, create: true }),
    )
    const stored = await storedColumns(session, sql`from ${name(piece)}`)
    expectEqual(job, 'columns', namesOf(shape.columns), namesOf(stored))
    expectEqual(job, 'rows', shape.rows, await countRows(session, name(piece)))
    return stored
  } catch (thrown) {
    if (!(thrown instanceof StatementError)) throw thrown
    throw mismatch(job, `${shape.rows} rows of ${namesOf(shape.columns)}`, messageOf(thrown))
  }
}

/** duckdb-wasm 1.32 copies a chunk into its heap of 4 GB without asking whether there is room. */
const largestChunk = 1 << 30

/** A copy, because what is sent is taken away from the page. */
function toSend(chunk: Uint8Array, shape: Shape): Uint8Array {
  if (chunk.length > largestChunk) throw new RangeError(`${chunk.length} bytes in one chunk`)
  return shape.rows > 0 ? chunk.slice() : withoutDictionaries(chunk)
}

/** Moves the piece to the end of the growing table. */
async function takeOver(job: Import, columns: Sql, create: boolean): Promise<void> {
  const rows = sql`select ${columns} from ${name(job.piece)}`
  await execute(
    job,
    create ? sql`create table ${job.staging} as ${rows}` : sql`insert into ${job.staging} ${rows}`,
  )
  await execute(job, sql`drop table ${name(job.piece)}`)
}

/**
 * `row_no` first (the stream's own, or counted on from `before`), the other columns as they came. Times with a zone
 * keep it, so that nobody takes them for times of the assumed one; without ICU, DuckDB can only compare, print and
 * cast them.
 */
function selection(job: Import, shape: Shape, stored: readonly StoredColumn[], before: number): Sql {
  const own = shape.columns.find(column => column.name.toLowerCase() === 'row_no')
  if (own && !own.integer) throw mismatch(job, 'row_no as whole numbers', 'row_no of another type')
  const rowNo = own ? name(own.name) : sql`row_number() over () + ${before}`
  const others = stored.filter(column => column.name !== own?.name).map(({ name: column }) => name(column))
  return join([sql`cast(${rowNo} as bigint) as row_no`, ...others])
}

/**
 * Turns dictionary columns, which duckdb-wasm inserts as plain text, into ENUMs; values stand in the order of
 * their text, so that sorting stays what it was. The column keeps its ENUM when the name of the type goes.
 */
async function categorise(job: Import, shape: Shape): Promise<void> {
  for (const { name: column } of shape.columns.filter(column => column.category)) {
    const source = name(column)
    const distinct = sql`select distinct ${source} from ${job.staging} where ${source} is not null order by 1`
    await execute(job, sql`create type ${job.values} as enum (${distinct})`)
    await execute(job, sql`alter table ${job.staging} alter column ${source} type ${job.values}`)
    await execute(job, sql`drop type ${job.values}`)
  }
}

/** What `read` gives; where it throws, the chunk is not sound. */
function readable<T>(job: Import, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    throw mismatch(job, 'a complete Arrow IPC stream', messageOf(thrown))
  }
}

function namesOf(columns: readonly { readonly name: string }[]): string {
  return JSON.stringify(columns.map(column => column.name))
}

function typesOf(columns: readonly StoredColumn[]): string {
  return columns.map(column => `${column.name} ${column.type}`).join(', ')
}

function expectEqual(job: Import, what: string, expected: string | number, actual: string | number): void {
  if (expected !== actual) throw mismatch(job, `${what}: ${expected}`, `${what}: ${actual}`)
}

function mismatch({ into }: Import, expected: string, actual: string): Refused {
  return new Refused({ kind: 'ingest-mismatch', table: into, expected, actual })
}

async function execute(job: Import, statement: Sql): Promise<void> {
  await run(job.session, statement.text)
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

import { Cancelled, throwIfAborted } from './faults.ts'
import type { Link } from './link.ts'

/** What a statement runs on: a connection of a living worker, and the signal that ends it. */
export interface Session {
  readonly link: Link
  readonly connection: number
  readonly signal: AbortSignal
}

/**
 * Runs one statement and returns the Arrow IPC messages of its result: the schema, then the batches. Throws
 * `Cancelled` once the statement has stopped, `StatementError`, or `Lost`.
 *
 * These are the steps of duckdb-wasm's `send()`, taken one by one, so that an abort is seen between two polls
 * and the bytes need not be decoded and encoded again. `query()` cannot be cancelled.
 */
export async function run(session: Session, text: string): Promise<readonly Uint8Array[]> {
  const { link, connection, signal } = session
  throwIfAborted(signal)
  const streamed = false
  let header = await link.call(db => db.startPendingQuery(connection, text, streamed))
  while (header === null) {
    if (signal.aborted) await cancel(session)
    header = await link.call(db => db.pollPendingQuery(connection))
  }
  const messages = [header]
  for (;;) {
    throwIfAborted(signal)
    const message = await link.call(db => db.fetchQueryResults(connection))
    if (message === null) continue
    if (message.length === 0) return messages
    messages.push(message)
  }
}

async function cancel({ link, connection }: Session): Promise<never> {
  await link.call(db => db.cancelPendingQuery(connection))
  throw new Cancelled()
}

/**
 * Lends a fresh connection to a job and closes it afterwards, whatever state the job left it in: a failed insert
 * makes its connection swallow later ones (duckdb-wasm 1.32).
 */
export function withSession<T>(
  link: Link,
  signal: AbortSignal,
  job: (session: Session) => Promise<T>,
): Promise<T> {
  return withConnection(link, signal, async session => {
    // Every connection begins in the database that was opened, and not in the one that holds the tables.
    await run(session, 'USE assay')
    return job(session)
  })
}

/** The same in the database that duckdb-wasm opened. */
export async function withConnection<T>(
  link: Link,
  signal: AbortSignal,
  job: (session: Session) => Promise<T>,
): Promise<T> {
  throwIfAborted(signal)
  const connection = await link.call(db => db.connectInternal())
  try {
    return await job({ link, connection, signal })
  } finally {
    link.call(db => db.disconnect(connection)).catch(() => {})
  }
}

/** A signal that is never aborted, for what must run to its end. */
export const never: AbortSignal = new AbortController().signal

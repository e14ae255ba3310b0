import { Cancelled, throwIfAborted } from './faults.ts'
import type { Link } from './link.ts'

export type Connection = number

/**
 * Runs one statement and returns the Arrow IPC messages of its result: the schema, then the batches.
 *
 * These are the steps of duckdb-wasm's `send()`, taken one by one, so that an abort is seen between two polls
 * (each at most about 100 ms) and the bytes need not be decoded and encoded again. `query()` cannot be cancelled.
 */
export async function run(
  link: Link,
  connection: Connection,
  text: string,
  signal: AbortSignal,
): Promise<readonly Uint8Array[]> {
  throwIfAborted(signal)
  const streamed = false
  let header = await link.call(db => db.startPendingQuery(connection, text, streamed))
  while (header === null) {
    if (signal.aborted) await cancel(link, connection)
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

async function cancel(link: Link, connection: Connection): Promise<never> {
  await link.call(db => db.cancelPendingQuery(connection))
  throw new Cancelled()
}

/** Lends a connection to a job and closes it afterwards, whatever state the job left it in. */
export async function withConnection<T>(link: Link, job: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await link.call(db => db.connectInternal())
  try {
    return await job(connection)
  } finally {
    if (!link.ended) await link.call(db => db.disconnect(connection))
  }
}

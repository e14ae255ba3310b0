import { type Failure, messageOf } from '../domain/failure.ts'

/** The worker died or fell silent; thrown inside the engine, given out as `engine-lost`. */
export class Lost extends Error {
  override readonly name = 'Lost'
}

/** The caller's signal was aborted; given out as `cancelled`. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** DuckDB refused a statement and is still well. */
export class StatementError extends Error {
  override readonly name = 'StatementError'
}

/** A failure that is already in the words of the domain. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

/** Turns what the engine throws inside into a failure; anything else is a bug and is thrown on. */
export function failureOf(thrown: unknown, sql: string): Failure {
  if (thrown instanceof Refused) return thrown.failure
  if (thrown instanceof Cancelled) return { kind: 'cancelled' }
  if (thrown instanceof Lost) return { kind: 'engine-lost', detail: thrown.message }
  if (!(thrown instanceof StatementError)) throw thrown
  const detail = messageOf(withoutExcerpt(plainMessage(thrown.message)))
  return isOutOfMemory(thrown.message)
    ? { kind: 'out-of-memory', detail }
    : { kind: 'query-failed', sql, detail }
}

/**
 * True when an error that came back from the worker means that the instance cannot be trusted any more.
 * DuckDB's own errors arrive as plain `Error`; traps as RuntimeError, RangeError or TypeError (duckdb-wasm 1.32).
 */
export function killsEngine(error: unknown): boolean {
  if (!(error instanceof Error)) return true
  return error.name !== 'Error' || /^FATAL Error|has been invalidated|^Aborted\(/.test(error.message)
}

function isOutOfMemory(message: string): boolean {
  return /Out of Memory Error|failed to allocate|could not allocate/i.test(message)
}

/** DuckDB quotes the statement after the message; the caller has it already. */
function withoutExcerpt(message: string): string {
  return message.split(/\n+LINE \d+:/)[0]?.trim() ?? message
}

/** Parser errors arrive as JSON, all others as text (duckdb-wasm 1.32). */
function plainMessage(message: string): string {
  const json = /^\{"exception_type":"([\w ]+)","exception_message":("(?:[^"\\]|\\.)*")/.exec(message)
  return json?.[2] ? `${json[1]} Error: ${JSON.parse(json[2])}` : message
}

/** The promise's outcome, or `Cancelled` as soon as the signal is aborted. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Cancelled())
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled()
}

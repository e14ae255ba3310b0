import { failed, type Result, success } from '../domain/failure.ts'
import type { Bundle } from './bundle.ts'
import { decodeRows } from './decode.ts'
import type { EngineInfo } from './engine.ts'
import { failureOf, Lost } from './faults.ts'
import { connectWorker, type Link, type Patience } from './link.ts'
import { lockStatements } from './lock.ts'
import { run, withConnection } from './statement.ts'

/** Always has one living worker, or is about to: when one dies, a fresh one is opened in its place. */
export interface Supply {
  readonly info: EngineInfo
  readonly closed: boolean
  /** The living worker. While it is being replaced, the next one; rejects with `Lost` when it cannot be had. */
  link(): Promise<Link>
  onReplaced(listener: (detail: string) => void): () => void
  close(): Promise<void>
}

export async function openSupply(bundle: Bundle, patience: Patience): Promise<Result<Supply>> {
  const listeners = new Set<(detail: string) => void>()
  let closed = false
  let current = startLink(bundle, patience, replace)

  /** Waiting calls go on after the listeners were told, so that these can begin to load the data again. */
  function replace(detail: string): void {
    if (closed) return
    current = startLink(bundle, patience, replace).then(link => {
      for (const listener of listeners) listener(detail)
      return link
    })
    current.catch(() => {})
  }

  try {
    const version = await engineVersion(await current)
    const info = { engine: 'DuckDB-WASM', version, bundle: bundle.name, threads: bundle.threads } as const
    return success({
      info,
      get closed() {
        return closed
      },
      link: () => current,
      onReplaced(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      async close() {
        closed = true
        await current.then(link => link.end('The engine was closed')).catch(() => {})
      },
    })
  } catch (thrown) {
    return failed(failureOf(thrown, ''))
  }
}

async function startLink(
  bundle: Bundle,
  patience: Patience,
  onLost: (detail: string) => void,
): Promise<Link> {
  let started = false
  const link = connectWorker(bundle, patience, detail => {
    if (started) onLost(detail)
  })
  try {
    await link.call(db => db.instantiate(bundle.wasm, bundle.pthread ?? null))
    await link.call(db => db.open({ path: ':memory:' }))
    await lock(link)
  } catch (thrown) {
    link.end('The engine did not start')
    throw thrown instanceof Lost ? thrown : new Lost(String(thrown))
  }
  started = true
  link.opened()
  return link
}

/** Locks the open database; see `lockStatements`. */
async function lock(link: Link): Promise<void> {
  const signal = new AbortController().signal
  await withConnection(link, async connection => {
    for (const statement of lockStatements) await run(link, connection, statement, signal)
  })
}

async function engineVersion(link: Link): Promise<string> {
  const signal = new AbortController().signal
  const messages = await withConnection(link, connection =>
    run(link, connection, 'select version() as version', signal),
  )
  return String(decodeRows(messages, { version: 'text' })[0]?.['version'] ?? '')
}

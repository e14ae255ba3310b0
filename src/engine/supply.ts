import { messageOf } from '../domain/failure.ts'
import type { Bundle } from './bundle.ts'
import { decodeRows } from './decode.ts'
import type { EngineInfo } from './engine.ts'
import { Lost } from './faults.ts'
import { connectWorker, type Link, type Patience } from './link.ts'
import { lockStatements } from './lock.ts'
import { never, run, withSession } from './statement.ts'
import { attachStore } from './store.ts'

/** Always has one living worker, or is about to: when one dies, a fresh one is opened in its place. */
export interface Supply {
  readonly info: EngineInfo
  readonly closed: boolean
  /** The living worker, or the next one while it is being opened. Rejects with `Lost` when none can be had. */
  link(): Promise<Link>
  onReplaced(listener: (detail: string) => void): () => void
  close(): Promise<void>
}

interface Started {
  readonly link: Link
  readonly info: EngineInfo
  /** The builds to try when this one dies: those that failed before it are not tried again. */
  readonly next: readonly Bundle[]
}

/** Opens the first of the given builds that works. Throws `Lost` when none does. */
export async function openSupply(bundles: readonly Bundle[], patience: Patience): Promise<Supply> {
  const listeners = new Set<(detail: string) => void>()
  let closed = false
  let current: Promise<Started> | null = startFirst(bundles, patience, replace)
  let { info, next: usable } = await current

  /** Waiting calls go on only after the listeners were told, so that these can begin to load the data again. */
  function replace(detail: string): void {
    if (closed) return
    const starting = startFirst(usable, patience, replace).then(started => {
      info = started.info
      usable = started.next
      for (const listener of listeners) listener(detail)
      return started
    })
    current = starting
    starting.catch(() => {
      if (current === starting) current = null
    })
  }

  return {
    get info() {
      return info
    },
    get closed() {
      return closed
    },
    async link() {
      if (!current) replace('The engine did not start')
      if (!current || closed) throw new Lost('The engine was closed')
      return (await current).link
    },
    onReplaced(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      await current?.then(({ link }) => link.end('The engine was closed')).catch(() => {})
    },
  }
}

async function startFirst(
  bundles: readonly Bundle[],
  patience: Patience,
  onLost: (detail: string) => void,
): Promise<Started> {
  const reasons: string[] = []
  for (const [i, bundle] of bundles.entries()) {
    try {
      return { ...(await start(bundle, patience, onLost)), next: bundles.slice(i) }
    } catch (thrown) {
      reasons.push(`${bundle.name}: ${messageOf(thrown)}`)
    }
  }
  throw new Lost(`The engine did not start (${reasons.join('; ')})`)
}

/** A build that has to prove itself gets less time: the next one is waiting. */
const unprovenStart = 20_000

async function start(
  bundle: Bundle,
  patience: Patience,
  onLost: (detail: string) => void,
): Promise<Omit<Started, 'next'>> {
  let started = false
  const limit = bundle.prove ? Math.min(patience.start, unprovenStart) : patience.start
  const link = connectWorker(bundle, { ...patience, start: limit }, detail => {
    if (started) onLost(detail)
  })
  try {
    await link.call(db => db.instantiate(bundle.wasm, bundle.pthread ?? null))
    await link.call(db => db.open(configuration(bundle)))
    await attachStore(link)
    await lock(link)
    await bundle.prove?.(link)
    const version = await readVersion(link)
    link.opened()
    started = true
    return { link, info: { engine: 'DuckDB-WASM', version, bundle: bundle.name, threads: bundle.threads } }
  } catch (thrown) {
    link.end(messageOf(thrown))
    throw thrown
  }
}

/** Queries are polled every 25 ms, so that a short one is not kept waiting long by each poll of a long one. */
function configuration(bundle: Bundle) {
  return { path: ':memory:', maximumThreads: bundle.threads, query: { queryPollingInterval: 25 } }
}

async function lock(link: Link): Promise<void> {
  await withSession(link, never, async session => {
    for (const statement of lockStatements) await run(session, statement)
  })
}

async function readVersion(link: Link): Promise<string> {
  const messages = await withSession(link, never, session => run(session, 'select version()'))
  return String(decodeRows(messages, { version: 'text' })[0]?.version)
}

import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm'
import { messageOf } from '../domain/failure.ts'
import type { Bundle } from './bundle.ts'
import { killsEngine, Lost, StatementError } from './faults.ts'

/** How long a worker may owe an answer, in milliseconds, before it counts as dead. */
export interface Patience {
  /** Until the database is open; without `wasm-unsafe-eval` in its CSP a worker never answers. */
  readonly start: number
  /**
   * From then on. Long queries answer at least every 100 ms, because they are polled; but what a statement stored is
   * compressed in one step at its end (2 s of CPU for 500,000 rows), which on a machine at its limits took 20 s.
   */
  readonly silence: number
}

export const usualPatience: Patience = { start: 60_000, silence: 60_000 }

/** One worker with DuckDB in it. Every call settles: with the answer, a `StatementError`, or `Lost`. */
export interface Link {
  call<T>(ask: (db: AsyncDuckDB) => Promise<T>): Promise<T>
  /** The database is open: from now on the worker owes answers in the time of `silence`. */
  opened(): void
  /** Ends the worker; every pending call throws `Lost`. The first reason stands. */
  end(detail: string): void
  readonly ended: boolean
}

const ticksToDeath = 20

/** Starts a worker; `onLost` is called once, when it died, fell silent or was ended. */
export function connectWorker(bundle: Bundle, patience: Patience, onLost: (detail: string) => void): Link {
  const worker = bundle.spawn()
  const db = new AsyncDuckDB(new VoidLogger(), worker)
  const pending = new Set<(lost: Lost) => void>()
  let lost: Lost | null = null
  const watch = watchSilence(worker, patience, () => pending.size > 0, end)
  worker.addEventListener('error', event => end(`The worker failed: ${messageOf(event.message)}`))
  worker.addEventListener('close', () => end('The worker ended'))
  worker.addEventListener('messageerror', () => end('An answer of the worker could not be read'))

  function end(detail: string): void {
    if (lost) return
    lost = new Lost(detail)
    watch.stop()
    worker.terminate()
    db.detach()
    for (const reject of pending) reject(lost)
    pending.clear()
    onLost(detail)
  }

  function call<T>(ask: (db: AsyncDuckDB) => Promise<T>): Promise<T> {
    if (lost) return Promise.reject(lost)
    return new Promise<T>((resolve, reject) => {
      pending.add(reject)
      ask(db)
        .then(resolve, thrown => {
          if (killsEngine(thrown)) end(messageOf(thrown))
          else reject(new StatementError(messageOf(thrown, 4000)))
        })
        .finally(() => pending.delete(reject))
    })
  }

  return {
    call,
    end,
    opened: watch.relax,
    get ended() {
      return lost !== null
    },
  }
}

/**
 * Counts ticks of a timer and not time itself: after the machine slept, or while the page was busy, one late tick
 * fires where a clock would have called the worker dead.
 */
function watchSilence(worker: Worker, patience: Patience, owes: () => boolean, end: (why: string) => void) {
  let silent = 0
  let limit = patience.start
  let timer = setInterval(tick, limit / ticksToDeath)
  worker.addEventListener('message', () => {
    silent = 0
  })
  function tick(): void {
    silent = owes() ? silent + 1 : 0
    if (silent >= ticksToDeath) end(`No answer from the worker for ${limit / 1000} s`)
  }
  return {
    stop: () => clearInterval(timer),
    relax: () => {
      clearInterval(timer)
      limit = patience.silence
      timer = setInterval(tick, limit / ticksToDeath)
    },
  }
}

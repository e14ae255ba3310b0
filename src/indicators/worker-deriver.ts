import { messageOf } from '../domain/failure.ts'
import type { Row } from '../domain/table.ts'
import { type Derivation, type Deriver, derive } from './deriver.ts'

/** A worker as the page holds it. */
export type DerivingWorker = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>

/** What the worker answers to a derivation. */
export type Answer =
  | { readonly ok: true; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly message: string }

/** The worker's side. */
export function answer(derivation: Derivation): Answer {
  try {
    return { ok: true, rows: derive(derivation) }
  } catch (thrown) {
    return { ok: false, message: messageOf(thrown) }
  }
}

/**
 * The deriver of the page: random graphs and bootstraps take up to seconds, in which the page must go on. One worker
 * works on one derivation after the other; an abort ends it in the midst of its work, and the next gets a new one.
 */
export function workerDeriver(spawn: () => DerivingWorker): Deriver {
  let worker: DerivingWorker | null = null
  let last: Promise<unknown> = Promise.resolve()
  const end = () => {
    worker?.terminate()
    worker = null
  }
  const work = (derivation: Derivation, signal: AbortSignal) =>
    new Promise<readonly Row[]>((resolve, reject) => {
      signal.throwIfAborted()
      worker ??= spawn()
      const lose = (reason: unknown) => {
        signal.removeEventListener('abort', stop)
        end()
        reject(reason)
      }
      const stop = () => lose(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        signal.removeEventListener('abort', stop)
        if (data.ok) resolve(data.rows)
        else reject(new Error(data.message))
      }
      worker.onerror = event => lose(new Error(event.message || 'the worker stopped'))
      worker.onmessageerror = () => lose(new Error('the worker sent something unreadable'))
      worker.postMessage(derivation)
    })
  return {
    derive(derivation, signal) {
      const done = last.then(() => work(derivation, signal))
      last = done.catch(() => {})
      return done
    },
    close: end,
  }
}

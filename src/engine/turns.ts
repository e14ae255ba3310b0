import { Cancelled, throwIfAborted } from './faults.ts'

/**
 * Lets a few jobs run at once and keeps the others in line, first come first served. A job whose signal is
 * aborted leaves the line at once, with `Cancelled`.
 */
export interface Turns {
  take<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T>
}

export function openTurns(atOnce: number): Turns {
  let free = atOnce
  const line = new Set<() => void>()

  function enter(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        line.delete(start)
        reject(new Cancelled())
      }
      const start = () => {
        line.delete(start)
        signal.removeEventListener('abort', leave)
        resolve()
      }
      line.add(start)
      signal.addEventListener('abort', leave, { once: true })
      callNext()
    })
  }

  function callNext(): void {
    const next = line.values().next().value
    if (free === 0 || !next) return
    free--
    next()
  }

  return {
    async take(signal, job) {
      throwIfAborted(signal)
      await enter(signal)
      try {
        return await job()
      } finally {
        free++
        callNext()
      }
    },
  }
}

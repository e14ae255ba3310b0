import { useCallback, useEffect, useRef, useState } from 'react'
import type { Result } from '../../domain/failure.ts'

/** Where a comparison stands. */
export type Run<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly of: number }
  | { readonly status: 'done'; readonly result: Result<T> }

type Work<T> = (tell: (done: number, of: number) => void, signal: AbortSignal) => Promise<Result<T>>

/** One comparison at a time: a new one stops the one before, and leaving the page stops it too. */
export function useRun<T>() {
  const [run, setRun] = useState<Run<T>>({ status: 'idle' })
  const running = useRef(new AbortController())
  useEffect(() => () => running.current.abort(), [])
  const start = useCallback((work: Work<T>) => {
    running.current.abort()
    const control = new AbortController()
    running.current = control
    setRun({ status: 'running', done: 0, of: 0 })
    const tell = (done: number, of: number) => {
      if (!control.signal.aborted) setRun({ status: 'running', done, of })
    }
    void work(tell, control.signal).then(result => {
      if (!control.signal.aborted) setRun({ status: 'done', result })
    })
  }, [])
  const stop = useCallback(() => {
    running.current.abort()
    setRun({ status: 'idle' })
  }, [])
  return { run, start, stop }
}

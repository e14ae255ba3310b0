import { cancelled, type Failure, failed, type Result } from '../domain/failure.ts'
import type { Inspection, ReadSummary } from '../domain/file.ts'
import type { Reader, Reading, ReadProgress, Unpacked } from './format.ts'
import type { Reply, Request } from './wire.ts'

/** A worker as the page holds it. */
export type ReadingWorker = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>

/** What begins a job. */
type Question = Exclude<Request, { kind: 'taken' }>

/** A worker that says nothing for so long, and is not waiting for the page, is given up. */
const usualPatience = 60_000

/**
 * The reader for the page. Every job runs in a fresh worker that is terminated when the job ends, however it
 * ends: a hostile file can at worst kill its own worker.
 */
export function workerReader(
  spawn: () => ReadingWorker,
  patience = usualPatience,
): Reader & { close(): void } {
  const open = new Set<Job>()
  const start = (request: Question, signal: AbortSignal, progress: ReadProgress) => {
    const job = new Job(spawn(), request, patience, progress)
    open.add(job)
    const stop = () => job.end(cancelled)
    signal.addEventListener('abort', stop, { once: true })
    job.onEnd = () => {
      open.delete(job)
      signal.removeEventListener('abort', stop)
    }
    if (signal.aborted) stop()
    return job
  }
  return {
    inspect: (file, name, options, signal) =>
      start({ kind: 'inspect', file, name, options }, signal, () => {}).inspection,
    unpack: (file, name, signal, progress) =>
      start({ kind: 'unpack', file, name }, signal, progress).unpacked,
    read: (file, name, options, signal, progress) =>
      start({ kind: 'read', file, name, options }, signal, progress).reading(),
    close: () => {
      for (const job of open) job.end(cancelled)
    },
  }
}

/** One request to one worker; `end` settles everything that still waits. */
class Job {
  readonly inspection: Promise<Result<Inspection>>
  readonly unpacked: Promise<Result<Unpacked | null>>
  onEnd: () => void = () => {}
  private readonly summary: Promise<Result<ReadSummary>>
  private readonly worker: ReadingWorker
  private readonly file: string
  private readonly patience: number
  private readonly progress: ReadProgress
  private settleInspection: (result: Result<Inspection>) => void = () => {}
  private settleUnpacked: (result: Result<Unpacked | null>) => void = () => {}
  private settleSummary: (result: Result<ReadSummary>) => void = () => {}
  private readonly arrived: Uint8Array[] = []
  private ended = false
  private wake: () => void = () => {}
  private watch: ReturnType<typeof setTimeout> | undefined

  constructor(worker: ReadingWorker, request: Question, patience: number, progress: ReadProgress) {
    this.worker = worker
    this.file = request.name
    this.patience = patience
    this.progress = progress
    this.inspection = new Promise(resolve => (this.settleInspection = resolve))
    this.unpacked = new Promise(resolve => (this.settleUnpacked = resolve))
    this.summary = new Promise(resolve => (this.settleSummary = resolve))
    worker.onmessage = event => this.receive(event.data as Reply)
    worker.onerror = event => this.lose(event.message || 'the reader stopped')
    worker.onmessageerror = () => this.lose('the reader sent something unreadable')
    worker.postMessage(request satisfies Request)
    this.expectAnswer()
  }

  reading(): Reading {
    return { chunks: this.chunks(), summary: this.summary }
  }

  /** Settles what waits, with `result`; the worker is gone afterwards. */
  end(result: Result<never>): void {
    if (this.ended) return
    this.settleInspection(result)
    this.settleUnpacked(result)
    this.settleSummary(result)
    this.stop()
  }

  private receive(reply: Reply): void {
    this.expectAnswer()
    if (reply.kind === 'progress') this.progress(reply.bytes)
    else if (reply.kind === 'chunk') {
      this.arrived.push(reply.bytes)
      this.wake()
    } else {
      if (reply.kind === 'inspected') this.settleInspection(reply.result)
      else if (reply.kind === 'unpacked') this.settleUnpacked(reply.result)
      else this.settleSummary(reply.result)
      this.stop()
    }
  }

  private async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.arrived.shift()
        if (chunk !== undefined) {
          if (!this.ended) this.acknowledge()
          yield chunk
        } else if (this.ended) return
        else await new Promise<void>(resolve => (this.wake = resolve))
      }
    } finally {
      this.end(cancelled)
    }
  }

  private acknowledge(): void {
    this.worker.postMessage({ kind: 'taken' } satisfies Request)
    this.expectAnswer()
  }

  /** Chunks that lie here unread are the page's delay, not the worker's. */
  private expectAnswer(): void {
    clearTimeout(this.watch)
    if (this.ended) return
    this.watch = setTimeout(() => {
      if (this.arrived.length > 0) this.expectAnswer()
      else this.lose(`the reader did not answer for ${this.patience / 1000} s`)
    }, this.patience)
  }

  private lose(detail: string): void {
    const failure: Failure = { kind: 'unreadable-file', file: this.file, format: 'unknown', detail }
    this.end(failed(failure))
  }

  private stop(): void {
    this.ended = true
    clearTimeout(this.watch)
    this.worker.terminate()
    this.onEnd()
    this.wake()
  }
}

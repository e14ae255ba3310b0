import type { Result } from '../domain/failure.ts'
import type { Inspection, ReadOptions, ReadSummary } from '../domain/file.ts'
import type { Unpacked } from './format.ts'

/** What the page asks of a reading worker; each worker does one job and is then thrown away. */
export type Request =
  | { readonly kind: 'inspect'; readonly file: Blob; readonly name: string; readonly options: ReadOptions }
  | { readonly kind: 'read'; readonly file: Blob; readonly name: string; readonly options: ReadOptions }
  | { readonly kind: 'unpack'; readonly file: Blob; readonly name: string }
  /** One chunk was taken: one more may be sent. */
  | { readonly kind: 'taken' }

export type Reply =
  | { readonly kind: 'inspected'; readonly result: Result<Inspection> }
  | { readonly kind: 'unpacked'; readonly result: Result<Unpacked | null> }
  | { readonly kind: 'chunk'; readonly bytes: Uint8Array }
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'summary'; readonly result: Result<ReadSummary> }

/** Chunks that may be under way at once. */
export const window = 2

/** The worker's own end of the wire. */
export interface Port<Sent, Received> {
  postMessage(message: Sent, transfer: Transferable[]): void
  onmessage: ((event: { readonly data: Received }) => void) | null
}

import type { Result } from '../domain/failure.ts'
import type { Inspection, ReadOptions, ReadSummary } from '../domain/file.ts'
import { workerReader } from './worker-reader.ts'

/**
 * Bytes of a platform's export -> Arrow IPC. Every format ends in the same shape, so the engine knows one.
 *
 * Text formats (CSV, NDJSON, JSON) send every value as text, exactly as written, and one more column `row_no`
 * (int64, the row's number in the file, from 1); Arrow and Parquet send their own types.
 */
export interface Reader {
  /** Looks at the beginning of a file. Stores nothing. */
  inspect(file: Blob, name: string, options: ReadOptions, signal: AbortSignal): Promise<Result<Inspection>>
  /** Reads the whole file once; the summary settles after the last chunk was taken, or on cancel or failure. */
  read(file: Blob, name: string, options: ReadOptions, signal: AbortSignal, progress: ReadProgress): Reading
}

export type ReadProgress = (bytesRead: number) => void

export interface Reading {
  /**
   * Complete Arrow IPC streams (schema, dictionaries, about eight batches, end marker) with one schema. They are
   * validated: uncompressed, little-endian, every length, offset and dictionary index in range, only types that
   * the engine loads with the right values. Ends early when the summary is a failure.
   */
  readonly chunks: AsyncIterable<Uint8Array>
  readonly summary: Promise<Result<ReadSummary>>
}

/** The reader for the page: every file is read in a worker of its own. */
export function openReader(): Reader & { close(): void } {
  return workerReader(() => new Worker(new URL('./format.worker.ts', import.meta.url), { type: 'module' }))
}

export { type DataPackage, type DataResource, readDataPackage } from './datapackage.ts'
export { directReader } from './direct-reader.ts'

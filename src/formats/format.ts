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
  /**
   * The files in a gzip or ZIP file; null when it is neither, or a workbook that only is a ZIP file inside. All or
   * nothing: one damaged, encrypted or unsafe entry fails the archive. A gzip file inside a ZIP file is expanded too;
   * any other archive inside stays closed, and `inspect` names it. Never unpack what came out.
   */
  unpack(
    file: Blob,
    name: string,
    signal: AbortSignal,
    progress: ReadProgress,
  ): Promise<Result<Unpacked | null>>
}

export type ReadProgress = (bytesRead: number) => void

export interface Unpacked {
  /** SHA-256 of the archive, lower-case hexadecimal. */
  readonly sha256: string
  /** In the archive's own order; folders and what macOS adds are left out. */
  readonly files: readonly UnpackedFile[]
}

export interface UnpackedFile {
  /** The path inside the archive, steps joined by `/`; for gzip the archive's name without its ending. */
  readonly name: string
  readonly file: Blob
}

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

import type { Inspection, ReadOptions, ReadSummary } from '../domain/file.ts'
import type { ReadProgress } from './format.ts'

/** One file on its way through a reader. */
export interface Input {
  readonly file: Blob
  readonly options: ReadOptions
  readonly signal: AbortSignal
  readonly progress: ReadProgress
}

/** What one format's folder offers; both functions throw `Refusal`. */
export interface Format {
  inspect(input: Input): Promise<Inspection>
  /** Yields complete Arrow IPC streams, returns the account of every row. */
  read(input: Input): AsyncGenerator<Uint8Array, ReadSummary>
}

/** What an inspection says of a format that holds one table and leaves nothing to choose. */
export const oneTable = {
  dialect: null,
  layout: null,
  parts: [],
  part: null,
  head: [],
} as const satisfies Partial<Inspection>

/** Sizes that protect the machine. */
export const limits = {
  columns: 10_000,
  fieldBytes: 16 * 2 ** 20,
  jsonDocumentBytes: 256 * 2 ** 20,
  /** One Arrow message body, also after decompression. */
  bodyBytes: 2 ** 30,
  listedRejects: 10_000,
  previewRows: 50,
  /** What comes out of one archive, all of its files together. */
  expandedBytes: 4 * 2 ** 30,
  /** An archive that grows more than this is a bomb, once it is over `ratioBytes`. */
  expansionRatio: 200,
  ratioBytes: 256 * 2 ** 20,
  archiveEntries: 5000,
  workbookBytes: 256 * 2 ** 20,
  /** How much of a text file `inspect` looks at. */
  headBytes: 2 ** 20,
} as const

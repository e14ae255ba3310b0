import type { Alias } from './alias.ts'
import type { FormatId, ReadOptions } from './file.ts'

/** Where a person wants a canonical column to come from, in place of what the adapter says. */
export type Override =
  | { readonly from: 'column'; readonly column: string }
  | { readonly from: 'constant'; readonly value: string }
  | { readonly from: 'nothing' }

/** By `table.column`, such as `device.device_id`. */
export type Overrides = Readonly<Record<string, Override>>

/** All that was chosen for one kind of file, to be used again next month. Holds names and choices, no rows. */
export interface SavedMapping {
  readonly kind: 'assay-mapping'
  readonly version: 1
  readonly name: string
  readonly format: FormatId
  /** The columns of the file that it was made for: it is proposed where a file has the very same. */
  readonly columns: readonly string[]
  readonly readOptions: ReadOptions
  /** Null keeps the file as a raw table. */
  readonly adapter: string | null
  readonly adapterVersion: number | null
  readonly options: Readonly<Record<string, string>>
  readonly overrides: Overrides
  readonly aliases: readonly Alias[]
}

import type { Filters } from './filter.ts'

/** What an auditor needs to compute a figure again. Travels inside every exported PNG and SVG. */
export interface Provenance {
  readonly app: { readonly name: 'Assay'; readonly version: string }
  readonly engine: { readonly name: string; readonly version: string; readonly bundle: string }
  readonly recipe: { readonly id: string; readonly version: number }
  readonly inputs: Readonly<Record<string, string | number>>
  readonly filters: Filters
  /** Data time, ISO 8601 UTC. */
  readonly asOf: string | null
  readonly sql: string
  readonly datasets: readonly ProvenanceDataset[]
  /** When the figure was made, ISO 8601 UTC, by this machine's clock. */
  readonly made: string
}

export interface ProvenanceDataset {
  readonly name: string
  readonly synthetic: boolean
  readonly files: readonly {
    readonly name: string
    readonly sha256: string
    readonly adapter: string | null
    readonly adapterVersion: number | null
    readonly rowsAccepted: number
    readonly rowsRejected: number
  }[]
}

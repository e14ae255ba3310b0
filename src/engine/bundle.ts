import type { Link } from './link.ts'

/** One build of DuckDB-WASM: where its wasm is and how its worker is made. Pages and Node differ only here. */
export interface Bundle {
  readonly name: 'eh' | 'coi'
  readonly threads: number
  /** What the worker fetches the wasm module by. */
  readonly wasm: string
  /** The worker script of further threads; `coi` only. */
  readonly pthread?: string
  /** Throws when this build does not work soundly on this machine. */
  readonly prove?: (link: Link) => Promise<void>
  spawn(): Worker
}

import type { Mapping, RawTable } from '../adapters/adapter.ts'
import type { Theme } from '../domain/chart.ts'
import type { Failure } from '../domain/failure.ts'
import type { Doubt, Inspection, ReadOptions, Reject, RejectReason } from '../domain/file.ts'
import type { FilterName } from '../domain/filter.ts'
import type { Language, Phrase } from '../domain/phrase.ts'
import type { Table } from '../domain/table.ts'
import type { EngineInfo } from '../engine/engine.ts'
import type { Headline } from '../indicators/indicator.ts'
import type { History } from './history.ts'

/** Everything the views can see. Replaced as a whole, never mutated. */
export interface State {
  readonly history: History
  readonly session: Session
  readonly engine: EngineState
  /** Where the import stands; null when none is open. */
  readonly importing: ImportSession | null
  /** Indicator id -> its result for the present workspace. The old one is kept while the new is computed. */
  readonly results: Readonly<Record<string, IndicatorState>>
  /** The time the data speaks of, µs UTC; null while nothing tells. */
  readonly asOf: number | null
  /** Values that the global filters offer, over all data. */
  readonly filterChoices: FilterChoices
  readonly notices: readonly Notice[]
}

export interface Session {
  readonly language: Language
  /** `system` follows the machine. */
  readonly theme: Theme | 'system'
  readonly place: Place
  readonly paletteOpen: boolean
  readonly shortcutsOpen: boolean
  readonly exportOpen: boolean
}

/** What the middle of the window shows. */
export type Place =
  | { readonly kind: 'board' }
  | { readonly kind: 'indicator'; readonly id: string }
  | { readonly kind: 'dataset'; readonly id: string; readonly table: string | null }

export type EngineState =
  | { readonly status: 'starting' }
  | {
      readonly status: 'ready'
      readonly info: EngineInfo
      readonly isolated: boolean
      readonly memory: number
    }
  | { readonly status: 'reloading'; readonly detail: string }
  | { readonly status: 'failed'; readonly failure: Failure }

export interface FilterChoices {
  readonly platforms: readonly { readonly id: string; readonly name: string }[]
  readonly provinces: readonly string[]
  readonly tiers: readonly string[]
  /** First and last day with dated rows, `YYYY-MM-DD`; null where nothing is dated. */
  readonly from: string | null
  readonly to: string | null
}

export interface IndicatorState {
  /** True while a newer result is being computed. */
  readonly computing: boolean
  readonly outcome: Outcome | null
}

export type Outcome =
  | Computed
  | { readonly status: 'not-computable'; readonly missing: readonly string[]; readonly key: string }
  | { readonly status: 'failed'; readonly failure: Failure; readonly key: string }

export interface Computed {
  readonly status: 'ok'
  readonly key: string
  readonly headline: Headline
  readonly table: Table
  readonly truncated: boolean
  /** The statement that ran, complete. */
  readonly sql: string
  readonly inputs: Readonly<Record<string, string | number>>
  readonly asOf: number
  readonly milliseconds: number
  readonly obeyed: readonly FilterName[]
  readonly ignored: readonly FilterName[]
}

export interface ImportSession {
  readonly name: string
  readonly synthetic: boolean
  readonly asOf: string | null
  readonly items: readonly ImportItem[]
  /** True while any item is being read or mapped. */
  readonly busy: boolean
}

/** One file on its way in. Nothing of it is in the workspace before the person confirms. */
export interface ImportItem {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly progress: ItemProgress
  readonly readOptions: ReadOptions
  readonly inspection: Inspection | null
  /** What the adapters are shown; null before inspection. */
  readonly raw: RawTable | null
  /** The chosen adapter; null keeps the file as a raw table. */
  readonly adapter: string | null
  readonly confidence: number
  /** What the adapter's options are set to; `zone` among them is the offset that naive times are read in. */
  readonly options: Readonly<Record<string, string>>
  readonly mapping: Mapping | null
  readonly counts: ItemCounts | null
  readonly failure: Failure | null
}

export type ItemProgress =
  | { readonly stage: 'waiting' }
  | { readonly stage: 'reading'; readonly bytes: number; readonly rows: number }
  | { readonly stage: 'mapping' }
  | { readonly stage: 'ready' }
  | { readonly stage: 'failed' }

export interface ItemCounts {
  readonly rowsRead: number
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly rejectCounts: Readonly<Partial<Record<RejectReason, number>>>
  readonly rejects: readonly Reject[]
  readonly doubts: readonly Doubt[]
  readonly droppedSecrets: readonly string[]
  /** Canonical column -> how many values could not be resolved and were left empty. */
  readonly unresolved: Readonly<Record<string, number>>
  readonly sha256: string
}

export interface Notice {
  readonly id: string
  readonly tone: 'good' | 'warning' | 'bad'
  readonly text: Phrase
  readonly failure?: Failure
}

/** True when a new import may begin. */
export function isIdle(state: State): boolean {
  return state.engine.status === 'ready' && state.importing === null
}

/** The result on the open indicator page; undefined elsewhere. */
export function openIndicator({ session, results }: State): IndicatorState | undefined {
  return session.place.kind === 'indicator' ? results[session.place.id] : undefined
}

/** True while any indicator waits for its result. */
export function isComputing({ results }: State): boolean {
  return Object.values(results).some(({ computing }) => computing)
}

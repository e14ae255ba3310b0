import type { Mapping, RawTable } from '../adapters/adapter.ts'
import type { Alias } from '../domain/alias.ts'
import type { CanonicalName } from '../domain/canonical.ts'
import type { Theme } from '../domain/chart.ts'
import type { Failure } from '../domain/failure.ts'
import type {
  Archive,
  Doubt,
  Inspection,
  Part,
  ReadOptions,
  Reject,
  RejectReason,
  UnresolvedName,
} from '../domain/file.ts'
import type { FilterName } from '../domain/filter.ts'
import type { Overrides } from '../domain/mapping.ts'
import type { Language, Phrase } from '../domain/phrase.ts'
import type { Table } from '../domain/table.ts'
import type { Replacement } from '../domain/workspace.ts'
import type { EngineInfo } from '../engine/engine.ts'
import type { Headline } from '../indicators/indicator.ts'
import type { LaterRows } from './data-time.ts'
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
  /** Rows of later times that were not believed; null where there are none. */
  readonly laterRows: LaterRows | null
  /** Tables in which two exports tell of the same things; the later one's rows stand. */
  readonly overlapping: readonly CanonicalName[]
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
  | { readonly kind: 'plan' }
  | { readonly kind: 'compare' }
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
  readonly industries: readonly string[]
  readonly tiers: readonly string[]
  readonly ownerships: readonly string[]
  readonly sizes: readonly string[]
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
  readonly items: readonly ImportItem[]
  /** The archive that is being opened; null when none. */
  readonly unpacking: { readonly name: string; readonly bytes: number } | null
  /** What names were said to stand for while this import is open; they come before those of the workspace. */
  readonly aliases: readonly Alias[]
  /** Time spent on reading and mapping, without the time in which a person looked. */
  readonly pace: { readonly milliseconds: number; readonly since: number | null }
  /** True while any item is being read or mapped. */
  readonly busy: boolean
}

/** One file on its way in. Nothing of it is in the workspace before the person confirms. */
export interface ImportItem {
  readonly id: string
  readonly name: string
  /** The table of the file that this item is; null where it holds one alone. */
  readonly part: Part | null
  readonly archive: Archive | null
  /** The name of the data package that it belongs to; null where it came in loose. */
  readonly dataPackage: string | null
  readonly bytes: number
  /** Files and sheets that are left out are not read, but named in the dataset. Hidden sheets begin so. */
  readonly included: boolean
  /** A file of the workspace that this one takes the place of on import. */
  readonly replaces: Replacement | null
  /** The name of the saved mapping that was applied; null where the mapping was proposed or chosen. */
  readonly savedMapping: string | null
  readonly progress: ItemProgress
  readonly readOptions: ReadOptions
  readonly inspection: Inspection | null
  /** What the adapters are shown; null before inspection. */
  readonly raw: RawTable | null
  /** The chosen adapter; null keeps the file as a raw table. */
  readonly adapter: string | null
  /** How sure the adapter was; 0 where a person chose it, or none knew the file. */
  readonly confidence: number
  /** What the adapter's options are set to; `zone` among them is the offset that naive times are read in. */
  readonly options: Readonly<Record<string, string>>
  /** What the person changed of the adapter's mapping. */
  readonly overrides: Overrides
  /** Options without an answer that would bring more tables: states are there, say, but not the time they are of. */
  readonly asks: readonly string[]
  readonly mapping: Mapping | null
  /** The first rows of each canonical table that came of it. */
  readonly after: Readonly<Partial<Record<CanonicalName, Table>>>
  readonly counts: ItemCounts | null
  readonly failure: Failure | null
}

export type ItemProgress =
  | { readonly stage: 'waiting' }
  | { readonly stage: 'reading'; readonly bytes: number; readonly rows: number }
  | { readonly stage: 'mapping'; readonly rows: number }
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
  /** Names that no code is known for, most frequent first. */
  readonly unresolved: readonly UnresolvedName[]
  readonly sha256: string
}

export interface Notice {
  readonly id: string
  readonly tone: 'good' | 'warning' | 'bad'
  readonly text: Phrase
  readonly failure?: Failure
}

/** True when files may come in: as a new import, or into the open one. */
export function mayTakeFiles(state: State): boolean {
  return state.engine.status === 'ready'
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

import type { CanonicalName } from '../domain/canonical.ts'
import type { FormatId, ReadOptions, RejectReason } from '../domain/file.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { ValueType } from '../domain/table.ts'
import type { Sql } from '../sql/sql.ts'

export { suggestions } from './names.ts'
export { overridden } from './overrides.ts'
export { referenceQuestion } from './references.ts'
export { type StagingPlan, type StagingRequest, stage } from './staging.ts'
export type { StagingQuery } from './staging-questions.ts'

/** The catalogue of import recipes: one file per known export, found by glob. */
export interface Adapter {
  readonly id: string
  /** Raised whenever the same export would give other canonical rows. */
  readonly version: number
  readonly name: Phrase
  /** Where the export's fields are documented. */
  readonly source: string
  /** What a person may set before the import; every value is text. */
  readonly options: Readonly<Record<string, AdapterOption>>
  /** 0 = not this export; 1 = certain. The surest adapter wins. Looks at names and values, never at the file's name. */
  recognise(raw: RawTable): number
  /**
   * How the file must be read for `map`, where the reader's own proposal does not do: rows that lie deeper in a JSON
   * document, say `{ part: 'readings[]' }`. `recognise` must know the table in both forms.
   */
  readAs?(raw: RawTable): ReadOptions
  /** The SQL that turns the raw table into canonical rows. */
  map(raw: RawTable, options: Readonly<Record<string, string>>): Mapping
}

export interface AdapterOption {
  readonly name: Phrase
  readonly help: Phrase
  /** The proposal; `file` stands for the name of the file without its ending. */
  readonly proposal: (raw: RawTable) => string
  /**
   * For questions whose answer the numbers turn on, and which the file does not settle: whether the question arises.
   * Where it does the person is asked to check the proposal, elsewhere it is not shown.
   */
  readonly asked?: (raw: RawTable, options: Readonly<Record<string, string>>) => boolean
  /** A function where the choices depend on the export, such as its own columns. */
  readonly choices?: readonly OptionChoice[] | ((raw: RawTable) => readonly OptionChoice[])
}

export interface OptionChoice {
  readonly value: string
  readonly name: Phrase
}

/** A raw table before mapping: its columns (all text in text formats) and its first rows as text. */
export interface RawTable {
  readonly fileName: string
  readonly format: FormatId
  /** The sheet, or the path to the rows; null where the file holds one table. */
  readonly part: string | null
  readonly columns: readonly string[]
  readonly preview: readonly (readonly (string | null)[])[]
}

export interface Mapping {
  readonly targets: readonly Target[]
  /** Raw rows that are not taken over, each with its reason; the first that holds is given. */
  readonly refusals: readonly {
    readonly reason: RejectReason
    readonly column: string | null
    readonly when: Sql
  }[]
}

/** One canonical table that each raw row gives one row of (or none, where `when` is false). */
export interface Target {
  readonly table: CanonicalName
  readonly when?: Sql
  /**
   * Canonical column -> where it comes from. `sql` gives text, or already the canonical type; text is read by the
   * import's own rules (times, numbers, booleans, names of coded values), and what cannot be read is a reject.
   */
  readonly columns: Readonly<Record<string, Expression>>
  /**
   * For wide tables of measurements: each accepted raw row gives one row per cell that is not absent, in place of
   * one row. The cell's text is stored in `value_num` where it reads as a number, else in `value_text`.
   */
  readonly cells?: readonly Cell[]
}

/** A raw column of measurements. */
export interface Cell {
  readonly column: string
  /** Canonical columns that are the same for every value of this one, such as `metric`, `unit` or `device_id`. */
  readonly values: Readonly<Record<string, string>>
  /** Texts that stand for no value, such as `NULL`; blank always does. */
  readonly absent?: readonly string[]
  /** True where the export declares the values to be text: `007` is no number then. */
  readonly isText?: true
}

export interface Expression {
  readonly sql: Sql
  /** What `sql` gives where that is neither text nor a bare raw column; times are then UTC. */
  readonly type?: ValueType
  /** The raw columns it is made from, for the mapping shown to the person; empty for a constant. */
  readonly from: readonly string[]
}

const found = import.meta.glob<{ readonly default: Adapter }>(
  ['./catalogue/*.ts', '!./catalogue/*.test.ts'],
  {
    eager: true,
  },
)

/** Every adapter of the catalogue, by id. */
export const adapters: readonly Adapter[] = Object.values(found)
  .map(module => module.default)
  .toSorted((a, b) => (a.id < b.id ? -1 : 1))

export interface Recognition {
  readonly adapter: Adapter
  /** Above 0, at most 1. */
  readonly confidence: number
}

/** The surest adapter for a raw table; null when none knows it. */
export function recognise(raw: RawTable): Recognition | null {
  const sure = adapters
    .map(adapter => ({ adapter, confidence: adapter.recognise(raw) }))
    .filter(({ confidence }) => confidence > 0)
    .toSorted((a, b) => b.confidence - a.confidence)
  return sure[0] ?? null
}

/** The proposed value of every option of an adapter. */
export function proposedOptions(adapter: Adapter, raw: RawTable): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(adapter.options).map(([id, option]) => [id, option.proposal(raw)]))
}

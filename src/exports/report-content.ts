import type { ImportedFile } from '../domain/file.ts'
import type { Language, Phrase } from '../domain/phrase.ts'
import type { Table } from '../domain/table.ts'

/** Everything that a report says, ready to be set. */
export interface ReportContent {
  readonly language: Language
  readonly title: string
  /** One line under the title: data, period, filters. */
  readonly subtitle: string
  /** True when any of the data is made up; the report says so on its first page. */
  readonly synthetic: boolean
  /** When the report was made, ISO 8601 UTC. */
  readonly made: string
  /** Versions of the app, the engine and the runtime. */
  readonly versions: readonly { readonly name: string; readonly version: string }[]
  readonly files: readonly ImportedFile[]
  readonly indicators: readonly ReportIndicator[]
}

/** One indicator as it stands in the report. */
export interface ReportIndicator {
  readonly id: string
  readonly version: number
  readonly name: Phrase
  /** The value with its unit in words; empty when there is none. */
  readonly headline: string
  /** How exact the headline is and what it rests on, a sentence each. */
  readonly certainty: readonly string[]
  readonly status: 'ok' | 'not-computable' | 'failed'
  /** Tables or columns that are missing, or the words of the failure. */
  readonly missing: readonly string[]
  /** The figure as `figureSvg` gave it. */
  readonly svg: string | null
  readonly explanation: {
    readonly meaning: Phrase
    /** LaTeX math without `$`. */
    readonly formula: string
    /** What its symbols stand for; TeX between dollar signs. */
    readonly symbols?: Phrase
    readonly source: Phrase
    readonly cautions: Phrase
  }
  readonly inputs: readonly { readonly name: string; readonly value: string }[]
  readonly sql: string
  /** The first 50 rows are set; `totalRows` says how many there are. */
  readonly table: Table | null
  /** What the table's columns are called. */
  readonly columnNames: Readonly<Record<string, string>>
  readonly totalRows: number
}

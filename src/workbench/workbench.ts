import type { StoreApi } from 'zustand/vanilla'
import type { Adapter } from '../adapters/adapter.ts'
import type { Alias } from '../domain/alias.ts'
import type { Result } from '../domain/failure.ts'
import type { Background, Figure, FigureSize } from '../domain/figure.ts'
import type { Reject } from '../domain/file.ts'
import type { Filters } from '../domain/filter.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { Table } from '../domain/table.ts'
import type { PlanTarget } from '../domain/target.ts'
import type { Command } from './command.ts'
import type { Comparing } from './comparing/comparing.ts'
import type { DetailRows } from './details.ts'
import type { SampleExport } from './sample.ts'
import type { ImportItem, Session, State } from './state.ts'

export { type Command, type MenuGroup, menuGroups } from './command.ts'
export type {
  Comparing,
  PeerComparison,
  PeerValue,
  Period,
  PeriodComparison,
  PeriodValues,
  TableFates,
} from './comparing/comparing.ts'
export { type LaterRows, laterRowsWords } from './data-time.ts'
export type { DetailRows } from './details.ts'
export { emptyHistory } from './history.ts'
export { connectHost } from './native.ts'
export { openWorkbench } from './open.ts'
export { keepPreferences, readPreferences } from './preferences.ts'
export { bugLine, runReport } from './report/report.ts'
export { type ConfirmRefusal, confirmRefusal, remainingSeconds, shareDone } from './session.ts'
export type * from './state.ts'
export { openStore } from './store.ts'

/** The living app without pixels: its state, and everything that can be done with it. */
export interface Workbench {
  readonly store: StoreApi<State>
  readonly commands: readonly Command[]
  /** The import recipes a person may choose from. */
  readonly adapters: readonly AdapterChoice[]
  /** Runs a command by id when it is enabled; failures become notices. */
  run(id: string): Promise<void>

  /**
   * Looks at, reads and maps files; opens an import session for the person to confirm, or adds to the open one. Files of
   * names that are known take the place of the earlier ones, unless they are said to stand `beside` them.
   */
  importFiles(files: readonly File[], how?: 'beside'): Promise<void>
  openSample(name: SampleExport): Promise<void>
  /** Asks the person for files; what is chosen goes to `importFiles`. */
  chooseFiles(what: 'files' | 'folder'): Promise<void>
  /** Changes how one file is read or mapped, and maps it again (and reads it again where that is needed). */
  reviseImport(item: string, change: ImportChange): Promise<void>
  /** Says what a name of the open import stands for; `null` takes it back. */
  decideName(column: string, raw: string, canonical: string | null): Promise<void>
  /** Candidates for a name that stands for nothing known, the likeliest first. */
  suggestNames(column: string, raw: string): readonly string[]
  /** Writes what was chosen for one file as a small JSON file, for the next export of its kind. */
  saveMapping(item: string): Promise<void>
  /** Asks for a saved mapping and applies it to the files of the open import that it fits. */
  loadMapping(): Promise<void>
  /** Saves the rejected rows of a file of the open import or of a dataset as CSV. */
  exportRejects(file: string, rejects: readonly Reject[]): Promise<void>
  confirmImport(): Promise<void>
  /** At any moment; leaves nothing behind. */
  cancelImport(): Promise<void>

  removeDataset(id: string): void
  /** Says what time a dataset's export speaks of; ISO 8601 UTC. */
  setExportTime(id: string, asOf: string | null): void
  /** Forgets what a name was said to stand for; later imports are read without it. */
  forgetName(alias: Alias): void
  setFilters(filters: Filters): void
  /** Sets targets of the person's own, or takes one back. */
  setTargets(targets: readonly PlanTarget[]): void
  removeTarget(target: PlanTarget): void
  setInput(indicator: string, input: string, value: string | number | undefined): void
  undo(): void
  redo(): void
  /** Forgets all results and computes them again. */
  recompute(): void
  /** Cancels what is being computed; what is not there yet shows as cancelled. */
  stopComputing(): void
  /** Settles when every result of the present workspace is there. */
  settled(): Promise<void>

  /** Changes language, theme, place, open dialogs: not part of the workspace. */
  setSession(change: Partial<Session>): void
  dismissNotice(id: string): void
  notify(tone: 'good' | 'warning' | 'bad', text: Phrase): void

  /** The first rows of a dataset's table, `limit` at most. */
  peek(table: string, limit: number, signal: AbortSignal): Promise<Result<Table>>
  /** Counts the rows that name a device, platform or asset which no loaded table describes. */
  brokenReferences(signal: AbortSignal): Promise<Result<Table>>
  /** The rows behind an indicator's result: one of its recipe's details. */
  detail(indicator: string, detail: string, signal: AbortSignal): Promise<Result<DetailRows>>
  /** Saves rows that are on the screen as a file; `stem` is its name without extension. */
  exportRows(table: Table, stem: string, as: TableExport): Promise<void>
  readonly comparing: Comparing
  /** The indicator's figure in the session's language; null while there is no result. */
  figure(indicator: string, theme: 'light' | 'dark'): Figure | null
  exportFigure(indicator: string, as: FigureExport): Promise<void>
  exportTable(indicator: string, as: TableExport): Promise<void>
  /** The file that `exportFigure` would save, for the run without a screen. */
  drawFigure(
    indicator: string,
    as: FigureExport,
  ): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>>
}

export type AdapterChoice = Pick<Adapter, 'id' | 'name' | 'source' | 'options'>

export type ImportChange = Partial<
  Pick<ImportItem, 'adapter' | 'options' | 'overrides' | 'included' | 'replaces' | 'readOptions'>
>

export type FigureExport = {
  readonly format: 'png' | 'svg'
  readonly size: FigureSize
  readonly background: Background
  readonly theme: 'light' | 'dark'
}

export type TableExport =
  | { readonly format: 'csv'; readonly bom: boolean; readonly neutralise: boolean }
  | { readonly format: 'xlsx' }
  | { readonly format: 'arrow' }

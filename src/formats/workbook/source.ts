import type { Part } from '../../domain/file.ts'
import type { Merge } from '../grid/layout.ts'
import type { SheetRow } from './cell.ts'

/** A workbook of either kind, as the table reader sees it. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
}

/** One worksheet. */
export interface Sheet {
  readonly name: string
  readonly visibility: Part['visibility']
  /** False where reading it through takes so long that nobody should wait for a count of its rows. */
  readonly isSmall: boolean
  /**
   * Its rows in order, as often as asked; merged cells are known at the end. `progress` goes from 0 to 1. While
   * `wantsValues` is false, any text may stand for the value of a cell.
   */
  rows(
    signal: AbortSignal,
    progress: (share: number) => void,
    wantsValues: () => boolean,
  ): AsyncGenerator<readonly SheetRow[], readonly Merge[]>
}

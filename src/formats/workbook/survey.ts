import type { Layout } from '../../domain/file.ts'
import type { Merge } from '../grid/layout.ts'
import type { Flaw } from './cell.ts'
import { type FilledRow, MergeFiller } from './merge-filler.ts'
import type { Sheet } from './source.ts'

/** What one pass over a sheet tells. Rows are those with content, counted from 0. */
export interface Survey {
  readonly merges: readonly Merge[]
  readonly rows: number
  /** The first rows, among which the table begins. */
  readonly head: readonly FilledRow[]
  /** Of the rows behind `head`. */
  readonly tail: Tally
}

/** What rows have in common. */
export class Tally {
  /** First column with content. */
  left = Number.POSITIVE_INFINITY
  /** Rows by their last column with content. */
  readonly rights = new Map<number, number>()
  mergedRows = 0
  readonly flaws = new Map<string, { readonly flaw: Flaw; readonly row: number; rows: number }>()

  /** `row` is its number among those with content. */
  add(filled: FilledRow, row: number): void {
    const left = filled.cells.findIndex(cell => cell !== null)
    if (left >= 0) this.left = Math.min(this.left, left)
    const right = filled.cells.length - 1
    this.rights.set(right, (this.rights.get(right) ?? 0) + 1)
    if (filled.isMerged) this.mergedRows++
    for (const flaw of filled.flaws) this.addFlaw(flaw, row, 1)
  }

  /** Adds what was counted over later rows. */
  join(later: Tally): void {
    this.left = Math.min(this.left, later.left)
    for (const [right, rows] of later.rights) this.rights.set(right, (this.rights.get(right) ?? 0) + rows)
    this.mergedRows += later.mergedRows
    for (const { flaw, row, rows } of later.flaws.values()) this.addFlaw(flaw, row, rows)
  }

  private addFlaw(flaw: Flaw, row: number, rows: number): void {
    const key = `${flaw.kind} ${flaw.column}`
    const known = this.flaws.get(key)
    if (known === undefined) this.flaws.set(key, { flaw, row, rows })
    else known.rows += rows
  }
}

export interface SurveyChoices {
  readonly headRows: number
  readonly mergedCells: Layout['mergedCells']
  readonly signal: AbortSignal
  readonly progress: (share: number) => void
}

/** Goes over a sheet once, and once more where it has merged cells, which are told at its end. */
export async function survey(sheet: Sheet, choices: SurveyChoices): Promise<Survey> {
  const first = await pass(sheet, [], choices)
  return first.merges.length === 0 ? first : pass(sheet, first.merges, choices)
}

async function pass(
  sheet: Sheet,
  merges: readonly Merge[],
  { headRows, mergedCells, signal, progress }: SurveyChoices,
): Promise<Survey> {
  const filler = new MergeFiller(merges, mergedCells)
  const head: FilledRow[] = []
  const tail = new Tally()
  let rows = 0
  const take = (filled: FilledRow) => {
    if (!hasContent(filled)) return
    if (head.length < headRows) head.push(filled)
    else tail.add(filled, rows)
    rows++
  }
  const reading = sheet.rows(signal, progress, () => head.length < headRows)
  let step = await reading.next()
  for (; !step.done; step = await reading.next())
    for (const row of step.value) for (const filled of filler.push(row)) take(filled)
  for (const filled of filler.end()) take(filled)
  return { merges: step.value, rows, head, tail }
}

/** A row without any value is none, whatever its formats; one whose only content is an error is one. */
export function hasContent({ cells, flaws }: FilledRow): boolean {
  return flaws.length > 0 || cells.some(cell => cell !== null)
}

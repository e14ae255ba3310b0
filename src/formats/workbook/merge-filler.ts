import type { Layout } from '../../domain/file.ts'
import type { Merge } from '../grid/layout.ts'
import type { SheetRow } from './cell.ts'

/** A row in which merged cells have been settled. */
export interface FilledRow extends SheetRow {
  /** As the file has it: a merged value in its first cell alone. */
  readonly own: readonly (string | null)[]
  /** A cell of this row took a merged value. */
  readonly isMerged: boolean
}

interface Open {
  readonly merge: Merge
  readonly value: string | null
}

/** A merged cell that reaches further below the last row is there for its looks. */
const mostTrailingRows = 1000

/**
 * Puts the value of a merged cell into all the cells that it covers, or empties them: what stands under a merged cell
 * is seen by nobody. A row that the file leaves out, but that a merged cell covers, appears.
 */
export class MergeFiller {
  private readonly merges: readonly Merge[]
  private readonly mode: Layout['mergedCells']
  private next = 0
  private open: Open[] = []
  private lastIndex = -1

  constructor(merges: readonly Merge[], mode: Layout['mergedCells']) {
    this.merges = merges.toSorted((a, b) => a.top - b.top)
    this.mode = mode
  }

  *push(row: SheetRow): Generator<FilledRow> {
    for (let index = this.lastIndex + 1; index < row.index && this.reaches(index); index++)
      yield this.fill({ index, cells: [], flaws: [] })
    this.lastIndex = row.index
    yield this.fill(row)
  }

  /** Rows behind the last one of the file that merged cells cover. */
  *end(): Generator<FilledRow> {
    const bottom = Math.max(-1, ...this.open.map(({ merge }) => merge.bottom))
    if (bottom - this.lastIndex > mostTrailingRows) return
    for (let index = this.lastIndex + 1; index <= bottom; index++)
      yield this.fill({ index, cells: [], flaws: [] })
  }

  /** True when a merged cell from above covers the row. */
  private reaches(index: number): boolean {
    return this.open.some(({ merge }) => merge.bottom >= index)
  }

  private fill(row: SheetRow): FilledRow {
    if (this.next === this.merges.length && this.open.length === 0) return unmerged(row)
    this.open = this.open.filter(({ merge }) => merge.bottom >= row.index)
    this.openAt(row)
    if (this.open.length === 0) return unmerged(row)
    const own = row.cells.slice()
    for (const { merge } of this.open) cover(own, merge, row.index, null)
    const cells = own.slice()
    let isMerged = false
    if (this.mode === 'repeat')
      for (const { merge, value } of this.open)
        if (value !== null) isMerged = cover(cells, merge, row.index, value) || isMerged
    return { index: row.index, cells, flaws: row.flaws, own, isMerged }
  }

  private openAt({ index, cells }: SheetRow): void {
    for (; this.next < this.merges.length; this.next++) {
      const merge = this.merges[this.next]
      if (merge === undefined || merge.top > index) return
      const value = merge.top === index ? (cells[merge.left] ?? null) : null
      if (merge.bottom >= index) this.open.push({ merge, value })
    }
  }
}

function unmerged({ index, cells, flaws }: SheetRow): FilledRow {
  return { index, cells, flaws, own: cells, isMerged: false }
}

/** Writes into the cells that a merge covers in one row, except its first of all; true when there was one. */
function cover(cells: (string | null)[], merge: Merge, row: number, value: string | null): boolean {
  const from = row === merge.top ? merge.left + 1 : merge.left
  const to = value === null ? Math.min(merge.right, cells.length - 1) : merge.right
  while (cells.length < from && value !== null) cells.push(null)
  for (let column = from; column <= to; column++) cells[column] = value
  return to >= from
}

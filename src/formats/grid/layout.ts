import type { Layout } from '../../domain/file.ts'
import { cellKind, idShape } from './cell-kind.ts'

/** A row of a CSV file or sheet as it stands. */
export type GridRow = readonly (string | null)[]

/** Cells that a sheet shows as one; both ends count. Indices into the rows and their cells, from 0. */
export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

type Place = Pick<Layout, 'skipRows' | 'headerRows'>

const sampledRows = 200
const mostTitles = 30
const mostHeaderRows = 10

/**
 * Where the table begins. Of the rows (blank ones left out) the first 200 are looked at; a merged cell's value stands
 * in its first cell alone. When in doubt: the first row is the header.
 */
export function detectLayout(rows: readonly GridRow[], merges: readonly Merge[] = []): Place {
  const head = rows.slice(0, sampledRows)
  const plain: Place = { skipRows: 0, headerRows: 1 }
  const skipRows = titleRows(head)
  const [first, ...below] = head.slice(skipRows)
  if (first === undefined || below.length === 0) return plain
  const merged = mergedHeader(head, skipRows, merges)
  if (merged > 1) return { skipRows, headerRows: merged }
  if (skipRows > 0 && isGroupRow(head, skipRows - 1)) return { skipRows: skipRows - 1, headerRows: 2 }
  if (isGroupRow(head, skipRows)) return { skipRows, headerRows: 2 }
  if (looksLikeData(first, below)) return { skipRows: 0, headerRows: 0 }
  return { skipRows, headerRows: 1 }
}

/**
 * The texts of several header rows as one name per column, joined by a space; a text that stands above itself counts
 * once. `fillGaps` is for files without merged cells: a gap takes the text to its left, in all rows but the last.
 */
export function joinHeader(rows: readonly GridRow[], width: number, fillGaps = true): string[] {
  if (rows.length === 1) return Array.from({ length: width }, (_, i) => rows[0]?.[i] ?? '')
  const filled = rows.map((row, i) => (fillGaps && i < rows.length - 1 ? withoutGaps(row, width) : row))
  return Array.from({ length: width }, (_, column) => {
    const texts = filled.map(row => (row[column] ?? '').trim()).filter(text => text !== '')
    return texts.filter((text, i) => text !== texts[i - 1]).join(' ')
  })
}

function withoutGaps(row: GridRow, width: number): GridRow {
  let left: string | null = null
  return Array.from({ length: width }, (_, i) => {
    if (isFilled(row[i])) left = row[i] ?? null
    return left
  })
}

/** How many rows stand above the header: at most half as full as the table, above a row of nothing but texts. */
function titleRows(rows: readonly GridRow[]): number {
  const width = tableWidth(rows)
  const isTitle = (row: GridRow) => {
    const filled = filledCells(row)
    return filled * 2 <= width && (width > 2 || (filled === 1 && isFilled(row[0])))
  }
  const at = rows.findIndex(row => !isTitle(row))
  if (width < 2 || at <= 0 || at > mostTitles || at === rows.length - 1) return 0
  return isTextRow(rows[at] ?? []) ? at : 0
}

/** Filled cells of a common row; titles come first, so the second half is asked too. */
function tableWidth(rows: readonly GridRow[]): number {
  const counts = rows.map(filledCells)
  return Math.max(upperMedian(counts), upperMedian(counts.slice(Math.floor(counts.length / 2))))
}

function upperMedian(counts: readonly number[]): number {
  return counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0
}

/**
 * Rows of a header that is held together by merged cells: one that reaches down from its first row, or one that
 * spans some columns above a row of texts. 1 where none does, or where all would be header.
 */
function mergedHeader(rows: readonly GridRow[], top: number, merges: readonly Merge[]): number {
  const starting = merges.filter(merge => merge.top <= top && merge.bottom >= top)
  if (starting.length === 0 || filledCells(rows[top] ?? []) < 2) return 1
  let bottom = top
  for (let before = -1; before !== bottom; ) {
    before = bottom
    for (const merge of merges)
      if (merge.top <= bottom && merge.bottom > bottom && merge.bottom >= top) bottom = merge.bottom
  }
  if (bottom === top) bottom = spansOnly(rows, top, starting) ? top + 1 : top
  const block = rows.slice(top, bottom + 1)
  const fits = bottom - top < mostHeaderRows && bottom < rows.length - 1 && block.every(hasOnlyTexts)
  return fits ? bottom - top + 1 : 1
}

/** Groups side by side, and below them names: texts where the rows further down hold data, or names that recur. */
function spansOnly(rows: readonly GridRow[], top: number, spans: readonly Merge[]): boolean {
  const [names, ...data] = rows.slice(top + 1)
  if (names === undefined || data.length === 0 || !spans.some(({ left, right }) => right > left)) return false
  return isTextRow(names) && (holdsData(data) || recurs(names))
}

/** A row of groups with gaps between them, above a full row of texts, above data. */
function isGroupRow(rows: readonly GridRow[], at: number): boolean {
  const [groups = [], names = [], ...data] = rows.slice(at)
  const width = Math.max(...data.map(row => row.length), names.length, 0)
  const cells = Array.from({ length: width }, (_, i) => groups[i])
  const last = cells.findLastIndex(isFilled)
  if (data.length === 0 || filledCells(groups) < 2 || !cells.slice(1, last).some(cell => !isFilled(cell)))
    return false
  const full = Array.from({ length: width }, (_, i) => names[i]).every(isFilled)
  return full && isTextRow(groups) && isTextRow(names) && holdsData(data)
}

function holdsData(rows: readonly GridRow[]): boolean {
  const width = Math.max(...rows.map(row => row.length))
  return Array.from({ length: width }, (_, i) => columnKind(rows, i)).some(
    kind => kind !== null && kind !== 'text',
  )
}

function recurs(row: GridRow): boolean {
  const texts = row.filter(isFilled)
  return new Set(texts).size < texts.length
}

/**
 * True where the first row is no header: it holds a number, time, boolean or id where the rows below hold the same,
 * and nowhere a name above such values.
 */
function looksLikeData(first: GridRow, below: readonly GridRow[]): boolean {
  if (isNumbering(first)) return false
  let alike = 0
  for (const [i, cell] of first.entries()) {
    const own = cellKind(cell)
    const column = columnKind(below, i)
    if (own === 'absent' || column === null) continue
    const isLikeIds = own === 'text' && column === 'text' && hasShape(cell, below, i)
    if (own !== column) return false
    if (own !== 'text' || isLikeIds) alike++
  }
  return alike > 0
}

/** Columns called `0, 1, 2 …`, `1, 2, 3 …` or by years. */
function isNumbering(row: GridRow): boolean {
  const numbers = row.filter(cell => cellKind(cell) === 'number').map(Number)
  const [first] = numbers
  if (first === undefined || !numbers.every((n, i) => i === 0 || n > (numbers[i - 1] ?? 0))) return false
  if (numbers.every(n => Number.isInteger(n) && n >= 1900 && n <= 2100) && numbers.length > 1) return true
  return numbers.length > 2 && first <= 1 && numbers.every((n, i) => n === first + i)
}

/** What two thirds of a column's values are; null where there are none or no kind prevails. */
function columnKind(rows: readonly GridRow[], column: number) {
  const kinds = rows.map(row => cellKind(row[column])).filter(kind => kind !== 'absent')
  return kinds.find(kind => kinds.filter(other => other === kind).length * 3 >= kinds.length * 2) ?? null
}

/** True for an id such as `dev-001` above at least three others of the same shape. */
function hasShape(cell: string | null, below: readonly GridRow[], column: number): boolean {
  const shape = idShape(cell)
  if (shape === null) return false
  const cells = below.map(row => row[column]).filter(isFilled)
  const others = new Set(cells)
  return others.size > 2 && cells.every(other => idShape(other) === shape)
}

/** Nothing but texts, and at least one. */
function isTextRow(row: GridRow): boolean {
  return row.some(isFilled) && hasOnlyTexts(row)
}

function hasOnlyTexts(row: GridRow): boolean {
  return row.every(cell => ['text', 'absent'].includes(cellKind(cell)))
}

function isFilled(cell: string | null | undefined): boolean {
  return cell !== null && cell !== undefined && cell.trim() !== ''
}

function filledCells(row: GridRow): number {
  return row.filter(isFilled).length
}

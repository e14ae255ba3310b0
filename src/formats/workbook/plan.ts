import type { Doubt, Layout, ReadOptions } from '../../domain/file.ts'
import { detectLayout, joinHeader, type Merge } from '../grid/layout.ts'
import { type Header, header } from '../headers.ts'
import { limits } from '../input.ts'
import { damaged } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import type { FilledRow } from './merge-filler.ts'
import type { Sheet } from './source.ts'
import { type Survey, Tally } from './survey.ts'

/** How a sheet becomes a table. */
export interface Plan {
  readonly layout: Layout
  /** Rows above the first data row. */
  readonly dataFrom: number
  /** Which cells of a row are sent, in the order of `names`. */
  readonly kept: readonly number[]
  readonly names: readonly string[]
  readonly secrets: SecretFilter
  readonly doubts: readonly Doubt[]
}

/** How many first rows a survey must keep. */
export function headRows({ skipRows = 0, headerRows = 0 }: ReadOptions): number {
  return Math.max(200, Math.min(skipRows + headerRows, 10_000) + limits.previewRows)
}

export function planTable(sheet: Sheet, survey: Survey, options: ReadOptions): Plan {
  const detected = detectIn(survey)
  const layout: Layout = {
    skipRows: options.skipRows ?? detected.skipRows,
    headerRows: options.headerRows ?? detected.headerRows,
    mergedCells: options.mergedCells ?? 'repeat',
  }
  const dataFrom = layout.skipRows + layout.headerRows
  if (dataFrom > survey.head.length || layout.skipRows >= survey.head.length)
    throw damaged('the sheet has fewer rows than were to be skipped', sheet.name)
  const tally = tallyOf(survey, dataFrom)
  const columns = columnsOf(sheet, survey, layout, tally)
  const titles = survey.head.slice(0, Math.max(dataFrom, detected.skipRows + detected.headerRows))
  const { secrets, kept } = withoutSecrets(columns.given, titles, columns.left)
  if (kept.length === 0) throw damaged('every column holds credentials; nothing is left to read', sheet.name)
  const names = kept.map(i => columns.header.names[i] ?? '')
  return {
    layout,
    dataFrom,
    kept: kept.map(i => i + columns.left),
    names,
    secrets,
    doubts: [
      ...layoutDoubts(sheet, layout, tally),
      ...columns.header.doubts.filter(({ column }) => column !== undefined && names.includes(column)),
      ...raggedness(columns, layout, tally),
      ...flawDoubts(tally, columns, dataFrom, kept),
    ],
  }
}

/** The columns of the table, from the sheet's column `left` on. */
interface Columns {
  readonly left: number
  /** The texts of the header as they stand; empty where there is none. */
  readonly given: readonly string[]
  readonly header: Header
}

function columnsOf(sheet: Sheet, { head, merges }: Survey, layout: Layout, tally: Tally): Columns {
  const rows = head.slice(layout.skipRows, layout.skipRows + layout.headerRows).map(row => row.cells)
  const { left, right } = extent(rows, tally)
  const width = right - left + 1
  if (!(width >= 1)) throw damaged('the sheet has no table', sheet.name)
  const shifted = rows.map(cells => cells.slice(left))
  const given = joinHeader(shifted, width, merges.length === 0)
  return { left, given, header: layout.headerRows === 0 ? numbered(width) : header(given) }
}

/** Cells are counted from the first column with content, merged cells by rows with content. */
function detectIn({ head, merges }: Survey) {
  const left = Math.min(
    ...head.map(({ cells }) => cells.findIndex(cell => cell !== null)).filter(i => i >= 0),
  )
  const rows = head.map(({ own }) => own.slice(left))
  const within = merges.flatMap(merge => mergeInHead(merge, head, left))
  return detectLayout(rows, within)
}

function mergeInHead(merge: Merge, head: readonly FilledRow[], left: number): readonly Merge[] {
  const top = head.findIndex(({ index }) => index >= merge.top)
  const bottom = head.findLastIndex(({ index }) => index <= merge.bottom)
  if (top < 0 || bottom < top) return []
  return [{ top, bottom, left: merge.left - left, right: merge.right - left }]
}

/** The rows of the table: those of the head that are data, and all behind. */
function tallyOf({ head, tail }: Survey, dataFrom: number): Tally {
  const tally = new Tally()
  for (const [i, row] of head.entries()) if (i >= dataFrom) tally.add(row, i)
  tally.join(tail)
  return tally
}

function extent(headerCells: readonly (readonly (string | null)[])[], tally: Tally) {
  const lefts = headerCells.map(cells => cells.findIndex(cell => cell !== null)).filter(i => i >= 0)
  const rights = headerCells.map(cells => cells.length - 1)
  return {
    left: Math.min(tally.left, ...lefts),
    right: Math.max(-1, ...tally.rights.keys(), ...rights),
  }
}

function numbered(width: number): Header {
  const { names } = header(Array.from({ length: width }, () => ''))
  return { names, doubts: [] }
}

/** A column is secret by its name, by any of the texts above it, or by one of the rows that look like a header. */
function withoutSecrets(names: readonly string[], above: readonly FilledRow[], left: number) {
  const secrets = new SecretFilter()
  const kept = names.flatMap((name, i) => {
    const texts = [name, ...above.map(({ cells }) => cells[i + left] ?? '')].map(text => text.trim())
    return texts.some(text => text !== '' && secrets.drops(text)) ? [] : [i]
  })
  return { secrets, kept }
}

function layoutDoubts({ visibility }: Sheet, layout: Layout, { mergedRows }: Tally): readonly Doubt[] {
  const doubts: Doubt[] = []
  if (visibility !== 'visible') doubts.push({ kind: 'hidden-part' })
  if (layout.skipRows > 0) doubts.push({ kind: 'skipped-rows', rows: layout.skipRows })
  if (layout.headerRows === 0) doubts.push({ kind: 'no-header' })
  if (mergedRows > 0) doubts.push({ kind: 'merged-cells', rows: mergedRows })
  return doubts
}

/** Rows that go on behind the last name of the header. */
function raggedness({ left, given }: Columns, { headerRows }: Layout, { rights }: Tally): readonly Doubt[] {
  const last = left + given.findLastIndex(name => name !== '')
  const rows = [...rights].reduce((sum, [right, count]) => (right > last ? sum + count : sum), 0)
  return headerRows === 0 || rows === 0 ? [] : [{ kind: 'ragged-rows', rows }]
}

function flawDoubts(
  { flaws }: Tally,
  { left, header: { names } }: Columns,
  dataFrom: number,
  kept: readonly number[],
): readonly Doubt[] {
  return [...flaws.values()].flatMap(({ flaw, row, rows }) => {
    const column = names[flaw.column - left]
    if (column === undefined || !kept.includes(flaw.column - left)) return []
    return [{ kind: flaw.kind, column, row: row - dataFrom + 1, rows }]
  })
}

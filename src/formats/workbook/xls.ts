import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx'
import { messageOf } from '../../domain/failure.ts'
import type { Merge } from '../grid/layout.ts'
import { damaged, Refusal, unsupported } from '../refusal.ts'
import { type Flaw, isRuined, numberText, type SheetRow } from './cell.ts'
import { timeFormat } from './number-format.ts'
import type { Sheet, Workbook } from './source.ts'

/** Loaded with the first XLS file: it is a megabyte of code. */
type Library = typeof import('@e965/xlsx')

const batchRows = 1000
const visibilities = ['visible', 'hidden', 'very-hidden'] as const

/** Opens a workbook of Excel 5 to 2003 (BIFF5, BIFF8) through SheetJS; at most 65,536 rows a sheet. */
export async function openXls(bytes: Uint8Array): Promise<Workbook> {
  const library = await import('@e965/xlsx')
  // Excel 5 and 95 wrote text in the code page of the machine.
  library.set_cptable(await import('@e965/xlsx/dist/cpexcel'))
  refuseOthers(library, bytes)
  const book = parsed(library, bytes)
  const is1904 = book.Workbook?.WBProps?.date1904 === true
  return {
    sheets: book.SheetNames.flatMap((name, i) => {
      const sheet = book.Sheets[name]
      if (sheet === undefined || (sheet['!type'] !== undefined && sheet['!type'] !== 'sheet')) return []
      const visibility = visibilities[book.Workbook?.Sheets?.[i]?.Hidden ?? 0] ?? 'visible'
      return [worksheet(name, visibility, sheet, is1904)]
    }),
  }
}

/** The OLE container also holds encrypted XLSX files, Word documents and installers. */
function refuseOthers(library: Library, bytes: Uint8Array): void {
  const names = containerNames(library, bytes)
  if (names.includes('encryptedpackage')) throw unsupported('encrypted workbook')
  if (names.includes('workbook') || names.includes('book')) return
  const looksLike = names.includes('worddocument') ? 'Word document' : 'OLE document without a workbook'
  throw new Refusal({ kind: 'unknown-format', looksLike })
}

function containerNames({ CFB }: Library, bytes: Uint8Array): readonly string[] {
  try {
    return CFB.read(bytes, { type: 'array' }).FileIndex.map(({ name }: { readonly name: string }) =>
      name.toLowerCase(),
    )
  } catch (thrown) {
    throw damaged(detailOf(thrown))
  }
}

function parsed({ read }: Library, bytes: Uint8Array): WorkBook {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellFormula: false,
      cellHTML: false,
    })
  } catch (thrown) {
    const detail = detailOf(thrown)
    throw /password|encrypt/i.test(detail) ? unsupported('encrypted workbook') : damaged(detail)
  }
}

/** The library's words; where it fell over damaged records without noticing them, they are of no use to anybody. */
function detailOf(thrown: unknown): string {
  const isOversight = thrown instanceof TypeError || thrown instanceof RangeError
  return isOversight ? 'its records are damaged' : messageOf(thrown, 120)
}

function worksheet(name: string, visibility: Sheet['visibility'], sheet: WorkSheet, is1904: boolean): Sheet {
  const data: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? []
  const merges: readonly Merge[] = (sheet['!merges'] ?? []).map(({ s, e }) => ({
    top: s.r,
    left: s.c,
    bottom: e.r,
    right: e.c,
  }))
  async function* rows(signal: AbortSignal, progress: (share: number) => void) {
    for (let at = 0; at < data.length; at += batchRows) {
      signal.throwIfAborted()
      const batch: SheetRow[] = []
      for (let i = at; i < Math.min(data.length, at + batchRows); i++)
        batch.push(sheetRow(i, data[i] ?? [], is1904))
      yield batch
      progress(Math.min(1, (at + batchRows) / data.length))
    }
    return merges
  }
  return { name, visibility, isSmall: true, rows }
}

function sheetRow(index: number, source: readonly (CellObject | undefined)[], is1904: boolean): SheetRow {
  const flaws: Flaw[] = []
  const cells = Array.from(source, (cell, column) => {
    if (cell === undefined) return null
    if (cell.t === 'e') flaws.push({ column, kind: 'formula-errors' })
    const format = cell.t === 'n' ? timeFormat(String(cell.z ?? '')) : null
    if (cell.t === 'n' && format === null && isRuined(Number(cell.v)))
      flaws.push({ column, kind: 'ruined-identifiers' })
    return cellText(cell, format, is1904)
  })
  return { index, cells: cells.slice(0, cells.findLastIndex(cell => cell !== null) + 1), flaws }
}

function cellText(
  { t, v }: CellObject,
  format: ReturnType<typeof timeFormat>,
  is1904: boolean,
): string | null {
  if (v === undefined || v === '' || t === 'e' || t === 'z') return null
  if (typeof v === 'number') return numberText(v, format, is1904)
  return typeof v === 'string' ? v : String(v)
}

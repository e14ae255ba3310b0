import type { Merge } from '../grid/layout.ts'
import { type Book, type BookSheet, openBook } from './book.ts'
import type { SheetRow } from './cell.ts'
import { partText } from './part-text.ts'
import { readSharedStrings } from './shared-strings.ts'
import { SheetVisitor } from './sheet.ts'
import type { Sheet, Workbook } from './source.ts'
import { xmlParser } from './xml.ts'
import { openZip, type Zip } from './zip.ts'

const smallSheetBytes = 16 * 2 ** 20

/**
 * Opens an Office Open XML workbook (ECMA-376). Our own reader, because SheetJS holds a whole sheet as one text and one
 * object per cell, checks no checksum, and gives no rows and no error for more than 512 MiB of sheet XML.
 */
export async function openXlsx(bytes: Uint8Array, signal: AbortSignal): Promise<Workbook> {
  const zip = await openZip(bytes)
  const book = await openBook(zip, signal)
  let strings: Promise<readonly string[]> | null = null
  const shared = () => (strings ??= readSharedStrings(zip, book.sharedStrings, signal))
  return { sheets: book.sheets.map(sheet => worksheet(zip, book, sheet, shared)) }
}

function worksheet(
  zip: Zip,
  book: Book,
  { name, visibility, entry }: BookSheet,
  shared: () => Promise<readonly string[]>,
): Sheet {
  async function* rows(
    signal: AbortSignal,
    progress: (share: number) => void,
    wantsValues: () => boolean,
  ): AsyncGenerator<readonly SheetRow[], readonly Merge[]> {
    const visitor = new SheetVisitor(book, await shared(), wantsValues)
    const parser = xmlParser(visitor)
    let characters = 0
    for await (const text of partText(zip, entry, signal)) {
      parser.push(text)
      yield visitor.take()
      characters += text.length
      progress(Math.min(1, characters / Math.max(1, entry.bytes)))
    }
    parser.end()
    yield visitor.take()
    return visitor.merges
  }
  return { name, visibility, isSmall: entry.bytes <= smallSheetBytes, rows }
}

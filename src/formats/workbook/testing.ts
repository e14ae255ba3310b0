import { utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx'
import { type Made, zipOf } from '../archive/testing.ts'

/** A workbook of SheetJS as the bytes of a file. */
export function bytesOf(book: WorkBook, bookType: 'xlsx' | 'biff8' | 'biff5' | 'xlsb' = 'xlsx'): Uint8Array {
  return new Uint8Array(write(book, { type: 'array', bookType, compression: true }) as ArrayBuffer)
}

/** A workbook of sheets by name. */
export function bookOf(sheets: Readonly<Record<string, WorkSheet>>): WorkBook {
  const book = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name)
  return book
}

export function sheetOf(rows: readonly (readonly unknown[])[]): WorkSheet {
  return utils.aoa_to_sheet(rows.map(row => [...row]))
}

/** The parts of a document as a ZIP file without compression; `made` says what is special about each entry. */
export function packageOf(
  parts: Readonly<Record<string, string>>,
  made: (name: string) => Partial<Made> = () => ({}),
): Uint8Array {
  const entries = Object.entries(parts).map(([name, content]) => ({
    name,
    content,
    method: 0,
    ...made(name),
  }))
  return new Uint8Array(zipOf(entries))
}

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a workbook of one sheet, written by hand; `more` adds or replaces parts. */
export function minimalParts(
  sheet: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="a" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': '<workbook><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="b" Type="${relationships}/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="c" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="d" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  }
}

import { utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx'

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

/** The parts of a document as a ZIP file without compression; checksums as they must be unless given. */
export function zipOf(
  parts: Readonly<Record<string, string>>,
  crc: (bytes: Uint8Array) => number,
): Uint8Array {
  const encoder = new TextEncoder()
  const local: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const bytes = encoder.encode(text)
    const common = [20, 0, 0, 0, 0, crc(bytes), bytes.length, bytes.length, encoder.encode(name).length, 0]
    const header = record(0x04034b50, common, 'vvvvvVVVvv', encoder.encode(name))
    const entry = record(
      0x02014b50,
      [20, ...common, 0, 0, 0, 0, offset],
      'vvvvvvVVVvvvvvVV',
      encoder.encode(name),
    )
    local.push(header, bytes)
    central.push(entry)
    offset += header.length + bytes.length
  }
  const count = central.length
  const size = central.reduce((sum, { length }) => sum + length, 0)
  return joined([
    ...local,
    ...central,
    record(0x06054b50, [0, 0, count, count, size, offset, 0], 'vvvvVVv', null),
  ])
}

function record(
  magic: number,
  values: readonly number[],
  shape: string,
  name: Uint8Array | null,
): Uint8Array {
  const view = new DataView(
    new ArrayBuffer(4 + [...shape].reduce((sum, kind) => sum + (kind === 'v' ? 2 : 4), 0)),
  )
  view.setUint32(0, magic, true)
  let at = 4
  for (const [i, kind] of [...shape].entries()) {
    if (kind === 'v') view.setUint16(at, values[i] ?? 0, true)
    else view.setUint32(at, values[i] ?? 0, true)
    at += kind === 'v' ? 2 : 4
  }
  return joined([new Uint8Array(view.buffer), name ?? new Uint8Array()])
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
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

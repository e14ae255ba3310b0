import { constants, deflateRawSync } from 'node:zlib'
import { utils } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import {
  columnNames,
  failureOfReading,
  inspectAll,
  noSamples,
  readAll,
  sample,
  textRows,
  value,
} from '../testing.ts'
import { bookOf, bytesOf, minimalParts, packageOf, sheetOf } from './testing.ts'

async function readTable(bytes: Uint8Array, options = {}) {
  const read = await readAll(bytes, options)
  const { doubts, rowsRead } = value(read.summary)
  return { columns: columnNames(read).slice(1), rows: textRows(read), doubts, rowsRead }
}

const xml = (sheetData: string, behind = '') =>
  `<worksheet><sheetData>${sheetData}</sheetData>${behind}</worksheet>`
const zipped = (sheet: string, more: Readonly<Record<string, string>> = {}) =>
  packageOf(minimalParts(sheet, more))

/** Values as openpyxl 3.0.9 and xlrd 1.2.0 give them. */
describe.skipIf(noSamples)('files of others (skipped without ../shared/samples)', () => {
  test.each([
    ['frictionless-py/sheets.xlsx', ['id', 'name'], [['1', 'london']]],
    [
      'frictionless-datasets/excel/sample-2-sheets.xlsx',
      ['header1', 'header2', 'header3'],
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    [
      'frictionless-datasets/excel/sample-2-sheets.xls',
      ['header1', 'header2', 'header3'],
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    [
      'frictionless-datasets/wrong-extension-files/sample-1-sheet.txt',
      ['number', 'string', 'boolean'],
      [
        ['1', 'two', 'true'],
        ['3', 'four', 'false'],
      ],
    ],
    [
      'frictionless-py/preserve-formatting.xlsx',
      'empty,0,0.00,0.0000,0.00000,0.0000#,m/d/yy,d-mmm,mm/dd/yy,mmddyy,mmddyyam/pmdd'.split(','),
      [[null, ...Array(5).fill('1000.5577'), ...Array(4).fill('2040-05-20'), '2040-05-20T00:00:00']],
    ],
  ])('%s', async (path, columns, rows) => {
    expect(await readTable(sample(path))).toEqual({ columns, rows, doubts: [], rowsRead: rows.length })
  })

  test('titles are skipped and said', async () => {
    expect(await readTable(sample('frictionless-py/skip-rows.xlsx'))).toMatchObject({
      columns: ['A', 'B'],
      rows: [
        ['8', '9'],
        [null, 'TOTAL'],
      ],
      doubts: [{ kind: 'skipped-rows', rows: 1 }],
    })
  })

  test('headers of several merged rows are joined', async () => {
    const basket = 'Cumulative impact of changes on cost of food basket'
    expect(await readTable(sample('frictionless-py/multiline-headers.xlsx'))).toMatchObject({
      columns: [
        'Region',
        'Caloric contribution (%)',
        `${basket} from previous quarter`,
        `${basket} from baseline (%)`,
      ],
      rows: [['A', 'B', 'C', 'D']],
    })
  })

  test('a merged cell stands in all that it covers, or in the first alone', async () => {
    const bytes = sample('frictionless-py/merged-cells.xlsx')
    expect(await readTable(bytes)).toMatchObject({
      columns: ['data', 'data_2'],
      rows: [
        ['data', 'data'],
        ['data', 'data'],
      ],
      doubts: [{ kind: 'merged-cells', rows: 2 }, { kind: 'duplicate-header' }],
    })
    expect(await readTable(bytes, { mergedCells: 'first' })).toMatchObject({ columns: ['data'], rows: [] })
  })

  test('all worksheets are named with their visibility; a chart sheet is none', async () => {
    const seen = await inspectAll(sample('xlsx/any_sheets.xlsx'))
    expect(seen).toMatchObject({
      format: 'xlsx',
      part: 'Visible',
      parts: [
        { id: 'Visible', kind: 'sheet', visibility: 'visible', rows: 4 },
        { id: 'Hidden', kind: 'sheet', visibility: 'hidden', rows: 0 },
        { id: 'VeryHidden', kind: 'sheet', visibility: 'very-hidden', rows: 0 },
      ],
      layout: { skipRows: 0, headerRows: 0 },
      columns: ['column_1', 'column_2'],
      doubts: [{ kind: 'no-header' }],
    })
    expect(seen.preview[2]).toEqual(['5', '6'])
    expect(await failureOfReading(sample('xlsx/any_sheets.xlsx'), { part: 'Hidden' })).toMatchObject({
      kind: 'unreadable-file',
      detail: 'the sheet is empty',
    })
  })

  test.each([
    ['Sheet2', ['id', 'name'], ['2', 'paris']],
    ['Sheet3', ['id ', 'name'], ['3', 'rome']],
  ])('sheet %s can be chosen', async (part, columns, row) => {
    expect(await readTable(sample('frictionless-py/sheets.xlsx'), { part })).toMatchObject({
      columns,
      rows: [row],
    })
  })
})

describe.each(['xlsx', 'biff8'] as const)('values in %s, written by SheetJS', kind => {
  const write = (rows: readonly (readonly unknown[])[]) => bytesOf(bookOf({ S: sheetOf(rows) }), kind)

  test('texts, numbers, booleans and errors', async () => {
    const rows = [
      ['id', 'n', 'b', 'e'],
      ['007', 0.1, true, { t: 'e', v: 42 }],
      ['two\nlines', -1.5e-7, false, 'x'],
      [' blank ', 12345, null, null],
      ['中文', 1234567890.125, null, null],
    ]
    expect(await readTable(write(rows))).toEqual({
      columns: ['id', 'n', 'b', 'e'],
      rows: [
        ['007', '0.1', 'true', null],
        ['two\nlines', '-1.5e-7', 'false', 'x'],
        [' blank ', '12345', null, null],
        ['中文', '1234567890.125', null, null],
      ],
      doubts: [{ kind: 'formula-errors', column: 'e', row: 1, rows: 1 }],
      rowsRead: 4,
    })
  })

  test('long integers stay whole as far as doubles go, and are told', async () => {
    // 16 digits are exact in a double, 20 are not: in XLSX SheetJS writes 12345678901234567000, zeros and all.
    const rounded = kind === 'xlsx' ? '12345678901234567000' : '1.2345678901234567e+19'
    const table = await readTable(
      write([['id'], [1234567890123456], ['12345678901234567890'], [Number('12345678901234567890')]]),
    )
    expect(table.rows).toEqual([['1234567890123456'], ['12345678901234567890'], [rounded]])
    expect(table.doubts).toEqual([{ kind: 'ruined-identifiers', column: 'id', row: 1, rows: 2 }])
  })

  test('a column called __proto__ is one like any other', async () => {
    const table = await readTable(
      write([
        ['__proto__', 'constructor'],
        ['a', 'b'],
      ]),
    )
    expect(table).toMatchObject({ columns: ['__proto__', 'constructor'], rows: [['a', 'b']] })
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('credentials are dropped, in the head too', async () => {
    const bytes = write([['Title'], ['id', 'DeviceSecret', 'v'], ['a', 'hush', 1], ['b', 'hush', 2]])
    for (const options of [{}, { headerRows: 0, skipRows: 0 }, { skipRows: 2 }, { skipRows: 0 }]) {
      expect(JSON.stringify(await inspectAll(bytes, options))).not.toContain('hush')
      expect((await readTable(bytes, options)).rows.flat()).not.toContain('hush')
    }
    expect(await inspectAll(bytes)).toMatchObject({ columns: ['id', 'v'], droppedSecrets: ['DeviceSecret'] })
  })

  test('rows wider than the header keep every value', async () => {
    const table = await readTable(
      write([
        ['a', 'b'],
        [1, 2],
        [3, 4, 5],
        [6, 7],
      ]),
    )
    expect(table).toMatchObject({
      columns: ['a', 'b', 'column_3'],
      rows: [
        ['1', '2', null],
        ['3', '4', '5'],
        ['6', '7', null],
      ],
    })
    expect(table.doubts).toContainEqual({ kind: 'ragged-rows', rows: 1 })
  })

  test('hidden sheets are read when asked for, with a doubt', async () => {
    const book = bookOf({ A: sheetOf([['a'], [1]]), B: sheetOf([['b'], [2]]) })
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] }
    const bytes = bytesOf(book, kind)
    expect(await inspectAll(bytes)).toMatchObject({ part: 'B', doubts: [] })
    expect(await inspectAll(bytes, { part: 'A' })).toMatchObject({
      columns: ['a'],
      doubts: [{ kind: 'hidden-part' }],
    })
  })

  test('a long integer that is written in full keeps every digit', async () => {
    // excelize writes ids so; in openpyxl's and POI's exponents digits are lost, and staging takes them for no keys.
    const cells = ['86853301234567891', '-86853301234567891', '8.6853301234567888E+16', '868533012345678000']
    const rows = cells
      .map((cell, i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>${cell}</v></c></row>`)
      .join('')
    const header = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
    const table = await readTable(zipped(xml(`${header}${rows}`)))
    expect(table.rows).toEqual([
      ['86853301234567891'],
      ['-86853301234567891'],
      ['8.685330123456789e+16'],
      ['868533012345678000'],
    ])
    expect(table.doubts).toEqual([{ kind: 'ruined-identifiers', column: 'id', row: 1, rows: 4 }])
  })

  test('a table that stands aside and has blank rows', async () => {
    const sheet = utils.sheet_add_aoa(utils.aoa_to_sheet([]), [['a', 'b'], [1, 2], [], [3, 4]], {
      origin: 'C4',
    })
    const table = await readTable(bytesOf(bookOf({ S: sheet }), kind))
    expect(table).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      rowsRead: 2,
    })
  })
})

describe.each([
  ['xlsx', false],
  ['xlsx', true],
  ['biff8', false],
  ['biff8', true],
] as const)('times in %s, 1904: %s', (kind, date1904) => {
  const shift = date1904 ? 1462 : 0
  // 46204 = 2026-07-01 (46023 = 2026-01-01, + 31+28+31+30+31+30 = 181); 0.75 = 18:00; 1/3 = 08:00
  test.each([
    [46204 - shift, 'yyyy-mm-dd', '2026-07-01'],
    [46204.75 - shift, 'yyyy-mm-dd', '2026-07-01T18:00:00'],
    [46204 - shift, 'yyyy-mm-dd hh:mm', '2026-07-01T00:00:00'],
    [46204 + 1 / 3 - shift, 'm/d/yy h:mm', '2026-07-01T08:00:00'],
    [46204 + 28_799.9 / 86_400 - shift, 'yyyy/m/d h:mm:ss.0', '2026-07-01T07:59:59.900'],
    [46204 - shift, 'yyyy"年"m"月"d"日"', '2026-07-01'],
    [46204 - shift, '[$-804]yyyy\\-mm;@', '2026-07-01'],
    [0.75, 'h:mm', '18:00:00'],
    [0.75, '上午/下午h"时"mm"分"', '18:00:00'],
    [1.5, '[h]:mm', '36:00:00'],
    [0.00001, 'mm:ss.0', '00:00:00.864'],
    [0.25, '0%', '0.25'],
    [46204, '0.00E+00', '46204'],
    [46204, '#,##0.00 "days"', '46204'],
    [46204, '[Red]0;[Blue]-0', '46204'],
  ])('%f as %s is %s', async (serial, format, expected) => {
    const book = bookOf({ S: sheetOf([['v'], [{ t: 'n', v: serial, z: format }]]) })
    book.Workbook = { WBProps: { date1904 } }
    expect((await readTable(bytesOf(book, kind))).rows).toEqual([[expected]])
  })
})

describe('XLSX parts written by hand', () => {
  test.each([
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', '1900-02-29'],
    ['61', '1900-03-01'],
    ['2958465', '9999-12-31'],
    ['2958466', '2958466'],
    ['-1', '-1'],
    ['0', '0'],
  ])('day %s is %s', async (serial, expected) => {
    const styles = '<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
    const sheet = xml(
      `<row r="1"><c t="str"><v>d</v></c></row><row r="2"><c s="1"><v>${serial}</v></c></row>`,
    )
    expect((await readTable(zipped(sheet, { 'xl/styles.xml': styles }))).rows).toEqual([[expected]])
  })

  test('prefixes, rich text, escapes, missing references, cached formulas', async () => {
    const strings =
      '<x:sst xmlns:x="m"><x:si><x:r><x:t>a </x:t></x:r><x:r><x:t>b</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:si>' +
      '<x:si><x:t xml:space="preserve"> 1 &lt; 2 &amp; &#x4e2d;_x000D_ </x:t></x:si></x:sst>'
    const sheet =
      '<?xml version="1.0"?><!-- a > b --><x:worksheet xmlns:x="m"><x:sheetData>' +
      '<x:row><x:c t="inlineStr"><x:is><x:t>p</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:r><x:t>q</x:t></x:r></x:is></x:c><x:c t="str"><x:v>f</x:v></x:c></x:row>' +
      '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="str"><x:f>"a"&amp;"b"</x:f><x:v>ab</x:v></x:c></x:row>' +
      '<x:row><x:c><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c t="d"><x:v>2026-07-01T08:00:00</x:v></x:c><x:c><x:f>NOW()</x:f></x:c></x:row>' +
      '</x:sheetData></x:worksheet>'
    expect(await readTable(zipped(sheet, { 'xl/sharedStrings.xml': strings }))).toMatchObject({
      columns: ['p', 'q', 'f'],
      rows: [
        ['a b', ' 1 < 2 & 中\r ', 'ab'],
        ['2', '2026-07-01T08:00:00', null],
      ],
      doubts: [{ kind: 'formula-errors', column: 'f', row: 2, rows: 1 }],
    })
  })

  test.each([
    [
      'a row number beyond the last',
      xml('<row r="1048577"><c><v>1</v></c></row>'),
      'a row number is out of range',
    ],
    ['rows that go back', xml('<row r="2"><c><v>1</v></c></row><row r="1"/>'), 'the rows are not in order'],
    [
      'a column beyond the last',
      xml('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
      'a column is out of range',
    ],
    [
      'a text that is missing',
      xml('<row r="1"><c t="s"><v>9</v></c></row>'),
      'a cell points to a text that is missing',
    ],
    [
      'a sheet that breaks off',
      '<worksheet><sheetData><row r="1"><c><v>1</v></c></row>',
      'the XML ends too early',
    ],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${xml('')}`, 'the XML has a document type'],
    ['nothing at all', xml(''), 'no sheet of the workbook has content'],
  ])('%s is a failure', async (_, sheet, detail) => {
    expect(await failureOfReading(zipped(sheet))).toMatchObject({ kind: 'unreadable-file', detail })
  })

  test('a merged cell of a million rows makes no rows of its own', async () => {
    const sheet = xml(
      '<row r="1"><c t="str"><v>a</v></c></row><row r="2"><c><v>1</v></c></row>',
      '<mergeCells><mergeCell ref="B1:B1048576"/><mergeCell ref="A2:A1048576"/></mergeCells>',
    )
    expect((await readTable(zipped(sheet))).rows).toEqual([['1']])
  })

  test('a wrong checksum, a cut file and a list of too many parts are failures', async () => {
    const parts = minimalParts(xml('<row><c><v>1</v></c></row>'))
    expect(await failureOfReading(packageOf(parts, () => ({ crc: 7 })))).toMatchObject({
      detail: 'its checksum (CRC-32) does not match',
      where: 'entry _rels/.rels',
    })
    const whole = packageOf(parts)
    expect(await failureOfReading(whole.slice(0, -40))).toMatchObject({ kind: 'unreadable-file' })
    const many = Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`xl/${i}`, '']))
    expect(await failureOfReading(packageOf(many))).toMatchObject({ kind: 'over-limit', actual: 5001 })
  })

  test('what stands behind the container, and names of parts with backslashes, are of no matter', async () => {
    const sheet = xml('<row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row>')
    const whole = zipped(sheet)
    expect((await readTable(Buffer.concat([whole, Buffer.from('<!-- sent -->')]))).rows).toEqual([['1']])
    const parts = Object.entries(minimalParts(sheet)).map(([name, text]) => [
      name.replaceAll('/', '\\'),
      text,
    ])
    expect((await readTable(packageOf(Object.fromEntries(parts)))).rows).toEqual([['1']])
  })

  // Many names for one place would be read through again and again.
  test('parts that share bytes are refused', async () => {
    const parts = minimalParts(xml('<row><c><v>1</v></c></row>'), { 'xl/again.xml': '' })
    const bytes = packageOf(parts, name => (name === 'xl/again.xml' ? { offset: 0 } : {}))
    expect(await failureOfReading(bytes)).toMatchObject({ detail: 'entries of the archive overlap' })
  })
})

describe('what is no table of ours', () => {
  test('an unknown sheet', async () => {
    const bytes = bytesOf(bookOf({ S: sheetOf([['a'], [1]]) }))
    expect(await failureOfReading(bytes, { part: 'T' })).toMatchObject({
      kind: 'unreadable-file',
      detail: 'the workbook has no such sheet',
      where: 'T',
    })
  })

  test('XLSB is refused by name', async () => {
    const bytes = bytesOf(bookOf({ S: sheetOf([['a'], [1]]) }), 'xlsb')
    expect(await failureOfReading(bytes)).toMatchObject({
      kind: 'unknown-format',
      looksLike: 'XLSB workbook',
    })
  })

  test('a bomb is stopped by what comes out of it', async () => {
    // 300 blocks of 1 MiB, each a few KB when packed, then an empty last block
    const block = deflateRawSync(`<a>${' '.repeat(1017)}</a>`.repeat(2 ** 10), {
      finishFlush: constants.Z_SYNC_FLUSH,
    })
    const packed = new Uint8Array(Buffer.concat([...Array(300).fill(block), Buffer.of(3, 0)]))
    const bomb = packageOf(minimalParts(''), name =>
      name.endsWith('sheet1.xml') ? { method: 8, packed, bytes: packed.length } : {},
    )
    expect(await failureOfReading(bomb)).toMatchObject({
      kind: 'over-limit',
      limit: 'expansion ratio',
    })
  })
})

test('an encrypted workbook says so', async () => {
  const { CFB } = await import('@e965/xlsx')
  const container = CFB.utils.cfb_new()
  CFB.utils.cfb_add(container, '/EncryptedPackage', new Uint8Array(64))
  CFB.utils.cfb_add(container, '/EncryptionInfo', new Uint8Array(64))
  const bytes = new Uint8Array(CFB.write(container, { type: 'array' }) as ArrayBuffer)
  expect(await failureOfReading(bytes)).toMatchObject({
    kind: 'unsupported-feature',
    feature: 'encrypted workbook',
  })
})

test('text of Excel 95 is read in the code page that the file names', async () => {
  const bytes = bytesOf(bookOf({ S: sheetOf([['name'], ['AAAA']]) }), 'biff5')
  const at = (wanted: readonly number[]) =>
    bytes.findIndex((_, i) => wanted.every((byte, k) => bytes[i + k] === byte))
  // CodePage record: 1252 becomes 936; the label becomes the four bytes of GBK that say 设备
  bytes.set([0xa8, 0x03], at([0x42, 0, 2, 0, 0xe4, 0x04]) + 4)
  bytes.set([0xc9, 0xe8, 0xb1, 0xb8], at([0x41, 0x41, 0x41, 0x41]))
  expect((await readTable(bytes)).rows).toEqual([['设备']])
})

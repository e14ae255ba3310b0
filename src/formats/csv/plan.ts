import type { Dialect, Doubt, Layout, ReadOptions } from '../../domain/file.ts'
import { detectLayout, joinHeader } from '../grid/layout.ts'
import { header } from '../headers.ts'
import { type Input, limits } from '../input.ts'
import { damaged } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import { type Decoding, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import { excelDelimiter } from './delimiter.ts'
import { detectDialect } from './dialect.ts'
import { shapeDoubts } from './doubts.ts'
import { commonWidth, fullSample, type Head } from './sample.ts'
import type { CsvRecord } from './scanner.ts'

/** What is settled before the first row is sent. */
export interface Plan {
  readonly decoding: Decoding
  readonly dialect: Dialect
  readonly layout: Layout
  /** Records in front of the data that are read over: Excel's `sep=`, titles, the header. */
  readonly leading: number
  /** Fields of a record, the secret ones included. */
  readonly width: number
  /** Names of the columns that are sent. */
  readonly names: readonly string[]
  /** Which fields are sent, in the order of `names`. */
  readonly kept: readonly number[]
  readonly secrets: SecretFilter
  readonly doubts: readonly Doubt[]
  readonly head: Head
  /** The first data records. */
  readonly rows: readonly CsvRecord[]
}

export async function settle(input: Input): Promise<Plan> {
  const { options } = input
  const decoding = await detectEncoding(input)
  const head = await readHead(input, decoding)
  const excel = excelDelimiter(firstLine(head))
  const dialect = detectDialect(head, options, excel)
  const records = fullSample(head, dialect).slice(excel === null ? 0 : 1)
  const layout = { ...placeOf(records, options), mergedCells: options.mergedCells ?? 'repeat' } as const
  const data = layout.skipRows + layout.headerRows
  const above = records.slice(layout.skipRows, data)
  if (above.length < layout.headerRows || above.some(({ unpaired }) => unpaired) || records.length === 0)
    throw damaged('has no header row', `${records.length} lines of titles, ${layout.headerRows} of header`)
  const rows = records.slice(data)
  const width = widthOf(above, rows)
  const columns = columnsOf(above, rows, width)
  return {
    decoding,
    dialect,
    layout,
    leading: data + (excel === null ? 0 : 1),
    width,
    ...columns,
    doubts: [
      ...encodingDoubts(decoding),
      ...placeDoubts(layout, dialect),
      ...columns.doubts,
      ...shapeDoubts(above, rows, width),
    ],
    head,
    rows,
  }
}

async function readHead({ file }: Input, { encoding }: Decoding): Promise<Head> {
  const bytes = new Uint8Array(await file.slice(0, limits.headBytes).arrayBuffer())
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  if (text === '') throw damaged('the file has no text')
  const isWhole = file.size <= limits.headBytes
  if (!isWhole && !/[\r\n]/.test(text)) throw damaged(`no line ends in the first ${limits.headBytes} bytes`)
  return { bytes: new TextEncoder().encode(text), isWhole }
}

function firstLine({ bytes }: Head): string {
  return /^[^\r\n]*/.exec(new TextDecoder().decode(bytes.subarray(0, 64)))?.[0] ?? ''
}

function placeOf(records: readonly CsvRecord[], options: ReadOptions): Omit<Layout, 'mergedCells'> {
  // A first line whose quote is never closed is not made a title: below it no header would be right.
  const found = records[0]?.unpaired
    ? { skipRows: 0, headerRows: 1 }
    : detectLayout(records.slice(options.skipRows ?? 0).map(({ fields }) => fields))
  const skipRows = options.skipRows ?? found.skipRows
  return { skipRows, headerRows: options.headerRows ?? found.headerRows }
}

/**
 * The header's width, but the rows' where most rows end in delimiters that the header lacks, or the header in ones
 * that the rows lack: nothing is lost by either.
 */
function widthOf(above: readonly CsvRecord[], rows: readonly CsvRecord[]): number {
  const own = Math.max(0, ...above.map(({ fields }) => fields.length))
  const common = commonWidth(rows)
  const alike = rows.filter(({ fields }) => fields.length === common)
  if (own === 0) return common
  if (alike.length * 2 <= rows.length || common === own || common === 0) return own
  const wider = common > own ? alike : above
  const isEmpty = ({ fields }: CsvRecord) =>
    fields.slice(Math.min(own, common)).every(field => (field ?? '').trim() === '')
  return wider.every(isEmpty) ? common : own
}

function columnsOf(above: readonly CsvRecord[], rows: readonly CsvRecord[], width: number) {
  const grid = above.map(({ fields }) => fields)
  const raw = grid.length === 0 ? numbered(width) : joinHeader(grid, width)
  const { names, doubts } = header(raw)
  const secrets = new SecretFilter()
  // Where a table has no header its first row may be one all the same: what it names as secret stays out.
  const naming = grid.length === 0 ? rows.slice(0, 1).map(({ fields }) => fields) : grid
  const isSecret = (i: number) => namesAt(naming, i).filter(text => secrets.drops(text)).length > 0
  const kept = raw.flatMap((_, i) => (isSecret(i) ? [] : [i]))
  if (kept.length === 0) throw damaged('every column holds credentials; nothing is left to read')
  return { names: kept.map(i => names[i] ?? ''), kept, secrets, doubts }
}

/** What stands above a column, row by row; a gap takes the text to its left, in all rows but the last. */
function namesAt(naming: readonly CsvRecord['fields'][], column: number): readonly string[] {
  return naming.map((row, i) => {
    const filled = row.slice(0, column + 1).findLast(cell => (cell ?? '').trim() !== '')
    return (i < naming.length - 1 ? filled : row[column]) ?? ''
  })
}

function numbered(width: number): string[] {
  return Array.from({ length: width }, (_, i) => `column_${i + 1}`)
}

function placeDoubts({ skipRows, headerRows }: Layout, { decimal }: Dialect): readonly Doubt[] {
  const doubts: Doubt[] = []
  if (skipRows > 0) doubts.push({ kind: 'skipped-rows', rows: skipRows })
  if (headerRows === 0) doubts.push({ kind: 'no-header' })
  if (decimal === ',') doubts.push({ kind: 'decimal-comma' })
  return doubts
}

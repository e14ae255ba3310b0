import type { Doubt, Inspection, ReadSummary } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { Fingerprint } from '../bytes.ts'
import { type CsvRecord, CsvScanner } from '../csv/scanner.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { damaged } from '../refusal.ts'
import { type Decoding, decoded, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import { TextTable } from '../text/text-table.ts'
import { BlockColumns } from './block-columns.ts'
import { type Block, Blocks } from './blocks.ts'

/**
 * Annotated CSV of InfluxDB: all tables of the file as one. Its columns are those of all tables by name, in the order
 * in which they are met, and `_datatype`, what `#datatype` says of the row's `_value` (`double`, `long` …).
 */
export const annotatedCsv: Format = { inspect, read }

const delimiter = ','

async function inspect(input: Input): Promise<Inspection> {
  const decoding = await detectEncoding(input)
  const records = await headRecords(input, decoding)
  const columns = new BlockColumns()
  const found = new Blocks()
  const rows: { readonly record: CsvRecord; readonly block: Block }[] = []
  for (const record of records) {
    const isRow = found.isRow(record)
    if (found.block === null) continue
    columns.note(found.block)
    if (isRow && record.fields.length === found.block.width) rows.push({ record, block: found.block })
  }
  found.close()
  const { names, doubts } = columns.header()
  return {
    format: 'influx-csv',
    encoding: decoding.encoding,
    encodingEvidence: decoding.evidence,
    ...oneTable,
    columns: names,
    preview: rows
      .slice(0, limits.previewRows)
      .map(({ record, block }) => columns.values(block, record.fields)),
    declaredRows: null,
    droppedSecrets: columns.secrets.dropped,
    doubts: [...encodingDoubts(decoding), ...doubts, ...tableDoubts(found)],
  }
}

async function headRecords(input: Input, { encoding }: Decoding): Promise<readonly CsvRecord[]> {
  const head = await input.file.slice(0, limits.headBytes).arrayBuffer()
  const text = new TextDecoder(encoding).decode(head, { stream: true })
  return [...new CsvScanner(delimiter).push(text, input.file.size <= limits.headBytes)]
}

/** Two runs: the first for the columns of all tables, the second, which the hash belongs to, for the rows. */
async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const decoding = await detectEncoding(input)
  const columns = await allColumns(input, decoding)
  const fingerprint = new Fingerprint()
  const run = new Run(columns)
  const scanner = new CsvScanner(delimiter)
  for await (const text of decoded(input, decoding.encoding, fingerprint)) {
    for (const record of scanner.push(text, false)) run.take(record)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  for (const record of scanner.push('', true)) run.take(record)
  const rest = run.table.last()
  if (rest !== null) yield rest
  return run.account.close(fingerprint.hex(), input.file.size, {
    droppedSecrets: columns.secrets.dropped,
    doubts: [...encodingDoubts(decoding), ...columns.header().doubts, ...run.doubts()],
  })
}

async function allColumns(input: Input, { encoding }: Decoding): Promise<BlockColumns> {
  const columns = new BlockColumns()
  const found = new Blocks()
  const scanner = new CsvScanner(delimiter)
  const note = (record: CsvRecord) => {
    found.isRow(record)
    if (found.block !== null) columns.note(found.block)
  }
  for await (const text of decoded({ ...input, progress: () => {} }, encoding))
    for (const record of scanner.push(text, false)) note(record)
  for (const record of scanner.push('', true)) note(record)
  found.close()
  return columns
}

/** Counts the rows of one file and sends those that have their table's width. */
class Run {
  readonly account = new Account()
  readonly table: TextTable
  private readonly columns: BlockColumns
  private readonly found = new Blocks()
  private row = 0
  private strayQuotes = 0
  private firstStray = 0

  constructor(columns: BlockColumns) {
    this.columns = columns
    this.table = new TextTable(columns.header().names)
  }

  take(record: CsvRecord): void {
    if (!this.found.isRow(record)) return
    const { block } = this.found
    if (block === null) throw damaged('has no header row')
    this.row++
    if (record.strayQuote && this.strayQuotes++ === 0) this.firstStray = this.row
    const { fields } = record
    if (record.unpaired) this.account.reject(this.row, 'unpaired-quote', null, null)
    else if (fields.length !== block.width)
      this.account.reject(this.row, 'wrong-field-count', null, `${fields.length} / ${block.width}`)
    else if (block.first === 1 && fields[0])
      this.account.reject(this.row, 'wrong-field-count', null, fields[0])
    else {
      this.table.add(this.row, this.columns.values(block, fields))
      this.account.rowsSent++
    }
  }

  doubts(): readonly Doubt[] {
    const doubts: Doubt[] = [...tableDoubts(this.found)]
    if (this.strayQuotes > 0)
      doubts.push({ kind: 'quote-inside-field', row: this.firstStray, rows: this.strayQuotes })
    return doubts
  }
}

function tableDoubts({ count, comments }: Blocks): readonly Doubt[] {
  const doubts: Doubt[] = []
  if (count > 1) doubts.push({ kind: 'split-tables', rows: count })
  if (comments > 0) doubts.push({ kind: 'comment-lines', rows: comments })
  return doubts
}

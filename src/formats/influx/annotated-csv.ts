import type { Doubt, Inspection, ReadSummary } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { Fingerprint } from '../bytes.ts'
import { RecordScanner, type ScanDialect } from '../csv/record-scanner.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { damaged } from '../refusal.ts'
import { type Decoding, detectEncoding, encodingDoubts, utf8Pieces } from '../text/encoding.ts'
import { TextTable } from '../text/text-table.ts'
import { BlockColumns } from './block-columns.ts'
import { type Block, Blocks, textsOf } from './blocks.ts'

/**
 * Annotated CSV of InfluxDB: all tables of the file as one. Its columns are those of all tables by name, in the order
 * in which they are met, and `_datatype`, what `#datatype` says of the row's `_value` (`double`, `long` …).
 */
export const annotatedCsv: Format = { inspect, read }

const dialect: ScanDialect = { delimiter: ',', quote: '"', escape: 'doubled', comment: '', trim: false }

async function inspect(input: Input): Promise<Inspection> {
  const decoding = await detectEncoding(input)
  const scanner = new RecordScanner(dialect)
  scanner.push(await headBytes(input, decoding), input.file.size <= limits.headBytes)
  const columns = new BlockColumns()
  const found = new Blocks()
  const rows: { readonly fields: readonly (string | null)[]; readonly block: Block }[] = []
  for (const record of records(scanner)) {
    const isRow = found.isRow(record)
    const { block } = found
    if (block === null) continue
    columns.note(block)
    if (isRow && record?.count === block.width && rows.length < limits.previewRows)
      rows.push({ fields: textsOf(record), block })
  }
  found.close()
  const { names, doubts } = columns.header()
  return {
    format: 'influx-csv',
    encoding: decoding.encoding,
    encodingEvidence: decoding.evidence,
    ...oneTable,
    columns: names,
    preview: rows.map(({ fields, block }) => columns.values(block, fields)),
    declaredRows: null,
    droppedSecrets: columns.secrets.dropped,
    doubts: [...encodingDoubts(decoding), ...doubts, ...tableDoubts(found)],
  }
}

async function headBytes(input: Input, { encoding }: Decoding): Promise<Uint8Array> {
  const head = await input.file.slice(0, limits.headBytes).arrayBuffer()
  return new TextEncoder().encode(new TextDecoder(encoding).decode(head, { stream: true }))
}

/** The records in the bytes that the scanner was given; null for a line with a quote that is never closed. */
function* records(scanner: RecordScanner): Generator<RecordScanner | null> {
  for (let found = scanner.next(); found !== 'more'; found = scanner.next())
    yield found === 'record' ? scanner : null
}

/** The records of each piece of the file: an await for each record would cost more. */
async function* scanned(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<RecordScanner | null>> {
  const scanner = new RecordScanner(dialect)
  for await (const piece of bytes) {
    scanner.push(piece, false)
    yield records(scanner)
  }
  scanner.push(new Uint8Array(0), true)
  yield records(scanner)
}

/** Two runs: the first for the columns of all tables, the second, which the hash belongs to, for the rows. */
async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const decoding = await detectEncoding(input)
  const columns = await allColumns(input, decoding)
  const fingerprint = new Fingerprint()
  const run = new Run(columns)
  for await (const some of scanned(utf8Pieces(input, decoding.encoding, fingerprint))) {
    for (const record of some) run.take(record)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
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
  for await (const some of scanned(utf8Pieces({ ...input, progress: () => {} }, encoding)))
    for (const record of some) {
      found.isRow(record)
      if (found.block !== null) columns.note(found.block)
    }
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

  take(record: RecordScanner | null): void {
    if (!this.found.isRow(record)) return
    const { block } = this.found
    if (block === null) throw damaged('has no header row')
    this.row++
    if (record === null) {
      this.account.reject(this.row, 'unpaired-quote', null, null)
      return
    }
    if (record.strayQuote && this.strayQuotes++ === 0) this.firstStray = this.row
    if (record.count !== block.width)
      this.account.reject(this.row, 'wrong-field-count', null, `${record.count} / ${block.width}`)
    else if (block.first === 1 && record.text(0))
      this.account.reject(this.row, 'wrong-field-count', null, record.text(0))
    else {
      this.table.add(this.row, this.columns.values(block, textsOf(record)))
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

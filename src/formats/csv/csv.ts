import type { Doubt, Inspection, ReadSummary } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { Fingerprint } from '../bytes.ts'
import { type Header, header } from '../headers.ts'
import { type Format, type Input, limits, oneTable } from '../input.ts'
import { damaged } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import { type Decoding, decoded, detectEncoding, encodingDoubts } from '../text/encoding.ts'
import { TextTable } from '../text/text-table.ts'
import { detectDelimiter, sample, shapeDoubts } from './dialect.ts'
import { type CsvRecord, CsvScanner, isBlank } from './scanner.ts'

export const csv: Format = { inspect, read }

/** What is settled before the first row is sent. */
interface Dialect {
  readonly decoding: Decoding
  readonly delimiter: string
  readonly header: Header
  /** Fields of a record, the secret ones included. */
  readonly width: number
  /** Which fields are sent, in the order of `header.names`. */
  readonly kept: readonly number[]
  readonly secrets: SecretFilter
  readonly doubts: readonly Doubt[]
  readonly head: readonly CsvRecord[]
}

async function settle(input: Input): Promise<Dialect> {
  const decoding = await detectEncoding(input)
  const text = await headText(input, decoding)
  const isWhole = input.file.size <= limits.headBytes
  const delimiter = input.options.delimiter ?? detectDelimiter(text, isWhole)
  const records = sample(text, delimiter, isWhole)
  const [first] = records
  if (first === undefined || first.unpaired) throw damaged('has no header row')
  const raw = first.fields.map(field => field ?? '')
  const names = header(raw)
  const secrets = new SecretFilter()
  const kept = raw.flatMap((name, i) => (secrets.drops(name) ? [] : [i]))
  if (kept.length === 0) throw damaged('every column holds credentials; nothing is left to read')
  return {
    decoding,
    delimiter,
    header: { ...names, names: kept.map(i => names.names[i] ?? '') },
    width: first.fields.length,
    kept,
    secrets,
    doubts: [...encodingDoubts(decoding), ...names.doubts, ...shapeDoubts(records)],
    head: records.slice(1),
  }
}

async function headText(input: Input, { encoding }: Decoding): Promise<string> {
  const head = { ...input, file: input.file.slice(0, limits.headBytes), progress: () => {} }
  const bytes = new Uint8Array(await head.file.arrayBuffer())
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  if (text === '') throw damaged('the file has no text')
  return text
}

async function inspect(input: Input): Promise<Inspection> {
  const dialect = await settle(input)
  const rows = dialect.head.filter(record => record.fields.length === dialect.width)
  const preview = rows.slice(0, limits.previewRows).map(record => values(record, dialect))
  return {
    format: 'csv',
    encoding: dialect.decoding.encoding,
    encodingEvidence: dialect.decoding.evidence,
    ...oneTable,
    dialect: {
      delimiter: dialect.delimiter,
      quote: '"',
      escape: 'doubled',
      comment: '',
      trim: false,
      decimal: '.',
    },
    layout: { skipRows: 0, headerRows: 1, mergedCells: 'repeat' },
    columns: dialect.header.names,
    preview,
    declaredRows: null,
    droppedSecrets: dialect.secrets.dropped,
    doubts: [...dialect.doubts, ...raggedness(dialect)],
  }
}

function raggedness({ head, width }: Dialect): readonly Doubt[] {
  const rows = head.filter(record => record.fields.length !== width).length
  return rows === 0 ? [] : [{ kind: 'ragged-rows', rows }]
}

async function* read(input: Input): AsyncGenerator<Uint8Array, ReadSummary> {
  const dialect = await settle(input)
  const fingerprint = new Fingerprint()
  const run = new CsvRun(dialect)
  const scanner = new CsvScanner(dialect.delimiter)
  for await (const text of decoded(input, dialect.decoding.encoding, fingerprint)) {
    for (const record of scanner.push(text, false)) run.take(record)
    const chunk = run.table.ready()
    if (chunk !== null) yield chunk
  }
  for (const record of scanner.push('', true)) run.take(record)
  const rest = run.table.last()
  if (rest !== null) yield rest
  return run.account.close(fingerprint.hex(), input.file.size, {
    droppedSecrets: dialect.secrets.dropped,
    doubts: [...dialect.doubts, ...run.doubts()],
  })
}

/** Counts the records of one file and sends those that have the header's width. */
class CsvRun {
  readonly account = new Account()
  readonly table: TextTable
  private readonly dialect: Dialect
  private row = 0
  private blanks = 0
  private ragged = 0
  private strayQuotes = 0
  private firstStray = 0
  private headerSeen = false

  constructor(dialect: Dialect) {
    this.dialect = dialect
    this.table = new TextTable(dialect.header.names)
  }

  /** A blank line is no row, but in a file of one column an absent value, unless it ends the file. */
  take(record: CsvRecord): void {
    if (isBlank(record)) {
      if (this.headerSeen && this.dialect.width === 1) this.blanks++
      return
    }
    if (!this.headerSeen) {
      this.headerSeen = true
      return
    }
    for (; this.blanks > 0; this.blanks--) this.send({ fields: [null], unpaired: false, strayQuote: false })
    this.send(record)
  }

  private send(record: CsvRecord): void {
    this.row++
    if (record.strayQuote && this.strayQuotes++ === 0) this.firstStray = this.row
    if (record.unpaired) {
      this.account.reject(this.row, 'unpaired-quote', null, null)
    } else if (record.fields.length !== this.dialect.width) {
      this.ragged++
      const counts = `${record.fields.length} / ${this.dialect.width}`
      this.account.reject(this.row, 'wrong-field-count', null, counts)
    } else {
      this.table.add(this.row, values(record, this.dialect))
      this.account.rowsSent++
    }
  }

  doubts(): readonly Doubt[] {
    const doubts: Doubt[] = []
    if (this.ragged > 0) doubts.push({ kind: 'ragged-rows', rows: this.ragged })
    if (this.strayQuotes > 0)
      doubts.push({ kind: 'quote-inside-field', row: this.firstStray, rows: this.strayQuotes })
    return doubts
  }
}

/** One row in the order of the sent columns; a loop, because it runs for every row of the file. */
function values({ fields }: CsvRecord, { kept, header, secrets }: Dialect): (string | null)[] {
  const row: (string | null)[] = []
  for (let i = 0; i < kept.length; i++) {
    const value = fields[kept[i] ?? 0] ?? null
    row.push(value === null ? null : secrets.scrub(header.names[i] ?? '', value))
  }
  return row
}

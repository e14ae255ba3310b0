import type { Doubt } from '../../domain/file.ts'
import { Account } from '../account.ts'
import type { TextColumn } from '../arrow/text-column.ts'
import { TextTable } from '../text/text-table.ts'
import type { Plan } from './plan.ts'
import { kinds, RecordScanner } from './record-scanner.ts'
import { standAlone } from './stacked.ts'

const [blank, quote, bracket, brace] = [32, 34, 91, 123] as const
const byteOrderMark = [0xef, 0xbb, 0xbf] as const
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Counts the records of one file and sends those that have the table's width. */
export class CsvRun {
  readonly account = new Account()
  readonly table: TextTable
  private readonly plan: Plan
  private readonly scanner: RecordScanner
  private leading: number
  private row = 0
  private blanks = 0
  private comments = 0
  private ragged = 0
  private readonly strayQuotes = new Sightings('quote-inside-field')
  private readonly swallowed = new Sightings('lines-inside-field')

  constructor(plan: Plan) {
    this.plan = plan
    this.leading = plan.leading
    this.table = new TextTable(plan.names)
    this.scanner = new RecordScanner(plan.dialect)
  }

  /** Takes every record that is complete once these bytes are there; `last` says that nothing follows. */
  push(bytes: Uint8Array, last: boolean): void {
    const { scanner } = this
    scanner.push(bytes, last)
    for (let found = scanner.next(); found !== 'more'; found = scanner.next()) {
      if (found === 'comment') this.comments++
      else if (found === 'record' && scanner.isBlank) this.takeBlank()
      else if (this.leading > 0) this.leading--
      else this.take(found === 'unpaired')
    }
  }

  /** A blank line is no row, but in a file of one column an absent value, unless it ends the file. */
  private takeBlank(): void {
    if (this.leading === 0 && this.plan.width === 1) this.blanks++
  }

  private take(isUnpaired: boolean): void {
    for (; this.blanks > 0; this.blanks--) this.sendBlank()
    const { scanner } = this
    const row = ++this.row
    const fits = scanner.count === this.plan.width
    const holdsRows = !isUnpaired && scanner.multiline && standAlone(scanner, this.plan)
    if (isUnpaired || (holdsRows && !fits)) {
      if (!isUnpaired) scanner.retreat()
      this.account.reject(row, 'unpaired-quote', null, null)
    } else {
      if (holdsRows) this.swallowed.note(row)
      if (scanner.strayQuote) this.strayQuotes.note(row)
      if (fits) this.send(row)
      else this.rejectWidth(row)
    }
  }

  private rejectWidth(row: number): void {
    this.ragged++
    const counts = `${this.scanner.count} / ${this.plan.width}`
    this.account.reject(row, 'wrong-field-count', null, counts)
  }

  private sendBlank(): void {
    for (const column of this.table.columns) column.addNull()
    this.table.endRow(++this.row, 0)
    this.account.rowsSent++
  }

  private send(row: number): void {
    const { scanner, table } = this
    const { kept } = this.plan
    for (let i = 0; i < kept.length; i++) this.sendField(i, kept[i] as number)
    table.endRow(row, scanner.at - scanner.start)
    this.account.rowsSent++
  }

  private sendField(i: number, field: number): void {
    const { scanner } = this
    const column = this.table.columns[i] as TextColumn
    const from = scanner.starts[field] as number
    const to = scanner.ends[field] as number
    const kind = scanner.kinds[field]
    const source = kind === kinds.cooked ? scanner.cooked : scanner.bytes
    if (from === to && kind === kinds.plain) column.addNull()
    else if (mayHoldJson(source, from, to)) column.addText(this.scrubbed(i, source.subarray(from, to)))
    else column.addBytes(source, from, to)
  }

  private scrubbed(column: number, bytes: Uint8Array): string {
    return this.plan.secrets.scrub(this.plan.names[column] ?? '', decoder.decode(bytes))
  }

  doubts(): readonly Doubt[] {
    const doubts: Doubt[] = []
    if (this.comments > 0) doubts.push({ kind: 'comment-lines', rows: this.comments })
    if (this.ragged > 0) doubts.push({ kind: 'ragged-rows', rows: this.ragged })
    return [...doubts, ...this.strayQuotes.doubts(), ...this.swallowed.doubts()]
  }
}

/** Rows in which one thing was seen: the first, and how many. */
class Sightings {
  private readonly kind: Doubt['kind']
  private first = 0
  private rows = 0

  constructor(kind: Doubt['kind']) {
    this.kind = kind
  }

  note(row: number): void {
    if (this.rows++ === 0) this.first = row
  }

  doubts(): readonly Doubt[] {
    return this.rows === 0 ? [] : [{ kind: this.kind, row: this.first, rows: this.rows }]
  }
}

/** `mayBeJson` for bytes, with more than the first looked at: behind blanks or a byte order mark anything may follow. */
function mayHoldJson(source: Uint8Array, from: number, to: number): boolean {
  let i = from
  while (i < to && (source[i] as number) <= blank) i++
  const first = i < to ? source[i] : 0
  if (first === brace || first === bracket || first === quote) return true
  return (
    first === byteOrderMark[0] && source[i + 1] === byteOrderMark[1] && source[i + 2] === byteOrderMark[2]
  )
}

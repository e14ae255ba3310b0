import type { Doubt } from '../../domain/file.ts'
import { Account } from '../account.ts'
import { RowRanges } from '../text/row-ranges.ts'
import { TextTable } from '../text/text-table.ts'
import type { Plan } from './plan.ts'
import { kinds, RecordScanner } from './record-scanner.ts'
import { standAlone } from './stacked.ts'

const [blank, quote, bracket, brace] = [32, 34, 91, 123] as const
const byteOrderMark = [0xef, 0xbb, 0xbf] as const
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Counts the records of one file and sends those that have the table's width. */
export class CsvRun {
  readonly account = new Account()
  readonly table: TextTable
  private readonly ranges: RowRanges
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
    this.ranges = new RowRanges(this.table)
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
    this.ranges.flush(scanner.bytes)
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
    for (const _ of this.plan.kept) this.ranges.addNull()
    this.ranges.endRow(++this.row, this.scanner.bytes)
    this.account.rowsSent++
  }

  private send(row: number): void {
    const { kept } = this.plan
    const { starts, ends, kinds: held, bytes } = this.scanner
    for (let i = 0; i < kept.length; i++) {
      const field = kept[i] as number
      const from = starts[field] as number
      const to = ends[field] as number
      const kind = held[field]
      if (from === to && kind === kinds.plain) this.ranges.addNull()
      else if (kind === kinds.cooked || mayHoldJson(bytes, from, to)) this.sendOdd(i, from, to, kind)
      else this.ranges.addRange(from, to)
    }
    this.ranges.endRow(row, bytes)
    this.account.rowsSent++
  }

  /** A field that was rewritten, or that may be JSON with secrets in it. */
  private sendOdd(i: number, from: number, to: number, kind: number | undefined): void {
    const { scanner, plan } = this
    const field = (kind === kinds.cooked ? scanner.cooked : scanner.bytes).subarray(from, to)
    const scrub = () => encoder.encode(plan.secrets.scrub(plan.names[i] ?? '', decoder.decode(field)))
    this.ranges.addCopy(mayHoldJson(field, 0, field.length) ? scrub() : field)
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

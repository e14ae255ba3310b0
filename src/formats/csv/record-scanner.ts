import type { Dialect } from '../../domain/file.ts'
import { limits } from '../input.ts'
import { overLimit, unsupported } from '../refusal.ts'

/** What the scanner must know of a dialect. */
export type ScanDialect = Pick<Dialect, 'delimiter' | 'quote' | 'escape' | 'comment' | 'trim'>

/** What stands next in the bytes; `more` when its end is not there yet, or nothing is left. */
export type Found = 'record' | 'unpaired' | 'comment' | 'more'

type Step = 'field' | 'unpaired' | 'more'

/** How a field's bytes are held: as they stand without or with quotes, or rewritten in `cooked`. */
export const kinds = { plain: 0, quoted: 1, cooked: 2 } as const

const lineFeed = 10
const carriageReturn = 13
const backslash = 92
/** A longer record without an end is taken for damage. */
const recordBytes = 4 * limits.fieldBytes
/** Of a wider record only the width is known. */
const heldFields = limits.columns + 1
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Cuts UTF-8 bytes into the records of a CSV file, piece by piece. It works on bytes and leaves a record's fields as
 * ranges of them, because a string or an array per field would cost more than all the rest of the reader; this file
 * runs for every byte of a file, and is written for speed first.
 *
 * Beyond RFC 4180: a quote in the middle of a field stands for itself (`strayQuote`), and where a quote is never
 * closed, or closes in the middle of a later line, the line is `unpaired` and reading goes on with the next.
 */
export class RecordScanner {
  /** Width of the record; its first 10,001 fields have a place in `starts`, `ends` and `kinds`. */
  count = 0
  starts = new Int32Array(64)
  ends = new Int32Array(64)
  kinds = new Uint8Array(64)
  bytes: Uint8Array = new Uint8Array(1)
  cooked: Uint8Array = new Uint8Array(256)
  strayQuote = false
  /** A line ends inside one of its fields. */
  multiline = false
  /** Where the record begins in `bytes`. */
  start = 0
  /** Where reading goes on in `bytes`. */
  at = 0
  private end = 0
  private last = false
  private cookedLength = 0
  private readonly delimiter: Uint8Array
  private readonly quote: number
  private readonly comment: Uint8Array
  private readonly escapes: boolean
  private readonly trim: boolean
  /** 0 = part of a plain field, 1 = may end it, 2 = asks for a closer look. */
  private readonly plainStops = new Uint8Array(256)
  private readonly quotedStops = new Uint8Array(256)

  constructor(dialect: ScanDialect) {
    this.delimiter = encoder.encode(dialect.delimiter)
    this.quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0)
    this.comment = encoder.encode(dialect.comment)
    this.escapes = dialect.escape === 'backslash'
    this.trim = dialect.trim
    checkDialect(dialect, this.delimiter)
    this.markStops()
  }

  private markStops(): void {
    const { plainStops, quotedStops, delimiter, quote } = this
    for (const code of [lineFeed, carriageReturn]) plainStops[code] = quotedStops[code] = 1
    plainStops[delimiter[0] ?? 0] = delimiter.length === 1 ? 1 : 2
    if (quote >= 0) plainStops[quote] = quotedStops[quote] = 2
    if (this.escapes) plainStops[backslash] = quotedStops[backslash] = 2
  }

  /** Takes the next bytes of the file; `last` says that nothing follows. Ranges found before are no longer valid. */
  push(piece: Uint8Array, last: boolean): void {
    const rest = this.end - this.at
    if (rest > recordBytes) throw overLimit('bytes in one CSV record', rest, recordBytes)
    const length = rest + piece.length
    const isRoomy = length < this.bytes.length
    const bytes = isRoomy ? this.bytes : new Uint8Array(length + (length >> 3) + 1)
    bytes.set(this.bytes.subarray(this.at, this.end))
    bytes.set(piece, rest)
    // Behind the end a line feed stops every loop.
    bytes[length] = lineFeed
    this.bytes = bytes
    this.end = length
    this.at = 0
    this.last = last
  }

  /** The next record; a `more` leaves everything where it was. */
  next(): Found {
    if (this.at >= this.end) return 'more'
    this.start = this.at
    this.count = 0
    this.cookedLength = 0
    this.strayQuote = false
    this.multiline = false
    if (this.comment.length > 0) {
      if (this.isCut(this.at, this.comment)) return 'more'
      if (this.isAt(this.comment, this.at)) return this.skipLine('comment')
    }
    const step = this.fields()
    if (step === 'unpaired') return this.skipLine('unpaired')
    if (step === 'field' && this.endLine()) return 'record'
    this.at = this.start
    return 'more'
  }

  /** Takes the record back up to the end of its first line, as where a quote of it was never closed. */
  retreat(): void {
    this.at = this.start
    this.skipLine('unpaired')
  }

  /** One field as text; null where it is empty and without quotes. */
  text(i: number): string | null {
    const [from, to, kind] = [this.starts[i] ?? 0, this.ends[i] ?? 0, this.kinds[i]]
    if (from === to && kind === kinds.plain) return null
    return decoder.decode((kind === kinds.cooked ? this.cooked : this.bytes).subarray(from, to))
  }

  /** A line with nothing on it. */
  get isBlank(): boolean {
    return this.count === 1 && this.starts[0] === this.ends[0] && this.kinds[0] === kinds.plain
  }

  private fields(): Step {
    const { bytes, plainStops, quote, delimiter, trim } = this
    const single = delimiter.length === 1 ? (delimiter[0] ?? 0) : -1
    for (;;) {
      let i = this.at
      if (trim) i = this.at = this.behindBlanks(i)
      if (bytes[i] === quote && i < this.end) {
        const step = this.quoted()
        if (step !== 'field') return step
      } else {
        while (plainStops[bytes[i] as number] === 0) i++
        if (plainStops[bytes[i] as number] === 2 || i >= this.end) {
          if (!this.oddPlain()) return 'more'
        } else {
          this.put(this.at, i, kinds.plain)
          this.at = i
        }
      }
      if (bytes[this.at] === single && this.at < this.end) this.at++
      else if (single < 0 && this.isDelimiter(this.at)) this.at += delimiter.length
      else return 'field'
    }
  }

  private put(from: number, to: number, kind: number): void {
    if (to - from > limits.fieldBytes) throw overLimit('bytes in one CSV field', to - from, limits.fieldBytes)
    const i = this.count++
    if (i >= this.starts.length && !this.grow()) return
    this.starts[i] = from
    this.ends[i] = this.trim && kind === kinds.plain ? this.beforeBlanks(from, to) : to
    this.kinds[i] = kind
  }

  private grow(): boolean {
    if (this.starts.length >= heldFields) return false
    const length = Math.min(this.starts.length * 4, heldFields)
    this.starts = grown(this.starts, new Int32Array(length))
    this.ends = grown(this.ends, new Int32Array(length))
    this.kinds = grown(this.kinds, new Uint8Array(length))
    return true
  }

  /** A field without quotes around it, whatever stands in it; false when its end is not there yet. */
  private oddPlain(): boolean {
    const from = this.at
    const end = this.plainEnd(from)
    if (end < 0) return false
    const isCooked = this.escapes && this.bytes.subarray(from, end).includes(backslash)
    if (isCooked) {
      const start = this.cookedLength
      this.cook(from, this.trim ? this.beforeBlanks(from, end) : end, false)
      this.put(start, this.cookedLength, kinds.cooked)
    } else this.put(from, end, kinds.plain)
    this.at = end
    return true
  }

  /** Where a field without quotes ends, or -1 when its end is not there yet. */
  private plainEnd(from: number): number {
    const { bytes, plainStops, end } = this
    for (let i = from; ; i++) {
      while (plainStops[bytes[i] as number] === 0) i++
      if (i >= end) return this.last ? end : -1
      if (this.isCut(i, this.delimiter)) return -1
      const code = bytes[i]
      if (code === lineFeed || code === carriageReturn || this.isDelimiter(i)) return i
      if (code === this.quote) this.strayQuote = true
      else if (code === backslash && this.escapes) {
        if (i + 2 >= end && !this.last) return -1
        i = this.behindEscape(i) - 1
      }
    }
  }

  /** Behind a backslash and what it protects: the two bytes of a CRLF, else one. */
  private behindEscape(i: number): number {
    const code = this.bytes[i + 1]
    if (code === lineFeed || code === carriageReturn) this.multiline = true
    const isPair = code === carriageReturn && this.bytes[i + 2] === lineFeed
    return Math.min(i + (isPair ? 3 : 2), this.end)
  }

  private quoted(): Step {
    const from = this.at + 1
    const { bytes, quotedStops, quote, end } = this
    let isOdd = false
    let i = from
    for (;;) {
      while (quotedStops[bytes[i] as number] === 0) i++
      if (i >= end) return this.last || end - from > limits.fieldBytes ? 'unpaired' : 'more'
      const code = bytes[i]
      if (code === quote) {
        if (i + 1 >= end && !this.last) return 'more'
        if (bytes[i + 1] !== quote || i + 1 >= end) break
        isOdd = true
        i += 2
      } else if (code === backslash && this.escapes) {
        if (i + 2 >= end && !this.last) return 'more'
        isOdd = true
        i = this.behindEscape(i)
      } else {
        this.multiline = true
        i++
      }
    }
    return this.closed(from, i, isOdd)
  }

  /** The field whose quote closes at `close`. */
  private closed(from: number, close: number, isOdd: boolean): Step {
    const next = this.trim ? this.behindBlanks(close + 1) : close + 1
    if (this.isCut(next, this.delimiter)) return 'more'
    if (!this.isFieldEnd(next)) return this.tail(from, close)
    this.at = next
    if (!isOdd) this.put(from, close, kinds.quoted)
    else {
      const start = this.cookedLength
      this.cook(from, close, true)
      this.put(start, this.cookedLength, kinds.cooked)
    }
    return 'field'
  }

  /** A quote that closes somewhere else than at a field's end, lines later, was no opening quote. */
  private tail(from: number, close: number): Step {
    if (this.multiline) return 'unpaired'
    this.strayQuote = true
    const end = this.plainEnd(close + 1)
    if (end < 0) return 'more'
    const start = this.cookedLength
    this.cook(from, close, true)
    this.cook(close + 1, this.trim ? this.beforeBlanks(close + 1, end) : end, false)
    this.put(start, this.cookedLength, kinds.cooked)
    this.at = end
    return 'field'
  }

  /**
   * Rewrites a part of a field: inside quotes a doubled quote as one; no backslash before what it protects, any
   * other (`C:\\new`) as it stands.
   */
  private cook(from: number, to: number, isQuoted: boolean): void {
    const needed = this.cookedLength + to - from
    if (needed > this.cooked.length) this.cooked = grown(this.cooked, new Uint8Array(needed * 2))
    const { bytes, cooked, quote } = this
    let length = this.cookedLength
    for (let i = from; i < to; i++) {
      const code = bytes[i] as number
      if (isQuoted && code === quote && bytes[i + 1] === quote && i + 1 < to) i++
      else if (code === backslash && this.escapes && i + 1 < to && this.isProtected(i + 1)) i++
      cooked[length++] = bytes[i] as number
    }
    this.cookedLength = length
  }

  private isProtected(i: number): boolean {
    const code = this.bytes[i]
    if (code === lineFeed || code === carriageReturn || code === backslash) return true
    return code === this.quote || this.isDelimiter(i)
  }

  private isDelimiter(at: number): boolean {
    const { delimiter, bytes } = this
    if (bytes[at] !== delimiter[0] || at >= this.end) return false
    return delimiter.length === 1 || this.isAt(delimiter, at)
  }

  private isAt(text: Uint8Array, at: number): boolean {
    for (let i = 0; i < text.length; i++) if (this.bytes[at + i] !== text[i]) return false
    return at + text.length <= this.end
  }

  /** Whether `text` stands at `at` is not known before more bytes are there. */
  private isCut(at: number, text: Uint8Array): boolean {
    return at + text.length > this.end && !this.last
  }

  private isFieldEnd(at: number): boolean {
    const code = this.bytes[at]
    return at >= this.end || code === lineFeed || code === carriageReturn || this.isDelimiter(at)
  }

  private isBlankAt(i: number): boolean {
    const code = this.bytes[i]
    return (code === 32 || code === 9) && !this.isDelimiter(i)
  }

  private behindBlanks(from: number): number {
    let i = from
    while (this.isBlankAt(i)) i++
    return i
  }

  private beforeBlanks(from: number, to: number): number {
    let i = to
    while (i > from && this.isBlankAt(i - 1)) i--
    return i
  }

  private skipLine(found: 'unpaired' | 'comment'): Found {
    const { bytes, end } = this
    let i = this.start
    while (i < end && bytes[i] !== lineFeed && bytes[i] !== carriageReturn) i++
    this.at = i
    if (this.endLine()) return found
    this.at = this.start
    return 'more'
  }

  /** Steps over LF, CRLF or CR; false when the end of the line is not there yet. */
  private endLine(): boolean {
    if (this.at >= this.end) return this.last
    if (this.bytes[this.at] === carriageReturn) {
      if (this.at + 1 >= this.end && !this.last) return false
      this.at++
      if (this.at >= this.end || this.bytes[this.at] !== lineFeed) return true
    }
    this.at++
    return true
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

function checkDialect({ delimiter, quote, comment }: ScanDialect, bytes: Uint8Array): void {
  if ([...delimiter].length !== 1)
    throw unsupported(`the delimiter “${delimiter}”, which is not one character`)
  if (quote.length > 1 || quote.charCodeAt(0) > 126) throw unsupported(`the quote “${quote}”`)
  const own = new Set([lineFeed, carriageReturn])
  if (own.has(bytes[0] ?? 0) || delimiter === quote || comment.startsWith('\n'))
    throw unsupported('a delimiter that is also a quote or a line end')
}

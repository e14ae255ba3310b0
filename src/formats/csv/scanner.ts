import { limits } from '../input.ts'
import { overLimit } from '../refusal.ts'

/** One record of a CSV file as it stands. */
export interface CsvRecord {
  /** null for an empty field without quotes, '' for `""`. */
  readonly fields: readonly (string | null)[]
  /** A quote that is never closed: `fields` is empty, and reading goes on with the next line. */
  readonly unpaired: boolean
  /** A quote in the middle of a field without quotes, or text behind a closing quote. */
  readonly strayQuote: boolean
}

const quote = 34
const lineFeed = 10
const carriageReturn = 13
/** A longer record without an end is taken for damage. */
const recordCharacters = 4 * limits.fieldBytes

/**
 * Cuts text into the records of RFC 4180, piece by piece. Our own, because csv-parse 7 reads 10 MB/s in Node and
 * 0.7 MB/s in its browser build (300,000 records of 75 bytes; this scanner 60 MB/s), and cannot go on
 * behind a quote that is never closed.
 */
export class CsvScanner {
  private readonly delimiter: number
  private rest = ''
  private text = ''
  private at = 0
  private last = false
  private strayQuote = false

  constructor(delimiter: string) {
    this.delimiter = delimiter.charCodeAt(0)
  }

  /** The records that are complete once `piece` is there; `last` says that nothing follows. */
  *push(piece: string, last: boolean): Generator<CsvRecord> {
    this.text = this.rest + piece
    this.last = last
    let start = 0
    while (start < this.text.length) {
      this.at = start
      const record = this.record(start)
      if (record === null) break
      yield record
      start = this.at
    }
    this.rest = this.text.slice(start)
    if (this.rest.length > recordCharacters)
      throw overLimit('characters in one CSV record', this.rest.length, recordCharacters)
  }

  /** The record at `start`, or null when its end is not there yet. Leaves `at` behind its line end. */
  private record(start: number): CsvRecord | null {
    const fields: (string | null)[] = []
    this.strayQuote = false
    for (;;) {
      const field = this.text.charCodeAt(this.at) === quote ? this.quoted(start) : this.plain()
      if (field === more) return null
      if (field === unpaired) return this.skipLine(start)
      fields.push(field)
      const code = this.text.charCodeAt(this.at)
      if (code !== this.delimiter) break
      this.at++
    }
    if (!this.endLine()) return null
    return { fields, unpaired: false, strayQuote: this.strayQuote }
  }

  private plain(): string | null | typeof more {
    const { text, delimiter } = this
    const start = this.at
    let i = start
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === delimiter || code === lineFeed || code === carriageReturn) break
      if (code === quote) this.strayQuote = true
    }
    if (i === text.length && !this.last) return more
    this.at = i
    checkLength(i - start)
    return i === start ? null : text.slice(start, i)
  }

  private quoted(recordStart: number): string | typeof more | typeof unpaired {
    const start = this.at + 1
    for (let i = start; ; ) {
      const close = this.text.indexOf('"', i)
      if (close < 0) return this.unclosed(start)
      const next = close + 1
      if (next === this.text.length && !this.last) return more
      if (this.text.charCodeAt(next) === quote) {
        i = next + 1
        continue
      }
      checkLength(close - start)
      const content = this.text.slice(start, close)
      const value = content.includes('""') ? content.replaceAll('""', '"') : content
      this.at = next
      return this.isFieldEnd(next) ? value : this.behindQuote(value, recordStart)
    }
  }

  /** A quote that closes somewhere else than at a field's end, lines later, was no opening quote. */
  private behindQuote(value: string, recordStart: number): string | typeof more | typeof unpaired {
    if (this.text.slice(recordStart, this.at).includes('\n')) return unpaired
    this.strayQuote = true
    const tail = this.plain()
    return tail === more ? more : value + (tail ?? '')
  }

  private unclosed(start: number): typeof more | typeof unpaired {
    return this.last || this.text.length - start > limits.fieldBytes ? unpaired : more
  }

  private skipLine(start: number): CsvRecord {
    const end = this.text.indexOf('\n', start)
    this.at = end < 0 ? this.text.length : end + 1
    return { fields: [], unpaired: true, strayQuote: false }
  }

  private isFieldEnd(at: number): boolean {
    const code = this.text.charCodeAt(at)
    return at >= this.text.length || code === this.delimiter || code === lineFeed || code === carriageReturn
  }

  /** Steps over LF, CRLF or CR; false when a CR is the last thing there is and an LF may follow. */
  private endLine(): boolean {
    if (this.at >= this.text.length) return this.last
    if (this.text.charCodeAt(this.at) === carriageReturn) {
      if (this.at + 1 === this.text.length && !this.last) return false
      this.at++
      if (this.text.charCodeAt(this.at) !== lineFeed) return true
    }
    this.at++
    return true
  }
}

const more = Symbol('more text is needed')
const unpaired = Symbol('the quote is never closed')

function checkLength(characters: number): void {
  if (characters > limits.fieldBytes)
    throw overLimit('characters in one CSV field', characters, limits.fieldBytes)
}

/** A line with nothing on it. */
export function isBlank(record: CsvRecord): boolean {
  return !record.unpaired && record.fields.length === 1 && record.fields[0] === null
}

import type { Found, RecordScanner } from './record-scanner.ts'

/** One record of a CSV file as it stands. */
export interface CsvRecord {
  /** null for an empty field without quotes, '' for `""`. */
  readonly fields: readonly (string | null)[]
  /** A quote that is never closed: `fields` is empty, and reading goes on with the next line. */
  readonly unpaired: boolean
  /** A quote in the middle of a field without quotes, or text behind a closing quote. */
  readonly strayQuote: boolean
}

/** What a scanner finds in the bytes that it was given, comments left out. */
export function* records(scanner: RecordScanner): Generator<CsvRecord> {
  for (let found = scanner.next(); found !== 'more'; found = scanner.next())
    if (found !== 'comment') yield recordOf(scanner, found)
}

/** What the scanner has just found. */
export function recordOf(scanner: RecordScanner, found: Found): CsvRecord {
  if (found !== 'record') return { fields: [], unpaired: true, strayQuote: false }
  const fields = Array.from({ length: scanner.count }, (_, i) => scanner.text(i))
  return { fields, unpaired: false, strayQuote: scanner.strayQuote }
}

/** A line with nothing on it. */
export function isBlank(record: CsvRecord): boolean {
  return !record.unpaired && record.fields.length === 1 && record.fields[0] === null
}

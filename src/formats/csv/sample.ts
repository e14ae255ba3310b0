import { RecordScanner, type ScanDialect } from './record-scanner.ts'
import { type CsvRecord, isBlank, records } from './scanner.ts'

/** The beginning of a file, as UTF-8 without byte order mark. */
export interface Head {
  readonly bytes: Uint8Array
  /** The file goes no further. */
  readonly isWhole: boolean
}

const sampledRecords = 200
/** Of a wide table fewer records are enough to tell its dialect: some ten trials read them again and again. */
const enough = { records: 20, fields: 20_000 }

/** The first records that are surely complete, blank lines and comments left out: as many as tell the dialect. */
export function sample(head: Head, dialect: ScanDialect): readonly CsvRecord[] {
  const found: CsvRecord[] = []
  let fields = 0
  for (const record of recordsOf(head, dialect)) {
    found.push(record)
    fields += record.fields.length
    if (found.length > enough.records && fields > enough.fields) break
  }
  return found
}

/** The same, but always 200 where there are as many. */
export function fullSample(head: Head, dialect: ScanDialect): readonly CsvRecord[] {
  return [...recordsOf(head, dialect)]
}

function* recordsOf({ bytes, isWhole }: Head, dialect: ScanDialect): Generator<CsvRecord> {
  const scanner = new RecordScanner(dialect)
  scanner.push(bytes, isWhole)
  let count = 0
  for (const record of records(scanner)) {
    if (isBlank(record)) continue
    yield record
    if (++count > sampledRecords) break
  }
}

/** The lines of the head cut at each delimiter, as if there were no quotes. */
export function bareSample(head: Head, delimiter: string): readonly CsvRecord[] {
  return sample(head, { delimiter, quote: '', escape: 'doubled', comment: '', trim: false })
}

/** The number of fields that most records have, among those of at least `least`; 0 where there are none. */
export function commonWidth(from: readonly CsvRecord[], least = 1): number {
  const counts = new Map<number, number>()
  for (const { fields } of from)
    if (fields.length >= least) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a)
  return first?.[0] ?? 0
}

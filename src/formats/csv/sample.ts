import { RecordScanner, type ScanDialect } from './record-scanner.ts'
import { type CsvRecord, isBlank, records } from './scanner.ts'

/** The beginning of a file, as UTF-8 without byte order mark. */
export interface Head {
  readonly bytes: Uint8Array
  /** The file goes no further. */
  readonly isWhole: boolean
}

const sampledRecords = 200

/** The first records that are surely complete, blank lines and comments left out. */
export function sample({ bytes, isWhole }: Head, dialect: ScanDialect): readonly CsvRecord[] {
  const scanner = new RecordScanner(dialect)
  scanner.push(bytes, isWhole)
  const found: CsvRecord[] = []
  for (const record of records(scanner)) {
    if (!isBlank(record)) found.push(record)
    if (found.length > sampledRecords) break
  }
  return found
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

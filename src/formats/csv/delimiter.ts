import { isCommaNumber } from './decimal.ts'
import type { ScanDialect } from './record-scanner.ts'
import { commonWidth, type Head, sample } from './sample.ts'
import type { CsvRecord } from './scanner.ts'

/** Those that are looked for; a person may choose any character. */
export const delimiters = [',', ';', '\t', '|'] as const

/** A width that fewer of the records have is chance. */
const leastShare = 0.4

/** The delimiter that cuts most records of the head into the same number of fields, at least two, and leaves no other delimiter in them. */
export function detectDelimiter(head: Head, scan: ScanDialect): string {
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters)
    for (const way of ['doubled', 'backslash'] as const) {
      const score = scoreOf(sample(head, { ...scan, delimiter, escape: way }))
      if (score > best.score) best = { delimiter, score }
    }
  return best.delimiter
}

function scoreOf(records: readonly CsvRecord[]): number {
  const width = commonWidth(records, 2)
  const share = records.filter(({ fields }) => fields.length === width).length / records.length
  if (width === 0 || share < leastShare) return 0
  return share + 0.2 * cleanShare(records) + Math.min(width, 1000) / 10_000
}

/** The share of fields that hold no delimiter of another kind; numbers such as `1.234,56` count as clean. */
function cleanShare(records: readonly CsvRecord[]): number {
  const fields = records.flatMap(record => record.fields)
  const clean = fields.filter(field => field === null || !/[,;\t|]/.test(field) || isCommaNumber(field))
  return clean.length / Math.max(1, fields.length)
}

/** The delimiter of Excel's first line `sep=;`, or null. */
export function excelDelimiter(line: string): string | null {
  return /^"?sep=(.)"?$/i.exec(line)?.[1] ?? null
}

import type { Doubt } from '../../domain/file.ts'
import { type CsvRecord, CsvScanner, isBlank } from './scanner.ts'

export const delimiters = [',', ';', '\t', '|'] as const
const sampledRecords = 200

/** The delimiter that gives the head of a file the most columns on the most records of equal width. */
export function detectDelimiter(head: string, isWhole: boolean): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const score = evenness(sample(head, delimiter, isWhole))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** The first records of the head that are surely complete. */
export function sample(head: string, delimiter: string, isWhole: boolean): readonly CsvRecord[] {
  const records: CsvRecord[] = []
  for (const record of new CsvScanner(delimiter).push(head, isWhole)) {
    if (!isBlank(record)) records.push(record)
    if (records.length > sampledRecords) break
  }
  return records
}

/** Share of the records that are as wide as most are, and that width; one column counts nothing. */
function evenness(records: readonly CsvRecord[]): number {
  const width = commonWidth(records)
  if (width < 2) return 0
  const even = records.filter(record => record.fields.length === width).length
  return even / records.length + Math.min(width, 1000) / 10_000
}

export function commonWidth(records: readonly CsvRecord[]): number {
  const counts = new Map<number, number>()
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a)
  return first?.[0] ?? 0
}

/** What looks wrong in the first records: their shape, and numbers a spreadsheet has rounded. */
export function shapeDoubts(records: readonly CsvRecord[]): readonly Doubt[] {
  const [head, ...rows] = records
  if (head === undefined) return []
  const doubts: Doubt[] = []
  const width = commonWidth(rows)
  if (head.fields.length === 1 && holdsDelimiter(records)) doubts.push({ kind: 'one-wide-column' })
  if (rows.length > 1 && width > head.fields.length) doubts.push({ kind: 'title-rows' })
  const ruined = head.fields.findIndex((_, i) => rows.some(({ fields }) => isRuined(fields[i] ?? null)))
  if (ruined >= 0)
    doubts.push({ kind: 'ruined-identifiers', column: head.fields[ruined] ?? `column_${ruined + 1}` })
  return doubts
}

function holdsDelimiter(records: readonly CsvRecord[]): boolean {
  const candidates = [...delimiters, ':', ' ', '^', '~']
  const holds = ({ fields }: CsvRecord) => candidates.some(candidate => fields[0]?.includes(candidate))
  return records.filter(holds).length * 2 > records.length
}

/** `1.2346E+14`: what spreadsheets make of long digits; `########`: of a column too narrow. */
function isRuined(value: string | null): boolean {
  return value !== null && /^(\d\.\d{3,}E\+1\d|#{4,})$/i.test(value)
}

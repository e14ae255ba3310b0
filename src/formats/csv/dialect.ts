import type { Dialect, ReadOptions } from '../../domain/file.ts'
import { detectLayout } from '../grid/layout.ts'
import { detectDecimal } from './decimal.ts'
import { delimiters, detectDelimiter } from './delimiter.ts'
import type { ScanDialect } from './record-scanner.ts'
import { bareSample, commonWidth, type Head, sample } from './sample.ts'
import type { CsvRecord } from './scanner.ts'

/**
 * The dialect of a file from its head; each part may be chosen. In this order: delimiter, quote, escape, comment,
 * blanks, decimal mark. Without evidence: RFC 4180.
 */
export function detectDialect(head: Head, options: ReadOptions, excel: string | null): Dialect {
  let scan: ScanDialect = {
    delimiter: options.delimiter ?? excel ?? '',
    quote: options.quote ?? '"',
    escape: options.escape ?? 'doubled',
    comment: options.comment ?? likelyComment(head),
    trim: options.trim ?? false,
  }
  const trial = (change: Partial<ScanDialect>) => ({ ...scan, ...change })
  if (scan.delimiter === '') scan = trial({ delimiter: detectDelimiter(head, scan) })
  if (options.quote === undefined) scan = trial({ quote: detectQuote(head, scan) })
  if (options.escape === undefined) scan = trial({ escape: detectEscape(head, scan) })
  if (options.comment === undefined) scan = trial({ comment: isComment(head, scan) ? scan.comment : '' })
  if (options.trim === undefined) scan = trial({ trim: isPadded(head, scan) })
  return { ...scan, decimal: options.decimal ?? detectDecimal(sample(head, scan), scan.delimiter) }
}

const comments = ['#', '//']

/** What some line begins with and may be a comment, unless all lines do. */
function likelyComment(head: Head): string {
  const lines = bareSample(head, ',').map(({ fields: [first] }) => first ?? '')
  const begins = (prefix: string) => lines.filter(line => line.startsWith(prefix)).length
  return comments.find(prefix => begins(prefix) > 0 && begins(prefix) < lines.length) ?? ''
}

/**
 * Comments do not have the table's width. Where some have it by chance, they are comments still when all stand above a
 * table that has its own header. Elsewhere than above the table a comment has a blank behind its mark.
 */
function isComment(head: Head, scan: ScanDialect): boolean {
  const prefix = scan.comment
  if (prefix === '') return false
  const table = sample(head, scan)
  const width = commonWidth(table)
  const lines = bareSample(head, scan.delimiter)
  const isMarked = ({ fields: [first] }: CsvRecord) => first?.startsWith(prefix) === true
  const marked = lines.filter(isMarked)
  const fitting = marked.filter(({ fields }) => fields.length === width).length
  const above = lines.findIndex(line => !isMarked(line))
  if (fitting > 0) return fitting < marked.length && above === marked.length && hasHeader(table)
  return above > 0 || marked.every(({ fields: [first] }) => /^\s|^$/.test((first ?? '').slice(prefix.length)))
}

function hasHeader(table: readonly CsvRecord[]): boolean {
  const { skipRows, headerRows } = detectLayout(table.map(({ fields }) => fields))
  return skipRows === 0 && headerRows > 0
}

/** A single quote only where half of the lines open with it and it explains all of them; none where quotes never close. */
function detectQuote(head: Head, scan: ScanDialect): string {
  const bare = bareSample(head, scan.delimiter)
  const opened = (quote: string) =>
    bare.filter(({ fields }) => fields.some(field => field?.startsWith(quote))).length
  const single = { ...scan, quote: "'" }
  if (opened('"') === 0 && opened("'") * 2 >= bare.length && opened("'") > 1)
    return faults(sample(head, single)) === 0 ? "'" : '"'
  const records = sample(head, scan)
  const unpaired = records.filter(record => record.unpaired).length
  const isHopeless = unpaired > 2 && unpaired * 4 > records.length
  const escaped = faults(sample(head, { ...scan, escape: 'backslash' }))
  return isHopeless && escaped > 0 && faults(sample(head, { ...scan, quote: '' })) === 0 ? '' : '"'
}

/** Records that do not fit: quotes that do not pair or stand inside, or another width than most. */
function faults(records: readonly CsvRecord[]): number {
  const width = commonWidth(records)
  return records.filter(
    ({ unpaired, strayQuote, fields }) => unpaired || strayQuote || fields.length !== width,
  ).length
}

/**
 * Backslashes escape where that mends records (`"a \"b\" c"`), or where a quoted field has one before a delimiter
 * (`"123\,abc"`) and none has a doubled quote. `C:\data\` is neither.
 */
function detectEscape(head: Head, scan: ScanDialect): Dialect['escape'] {
  const doubled = sample(head, scan)
  const mended = faults(sample(head, { ...scan, escape: 'backslash' }))
  const faulty = faults(doubled)
  if (mended !== faulty) return mended < faulty ? 'backslash' : 'doubled'
  const fields = doubled.flatMap(record => record.fields)
  const protects = fields.some(field => field?.includes(`\\${scan.delimiter}`))
  const doubles = scan.quote !== '' && fields.some(field => field?.includes(scan.quote))
  return protects && !doubles ? 'backslash' : 'doubled'
}

/** A blank behind (nearly) every delimiter of the rows, as TDengine writes them; in front of quotes too. */
function isPadded(head: Head, scan: ScanDialect): boolean {
  if (/\s/.test(scan.delimiter)) return false
  const lines = bareSample(head, scan.delimiter).filter(
    ({ fields: [first] }) => scan.comment === '' || !first?.startsWith(scan.comment),
  )
  const rows = lines.length > 1 ? lines.slice(1) : lines
  const cells = rows.flatMap(({ fields }) => fields.slice(1)).filter(cell => cell !== null)
  const padded = cells.filter(cell => /^[ \t]/.test(cell)).length
  if (cells.length === 0 || padded < cells.length * 0.9) return false
  return faults(sample(head, { ...scan, trim: true })) <= faults(sample(head, scan))
}

/** A single column in which most records hold what is a delimiter elsewhere. */
export function isOneWideColumn(records: readonly CsvRecord[]): boolean {
  const candidates = [...delimiters, ':', ' ', '^', '~']
  const holds = ({ fields }: CsvRecord) => candidates.some(candidate => fields[0]?.includes(candidate))
  return records[0]?.fields.length === 1 && records.filter(holds).length * 2 > records.length
}

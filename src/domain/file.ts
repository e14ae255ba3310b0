import type { Failure } from './failure.ts'
import type { Overrides } from './mapping.ts'
import type { Phrase } from './phrase.ts'

/** What the content of a file turned out to be. Recognised by its bytes, never by its extension. */
export const formatIds = [
  'arrow-file',
  'arrow-stream',
  'parquet',
  'csv',
  'influx-csv',
  'line-protocol',
  'ndjson',
  'json',
  'xlsx',
  'xls',
] as const

export type FormatId = (typeof formatIds)[number]

/** An encoding that the text readers accept; names are WHATWG labels. */
export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252'] as const

export type Encoding = (typeof encodings)[number]

/** How sure we are of the encoding: a byte order mark and strict UTF-8 are proofs, the rest are guesses. */
export type EncodingEvidence = 'byte-order-mark' | 'strict' | 'guess' | 'chosen'

/** How the characters of a CSV file are to be understood. */
export interface Dialect {
  /** One character. */
  readonly delimiter: string
  /** One character; empty where fields are never quoted. */
  readonly quote: string
  /** How a quote inside a quoted field is written: `""` (RFC 4180) or `\"` (Apache IoTDB, MySQL). */
  readonly escape: 'doubled' | 'backslash'
  /** What a comment line begins with; empty where there are none. */
  readonly comment: string
  /** Drops blanks around fields, as TDengine writes them behind each delimiter. */
  readonly trim: boolean
  /** How numbers are written: `12.5` or `12,5`. */
  readonly decimal: '.' | ','
}

/** Where the table begins in a CSV file or a sheet. */
export interface Layout {
  /** Rows above the header, such as titles; blank rows and comment lines do not count. */
  readonly skipRows: number
  /** Rows that the header takes; their texts are joined. 0 = none: columns are called `column_1`, `column_2` … */
  readonly headerRows: number
  /** Whether a merged cell of a sheet stands in all the cells that it covers, or in the first alone. */
  readonly mergedCells: 'repeat' | 'first'
}

/** What a person may override before a file is read. Absent means: detect. */
export interface ReadOptions extends Partial<Dialect>, Partial<Layout> {
  readonly encoding?: Encoding
  /** Which of the file's tables is read: the `id` of a `Part`. */
  readonly part?: string
}

/** One of several tables in a file: a sheet of a workbook, or a list of objects in a JSON document. */
export interface Part {
  /**
   * The sheet's name, or the path to the rows of a JSON file: names joined by dots, `[]` for each element of an array,
   * `{}` for each member of an object, such as `things[]`, `Messages[].Payload{}`, `{}[]`. A file that is an array,
   * NDJSON, or values one behind the other is walked element by element, and the path begins at each element. Signs
   * that have a meaning here stand behind a backslash in names.
   *
   * Columns bear the dotted path from the element down (`readings.value`), those of everything that a row lies in
   * come with it (`deviceName`), and keys that `{}` walked over are in `<path>.$key`; a value that is no object is in a
   * column called like the path, or `$value`. One exception: in a document that is one object, a path of names with
   * its only `[]` at the end is a page (`{"things": […], "nextToken": …}`), whose elements keep their plain names and
   * come alone; written `$.things[]` it is no page. `$` is the document as one row.
   */
  readonly id: string
  readonly kind: 'sheet' | 'list'
  /** A sheet may be hidden from the person who looks at the workbook, `very-hidden` even from its menus. */
  readonly visibility: 'visible' | 'hidden' | 'very-hidden'
  /** Rows with content, the header among them; null where only reading tells. */
  readonly rows: number | null
}

/** Something that loaded, but that a careful person would check. */
export interface Doubt {
  readonly kind:
    | 'guessed-encoding'
    | 'one-wide-column'
    | 'ragged-rows'
    | 'quote-inside-field'
    | 'lines-inside-field'
    | 'duplicate-header'
    | 'empty-header'
    | 'ruined-identifiers'
    | 'title-rows'
    | 'time-lost-precision'
    | 'day-within-month'
    | 'skipped-rows'
    | 'comment-lines'
    | 'no-header'
    | 'merged-cells'
    | 'decimal-comma'
    | 'hidden-part'
    | 'formula-errors'
    | 'split-tables'
  readonly column?: string
  readonly row?: number
  readonly rows?: number
}

/** What a reader knows after looking at the beginning of a file; nothing has been stored yet. */
export interface Inspection {
  readonly format: FormatId
  readonly encoding: Encoding | null
  readonly encodingEvidence: EncodingEvidence | null
  /** As detected or chosen; null where the format has no such thing. */
  readonly dialect: Dialect | null
  readonly layout: Layout | null
  /** The tables of the file where it may hold several (workbooks, JSON documents), in file order; else empty. */
  readonly parts: readonly Part[]
  /** The one that was inspected. */
  readonly part: string | null
  /** The first lines or rows of a CSV file or sheet as they stand, titles and comments among them; else empty. */
  readonly head: readonly (readonly (string | null)[])[]
  /** Column names in file order, as text; secret columns are already gone. */
  readonly columns: readonly string[]
  /** At most 50 first rows as text, `null` where absent; secret columns are already gone. */
  readonly preview: readonly (readonly (string | null)[])[]
  /** Rows the file itself declares (Arrow, Parquet); null where only reading tells. */
  readonly declaredRows: number | null
  /** Names (dotted paths) of columns that hold credentials and were dropped. */
  readonly droppedSecrets: readonly string[]
  readonly doubts: readonly Doubt[]
}

/** A row that is not taken over, and why. `row` counts from 1 in the file's own order of data rows. */
export interface Reject {
  readonly row: number
  readonly reason: RejectReason
  readonly column: string | null
  /** At most 80 characters of the offending value. */
  readonly value: string | null
}

/** Why a row was not accepted. The first seven come from checks, the rest from readers and adapters. */
export type RejectReason =
  | 'missing-required'
  | 'not-a-time'
  | 'not-a-number'
  | 'not-a-boolean'
  | 'not-allowed'
  | 'out-of-range'
  | 'duplicate-key'
  | 'wrong-field-count'
  | 'not-json'
  | 'not-an-object'
  | 'not-a-device'
  | 'unpaired-quote'
  | 'ruined-identifier'
  | 'not-line-protocol'

export const rejectReasons: Readonly<Record<RejectReason, Phrase>> = {
  'missing-required': { zh: '必填值缺失', en: 'Required value is missing' },
  'not-a-time': { zh: '不是可识别的时间', en: 'Not a recognisable time' },
  'not-a-number': { zh: '不是数值', en: 'Not a number' },
  'not-a-boolean': { zh: '不是布尔值', en: 'Not a boolean' },
  'not-allowed': { zh: '取值不在允许范围', en: 'Value is not one of the allowed ones' },
  'out-of-range': { zh: '数值超出范围', en: 'Value is out of range' },
  'duplicate-key': { zh: '主键重复', en: 'Key occurs more than once' },
  'wrong-field-count': { zh: '字段数与表头不符', en: 'Field count differs from the header' },
  'not-json': { zh: '不是合法的 JSON', en: 'Not valid JSON' },
  'not-an-object': { zh: '不是 JSON 对象', en: 'Not a JSON object' },
  'not-a-device': { zh: '是模块而非设备', en: 'A module, not a device' },
  'unpaired-quote': { zh: '引号未闭合', en: 'Quote is never closed' },
  'ruined-identifier': { zh: '编号已被电子表格损坏', en: 'Identifier ruined by a spreadsheet' },
  'not-line-protocol': { zh: '不是合法的行协议', en: 'Not valid line protocol' },
}

/** What a reader says once the last byte has been read: every row is accounted for. */
export interface ReadSummary {
  /** SHA-256 of exactly the bytes that were parsed, lower-case hexadecimal. */
  readonly sha256: string
  readonly bytes: number
  /** Data rows in the file: rows sent to the engine + rows rejected here. */
  readonly rowsRead: number
  readonly rowsSent: number
  /** All rejects are counted; at most 10,000 are listed. */
  readonly rejectCounts: Readonly<Partial<Record<RejectReason, number>>>
  readonly rejects: readonly Reject[]
  readonly droppedSecrets: readonly string[]
  readonly doubts: readonly Doubt[]
}

/** The last step of a path below a folder or archive. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A table of a file as people are shown it: the file's name, and which of its tables. */
export function fileLabel({ name, part }: { readonly name: string; readonly part: string | null }): string {
  return part === null ? name : `${name} › ${part}`
}

/** A gzip or ZIP file that others came out of. */
export interface Archive {
  readonly name: string
  readonly sha256: string
}

/** All that decided how a file was read and mapped, whether proposed or chosen. */
export interface ImportChoices {
  readonly readOptions: ReadOptions
  readonly options: Readonly<Record<string, string>>
  readonly overrides: Overrides
  /** The saved mapping that they came from. */
  readonly savedMapping: string | null
}

/** How one file went, as the data panel, `imports.json` and the report show it. */
export interface ImportedFile {
  /** The path below the folder or archive that it came in. */
  readonly name: string
  /** Which of the file's tables; null where it holds one alone. */
  readonly part: string | null
  /** The archive it came out of; null for a file of its own. */
  readonly archive: Archive | null
  readonly sha256: string
  readonly bytes: number
  readonly format: FormatId | null
  readonly adapter: string | null
  readonly adapterVersion: number | null
  readonly encoding: Encoding | null
  readonly assumedZone: string
  /** With these choices the same bytes give the same tables again. */
  readonly choices: ImportChoices
  readonly rowsRead: number
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly rejectCounts: Readonly<Partial<Record<RejectReason, number>>>
  readonly rejects: readonly Reject[]
  readonly droppedSecrets: readonly string[]
  readonly doubts: readonly Doubt[]
  /** Names that no code was known for when the file came in, most frequent first. */
  readonly unresolved: readonly UnresolvedName[]
  readonly failure: Failure | null
}

/** A name that stands for nothing known. */
export interface UnresolvedName {
  readonly table: string
  /** The canonical column. */
  readonly column: string
  readonly value: string
  readonly rows: number
  /** Whether its rows were rejected for it, or stored with an absent value. */
  readonly rejected: boolean
}

const mostNames = 5

/** Those of unknown names whose cells are absent, with their rows: the first few, and how many more. Null for none. */
export function absentNames(unresolved: readonly UnresolvedName[]): Phrase | null {
  const absent = unresolved.filter(({ rejected }) => !rejected)
  if (absent.length === 0) return null
  const told = absent.slice(0, mostNames).map(({ column, value, rows }) => `${column} “${value}” (${rows})`)
  const more = absent.length - told.length
  return {
    zh: told.join('、') + (more > 0 ? `，另有 ${more} 个` : ''),
    en: told.join(', ') + (more > 0 ? ` and ${more} more` : ''),
  }
}

import type { Column, Table, Value } from '../domain/table.ts'
import { valueText } from './value-text.ts'

export interface CsvChoices {
  /** Begins with a byte order mark, without which Excel reads UTF-8 as the local code page. */
  readonly bom: boolean
  /** Puts an apostrophe before text that a spreadsheet would run as a formula. It alters the data. */
  readonly neutralise: boolean
}

/** A table as RFC 4180 text: CRLF, a header row, absent values empty. */
export function tableCsv(table: Table, { bom, neutralise }: CsvChoices): string {
  const guard = neutralise ? inert : (text: string) => text
  const header = table.columns.map(({ name }) => quoted(guard(name)))
  const lines = table.rows.map(row =>
    table.columns.map(column => cell(row[column.name] ?? null, column, guard)),
  )
  return `${bom ? '\ufeff' : ''}${[header, ...lines].map(cells => `${cells.join(',')}\r\n`).join('')}`
}

function cell(value: Value, column: Column, guard: (text: string) => string): string {
  const text = valueText(value, column.type)
  return quoted(typeof value === 'string' ? guard(text) : text)
}

/**
 * Signs that begin a formula, also after what spreadsheets and importers skip: white space, quotes, separators, format
 * characters, percent-encoded controls. Tabs and line ends count by themselves.
 */
const formula = /^(?:[\s"'\p{Cf};,|]|%[0-9a-f]{2})*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/iu
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

function inert(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

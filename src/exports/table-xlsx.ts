import type { CellObject, WorkSheet } from '@e965/xlsx'
import { failed, type Result, success } from '../domain/failure.ts'
import type { Column, Table, Value, ValueType } from '../domain/table.ts'
import { valueText } from './value-text.ts'

/** What Excel allows; it calls larger files damaged. */
const mostRows = 1_048_576
const mostColumns = 16_384
const mostCharacters = 32_767
/** Integers from here on have more digits than a spreadsheet keeps. */
const exactBelow = 1e15
const dayMicros = 86_400_000_000
/** 1970-01-01 and 1900-03-01 as days of the 1900 system; before the latter spreadsheets disagree. */
const epochDay = 25_569
const firstDay = 61
const lastDay = 2_958_465

/**
 * A table as an XLSX workbook of one sheet with a header row. Text is always text and never a formula; numbers are
 * numbers where a spreadsheet keeps them exactly, else text; dates are dates; timestamps are ISO 8601 UTC as text, since
 * spreadsheets know neither zones nor microseconds; absent values have no cell.
 */
export async function tableXlsx(table: Table, sheetName: string): Promise<Result<Uint8Array>> {
  const excess = excessOf(table, sheetName)
  if (excess !== null) return failed(excess)
  // Loaded when first wanted: it is a megabyte of code.
  const { utils, write } = await import('@e965/xlsx')
  const book = utils.book_new()
  utils.book_append_sheet(book, worksheet(table), sheetName)
  return success(
    new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', bookSST: true, compression: true })),
  )
}

function worksheet({ columns, rows }: Table): WorkSheet {
  const header = columns.map(({ name }) => textCell(name))
  const data = [header, ...rows.map(row => columns.map(column => cell(row[column.name] ?? null, column)))]
  const last = columnName(Math.max(columns.length, 1) - 1)
  return {
    '!data': data as CellObject[][],
    '!ref': `A1:${last}${data.length}`,
    '!cols': columns.map((column, i) => ({ wch: width(column, data, i) })),
  }
}

function cell(value: Value, { type }: Column): CellObject | undefined {
  if (value === null || value === '') return undefined
  if (typeof value === 'boolean') return { t: 'b', v: value }
  const day = typeof value === 'number' && type === 'date' ? value / dayMicros + epochDay : null
  if (day !== null && Number.isInteger(day) && day >= firstDay && day <= lastDay)
    return { t: 'n', v: day, z: 'yyyy-mm-dd' }
  return isExactNumber(value, type) ? { t: 'n', v: value } : textCell(valueText(value, type))
}

function isExactNumber(value: Value, type: ValueType): value is number {
  if (typeof value !== 'number' || type === 'timestamp' || type === 'date') return false
  return Math.abs(value) < exactBelow && !Object.is(value, -0)
}

/** `_x000D_` stands for a control character in a workbook; where the text has such a sequence, it is hidden. */
function textCell(text: string): CellObject {
  return { t: 's', v: text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') }
}

/** Wide enough for the first rows, within reason. */
function width(
  { name }: Column,
  data: readonly (readonly (CellObject | undefined)[])[],
  column: number,
): number {
  const lengths = data.slice(0, 100).map(row => String(row[column]?.v ?? '').length)
  return Math.min(60, Math.max(10, name.length, ...lengths) + 2)
}

/** 27 -> `AB`. */
function columnName(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (column % 26))
}

function excessOf({ columns, rows }: Table, file: string) {
  const over = (limit: string, actual: number, allowed: number) =>
    actual > allowed ? ({ kind: 'over-limit', file, limit, actual, allowed } as const) : null
  const found = over('rows', rows.length + 1, mostRows) ?? over('columns', columns.length, mostColumns)
  if (found !== null) return found
  let longest = Math.max(0, ...columns.map(({ name }) => name.length))
  for (const row of rows)
    for (const { name } of columns) {
      const value = row[name]
      if (typeof value === 'string' && value.length > longest) longest = value.length
    }
  return over('characters in a cell', longest, mostCharacters)
}

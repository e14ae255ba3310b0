import { formatCount, formatDate, formatTime } from '../../domain/format.ts'
import { type Language, locale, type Phrase } from '../../domain/phrase.ts'
import type { Value, ValueType } from '../../domain/table.ts'

/** A column of a table on the screen. */
export interface GridColumn {
  /** The row's key. */
  readonly name: string
  readonly type: ValueType
  /** What stands in the head; the column's own name where absent. */
  readonly title?: Phrase
  /** Words for coded values. */
  readonly labels?: Readonly<Record<string, Phrase>>
}

export function isNumeric(type: ValueType): boolean {
  return type === 'integer' || type === 'number'
}

const words = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } }

/** A present value as it is read on the screen. */
export function shownValue(value: Exclude<Value, null>, column: GridColumn, language: Language): string {
  const label = column.labels?.[String(value)]
  if (label !== undefined) return label[language]
  if (typeof value === 'boolean') return (value ? words.yes : words.no)[language]
  if (typeof value === 'string') return value
  if (column.type === 'timestamp') return formatTime(Number(value))
  if (column.type === 'date') return formatDate(Number(value))
  return column.type === 'integer' ? formatCount(value, language) : decimal(value, language)
}

function decimal(value: number | bigint, language: Language): string {
  const small = Math.abs(Number(value)) < 1
  const digits = small ? { maximumSignificantDigits: 6 } : { maximumFractionDigits: 4 }
  return new Intl.NumberFormat(locale(language), digits).format(value)
}

/** The order of two values of one column; absent ones come last either way. */
export function compareValues(a: Value, b: Value, collator: Intl.Collator): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b)
  const [left, right] = [a ?? 0, b ?? 0]
  return left < right ? -1 : left > right ? 1 : 0
}

/** A value as it goes to the clipboard: exact, on one line, and never a formula in the sheet it is pasted into. */
export function pastedValue(value: Value, type: ValueType): string {
  if (value === null) return ''
  if (type === 'timestamp') return formatTime(Number(value))
  if (type === 'date') return formatDate(Number(value))
  if (typeof value !== 'string') return String(value)
  const line = value.replace(/[\t\r\n]+/g, ' ')
  return /^[\s'"\u200b]*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line
}

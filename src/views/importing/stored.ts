import { type CanonicalColumn, type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import { formatDate, iso } from '../../domain/format.ts'
import type { Language } from '../../domain/phrase.ts'
import type { Table, Value } from '../../domain/table.ts'
import { valueText } from '../file/coded-values.ts'

/** Stored values as they are, not rounded: they are compared with the file. */

/** Microseconds since the epoch as `2026-06-30 08:15:00.25` UTC, with as many decimals as there are. */
export function storedTime(microseconds: number): string {
  const text = iso(microseconds)
  if (text === null) return String(microseconds)
  const rest = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`
  return text.slice(0, 19).replace('T', ' ') + decimals
}

export function storedText(value: Exclude<Value, null>, type: CanonicalColumn['type']): string {
  if (type === 'timestamp') return storedTime(Number(value))
  if (type === 'date') return formatDate(Number(value))
  return String(value)
}

/** The words of a coded value where they say more than the value does. */
export function codeWords(
  table: CanonicalName,
  column: string,
  value: Value,
  language: Language,
): string | null {
  if (value === null) return null
  const words = valueText(table, column, String(value), language)
  return words === String(value) ? null : words
}

/** The canonical columns that have a value in any of the rows; those that must have one come always. */
export function shownColumns(table: CanonicalName, { rows }: Table): readonly string[] {
  return Object.entries(canonicalTable(table).columns).flatMap(([name, { key, required }]) => {
    const isShown = (key ?? required) || rows.some(row => (row[name] ?? null) !== null)
    return isShown ? [name] : []
  })
}

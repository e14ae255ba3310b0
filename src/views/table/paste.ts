import type { Table } from '../../domain/table.ts'
import { pastedValue } from './cell.ts'

/** A table as tab-separated text with its column names, for pasting into a sheet. */
export function tabSeparated({ columns, rows }: Table): string {
  const head = columns.map(({ name }) => pastedValue(name, 'text')).join('\t')
  const lines = rows.map(row =>
    columns.map(({ name, type }) => pastedValue(row[name] ?? null, type)).join('\t'),
  )
  return [head, ...lines].join('\n')
}

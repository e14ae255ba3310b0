import { canonicalTable } from '../../domain/canonical.ts'
import type { Override, Overrides } from '../../domain/mapping.ts'
import type { ImportItem } from '../../workbench/workbench.ts'

/** Where the canonical columns of a file come from, as the mapping editor shows it. */

export type Target = NonNullable<ImportItem['mapping']>['targets'][number]

export type Source =
  | { readonly kind: 'columns'; readonly columns: readonly string[]; readonly isComputed: boolean }
  /** Columns that the mapping names and this file does not have. */
  | { readonly kind: 'missing'; readonly columns: readonly string[] }
  | { readonly kind: 'constant'; readonly value: string }
  /** The columns of measurements, each with its own value. */
  | { readonly kind: 'cells' }
  | { readonly kind: 'nothing' }

export function overrideKey(target: Target, column: string): string {
  return `${target.table}.${column}`
}

/** Where a canonical column comes from; `raw` are the columns of the file. */
export function sourceOf(
  target: Target,
  column: string,
  override: Override | undefined,
  raw: readonly string[],
): Source {
  if (override?.from === 'constant') return { kind: 'constant', value: override.value }
  const found = Object.hasOwn(target.columns, column) ? target.columns[column] : undefined
  if (found === undefined) return isOfCells(target, column) ? { kind: 'cells' } : { kind: 'nothing' }
  if (found.from.length === 0) return constantOf(found.sql.text)
  const missing = found.from.filter(name => !raw.includes(name))
  if (missing.length > 0) return { kind: 'missing', columns: missing }
  return { kind: 'columns', columns: found.from, isComputed: !isBareName(found.sql.text) }
}

function isOfCells({ table, cells }: Target, column: string): boolean {
  if (cells === undefined) return false
  const isValue = table === 'telemetry' && (column === 'value_num' || column === 'value_text')
  return isValue || cells.some(({ values }) => Object.hasOwn(values, column))
}

/** An empty text is what an adapter's option without an answer gives. */
function constantOf(sql: string): Source {
  const value = plainLiteral(sql)
  return value === '' || sql === 'null' ? { kind: 'nothing' } : { kind: 'constant', value }
}

/** `'P1'` without its quotes; other expressions as they are. */
function plainLiteral(sql: string): string {
  return /^'(?:[^']|'')*'$/.test(sql) ? sql.slice(1, -1).replaceAll("''", "'") : sql
}

function isBareName(sql: string): boolean {
  return /^"(?:[^"]|"")*"$/.test(sql)
}

/** All columns of a target's table: those with a source first, the rest as declared. */
export function orderedColumns(target: Target, overrides: Overrides): readonly string[] {
  const declared = Object.keys(canonicalTable(target.table).columns)
  const isMapped = (column: string) =>
    Object.hasOwn(target.columns, column) ||
    isOfCells(target, column) ||
    overrides[overrideKey(target, column)] !== undefined
  return [...declared.filter(isMapped), ...declared.filter(column => !isMapped(column))]
}

/** Without the change of one column. */
export function withoutOverride(overrides: Overrides, key: string): Overrides {
  return Object.fromEntries(Object.entries(overrides).filter(([other]) => other !== key))
}

/** Columns of the file that nothing is made from. */
export function unusedColumns({ mapping, inspection }: ImportItem): readonly string[] {
  const used = new Set(
    mapping?.targets.flatMap(({ columns, cells = [] }) => [
      ...Object.values(columns).flatMap(({ from }) => from),
      ...cells.map(({ column }) => column),
    ]),
  )
  return inspection?.columns.filter(column => !used.has(column)) ?? []
}

/** The first value of a column that is not blank, among the first rows; null where there is none. */
export function sampleOf({ inspection }: ImportItem, column: string): string | null {
  const at = inspection?.columns.indexOf(column) ?? -1
  if (at < 0) return null
  return inspection?.preview.find(row => (row[at] ?? '').trim() !== '')?.[at] ?? null
}

/** The columns of the file that are meant by a column of a reject, which is one of the file or a canonical one. */
export function rawColumnsOf({ mapping, inspection }: ImportItem, column: string): readonly string[] {
  const sources = mapping?.targets.flatMap(({ columns }) => columns[column]?.from ?? []) ?? []
  return inspection?.columns.includes(column) ? [column, ...sources] : sources
}

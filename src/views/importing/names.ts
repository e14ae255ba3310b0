import type { Alias } from '../../domain/alias.ts'
import type { UnresolvedName } from '../../domain/file.ts'
import type { ImportItem } from '../../workbench/workbench.ts'

/** A name of an export: unknown, or decided while the import is open. */
export interface NameLine {
  readonly column: string
  readonly value: string
  /** The canonical tables whose column it is. */
  readonly tables: readonly string[]
  /** Rows that wait for a decision; 0 once the name is known. */
  readonly rows: number
  /** Whether these rows are rejected for it, or stored with an absent value. */
  readonly rejected: boolean
  readonly decision: Alias | null
}

/** Unknown names of the file in their order, one line per column and name. */
export function unknownNames(unresolved: readonly UnresolvedName[]): readonly NameLine[] {
  const found = new Map<string, NameLine>()
  for (const { table, column, value, rows, rejected } of unresolved) {
    const key = nameKey({ column, value })
    const before = found.get(key)
    found.set(key, {
      column,
      value,
      tables: before?.tables.includes(table) ? before.tables : [...(before?.tables ?? []), table],
      rows: Math.max(rows, before?.rows ?? 0),
      rejected: rejected || (before?.rejected ?? false),
      decision: null,
    })
  }
  return [...found.values()]
}

/** As the workbench compares names: without regard to case or blanks at their ends. */
export function nameKey({ column, value }: Pick<NameLine, 'column' | 'value'>): string {
  return JSON.stringify([column, value.trim().toLowerCase()])
}

/** The lines known so far and those that came anew, each in the place where it first stood. */
export function mergedNames(
  before: readonly NameLine[],
  unresolved: readonly UnresolvedName[],
): readonly NameLine[] {
  const known = new Map(before.map(line => [nameKey(line), { ...line, rows: 0 }]))
  for (const line of unknownNames(unresolved)) known.set(nameKey(line), line)
  return [...known.values()]
}

/** Unknown names and names decided in this import, for the columns that the file feeds. */
export function nameLines(
  { mapping }: Pick<ImportItem, 'mapping'>,
  seen: readonly NameLine[],
  aliases: readonly Alias[],
): readonly NameLine[] {
  const decisions = new Map(aliases.map(alias => [aliasKey(alias), alias]))
  const lines = seen.map(line => ({ ...line, decision: decisions.get(nameKey(line)) ?? null }))
  const shown = new Set(seen.map(nameKey))
  const others = [...decisions.values()]
    .filter(alias => !shown.has(aliasKey(alias)))
    .flatMap(alias => decidedElsewhere(alias, mapping))
  return [...lines.filter(({ rows, decision }) => rows > 0 || decision !== null), ...others]
}

function aliasKey({ kind, raw }: Alias): string {
  return nameKey({ column: kind, value: raw })
}

/** A decision about a column of the file, taken at another file or by a saved mapping. */
function decidedElsewhere(decision: Alias, mapping: ImportItem['mapping']): readonly NameLine[] {
  const tables =
    mapping?.targets.flatMap(({ table, columns }) =>
      Object.hasOwn(columns, decision.kind) ? [table] : [],
    ) ?? []
  if (tables.length === 0) return []
  return [{ column: decision.kind, value: decision.raw, tables, rows: 0, rejected: false, decision }]
}

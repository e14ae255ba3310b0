import type { Override, Overrides } from '../domain/mapping.ts'
import { sql } from '../sql/sql.ts'
import type { Expression, Mapping, RawTable, Target } from './adapter.ts'
import { column, constant } from './raw-table.ts'

/** A mapping as a person has changed it. Overrides of tables that it does not feed are left out. */
export function overridden(mapping: Mapping, overrides: Overrides, raw: RawTable): Mapping {
  return { ...mapping, targets: mapping.targets.map(target => changed(target, overrides, raw)) }
}

function changed(target: Target, overrides: Overrides, raw: RawTable): Target {
  const columns: Record<string, Expression> = { ...target.columns }
  for (const [key, override] of Object.entries(overrides)) {
    const [table, name] = key.split('.')
    if (table !== target.table || name === undefined) continue
    if (override.from === 'nothing') delete columns[name]
    else columns[name] = expression(override, raw)
  }
  return { ...target, columns }
}

/** A column that this file does not have is absent throughout, and keeps its name for the screen to show. */
function expression(override: Exclude<Override, { from: 'nothing' }>, raw: RawTable): Expression {
  if (override.from === 'constant') return constant(override.value)
  if (raw.columns.includes(override.column)) return column(override.column)
  return { sql: sql`null`, type: 'text', from: [override.column] }
}

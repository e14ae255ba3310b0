import { keyColumns } from '../domain/canonical.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { type Field, takenAlias } from './field.ts'
import { usualBounds } from './slices.ts'
import type { StagingRequest } from './staging.ts'
import { accepted, type StagingTables } from './staging-tables.ts'

/**
 * Statements that add to the refused rows those whose key occurs in an existing table, then those whose key occurred
 * earlier in this file among rows that nothing else refuses.
 */
export function duplicateRefusals(
  request: StagingRequest,
  fields: readonly Field[],
  tables: StagingTables,
): readonly Sql[] {
  return request.mapping.targets.flatMap(({ table }, t) => {
    const taken = takenAlias(t)
    const keys = keyFields(table, fields, taken)
    if (keys.length === 0) return []
    const existing = request.existing[table] ?? []
    const candidates = sql`(select * from ${accepted(tables)} where ${taken})`
    const parts = partsOf(request, keys)
    return [
      ...existing.flatMap(other =>
        parts.map(part => refuse(tables, keys, inExisting(candidates, keys, other, part))),
      ),
      ...parts.map(part => refuse(tables, keys, repeated(candidates, keys, part))),
    ]
  })
}

/** Conditions of which each key fulfils one, so that the keys of a big table are not all compared at once. */
function partsOf({ rows = 0, bounds = usualBounds }: StagingRequest, keys: readonly Field[]): readonly Sql[] {
  const parts = Math.max(1, Math.ceil(rows / bounds.keys))
  const values = join(keys.map(({ value }) => value))
  return Array.from({ length: parts }, (_, i) =>
    parts === 1 ? sql`true` : sql`hash(${values}) % ${parts} = ${i}`,
  )
}

function keyFields(table: Field['table'], fields: readonly Field[], taken: Sql): readonly Field[] {
  return keyColumns(table).flatMap(column =>
    fields.filter(field => field.column === column && field.taken.text === taken.text),
  )
}

function refuse({ refused }: StagingTables, keys: readonly Field[], rows: Sql): Sql {
  const last = keys.at(-1)
  const shown = join(keys.map(({ value }) => sql`cast(${value} as varchar)`))
  const column = last ? (last.expression.from[0] ?? last.column) : null
  return sql`insert into ${refused}
    select ordinal, row_no, 'duplicate-key', ${column}, left(concat_ws(' / ', ${shown}), 80) from ${rows}`
}

/** Stored categories are ENUMs of their own file and compare as text. */
function inExisting(candidates: Sql, keys: readonly Field[], other: string, part: Sql): Sql {
  const there = keys.map(({ column, declared, value }) => {
    const stored = declared.type === 'text' ? sql`cast(${name(column)} as varchar)` : name(column)
    return sql`${stored} as ${value}`
  })
  const here = keys.map(({ value }) => value)
  const known = sql`(select * from (select ${join(there)} from ${name(other)}) where ${part})`
  return sql`${candidates} semi join ${known} using (${join(here)})`
}

function repeated(candidates: Sql, keys: readonly Field[], part: Sql): Sql {
  const columns = join(keys.map(({ value }) => value))
  return sql`${candidates} join
    (select ${columns}, min(ordinal) as first_one from ${candidates} where ${part} group by all having count(*) > 1)
    using (${columns}) where ordinal > first_one`
}

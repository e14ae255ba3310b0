import type { ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { ResultSchema } from './engine.ts'
import { Refused } from './faults.ts'

/** A column of a statement's result as DuckDB describes it. */
export interface StoredColumn {
  readonly name: string
  /** DuckDB's type, as `describe` writes it. */
  readonly type: string
}

/** How the values are to arrive: as numbers that JavaScript reads, or as the declared Arrow types. */
export type Encoding = 'values' | 'arrow'

/** The statement whose result has exactly the declared columns, in the declared order. Refuses when it cannot. */
export function project(
  statement: Sql,
  stored: readonly StoredColumn[],
  declared: ResultSchema,
  encoding: Encoding,
): Sql {
  const wanted = Object.entries(declared)
  const places = wanted.map(([column]) => place(stored, column, declared))
  const columns = wanted.map(([column, type], i) => {
    const source = stored[places[i] ?? 0]
    const value = cast(name(`c${places[i]}`), type, source?.type ?? '', encoding)
    return sql`${value} as ${name(column)}`
  })
  const names = stored.map((_, i) => name(`c${i}`))
  return sql`select ${join(columns)} from (${statement}\n) as result(${join(names)})`
}

/** Where a declared column stands in the result; it must be there exactly once. */
function place(stored: readonly StoredColumn[], column: string, declared: ResultSchema): number {
  const places = stored.flatMap((found, i) => (found.name === column ? [i] : []))
  if (places.length === 1 && places[0] !== undefined) return places[0]
  throw unexpected(declared, stored)
}

export function unexpected(declared: ResultSchema, stored: readonly StoredColumn[]): Refused {
  return new Refused({
    kind: 'unexpected-result',
    recipe: '',
    expected: Object.entries(declared)
      .map(([column, type]) => `${column} ${type}`)
      .join(', '),
    actual: stored.map(column => `${column.name} ${column.type}`).join(', '),
  })
}

function cast(column: Sql, type: ValueType, stored: string, encoding: Encoding): Sql {
  switch (type) {
    case 'text':
      return sql`cast(${column} as varchar)`
    case 'boolean':
      return sql`cast(${column} as boolean)`
    case 'integer':
      return exactInteger(column, stored, encoding)
    case 'number':
      return sql`case when isfinite(cast(${column} as double)) then cast(${column} as double) end`
    case 'timestamp':
      return encoding === 'values' ? micros(column, 'timestamp') : sql`cast(${column} as timestamp)`
    case 'date':
      return encoding === 'values' ? micros(column, 'date') : sql`cast(${column} as date)`
  }
}

/** Integers of more than 63 bits travel as text where they may, so that sums keep every digit. */
function exactInteger(column: Sql, stored: string, encoding: Encoding): Sql {
  if (encoding === 'values' && /^(U?HUGEINT|UBIGINT)$/.test(stored)) return sql`cast(${column} as varchar)`
  return /^(FLOAT|DOUBLE|DECIMAL)/.test(stored) ? wholeOnly(column) : sql`cast(${column} as bigint)`
}

/** A cast would round 1.5 to 2 without a word. */
function wholeOnly(column: Sql): Sql {
  return sql`case when not isfinite(cast(${column} as double)) then null
    when ${column} = round(${column}) then cast(${column} as bigint)
    when ${column} is not null then error('not a whole number') end`
}

/** Infinite times become null. */
function micros(column: Sql, type: 'timestamp' | 'date'): Sql {
  const time =
    type === 'date' ? sql`cast(cast(${column} as date) as timestamp)` : sql`cast(${column} as timestamp)`
  return sql`epoch_us(${time})`
}

/** The value type under which a stored column is seen from outside; nested types count as text. */
export function valueType(stored: string): ValueType {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(stored)) return 'integer'
  if (/^(FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(stored)) return 'number'
  if (/^TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?$/.test(stored)) return 'timestamp'
  if (stored === 'BOOLEAN') return 'boolean'
  return stored === 'DATE' ? 'date' : 'text'
}

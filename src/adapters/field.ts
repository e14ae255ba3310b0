import { type CanonicalColumn, type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import type { RejectReason } from '../domain/file.ts'
import type { Column, ValueType } from '../domain/table.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import type { Expression, Mapping, Target } from './adapter.ts'
import { type Conventions, type Reading, readingOf } from './reading.ts'
import { givenByCells } from './staging-cells.ts'
import { isScientific, mayBeRuined } from './staging-ruined.ts'

/** One canonical column of one target on its way through the staging table. */
export interface Field {
  readonly table: CanonicalName
  readonly column: string
  readonly declared: CanonicalColumn
  readonly expression: Expression
  readonly reading: Reading
  /** Aliases of the raw expression, its reading, and what is stored. */
  readonly source: Sql
  readonly parsed: Sql
  readonly value: Sql
  /** Present for soft columns, whose unknown names are stored as absent: keeps the name. */
  readonly unresolved: Sql | null
  /** Present for months: true where an export gives another day of the month than its first. */
  readonly moved: Sql | null
  /** Alias of the target's condition. */
  readonly taken: Sql
  readonly rawType: ValueType
}

/** A reason to refuse a raw row: `when` is SQL over the aliases of the fields. */
export interface Check {
  /** The field whose value is refused; absent for refusals of the mapping. */
  readonly field?: Field
  readonly when: Sql
  readonly reason: RejectReason
  readonly column: string | null
  readonly value: Sql
}

/** The fields of a mapping: every mapped column, and the required ones that nothing is mapped to. */
export function fieldsOf(
  mapping: Mapping,
  rawColumns: readonly Column[],
  conventions: Conventions,
): readonly Field[] {
  const wanted = mapping.targets.flatMap((target, t) =>
    columnsOf(target).map(([column, expression]) => ({ target, t, column, expression })),
  )
  return wanted.map(({ target, t, column, expression }, i) => {
    const declared = declaration(target.table, column)
    const rawType = typeOf(expression, rawColumns)
    const reading = readingOf(column, declared, rawType, conventions)
    return {
      table: target.table,
      column,
      declared,
      expression,
      reading,
      rawType,
      source: name(`x_${i}`),
      parsed: name(`p_${i}`),
      value: name(`v_${i}`),
      unresolved: declared.soft ? name(`u_${i}`) : null,
      moved: declared.monthly ? name(`m_${i}`) : null,
      taken: takenAlias(t),
    }
  })
}

/** The alias under which the condition of the n-th target stands in the staging table. */
export function takenAlias(target: number): Sql {
  return name(`t_${target}`)
}

/** The checks of one field, in the order in which a failure is reported. */
export function checksOf(field: Field): readonly Check[] {
  const { reading, declared, source, parsed, value, taken } = field
  const column = field.expression.from[0] ?? field.column
  const check = (reason: RejectReason, when: Sql): Check => ({
    field,
    reason,
    column,
    value: source,
    when: sql`${taken} and ${when}`,
  })
  const checks: Check[] = []
  if (reading.unreadable !== null) {
    checks.push(check(reading.unreadable, sql`${parsed} is null and not ${reading.absent(source)}`))
  }
  if (isRequired(declared)) checks.push(check('missing-required', sql`${value} is null`))
  const { min, max } = declared.range ?? {}
  if (min !== undefined) checks.push(check('out-of-range', sql`${value} < ${min}`))
  if (max !== undefined) checks.push(check('out-of-range', sql`${value} > ${max}`))
  if (mayBeRuined(field)) checks.push(check('ruined-identifier', isScientific(value)))
  return checks
}

function columnsOf(target: Target): readonly (readonly [string, Expression])[] {
  const absent: Expression = { sql: sql`null`, from: [] }
  const missing = Object.entries(canonicalTable(target.table).columns)
    .filter(([column, declared]) => isRequired(declared) && !Object.hasOwn(target.columns, column))
    .map(([column]) => [column, absent] as const)
  return [...Object.entries(target.columns), ...missing].filter(([column]) => !givenByCells(target, column))
}

function declaration(table: CanonicalName, column: string): CanonicalColumn {
  const declared = canonicalTable(table).columns[column]
  if (!declared) throw new RangeError(`${table} has no column ${column}`)
  return declared
}

/** True for key columns too. */
export function isRequired(declared: CanonicalColumn): boolean {
  return declared.required === true || declared.key === true
}

/** A bare raw column has the type that the engine gave it; everything else is read as text. */
function typeOf({ sql: expression, from, type }: Expression, rawColumns: readonly Column[]): ValueType {
  if (type !== undefined) return type
  const [only] = from
  if (from.length !== 1 || only === undefined || expression.text !== name(only).text) return 'text'
  return rawColumns.find(column => column.name === only)?.type ?? 'text'
}

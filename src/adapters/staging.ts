import type { Alias } from '../domain/alias.ts'
import { type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import type { Dialect } from '../domain/file.ts'
import type { Column } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { Mapping } from './adapter.ts'
import { type Check, checksOf, type Field, fieldsOf, takenAlias } from './field.ts'
import { duplicateRefusals } from './key.ts'
import { outputStatements, outputTypeNames } from './output.ts'
import { type Bounds, createdBy, rawSlice, type Slice, stagedSlices } from './slices.ts'
import { cellAliases, cellSources } from './staging-cells.ts'
import { type StagingQuery, stagingQuestions } from './staging-questions.ts'
import { zeroTailRefusals } from './staging-ruined.ts'

/** What turns one raw table into canonical tables. */
export interface StagingRequest {
  readonly raw: string
  /** The raw table's columns as the engine tells them, `row_no` among them. */
  readonly rawColumns: readonly Column[]
  /** How many rows the raw table has. Where it is not told, they are all taken at once. */
  readonly rows?: number
  /** How much of it one statement takes. */
  readonly bounds?: Bounds
  readonly fileId: string
  readonly mapping: Mapping
  /** Fixed offset assumed for times that carry none, such as `+08:00`. */
  readonly zone: string
  /** How numbers are written in text columns. */
  readonly decimal: Dialect['decimal']
  /** What a person, or an alias table, has said that names stand for; they come before the built-in names. */
  readonly aliases: readonly Alias[]
  /** The tables to create, one for each canonical table of the mapping; names no other table has. */
  readonly outputs: Readonly<Partial<Record<CanonicalName, string>>>
  /** Canonical tables already loaded, whose keys must not occur again. */
  readonly existing: Readonly<Partial<Record<CanonicalName, readonly string[]>>>
}

/** Statements to execute in order, then questions to ask of what they made. Rows read = accepted + rejected. */
export interface StagingPlan {
  readonly statements: readonly Sql[]
  /** One row: `rowsRead`, `rowsAccepted`, `rowsRejected`. */
  readonly counts: StagingQuery
  /** `reason`, `rows`: how many rows were rejected for what, most frequent first. */
  readonly rejectCounts: StagingQuery
  /** `row`, `reason`, `column`, `value` of the first 10,000 rejects in file order. */
  readonly rejects: StagingQuery
  /**
   * `table`, `column`, `value`, `rows`, `rejected`: the 1,000 most frequent names that no code is known for. Where a
   * column must not lose its row for that (places, industries) they are stored as absent; else the row is a reject.
   */
  readonly unresolved: StagingQuery
  /** `column`, `rows`: how many texts of each raw column of times say more than the microsecond that is kept. */
  readonly cutTimes: StagingQuery
  /** `column`, `rows`: how many rows of each raw column of months give a day other than the first. */
  readonly movedDays: StagingQuery
  /** Drops what only the questions need; the canonical tables stay. */
  readonly release: readonly Sql[]
  /** Drops everything that the plan made, however far it came. */
  readonly drop: readonly Sql[]
}

/**
 * The plan that reads a raw table through a mapping. A raw row is accepted when it passes all its targets; else it is
 * a reject with the first reason that holds: refusals of the mapping, then columns in order, then keys (against
 * existing tables, then within the file, where the first row stays). One pass over the raw table, linear in its rows.
 */
export function stage(request: StagingRequest): StagingPlan {
  const staged = name(`${request.raw}_staged`)
  const refused = name(`${request.raw}_refused`)
  const fields = fieldsOf(request.mapping, request.rawColumns, request)
  const checks = [...refusalChecks(request.mapping), ...fields.flatMap(checksOf)]
  const tables = { staged, refused }
  const release = [staged, refused].map(table => sql`drop table if exists ${table}`)
  return {
    statements: [
      ...createdBy(staged, stagedSlices(request), slice => stagedRows(request, slice, fields, checks)),
      sql`create table ${refused} as ${refusedRows(staged, checks)}`,
      ...zeroTailRefusals(fields, tables),
      ...duplicateRefusals(request, fields, tables),
      ...outputStatements(request, fields, tables),
    ],
    ...stagingQuestions(request, tables, fields, checks),
    release,
    drop: [...release, ...outputDrops(request)],
  }
}

function refusalChecks(mapping: Mapping): readonly Check[] {
  return mapping.refusals.map(({ reason, column }, i) => ({
    reason,
    column,
    when: name(`r_${i}`),
    value: column === null ? sql`null` : name(`rx_${i}`),
  }))
}

/** raw -> sources -> parsed -> stored values -> the number of the first failing check and the value it fell over. */
function stagedRows(
  request: StagingRequest,
  slice: Slice | null,
  fields: readonly Field[],
  checks: readonly Check[],
): Sql {
  const kept = fields.map(({ reading, parsed, value }) => sql`${reading.kept(parsed)} as ${value}`)
  const numbered = checks.map(({ when }, i) => sql`when ${when} then ${i + 1}`)
  const shown = checks.map(({ value }, i) => sql`when ${i + 1} then cast(${value} as varchar)`)
  const failed = checks.length === 0 ? sql`0` : sql`case ${join(numbered, ' ')} else 0 end`
  const fellOver = checks.length === 0 ? sql`null` : sql`case failed ${join(shown, ' ')} end`
  return sql`
    with source as (select ${sourceColumns(request, slice, fields)} from ${rawRows(request, slice)}),
      parsed as (select *, ${parsedColumns(fields)} from source),
      valued as (select ${join([sql`*`, ...kept])} from parsed),
      judged as (select *, ${failed} as failed from valued)
    select ${stagedColumns(request, fields)}, failed, left(${fellOver}, 80) as fell_over from judged`
}

/** The raw table; columns that an adapter chosen for another export wants are there, and absent in every row. */
function rawRows({ raw, rawColumns, mapping }: StagingRequest, slice: Slice | null): Sql {
  const known = new Set(rawColumns.map(column => column.name.toLowerCase()))
  const wanted = mapping.targets.flatMap(({ columns }) => Object.values(columns).flatMap(({ from }) => from))
  const refusing = mapping.refusals.flatMap(({ column }) => column ?? [])
  const missing = [...new Set([...wanted, ...refusing])].filter(column => !known.has(column.toLowerCase()))
  const rows = rawSlice(raw, slice)
  if (missing.length === 0) return rows
  const added = missing.map(column => sql`cast(null as varchar) as ${name(column)}`)
  return sql`(select *, ${join(added)} from ${rows})`
}

function sourceColumns(
  { mapping, rawColumns }: StagingRequest,
  slice: Slice | null,
  fields: readonly Field[],
): Sql {
  const refusals = mapping.refusals.flatMap(({ when, column }, i) => [
    sql`${when} as ${name(`r_${i}`)}`,
    ...(column === null ? [] : [sql`${name(column)} as ${name(`rx_${i}`)}`]),
  ])
  const conditions = mapping.targets.map(
    ({ when }, i) => sql`${when ? sql`coalesce(${when}, false)` : true} as ${takenAlias(i)}`,
  )
  const sources = fields.map(
    ({ reading, expression, source }) => sql`${reading.source(expression.sql)} as ${source}`,
  )
  const ordinal = sql`row_number() over () + ${slice?.before ?? 0}`
  const cells = cellSources(mapping, rawColumns)
  return join([
    sql`${ordinal} as ordinal`,
    sql`${rowNumber(rawColumns) ?? ordinal} as row_no`,
    ...refusals,
    ...conditions,
    ...sources,
    ...cells,
  ])
}

/** The file's row number; a file's own column of that name counts only when it holds integers. */
function rowNumber(rawColumns: readonly Column[]): Sql | null {
  const own = rawColumns.find(column => column.name === 'row_no')
  return own?.type === 'integer' ? sql`cast(${name('row_no')} as bigint)` : null
}

function parsedColumns(fields: readonly Field[]): Sql {
  return join(fields.map(({ reading, source, parsed }) => sql`${reading.parsed(source)} as ${parsed}`))
}

function stagedColumns({ mapping }: StagingRequest, fields: readonly Field[]): Sql {
  const conditions = mapping.targets.map((_, i) => takenAlias(i))
  const lost = fields.flatMap(({ unresolved, parsed, source, reading, taken }) =>
    unresolved
      ? [
          sql`case when ${taken} and ${parsed} is null and not ${reading.absent(source)}
            then left(${source}, 80) end as ${unresolved}`,
        ]
      : [],
  )
  const moved = fields.flatMap(field =>
    field.moved ? [sql`(${field.taken} and ${field.value} <> ${field.parsed}) as ${field.moved}`] : [],
  )
  const values = fields.map(({ value }) => value)
  return join([
    sql`ordinal`,
    sql`row_no`,
    ...conditions,
    ...values,
    ...cellAliases(mapping),
    ...lost,
    ...moved,
  ])
}

function refusedRows(staged: Sql, checks: readonly Check[]): Sql {
  const pick = (given: (check: Check) => string | null) =>
    checks.length === 0
      ? sql`cast(null as varchar)`
      : sql`case failed ${join(
          checks.map((check, i) => sql`when ${i + 1} then cast(${given(check)} as varchar)`),
          ' ',
        )} end`
  return sql`
    select ordinal, row_no, ${pick(check => check.reason)} as reason, ${pick(check => check.column)} as ${name('column')},
      cast(fell_over as varchar) as value
    from ${staged} where failed > 0`
}

function outputDrops({ outputs, mapping }: StagingRequest): readonly Sql[] {
  return mapping.targets.flatMap(({ table }) => {
    const output = outputs[table]
    if (output === undefined) return []
    const types = outputTypeNames(output, canonicalTable(table))
    return [sql`drop table if exists ${name(output)}`, ...types.map(type => sql`drop type if exists ${type}`)]
  })
}

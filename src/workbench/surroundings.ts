import type { CanonicalName } from '../domain/canonical.ts'
import { type Result, success } from '../domain/failure.ts'
import { noFilters } from '../domain/filter.ts'
import { formatDate } from '../domain/format.ts'
import type { Row } from '../domain/table.ts'
import { canonicalSources, type Workspace } from '../domain/workspace.ts'
import type { Engine, ResultSchema } from '../engine/engine.ts'
import { overlap, scope } from '../indicators/indicator.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { type DataTime, dataTime } from './data-time.ts'
import type { FilterChoices } from './state.ts'

/** What the data says of itself, before any filter: the time it speaks of and what can be filtered by. */
export interface Surroundings extends DataTime {
  readonly overlapping: readonly CanonicalName[]
  readonly filterChoices: FilterChoices
}

/** Fails as the first of its queries does: cancelled, or lost (it is asked again after the reload). */
export async function surroundings(
  engine: Engine,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<Result<Surroundings>> {
  const { tables } = scope(canonicalSources(workspace), noFilters)
  const answers: Record<string, readonly Row[]> = {}
  for (const [about, { statement, result }] of Object.entries(questions(tables))) {
    const answer = await engine.query(statement, result, signal)
    if (!answer.ok) return answer
    answers[about] = answer.value.rows
  }
  const time = await dataTime(engine, workspace, signal)
  if (!time.ok) return time
  const overlapping = await overlaps(engine, workspace, signal)
  if (!overlapping.ok) return overlapping
  return success({
    ...time.value,
    filterChoices: filterChoices(answers, time.value),
    overlapping: overlapping.value,
  })
}

/** The tables in which two exports have rows of the same things. */
async function overlaps(
  engine: Engine,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<Result<readonly CanonicalName[]>> {
  const asked = Object.entries(canonicalSources(workspace)).flatMap(([table, sources]) => {
    const condition = overlap(table as CanonicalName, sources)
    return condition === null ? [] : [sql`select ${table} as code where ${condition}`]
  })
  if (asked.length === 0) return success([])
  const answer = await engine.query(join(asked, ' union all by name '), { code: 'text' }, signal)
  return answer.ok ? success(answer.value.rows.map(({ code }) => code as CanonicalName)) : answer
}

/** Days that are not believed are not offered: the calendar would reach to 2106. */
function filterChoices(
  answers: Readonly<Record<string, readonly Row[]>>,
  { asOf, laterRows }: DataTime,
): FilterChoices {
  const rows = (about: string) => answers[about] ?? []
  const last = dateOf(rows('period'), 'last')
  const end = asOf === null || laterRows === null ? null : formatDate(asOf)
  return {
    platforms: rows('platforms').map(({ id, name }) => ({ id: String(id), name: String(name) })),
    provinces: rows('provinces').map(({ code }) => String(code)),
    industries: rows('industries').map(({ code }) => String(code)),
    tiers: rows('tiers').map(({ code }) => String(code)),
    ownerships: rows('ownerships').map(({ code }) => String(code)),
    sizes: rows('sizes').map(({ code }) => String(code)),
    from: dateOf(rows('period'), 'first'),
    to: last !== null && end !== null && end < last ? end : last,
  }
}

function questions(tables: AllTables): Readonly<Record<string, { statement: Sql; result: ResultSchema }>> {
  return {
    period: { statement: periodQuery(tables), result: { first: 'date', last: 'date' } },
    platforms: { statement: platformChoices(tables), result: { id: 'text', name: 'text' } },
    provinces: {
      statement: codes('province_code', [tables.platform, tables.device]),
      result: { code: 'text' },
    },
    industries: {
      statement: codes('industry_code', [
        tables.organisation,
        tables.device,
        tables.model,
        tables.application,
      ]),
      result: { code: 'text' },
    },
    tiers: { statement: codes('tier', [tables.platform]), result: { code: 'text' } },
    ownerships: { statement: codes('ownership', [tables.organisation]), result: { code: 'text' } },
    sizes: { statement: codes('size', [tables.organisation]), result: { code: 'text' } },
  }
}

type AllTables = ReturnType<typeof scope>['tables']

/** First and last day with dated rows, by the receiving side's clock where there is one: device clocks go wrong. */
function periodQuery(tables: AllTables): Sql {
  return sql`
    select min(moment)::date as first, max(moment)::date as last from (
      select window_start::timestamp as moment from ${tables.ingest_batch}
      union all select month::timestamp from ${tables.asset_usage}
      union all select ts_ingest::timestamp from ${tables.conn_event})`
}

/** Every platform that any table speaks of, with its name where the platform table has one. */
function platformChoices(tables: AllTables): Sql {
  return sql`
    with named as (select platform_id, min(name) as name from ${tables.platform} group by 1),
    spoken as (
      select platform_id from named
      union select platform_id::varchar from ${tables.device}
      union select platform_id::varchar from ${tables.ingest_batch}
      union select platform_id::varchar from ${tables.conn_event})
    select spoken.platform_id as id, coalesce(named.name, spoken.platform_id) as name
    from spoken left join named using (platform_id) where spoken.platform_id is not null order by 1`
}

/** The values that a column has in any of the tables. */
function codes(column: string, tables: readonly Sql[]): Sql {
  const each = tables.map(table => sql`select ${name(column)}::varchar as code from ${table}`)
  return sql`select distinct code from (${join(each, ' union all by name ')}) where code is not null order by 1`
}

function dateOf(rows: readonly Row[], column: string): string | null {
  const value = rows[0]?.[column]
  return typeof value === 'number' ? formatDate(value) : null
}

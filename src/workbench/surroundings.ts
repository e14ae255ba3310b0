import { noFilters } from '../domain/filter.ts'
import { formatDate } from '../domain/format.ts'
import type { Row } from '../domain/table.ts'
import { canonicalSources, type Workspace } from '../domain/workspace.ts'
import type { Engine, ResultSchema } from '../engine/engine.ts'
import { asOfQuery, scope } from '../indicators/indicator.ts'
import { type Sql, sql } from '../sql/sql.ts'
import type { FilterChoices } from './state.ts'

/** What the data says of itself, before any filter: the time it speaks of and what can be filtered by. */
export interface Surroundings {
  readonly asOf: number | null
  readonly filterChoices: FilterChoices
}

/** Null when the engine could not answer (cancelled, or lost: it is asked again after the reload). */
export async function surroundings(
  engine: Engine,
  workspace: Workspace,
  signal: AbortSignal,
): Promise<Surroundings | null> {
  const { tables } = scope(canonicalSources(workspace), noFilters)
  const ask = (statement: Sql, result: ResultSchema) => rowsOf(engine, statement, result, signal)
  const asOf = await ask(asOfQuery(tables), { as_of: 'timestamp' })
  const period = await ask(periodQuery(tables), { first: 'date', last: 'date' })
  const platforms = await ask(platformChoices(tables), { id: 'text', name: 'text' })
  const provinces = await ask(provinceChoices(tables), { code: 'text' })
  const tiers = await ask(
    sql`select distinct tier from ${tables.platform} where tier is not null order by 1`,
    { tier: 'text' },
  )
  if (asOf === null || period === null || platforms === null || provinces === null || tiers === null)
    return null
  return {
    asOf: latest([numberOf(asOf, 'as_of'), ...workspace.datasets.map(dataset => declared(dataset.asOf))]),
    filterChoices: {
      platforms: platforms.map(row => ({ id: String(row.id), name: String(row.name) })),
      provinces: provinces.map(row => String(row.code)),
      tiers: tiers.map(row => String(row.tier)),
      from: dateOf(period, 'first'),
      to: dateOf(period, 'last'),
    },
  }
}

type AllTables = ReturnType<typeof scope>['tables']

/** First and last day with dated rows, by the receiving side's clock where there is one: device clocks go wrong. */
function periodQuery(tables: AllTables): Sql {
  return sql`
    select min(at)::date as first, max(at)::date as last from (
      select window_start::timestamp as at from ${tables.ingest_batch}
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

function provinceChoices(tables: AllTables): Sql {
  return sql`
    select distinct code from (
      select province_code::varchar as code from ${tables.platform}
      union select province_code::varchar from ${tables.device}) where code is not null order by 1`
}

async function rowsOf(
  engine: Engine,
  statement: Sql,
  result: ResultSchema,
  signal: AbortSignal,
): Promise<readonly Row[] | null> {
  const answer = await engine.query(statement, result, signal)
  return answer.ok ? answer.value.rows : null
}

function numberOf(rows: readonly Row[], column: string): number | null {
  const value = rows[0]?.[column]
  return typeof value === 'number' ? value : null
}

function dateOf(rows: readonly Row[], column: string): string | null {
  const value = numberOf(rows, column)
  return value === null ? null : formatDate(value)
}

function declared(text: string | null): number | null {
  const milliseconds = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(milliseconds) ? null : milliseconds * 1000
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter(time => time !== null)
  return known.length === 0 ? null : Math.max(...known)
}

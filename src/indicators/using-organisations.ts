import type { Phrase } from '../domain/phrase.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, Tables } from './recipe.ts'

/** Calendar months up to that of the time of the data; absent: all months up to then. */
export interface UsageMonths {
  readonly months?: number
}

/** Which months of usage lie in the window. */
export function withinMonths({ asOf }: Context, { months }: UsageMonths): Sql {
  const last = sql`month <= ${instant(asOf)}::date`
  if (months === undefined) return last
  return sql`${last}
        and month >= date_trunc('month', ${instant(asOf)})::date - to_months((${Math.round(months)} - 1)::integer)`
}

/**
 * CTEs `usage_in_window` (rows of usage of models or of applications in the window) and `using_subject`, one row a
 * subject of them: `named` organisations (distinct), `told` (the most that a row for all together, `*`, gives for one
 * month), a row with 0 users being no use in either; `organisations` (the larger of both: at least so many), `usage_rows`.
 */
export function usingOrganisations(
  { usage }: Tables,
  kind: 'model' | 'application',
  context: Context,
  window: UsageMonths,
): Sql {
  return sql`usage_in_window as (
      select subject_id, org_id, users is distinct from 0 as is_use, organisations
      from ${usage} where subject_kind::varchar = ${kind} and ${withinMonths(context, window)}
    ), using_subject as (
      select subject_id, named, told, greatest(named, told) as organisations, usage_rows
      from (
        select subject_id, count(distinct org_id) filter (org_id <> '*' and is_use) as named,
          coalesce(max(organisations) filter (org_id = '*' and is_use), 0) as told, count(*) as usage_rows
        from usage_in_window group by subject_id
      )
    )`
}

/** Cautions about counting the organisations that use something. */
export const usingCautions: Phrase = {
  zh: '使用组织数取两者中较大的：有名称的不同组织数，与“*”合计行给出的单月最大组织数；合计行不说明是哪些组织，不同月份的组织无法去重，故为下限。用户数为 0 的行（含合计行）不算使用，但算作有使用记录。所有制、规模筛选作用于使用方组织，会去掉不指名的合计行；时期筛选短于窗口时只留其中月份的使用记录。',
  en: 'The organisations that use something are the larger of two counts: distinct named ones, and the most that a row for all together (“*”) gives for one month; such rows do not say which organisations they are, so that months cannot be told apart and the count is a lower bound. A row with 0 users, of all together as well, is no use but a record of usage. Filters by ownership and size act on the using organisations and drop rows that name none; a period shorter than the window leaves only the usage of its months.',
}

import { name, type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, Tables } from './recipe.ts'

/**
 * CTE `subscriber`: one row a customer with a subscription in force so many months before the time of the data, with the monthly
 * recurring revenue of its subscriptions in force `mrr_then` and `mrr_now`, in yuan, and `stays` (any in force now). Both sums are
 * null where a contract of theirs has no amount. A period cuts no contract.
 */
export function subscribers({ anytime: { contract } }: Tables, months: number, { asOf }: Context): Sql {
  const now = sql`${instant(asOf)}::date`
  const then = sql`(${now} - to_months(${Math.round(months)}::integer))`
  const inForce = (day: Sql) => sql`(${name('start')} <= ${day} and (ended_at is null or ended_at > ${day}))`
  return sql`subscription as (
      select org_id, mrr::double as mrr, ${inForce(then)} as was, ${inForce(now)} as is_now
      from ${contract} where mode::varchar = 'subscription' and org_id is not null and org_id not in ('*', '')
    ), subscriber as (
      select org_id, bool_or(is_now) as stays,
        case when count(*) filter (mrr is null) = 0 then coalesce(sum(mrr) filter (was), 0) end as mrr_then,
        case when count(*) filter (mrr is null) = 0 then coalesce(sum(mrr) filter (is_now), 0) end as mrr_now
      from subscription where was or is_now group by org_id having bool_or(was)
    )`
}

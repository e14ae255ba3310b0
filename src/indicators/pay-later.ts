import { name, type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, Tables } from './recipe.ts'

/**
 * CTE `trial`: the contracts of "use first, pay later" with `days` from their start to the first payment, else to their end, else to
 * the time of the data, and their `verdict` then:
 * - `paid`, `ended` (unpaid), `overdue` (running past maturity, unpaid), `open` (running)
 * - left out: `later` (starts after the time of the data), `paid_before`, `ended_before` (before their start)
 */
export function payLaterTrials({ contract }: Tables, { asOf }: Context): Sql {
  const today = sql`${instant(asOf)}::date`
  const start = name('start')
  return sql`known_trial as (
      select contract_id, platform_id::varchar as platform_id, org_id, ${start}, matures_at, first_paid_at, ended_at, arrears,
        case when first_paid_at <= ${today} then first_paid_at end as paid_on,
        case when ended_at <= ${today} then ended_at end as ended_on, file_id, row_no
      from ${contract} where mode::varchar = 'pay_later' and ${start} is not null
    ), trial as (
      select *, (coalesce(paid_on, ended_on, ${today}) - ${start})::bigint as days,
        case when ${start} > ${today} then 'later' when paid_on < ${start} then 'paid_before'
          when paid_on is not null then 'paid' when ended_on < ${start} then 'ended_before'
          when ended_on is not null then 'ended' when matures_at <= ${today} then 'overdue' else 'open' end as verdict
      from known_trial
    )`
}

import { name, type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, Tables } from './recipe.ts'

/**
 * CTEs `node` (the platforms in scope: platform_id, platform_name, tier) and `link`, one row a row of `platform_link` in
 * scope of the kinds asked for, with its verdict: `counted`, or why it is not (`self`: of a platform to itself, `later`: since after
 * the time of the data, `outside`: an end is no platform in scope), and its ends in order as `platform_id` and `other_id`.
 */
export function judgedLinks({ platform, platform_link }: Tables, kinds: string, { asOf }: Context): Sql {
  const [from, to] = [sql`${name('from')}::varchar`, sql`${name('to')}::varchar`]
  return sql`node as (
      select platform_id::varchar as platform_id, min(name) as platform_name, min(tier::varchar) as tier
      from ${platform} where platform_id is not null group by 1
    ), link as (
      select least(${from}, ${to}) as platform_id, greatest(${from}, ${to}) as other_id, kind::varchar as kind, since,
        case
          when ${from} = ${to} then 'self'
          when since > ${instant(asOf)}::date then 'later'
          when ${from} in (select platform_id from node) and ${to} in (select platform_id from node) then 'counted'
          else 'outside' end as verdict,
        file_id, row_no
      from ${platform_link} where ${kinds === 'all'} or kind::varchar = ${kinds}
    )`
}

import { canonicalTables } from '../domain/canonical.ts'
import { join, type Sql, sql } from '../sql/sql.ts'
import { datedPlatforms } from './dated-platforms.ts'
import type { Tables } from './recipe.ts'

/** From the lowest. */
export const tiers = Object.keys(canonicalTables.platform.columns.tier.values)

/** What a platform may be besides of a tier. */
export const otherStates = {
  unknown: { zh: '梯度未知', en: 'Tier unknown' },
  absent: { zh: '不在名单', en: 'Not listed' },
} as const

const tierList = sql`[${join(tiers.map(tier => sql`${tier}`))}]`

/**
 * CTEs from the dated exports of platforms:
 * - `compared`: one row; first_as_of and last_as_of, the exports compared (null where there is none): the latest that gives
 *   any tier, and of those before it the one nearest to `years` earlier; `exports` that give tiers, `listings` at all
 * - `moved`: one row a platform of either: from_tier, to_tier (with `unknown` and `absent`), step (tiers risen; null where
 *   either is no tier), file_id and row_no of its latest row
 */
export function tierMoves(tables: Tables, years: number): Sql {
  return sql`row_of as materialized (
      ${datedPlatforms(tables, sql`name, tier::varchar as tier, file_id, row_no`)}
    ),
    export as (select time from row_of group by time having count(tier) > 0),
    latest as (select max(time) as last_as_of, count(*) as exports from export),
    earlier as (
      select time as first_as_of from export, latest where time < last_as_of
      order by abs(date_diff('second', time, last_as_of - to_months(${Math.round(years * 12)}))), time limit 1
    ),
    compared as materialized (
      select first_as_of, last_as_of, exports, (select count(*) from ${tables.platform}) as listings,
        date_diff('second', first_as_of, last_as_of) / 31557600 as years
      from latest left join earlier on true
    ),
    before as (select row_of.* from row_of join compared on time = first_as_of),
    later as (select row_of.* from row_of join compared on time = last_as_of),
    moved as materialized (
      select platform_id, coalesce(later.name, before.name) as platform_name, ${stateOf(sql`before`)} as from_tier,
        ${stateOf(sql`later`)} as to_tier,
        list_position(${tierList}, later.tier) - list_position(${tierList}, before.tier) as step,
        coalesce(later.file_id, before.file_id) as file_id, coalesce(later.row_no, before.row_no) as row_no
      from before full join later using (platform_id)
      where exists (select 1 from compared where first_as_of is not null)
    )`
}

function stateOf(side: Sql): Sql {
  return sql`case when ${side}.time is null then 'absent' else coalesce(${side}.tier, 'unknown') end`
}

/** CTE `cell` (from_tier, to_tier): the four by four tiers in order, then what else occurs. */
export const tierCells = sql`listed as (
      select a.tier as from_tier, b.tier as to_tier, a.place as from_place, b.place as to_place
      from (select unnest(${tierList}) as tier, generate_subscripts(${tierList}, 1) as place) as a,
        (select unnest(${tierList}) as tier, generate_subscripts(${tierList}, 1) as place) as b
    ),
    cell as (
      select from_tier, to_tier, coalesce(from_place, 9) as from_place, coalesce(to_place, 9) as to_place
      from listed full join (select distinct from_tier, to_tier from moved) using (from_tier, to_tier)
    )`

import { type Sql, sql } from '../sql/sql.ts'
import type { Context, Tables } from './recipe.ts'
import { withinMonths } from './using-organisations.ts'

/** Calendar months up to that of the time of the data. */
export function monthsInput(months: number) {
  return {
    kind: 'number',
    name: { zh: '窗口长度', en: 'Window' },
    unit: { zh: '个月', en: 'months' },
    min: 1,
    max: 120,
    default: months,
  } as const
}

/**
 * CTE `community_month`: the rows of `community` in scope, ids as text, with `in_window` (among
 * the `months` calendar months that end with that of the time of the data), `splits` (contributors and external ones are
 * known, and no more are external than there are) and `splits_merged` (the same of merged changes).
 */
export function communityMonths({ community }: Tables, months: number, context: Context): Sql {
  return sql`community_month as (
      select community_id, platform_id::varchar as platform_id, repo::varchar as repo,
        month, contributors, external_contributors, merged, merged_external,
        coalesce(${withinMonths(context, { months })}, false) as in_window,
        coalesce(external_contributors <= contributors, false) as splits,
        coalesce(merged_external <= merged, false) as splits_merged, file_id, row_no
      from ${community}
    )`
}

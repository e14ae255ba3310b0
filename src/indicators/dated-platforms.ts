import { type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'
import { withinPeriod } from './within-period.ts'

/**
 * The platforms in scope as each dated export up to the end of the period gives them: platform_id as text, `columns`, and the
 * export's `time`. Of one platform in two files of a time the later row stands.
 */
export function datedPlatforms(tables: Tables, columns: Sql): Sql {
  const { platform, history } = tables
  return sql`select platform_id::varchar as platform_id, ${columns}, export_as_of as time
      from ${history.platform}
      where export_as_of is not null and ${withinPeriod(sql`export_as_of`, tables)}
        and platform_id::varchar in (select platform_id::varchar from ${platform})
      qualify row_number() over (partition by platform_id::varchar, export_as_of order by export_no desc) = 1`
}

import { type Sql, sql } from '../sql/sql.ts'
import { platformNames } from './device-group.ts'
import { modelGroupColumn } from './model-group.ts'
import type { Tables } from './recipe.ts'

/** The kinds that count as AI: machine learning, large models, agents. */
export const aiKinds = ['ml', 'large', 'agent'] as const

/** Counts of models: all, of known kind (with those of unknown kind where asked for), AI. */
export function kindCounts(unknown: string): Sql {
  return sql`count(*) as models, count(*) filter (kind is not null or ${unknown === 'count'}) as judged_models,
        count(*) filter (kind::varchar in ${aiKinds}) as ai_models`
}

/** One row a group with its share of AI models, the largest first. */
export function groupShares(tables: Tables, by: 'platform' | 'industry', unknown: string): Sql {
  return sql`
    with counted as (
      select ${modelGroupColumn(by)}::varchar as "group", ${kindCounts(unknown)} from ${tables.model} group by 1
    )
    select "group", platform_name, models, judged_models, ai_models,
      ai_models / nullif(judged_models, 0) as ai_share
    from counted left join ${platformNames(tables)} as named on named.platform_id = "group" and ${by === 'platform'}
    order by models desc, "group" nulls last`
}

export const groupShareColumns = {
  group: 'text',
  platform_name: 'text',
  models: 'integer',
  judged_models: 'integer',
  ai_models: 'integer',
  ai_share: 'number',
} as const

import type { Phrase } from '../domain/phrase.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { mergedSpans } from './enterprise-use.ts'
import { instant } from './instant.ts'
import type { Tables } from './recipe.ts'
import { resolvedCounters } from './resolved-counters.ts'
import { isCounted } from './target-series.ts'

/** What the index is made of: its name, and the column without which it has no history. */
export const components = {
  devices: { name: { zh: '设备存量', en: 'Devices' }, column: 'device.activated_at' },
  models: { name: { zh: '工业模型', en: 'Models' }, column: 'model.created_at' },
  applications: { name: { zh: '工业应用', en: 'Applications' }, column: 'application.created_at' },
  volume: { name: { zh: '日均汇聚量', en: 'Daily volume' }, column: 'ingest_batch.bytes' },
  organisations: { name: { zh: '服务组织', en: 'Organisations served' }, column: 'contract.start' },
} as const satisfies Readonly<Record<string, { readonly name: Phrase; readonly column: string }>>

export type Component = keyof typeof components
export const componentIds = Object.keys(components) as readonly Component[]

/** Months in a period, and how many periods are looked at. */
const frequencies = {
  month: { months: 1, periods: 120, unit: sql`'month'` },
  quarter: { months: 3, periods: 40, unit: sql`'quarter'` },
} as const

/** The columns of `componentLevels`. */
export const levelColumns = {
  component: 'text',
  period: 'date',
  previous_period: 'date',
  total: 'number',
  platforms: 'integer',
  matched_platforms: 'integer',
  matched_before: 'number',
  matched_after: 'number',
} as const

/**
 * One row for each component and complete period in which any platform has anything of it: the total, and what the platforms
 * that are present in this period and in the one before it (the last with data) have in both.
 */
export function componentLevels(
  tables: Tables,
  { frequency, counted }: { readonly frequency: string; readonly counted: string },
  asOf: number,
): Sql {
  const { months, periods, unit } = frequencies[frequency === 'quarter' ? 'quarter' : 'month']
  return sql`
    with point as (
      select i, (last - to_months(((${periods} - i) * ${months})::integer)) as start,
        last - to_months(((${periods - 1} - i) * ${months})::integer) as finish, finish - interval 1 microsecond as time
      from (select date_trunc(${unit}, ${instant(asOf)} + interval 1 microsecond) as last), range(${periods}) as g(i)
    ),
    ${stocks(tables, counted)}, ${volumes(tables)},
    level as materialized (
      select component, platform_id, i, value from stock where value > 0
      union all by name
      select 'volume' as component, platform_id, i, value from volume where value > 0
    ),
    summed as (
      select component, i, lag(i) over (partition by component order by i) as previous, sum(value) as total,
        count(*) as platforms
      from level group by component, i
    ),
    matched as (
      select summed.component, summed.i, count(*) as matched_platforms, sum(before.value) as matched_before,
        sum(later.value) as matched_after
      from summed join level as later using (component, i)
        join level as before on before.component = summed.component and before.i = summed.previous
          and before.platform_id = later.platform_id
      group by all
    )
    select summed.component, point.start::date as period, earlier.start::date as previous_period, total, platforms,
      coalesce(matched_platforms, 0) as matched_platforms, matched_before, matched_after
    from summed join point using (i) left join point as earlier on earlier.i = summed.previous
      left join matched on matched.component = summed.component and matched.i = summed.i
    order by summed.component, period`
}

/** CTE `stock` (component, platform_id, i, value): what each platform has at the end of each period. */
function stocks({ anytime }: Tables, counted: string): Sql {
  const { device, model, application, contract } = anytime
  const id = sql`coalesce(platform_id::varchar, '') as platform_id`
  return sql`service as (
      select ${id}, org_id, start::timestamp as start, coalesce(ended_at::timestamp, timestamp 'infinity') as finish
      from ${contract} where org_id is not null and start is not null and (ended_at is null or ended_at > start)
    ),
    ${mergedSpans(sql`service`, sql`platform_id, org_id`)},
    span as (
      select 'devices' as component, ${id}, activated_at as start, coalesce(retired_at, timestamp 'infinity') as finish
      from ${device} where ${isCounted(counted)}
      union all
      select 'models', ${id}, created_at, timestamp 'infinity' from ${model}
      union all
      select 'applications', ${id}, created_at, timestamp 'infinity' from ${application}
      union all
      select 'organisations', platform_id, start, finish from merged
    ),
    change as (
      select component, platform_id, start as time, 1 as change from span where start < finish
      union all
      select component, platform_id, finish, -1 from span where start < finish and finish < timestamp 'infinity'
    ),
    placed as materialized (
      select component, platform_id, i, sum(change) as change
      from change asof join point on change.time <= point.time group by all
    ),
    stock as (
      select component, platform_id, i,
        sum(coalesce(change, 0)) over (partition by component, platform_id order by i)::double as value
      from (select distinct component, platform_id from placed) cross join point
        left join placed using (component, platform_id, i)
    )`
}

/** CTE `volume` (platform_id, i, value): bytes a day; days are those of the period within the span of all batches. */
function volumes(tables: Tables): Sql {
  const { ingest_batch } = tables.anytime
  return sql`batch as (
      select coalesce(platform_id, '') as platform_id, i, point.start, point.finish, window_start,
        greatest(window_start, window_end) as window_end, bytes_added
      from ${resolvedCounters({ ...tables, ingest_batch })} as resolved
        join point on window_start >= point.start and window_start < point.finish
      where bytes_added is not null
    ),
    extent as (select min(window_start) as first, max(window_end) as last from batch),
    volume as (
      select platform_id, i, sum(bytes_added)::double / nullif(greatest(0,
          date_diff('second', greatest(min(start), min(first)), least(min(finish), min(last)))), 0) * 86400 as value
      from batch, extent group by platform_id, i
    )`
}

import { type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Context, InputValues, Tables } from './recipe.ts'
import { windowRecords } from './resolved-counters.ts'

export const intrinsicInputs = {
  weights: {
    kind: 'choice',
    name: { zh: '权重', en: 'Weighted by' },
    choices: {
      ingested: { zh: '数据源汇聚的字节数', en: 'Bytes that sources brought' },
      assets: { zh: '数据资产的字节数', en: 'Bytes of data assets' },
    },
    default: 'ingested',
  },
  scarcity: {
    kind: 'number',
    name: { zh: '已拥有同样数据的市场比例', en: 'Share of the market that has the same data' },
    min: 0,
    max: 1,
    default: 0,
  },
  life: {
    kind: 'number',
    name: { zh: '有用寿命', en: 'Useful life' },
    unit: { zh: '月', en: 'months' },
    min: 1,
    max: 600,
    default: 60,
  },
} as const

/** The mean month of the Gregorian calendar, 30.436875 days, in microseconds. */
const month = 30.436875 * 86_400e6

/**
 * CTEs `asset` (one row an asset id, the first of its rows) and `valued`, one row a (platform, source): its batches'
 * validity, completeness, lifecycle (each 0 to 1, null where it cannot be told), their product with 1 − scarcity as `ivi`,
 * age_months since the first batch of all exports, the number of its assets, and weight_bytes.
 */
export function intrinsicValues(
  tables: Tables,
  { weights, scarcity, life }: InputValues<typeof intrinsicInputs>,
  context: Context,
): Sql {
  const now = instant(context.asOf)
  return sql`asset as (
      select asset_id, platform_id::varchar as platform_id, source_id::varchar as source_id, domain::varchar as domain,
        bytes, file_id, row_no
      from ${tables.data_asset} where asset_id is not null
      qualify row_number() over (partition by asset_id order by file_id, row_no) = 1
    ),
    batch as (
      select *, dup_exact::hugeint + dup_conflict as copies,
        coalesce(dup_exact::hugeint + dup_conflict <= window_records and window_records > 0, false) as checked,
        coalesce(expected > 0 and received is not null, false) as planned
      from ${windowRecords(tables, context)}
    ),
    source as (
      select platform_id, source_id,
        1 - sum(copies) filter (checked) / sum(window_records::hugeint) filter (checked) as validity,
        sum(least(received, expected)) filter (planned) / sum(expected) filter (planned) as completeness,
        sum(bytes_added)::double as ingested
      from batch group by 1, 2
    ),
    opened as (
      select platform_id::varchar as platform_id, source_id::varchar as source_id, min(window_start) as first
      from ${tables.whole.ingest_batch}
      where window_start between timestamp '2000-01-01' and ${now} group by 1, 2
    ),
    held as (
      select platform_id, source_id, count(*) as assets, sum(bytes)::double as asset_bytes from asset
      where source_id is not null group by 1, 2
    ),
    aged as (
      select source.*, assets, asset_bytes, (epoch_us(${now}) - epoch_us(first)) / ${month} as age_months
      from source left join opened using (platform_id, source_id) left join held using (platform_id, source_id)
    ),
    valued as (
      select platform_id, source_id, coalesce(assets, 0) as assets,
        ${weights === 'assets' ? sql`asset_bytes` : sql`ingested`} as weight_bytes, validity, completeness, age_months,
        greatest(0, 1 - age_months / ${life}) as lifecycle,
        validity * completeness * (1 - ${scarcity}) * greatest(0, 1 - age_months / ${life}) as ivi
      from aged
    )`
}

import { type Sql, sql } from '../sql/sql.ts'
import type { Context, Tables } from './recipe.ts'
import { windowRecords } from './resolved-counters.ts'

/** Where duplicates are told from. */
export const duplicatesInput = {
  kind: 'choice',
  name: { zh: '依据', en: 'Told from' },
  choices: {
    auto: { zh: '自动（有遥测则用遥测）', en: 'Automatic (telemetry where there is any)' },
    telemetry: { zh: '遥测', en: 'Telemetry' },
    ingest_batch: { zh: '汇聚批次', en: 'Ingest batches' },
  },
  default: 'auto',
} as const

/** The tables without which there is nothing to tell from. */
export function duplicateTables(table: string): readonly string[] {
  return table === 'auto' ? ['telemetry', 'ingest_batch'] : [table]
}

/** How k of n is counted: over the values of a key (`cell`), and over batches (`batch`). */
export interface DuplicateCount {
  /** CTE `telemetry_cluster` (platform_id, k, n), one row a device. */
  readonly telemetry: Sql
  /** Of a batch: its share of k, of n, and whether it tells both; unknown is taken for no. */
  readonly batch: { readonly k: Sql; readonly n: Sql; readonly judged: Sql }
}

/**
 * CTEs `clusters` and `evidence` for a record rate. `cell` has one row a key (device, metric, ts_event) and distinct value
 * (value_num and value_text together), with the number of its `copies`.
 */
export function duplicateClusters(
  tables: Tables,
  table: string,
  { telemetry, batch }: DuplicateCount,
  context: Context,
): Sql {
  const byRows =
    table === 'auto' ? sql`(select count(*) from ${tables.telemetry}) > 0` : sql`${table === 'telemetry'}`
  return sql`chosen as (select case when ${byRows} then 'telemetry' else 'ingest_batch' end as told_by),
    cell as (
      select platform_id, device_id, metric, ts_event, value_num, value_text, count(*) as copies
      from ${tables.telemetry}, chosen where told_by = 'telemetry' group by all
    ),
    telemetry_cluster as (${telemetry}),
    batch as (
      select platform_id, source_id, ${batch.k} as k, ${batch.n} as n, coalesce(${batch.judged}, false) as judged
      from ${windowRecords(tables, context)}, chosen where told_by = 'ingest_batch'
    ),
    clusters as materialized (
      select platform_id::varchar as platform_id, k, n from telemetry_cluster
      union all
      select platform_id, sum(k) as k, sum(n) as n from batch where judged group by platform_id, source_id
    ),
    evidence as (
      select told_by,
        case told_by when 'telemetry' then (select count(*) from ${tables.telemetry}) else (select count(*) from batch) end
          as rows_in_scope,
        case told_by when 'telemetry' then (select count(*) from ${tables.telemetry})
          else (select count(*) from batch where judged) end as judged_rows
      from chosen
    )`
}

import { join, type Sql, sql } from '../sql/sql.ts'
import type { InputValues, Tables } from './recipe.ts'

/** Which series are followed, and what is taken for a counter among metrics. */
export const counterInputs = {
  table: {
    kind: 'choice',
    name: { zh: '依据', en: 'Told from' },
    choices: {
      auto: { zh: '自动（有累计批次则用批次）', en: 'Automatic (cumulative batches where there are any)' },
      ingest_batch: { zh: '汇聚批次', en: 'Ingest batches' },
      telemetry: { zh: '遥测', en: 'Telemetry' },
    },
    default: 'auto',
  },
  rising: {
    kind: 'number',
    name: { zh: '遥测视为累计：上升步占比至少', en: 'A metric is cumulative: share of steps up at least' },
    min: 0.5,
    max: 1,
    default: 0.95,
  },
  steps: {
    kind: 'number',
    name: { zh: '遥测视为累计：变化步数至少', en: 'A metric is cumulative: steps that change at least' },
    min: 1,
    max: 10_000,
    default: 10,
  },
} as const

/**
 * CTEs `clusters` and `evidence` for a record rate (resets of samples, by source or device), and `fall`, one row a value
 * below the one before: platform_id, unit_id (source or device), metric, sample_time, previous, value, fall_kind (`reset` or
 * `wrap`), file_id, row_no. A source is followed by its bytes, or by its records where it gives no bytes. A fall is a wrap
 * where the series stays below 2^16 (or 2^32), the value before lies in the highest tenth below and the value in the lowest.
 */
export function counterFalls(
  tables: Tables,
  { table, rising, steps }: InputValues<typeof counterInputs>,
): Sql {
  const cumulative = sql`select count(*) from ${tables.ingest_batch} where counter_kind = 'cumulative'`
  const byBatches = table === 'auto' ? sql`(${cumulative}) > 0` : sql`${table === 'ingest_batch'}`
  return sql`chosen as (select case when ${byBatches} then 'ingest_batch' else 'telemetry' end as told_by),
    batch_sample as (${batchSamples(tables)}),
    reading as (${telemetrySamples(tables)}),
    series as (${seriesOf(sql`batch_sample`)} union all ${seriesOf(sql`reading`)}),
    counter as materialized (
      select series.* from series, chosen
      where told_by = 'ingest_batch' or (least >= 0 and moves >= ${steps} and ups >= ${rising} * moves)
    ),
    fall as materialized (
      select step.*, ${wraps} as fall_kind
      from (${fallsOf(sql`batch_sample`)} union all ${fallsOf(sql`reading`)}) as step join counter on ${sameSeries(sql`step`)}
    ),
    fallen as (
      select platform_id, unit_id, metric, count(*) filter (fall_kind = 'reset') as resets from fall group by all
    ),
    clusters as materialized (
      select counter.platform_id, sum(coalesce(resets, 0)) as k, sum(samples) as n
      from counter left join fallen on ${sameSeries(sql`fallen`)}
      group by counter.platform_id, counter.unit_id
    ),
    evidence as (
      select told_by,
        case told_by when 'telemetry' then (select count(*) from ${tables.telemetry})
          else (select count(*) from ${tables.ingest_batch}) end as rows_in_scope,
        (select coalesce(sum(samples), 0) from counter) as judged_rows, (select count(*) from counter) as counters,
        (select count(*) from fall where fall_kind = 'wrap') as wraps
      from chosen
    )`
}

/** Rows of a relation that are of the same series as those of `counter`. */
function sameSeries(relation: Sql): Sql {
  return sql`${relation}.platform_id::varchar is not distinct from counter.platform_id
        and ${relation}.unit_id::varchar is not distinct from counter.unit_id
        and ${relation}.metric::varchar is not distinct from counter.metric`
}

const previous = sql`lag(value) over (partition by platform_id, unit_id, metric order by sample_time, place_in_time, value)`

/** One row a series of samples: how many, their extremes, and the steps up and to another value. */
function seriesOf(samples: Sql): Sql {
  return sql`
      select platform_id::varchar as platform_id, unit_id::varchar as unit_id, metric::varchar as metric,
        count(*) as samples, max(value) as most, min(value) as least,
        count(*) filter (value > previous) as ups, count(*) filter (value <> previous) as moves
      from (select platform_id, unit_id, metric, value, ${previous} as previous from ${samples})
      group by platform_id, unit_id, metric`
}

/** The samples of counters that lie below the one before. */
function fallsOf(samples: Sql): Sql {
  return sql`
      select platform_id::varchar as platform_id, unit_id::varchar as unit_id, metric::varchar as metric, sample_time,
        previous, value, file_id, row_no
      from (
        select *, ${previous} as previous from ${samples} as sample semi join counter on ${sameSeries(sql`sample`)}
      ) where value < previous`
}

/** Counters of 16 and 32 bits begin again at these. */
const wraps = sql`case when ${join(
  [2 ** 16, 2 ** 32].map(
    modulus => sql`(most < ${modulus} and previous >= ${0.9 * modulus} and value < ${0.1 * modulus})`,
  ),
  ' or ',
)} then 'wrap' else 'reset' end`

function batchSamples({ ingest_batch }: Tables): Sql {
  return sql`
      select platform_id::varchar as platform_id, source_id::varchar as unit_id, null::varchar as metric,
        window_start as sample_time, batch_id as place_in_time, value::double as value, file_id, row_no
      from (
        select *, case when count(bytes) over (partition by platform_id, source_id) > 0 then bytes else records end as value
        from ${ingest_batch}, chosen where told_by = 'ingest_batch' and counter_kind = 'cumulative'
      ) where value is not null`
}

function telemetrySamples({ telemetry }: Tables): Sql {
  return sql`
      select platform_id, device_id as unit_id, metric, ts_event as sample_time, 0 as place_in_time, value_num as value,
        file_id, row_no
      from ${telemetry}, chosen where told_by = 'telemetry' and value_num is not null`
}

import { name, type Sql, sql } from '../sql/sql.ts'
import type { Context, InputValues, Tables } from './recipe.ts'
import { judgedBatches, soundBatches } from './sound-batches.ts'

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

/** What is followed as a counter. */
type Samples = 'batch_sample' | 'reading'

/** Samples of one series in the order of time. */
const orders: Readonly<Record<Samples, Sql>> = {
  batch_sample: sql`sample_time, sample_end, batch_id, value`,
  reading: sql`sample_time, value`,
}

/**
 * CTEs `clusters` and `evidence` for a record rate (resets of samples, by source or device), and those that `counterFalls`
 * goes on from. A source is followed by its bytes, or by its records where it gives no bytes. A fall is a wrap where the
 * series stays below 2^16 (or 2^32), the value before lies in the highest tenth below and the value in the lowest.
 * Series are found without sorting, then only those that could be counters are sorted, under a number for their three ids,
 * and the steps of each are counted in one pass.
 */
export function counterRates(
  tables: Tables,
  { table, rising, steps }: InputValues<typeof counterInputs>,
  context: Context,
): Sql {
  const cumulative = sql`select count(*) from ${tables.ingest_batch} where counter_kind = 'cumulative'`
  const byBatches = table === 'auto' ? sql`(${cumulative}) > 0` : sql`${table === 'ingest_batch'}`
  const climbs = sql`moves >= ${steps} and ups >= ${rising} * moves`
  return sql`chosen as (select case when ${byBatches} then 'ingest_batch' else 'telemetry' end as told_by),
    batch_sample as (${batchSamples(tables, context)}),
    reading as (${telemetrySamples(tables)}),
    ${countersOf('batch_sample', sql`true`, sql`true`)},
    ${countersOf('reading', sql`min(value) >= 0 and count(*) > ${steps}`, climbs)},
    counter as materialized (${allCounters('batch_sample')} union all ${allCounters('reading')}),
    clusters as materialized (
      select platform_id, sum(falls - wraps) as k, sum(samples) as n from counter group by platform_id, unit_id
    ),
    evidence as (
      select told_by,
        case told_by when 'telemetry' then (select count(*) from ${tables.telemetry})
          else (select count(*) from ${tables.ingest_batch}) end as rows_in_scope,
        (select coalesce(sum(samples), 0) from counter) as judged_rows, (select count(*) from counter) as counters,
        (select coalesce(sum(wraps), 0) from counter) as wraps,
        case told_by when 'ingest_batch' then (
          select count(*) from ${judgedBatches(tables, context)} where counter_kind = 'cumulative' and not is_sound
        ) end as clock_faults
      from chosen
    )`
}

/**
 * The CTEs of `counterRates` and `fall`, one row a value below the one before: platform_id, unit_id (source or device),
 * metric, sample_time, previous, value, fall_kind (`reset` or `wrap`), file_id, row_no.
 */
export function counterFalls(
  tables: Tables,
  inputs: InputValues<typeof counterInputs>,
  context: Context,
): Sql {
  return sql`${counterRates(tables, inputs, context)},
    fall as (${fallsOf('batch_sample')} union all ${fallsOf('reading')})`
}

/**
 * CTEs `<samples>_series` (one row a series that may be a counter, with its number) and `<samples>_counter` (those that
 * are, with their steps).
 */
function countersOf(samples: Samples, mayBe: Sql, are: Sql): Sql {
  const [series, counter] = [name(`${samples}_series`), name(`${samples}_counter`)]
  return sql`${series} as materialized (
      select (row_number() over ())::integer as series_no, platform_id, unit_id, metric, count(*) as samples,
        max(value) as most
      from ${name(samples)} group by platform_id, unit_id, metric having ${mayBe}
    ),
    ${counter} as materialized (
      select series.*, falls, case when most < ${2 ** 16} then wraps_16 when most < ${2 ** 32} then wraps_32 else 0 end
        as wraps
      from ${series} as series join (
        select series_no, count(*) filter (value > previous) as ups, count(*) filter (value <> previous) as moves,
          count(*) filter (value < previous) as falls, count(*) filter (${wraps(2 ** 16)}) as wraps_16,
          count(*) filter (${wraps(2 ** 32)}) as wraps_32
        from (${stepsOf(samples, series, sql`value`)}) group by 1
      ) as step using (series_no) where ${are}
    )`
}

/** Chosen columns of the samples of some numbered series, with the value before. */
function stepsOf(samples: Samples, series: Sql, columns: Sql): Sql {
  return sql`
        select series_no, ${columns}, lag(value) over (partition by series_no order by ${orders[samples]}) as previous
        from ${name(samples)} as sample join ${series} as numbered
          on sample.platform_id is not distinct from numbered.platform_id
          and sample.unit_id is not distinct from numbered.unit_id
          and sample.metric is not distinct from numbered.metric`
}

function allCounters(samples: Samples): Sql {
  return sql`
      select platform_id::varchar as platform_id, unit_id::varchar as unit_id, metric::varchar as metric, samples, falls,
        wraps
      from ${name(`${samples}_counter`)}`
}

/** The samples of counters that lie below the one before. */
function fallsOf(samples: Samples): Sql {
  const counter = name(`${samples}_counter`)
  return sql`
      select platform_id::varchar as platform_id, unit_id::varchar as unit_id, metric::varchar as metric, sample_time,
        previous, value, case when (most < ${2 ** 16} and ${wraps(2 ** 16)}) or (most < ${2 ** 32} and ${wraps(2 ** 32)})
          then 'wrap' else 'reset' end as fall_kind, file_id, row_no
      from (${stepsOf(samples, counter, sql`sample_time, value, file_id, row_no`)}) as step
        join ${counter} using (series_no)
      where value < previous`
}

/** Counters of 16 and 32 bits begin again at these. */
function wraps(modulus: number): Sql {
  return sql`previous >= ${0.9 * modulus} and value < ${0.1 * modulus}`
}

/** Those of impossible times left out: their order is not known. */
function batchSamples(tables: Tables, context: Context): Sql {
  return sql`
      select platform_id, source_id as unit_id, null::varchar as metric, window_start as sample_time,
        window_end as sample_end, batch_id, value::double as value, file_id, row_no
      from (
        select *, case when count(bytes) over (partition by platform_id, source_id) > 0 then bytes else records end as value
        from ${soundBatches(tables, context).ingest_batch}, chosen where told_by = 'ingest_batch' and counter_kind = 'cumulative'
      ) where value is not null`
}

function telemetrySamples({ telemetry }: Tables): Sql {
  return sql`
      select platform_id, device_id as unit_id, metric, ts_event as sample_time, value_num as value, file_id, row_no
      from ${telemetry}, chosen where told_by = 'telemetry' and value_num is not null`
}

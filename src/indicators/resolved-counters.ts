import { join, name, type Sql, sql } from '../sql/sql.ts'
import type { Context, Tables } from './recipe.ts'
import { judgedBatches } from './sound-batches.ts'

/**
 * Relation with the rows and columns of `ingest_batch` (ids as text) and what each batch added. Delta counters, and
 * those whose kind is not given, are taken as they stand. Cumulative ones are followed per (platform, source) in the
 * order of windows: value less the value before; after a drop the counter was reset and the value itself was added;
 * the first value adds nothing known. OpenTelemetry calls this temporality. `assumed`: bytes of a kind not given.
 * Batches that differ in `apart` are followed apart.
 * - `bytes_added`, `records_added`: integer, null where not known
 * - `bytes_first`: the first value of a cumulative byte counter; `bytes_reset`: a drop of one
 */
export function resolvedCounters({ ingest_batch }: Tables, apart: readonly Sql[] = []): Sql {
  const series = [sql`platform_id`, sql`source_id`, sql`cumulative`, ...apart]
  return sql`(
    with batch as (
      select * replace (platform_id::varchar as platform_id, source_id::varchar as source_id),
        counter_kind is null and bytes is not null as assumed, coalesce(counter_kind = 'cumulative', false) as cumulative
      from ${ingest_batch}
    ), preceded as (
      select *, ${previous('bytes')} as bytes_before, ${previous('records')} as records_before
      from batch
      window series as (
        partition by ${join(series)} order by window_start, window_end, batch_id
      )
    )
    select * exclude (bytes_before, records_before),
      ${added('bytes')} as bytes_added, ${added('records')} as records_added,
      cumulative and bytes is not null and bytes_before is null as bytes_first,
      coalesce(cumulative and bytes < bytes_before, false) as bytes_reset
    from preceded
  )`
}

/**
 * The relation of `resolvedCounters` with `window_records`, the records that came within each batch's own window: those
 * of a cumulative counter as received, else as its increment; of others as recorded, else as received. No counter is
 * followed through a batch of an impossible time; what does not hang on the order of batches stands, whatever their time.
 */
export function windowRecords(tables: Tables, context: Context): Sql {
  const judged = { ...tables, ingest_batch: judgedBatches(tables, context) }
  return sql`(
    select * exclude (is_sound), case when cumulative then coalesce(received, records_added) else coalesce(records, received) end
      as window_records
    from ${resolvedCounters(judged, [name('is_sound')])}
  )`
}

function previous(counter: string): Sql {
  return sql`lag(${name(counter)} ignore nulls) over series`
}

function added(counter: string): Sql {
  const [value, before] = [name(counter), name(`${counter}_before`)]
  return sql`case when not cumulative or ${value} < ${before} then ${value} else ${value} - ${before} end`
}

import type { Row } from '../domain/table.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { lastBatch } from './as-of.ts'
import { type Beside, figure } from './headline.ts'
import { instant } from './instant.ts'
import type { Context, Tables } from './recipe.ts'

/** What `faultCounts` selects. */
export const faultColumns = { clock_faults: 'integer', fault_bytes: 'integer' } as const

/** The tables with those ingest batches alone whose time is possible, so that no counter is followed through the others. */
export function soundBatches(tables: Tables, context: Context): Tables {
  const sound = sql`(select * exclude (is_sound) from ${judgedBatches(tables, context)} where is_sound)`
  return { ...tables, ingest_batch: sound }
}

/** One row: the batches that `soundBatches` leaves out, and the sum of their bytes as given (null where none gives any). */
export function faultCounts(tables: Tables, context: Context): Sql {
  return sql`(
    select count(*) as clock_faults, sum(bytes) as fault_bytes from ${judgedBatches(tables, context)} where not is_sound
  )`
}

/**
 * Relation with the rows and columns of `ingest_batch` and `is_sound`, whether a batch's time is possible: its window
 * begins in 2000 or later, not after the day that follows the time of the data, and ends within two years of it. Rows up
 * to a day later are believed where the time of the data is told, too, and reports come up to two years apart; years that
 * are wrong lie further off. Where batches go on after the time of the data (that of an old snapshot, say) the last before
 * a silence stands for it, unless it lies more than five years later.
 */
export function judgedBatches(tables: Tables, { asOf }: Context): Sql {
  const time = instant(asOf)
  return sql`(
    select batch.*, coalesce(window_start between timestamp '2000-01-01' and last + interval 1 day
      and window_end <= last + interval 731 days, false) as is_sound
    from ${tables.ingest_batch} as batch, (
      select greatest(${time}, case when latest <= ${time} + interval 1827 days then latest end) as last
      from (select ${lastBatch(tables)} as latest)
    )
  )`
}

/** Beside a headline, from the figures repeated on each row: how many batches are left out, and where any are, their bytes. */
export function besideFaults(rows: readonly Row[]): readonly Beside[] {
  const [faults, bytes] = [figure(rows, 'clock_faults'), figure(rows, 'fault_bytes')]
  return [
    [
      { zh: '时间不可能的批次（不计入）', en: 'Batches with an impossible time (left out)' },
      faults,
      'integer',
    ],
    [
      { zh: '其给出的字节数（GB，不计入）', en: 'Bytes that these give (GB, left out)' },
      faults === null || faults === 0 || bytes === null ? null : bytes / 1e9,
      'decimal',
    ],
  ]
}

/** The table or column to look at where no batch is left to tell from. */
export function missingBatches(rows: readonly Row[]): string {
  return (figure(rows, 'clock_faults') ?? 0) > 0 ? 'ingest_batch.window_start' : 'ingest_batch'
}

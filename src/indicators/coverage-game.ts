import type { Chart } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { Row } from '../domain/table.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { categoryField, firstOf, mostBars, numberField, restOf } from './field.ts'
import { basis, figure } from './headline.ts'
import type { Basis, Context, InputValues, Tables } from './recipe.ts'
import { resolvedCounters } from './resolved-counters.ts'
import { faultColumns, faultCounts, soundBatches } from './sound-batches.ts'

/** How much a covered cell weighs; the same for every value of sources. */
export const coverageInputs = {
  weight: {
    kind: 'choice',
    name: { zh: '单元权重', en: 'Weight of a cell' },
    choices: {
      equal: { zh: '相等', en: 'Equal' },
      records: { zh: '按记录数', en: 'By records' },
      bytes: { zh: '按字节数', en: 'By bytes' },
    },
    default: 'equal',
  },
} as const

const weights: Readonly<Record<string, Sql>> = {
  equal: sql`1`,
  records: sql`coalesce(sum(records), 0)`,
  bytes: sql`coalesce(sum(bytes), 0)`,
}

/** Columns of `sourceValues`, in order. */
export const coverageResult = {
  source_id: 'text',
  cells: 'integer',
  sole_cells: 'integer',
  shapley: 'number',
  leave_one_out: 'number',
  all_cells: 'integer',
  batches: 'integer',
  placed_batches: 'integer',
  ...faultColumns,
} as const

/**
 * The coverage game: a set of sources is worth the weight of the cells (industry x province x month) that any of them
 * covers. Its Shapley value has a closed form: the weight of each covered cell is divided equally among those that
 * cover it. One row a source: its cells, those it covers alone, both values as shares of the total weight; repeated on
 * each row: all covered cells, batches with records, those of them whose cell is known, and batches of impossible times,
 * which take no part (where there are no others, one row without a source).
 * Weights are integers and are divided only after summing, in the order of k, so that equal data gives equal bytes.
 */
export function sourceValues(
  tables: Tables,
  { weight }: InputValues<typeof coverageInputs>,
  context: Context,
): Sql {
  return sql`
    with ${knownCoverings(tables, context)},
      ${division(weights[weight] ?? sql`1`)},
      whole as (select count(*) as all_cells, sum(weight) as weight from cell),
      basis as (
        select coalesce(sum(batches), 0) as batches,
          coalesce(sum(batches) filter (industry_code is not null and province_code is not null), 0)
            as placed_batches
        from covering
      ),
      source as (select distinct source_id, true as is_source from batch)
    select source_id, coalesce(cells, 0) as cells, coalesce(sole_cells, 0) as sole_cells,
      coalesce(shapley, 0) / whole.weight as shapley, coalesce(leave_one_out, 0) / whole.weight as leave_one_out,
      all_cells, batches, placed_batches, fault.*
    from whole, basis, ${faultCounts(tables, context)} as fault left join source on true
      left join worth using (source_id)
    where is_source or clock_faults > 0`
}

/** CTEs with `cell`, one row a covered cell: industry_code, province_code, month, `k` sources, their ids in a list, weight. */
export function coveredCells(
  tables: Tables,
  { weight }: InputValues<typeof coverageInputs>,
  context: Context,
): Sql {
  return sql`${knownCoverings(tables, context)},
      cell as (
        select industry_code, province_code, month, count(*) as k, ${weights[weight] ?? sql`1`} as weight,
          string_agg(source_id::varchar, ', ' order by source_id::varchar) as source_ids
        from known group by industry_code, province_code, month
      )`
}

/** CTEs `covering`, and of them those of `known` cells. */
function knownCoverings(tables: Tables, context: Context): Sql {
  return sql`batch as (select * from ${resolvedCounters(soundBatches(tables, context))}),
      covering as (${coverings(tables)}),
      known as (select * from covering where industry_code is not null and province_code is not null)`
}

/** What the values rest on, from the figures repeated on each row. */
export function coverageBasis(rows: readonly Row[]): Basis {
  const [placed, batches] = [figure(rows, 'placed_batches') ?? 0, figure(rows, 'batches') ?? 0]
  return basis(
    placed,
    { zh: '个行业与省份已知的批次', en: 'batches of known industry and province' },
    batches + (figure(rows, 'clock_faults') ?? 0),
  )
}

/** From `known` coverings: `cell` (k, weight), and `worth` (the values of each source before they become shares). */
function division(weight: Sql): Sql {
  return sql`
      cell as (
        select industry_code, province_code, month, count(*) as k, ${weight} as weight
        from known group by all
      ),
      share as (
        select source_id, k, count(*) as cells, sum(weight) as weight
        from known join cell using (industry_code, province_code, month) group by source_id, k
      ),
      worth as (
        select source_id, sum(cells) as cells, coalesce(sum(cells) filter (k = 1), 0) as sole_cells,
          sum(weight / k order by k) as shapley, coalesce(sum(weight) filter (k = 1), 0) as leave_one_out
        from share group by source_id
      )`
}

/**
 * One row a (source, industry, province, month) with records; industry and province null where not known. Operators
 * are looked up whatever the filters: one that sits in another province still tells the industry of its platform.
 */
function coverings({ whole: { platform, organisation } }: Tables): Sql {
  return sql`
    select source_id, industry_code::varchar as industry_code, place.province_code::varchar as province_code,
      date_trunc('month', window_start)::date as month, sum(records_added) as records, sum(bytes_added) as bytes,
      count(*) as batches
    from batch
    left join (
      select platform_id::varchar as platform_id, province_code, org_id from ${platform}
    ) as place using (platform_id)
    left join (select org_id, industry_code from ${organisation}) as operator using (org_id)
    where batch.records > 0
    group by all`
}

/** How many sources the rows tell of; where all batches are left out a row stands for none. */
export function sourcesIn(rows: readonly Row[]): number {
  return rows.filter(({ source_id }) => source_id !== null).length
}

/** What is missing when no cell carries weight, from the figures repeated on each row. */
export function missingForCoverage(rows: readonly Row[], weight: string): readonly string[] {
  if (rows.length > 0 && sourcesIn(rows) === 0) return ['ingest_batch.window_start']
  if ((figure(rows, 'batches') ?? 0) === 0) return ['ingest_batch.records']
  if ((figure(rows, 'all_cells') ?? 0) === 0) return ['platform.province_code', 'organisation.industry_code']
  return [`ingest_batch.${weight === 'bytes' ? 'bytes' : 'records'}`]
}

/** The sources worth most by `column`, as bars; the note says what the rest has of `whole`. */
export function sourceBars(
  rows: readonly Row[],
  column: 'shapley' | 'leave_one_out',
  name: Phrase,
  whole: Phrase,
): Chart {
  const shown = rows.filter(row => row[column] !== null).slice(0, mostBars)
  const [x, y] = [
    numberField(column, name, 'percent'),
    categoryField('source_id', { zh: '数据源', en: 'Source' }),
  ]
  const sources = { zh: '数据源', en: 'sources' }
  return {
    layers: [{ mark: 'bar', x, y }],
    rows: shown,
    ...firstOf(shown.length, rows.length, sources, restOf(shown, rows, column, whole)),
  }
}

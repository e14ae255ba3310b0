import type { Phrase } from '../domain/phrase.ts'
import { type Sql, sql } from '../sql/sql.ts'
import type { Context, InputValues, Tables } from './recipe.ts'
import { windowRecords } from './resolved-counters.ts'

/** The six dimensions of GB/T 36344-2018, in its order. */
export const dimensions = [
  'normativity',
  'completeness',
  'accuracy',
  'consistency',
  'timeliness',
  'accessibility',
] as const

export type Dimension = (typeof dimensions)[number]

export const dimensionNames: Readonly<Record<Dimension, Phrase>> = {
  normativity: { zh: '规范性', en: 'Normativity' },
  completeness: { zh: '完整性', en: 'Completeness' },
  accuracy: { zh: '准确性（不重复）', en: 'Accuracy (no repetition)' },
  consistency: { zh: '一致性', en: 'Consistency' },
  timeliness: { zh: '时效性', en: 'Timeliness' },
  accessibility: { zh: '可访问性', en: 'Accessibility' },
}

/** The columns without which a dimension is not known. */
export const dimensionColumns: Readonly<Record<Dimension, readonly string[]>> = {
  normativity: ['data_asset'],
  completeness: ['ingest_batch.expected', 'ingest_batch.received'],
  accuracy: ['ingest_batch.dup_exact', 'ingest_batch.records'],
  consistency: ['ingest_batch.dup_conflict', 'ingest_batch.records'],
  timeliness: ['ingest_batch.late', 'ingest_batch.records'],
  accessibility: ['asset_usage.calls', 'asset_usage.bytes_out'],
}

function weightOf<const N extends Phrase>(name: N) {
  return { kind: 'number', name, min: 0, max: 1, step: 0.05, default: 1 } as const
}

export const qualityInputs = {
  normativity: weightOf({ zh: '规范性的权重', en: 'Weight of normativity' }),
  completeness: weightOf({ zh: '完整性的权重', en: 'Weight of completeness' }),
  accuracy: weightOf({ zh: '准确性的权重', en: 'Weight of accuracy' }),
  consistency: weightOf({ zh: '一致性的权重', en: 'Weight of consistency' }),
  timeliness: weightOf({ zh: '时效性的权重', en: 'Weight of timeliness' }),
  accessibility: weightOf({ zh: '可访问性的权重', en: 'Weight of accessibility' }),
  unknown: {
    kind: 'choice',
    name: { zh: '无从判断的维度', en: 'Dimensions that are not known' },
    choices: {
      leave: { zh: '不计，权重归一到其余维度', en: 'Left out; the other weights are scaled up' },
      zero: { zh: '按零计', en: 'Count as zero' },
    },
    default: 'leave',
  },
  concentration: {
    kind: 'number',
    name: {
      zh: '排名稳定性：权重的集中度（大则变动小）',
      en: 'Rank stability: concentration of weights (higher: they vary less)',
    },
    min: 10,
    max: 1000,
    step: 10,
    default: 100,
  },
} as const

export type QualityInputs = InputValues<typeof qualityInputs>

/** The six weights, scaled to sum to 1; equal where all of them are zero. */
export function dimensionWeights(inputs: QualityInputs): Readonly<Record<Dimension, number>> {
  const sum = dimensions.reduce((whole, dimension) => whole + inputs[dimension], 0)
  const scaled = dimensions.map(dimension => [dimension, sum > 0 ? inputs[dimension] / sum : 1 / 6])
  return Object.fromEntries(scaled) as Record<Dimension, number>
}

/** What is known of the dimensions, 0 to 1 each. */
export type Qualities = Readonly<Record<Dimension, number | null>>

/** The coefficient: Σ w X over the known dimensions; null where none of those that weigh is known. */
export function coefficient(qualities: Qualities, inputs: QualityInputs): number | null {
  const weights = dimensionWeights(inputs)
  const weight = knownWeight(qualities, inputs)
  if (weight === 0) return null
  const sum = dimensions.reduce((whole, each) => whole + weights[each] * (qualities[each] ?? 0), 0)
  return Math.min(1, inputs.unknown === 'zero' ? sum : sum / weight)
}

/** The share of the weights that falls on known dimensions. */
export function knownWeight(qualities: Qualities, inputs: QualityInputs): number {
  const weights = dimensionWeights(inputs)
  if (dimensions.every(each => weights[each] === 0 || qualities[each] !== null)) return 1
  return dimensions.reduce((sum, each) => sum + (qualities[each] === null ? 0 : weights[each]), 0)
}

/**
 * CTEs `listed_asset` (one row an asset id) and `quality_check`, one row a row of a table and dimension that it tells of:
 * of `checked` items (attributes, records, accesses) `passed` hold. Batches whose counts contradict each other tell nothing.
 */
export function qualityChecks(tables: Tables, context: Context): Sql {
  return sql`
    told_batch as materialized (
      select platform_id, source_id, expected, received, dup_exact, dup_conflict, late, window_records as n, file_id, row_no
      from ${windowRecords(tables, context)}
    ),
    listed_asset as (${assetsOf(tables.data_asset)}),
    owner as (select asset_id, platform_id, source_id from (${assetsOf(tables.whole.data_asset)})),
    quality_check as (
      select 'normativity' as dimension, 'data_asset' as table_name, asset_id, platform_id, source_id,
        (4 - len(lacking))::double as passed, 4::double as checked,
        nullif(array_to_string(lacking, ', '), '') as lacking_attributes, file_id, row_no
      from listed_asset
      union all
      select 'completeness', 'ingest_batch', null, platform_id, source_id,
        least(received, expected)::double, expected::double, null, file_id, row_no
      from told_batch where expected > 0 and received is not null
      union all ${batchCheck('accuracy', sql`dup_exact`)}
      union all ${batchCheck('consistency', sql`dup_conflict`)}
      union all ${batchCheck('timeliness', sql`late`)}
      union all
      select 'accessibility', 'asset_usage', asset_id, platform_id, source_id, (bytes_out > 0)::integer::double, 1, null,
        file_id, row_no
      from ${tables.asset_usage} left join owner using (asset_id)
      where calls > 0 and bytes_out is not null
    )`
}

/** One row an asset id, the first of its rows, with the names of the attributes that it `lacks`. */
function assetsOf(assets: Sql): Sql {
  return sql`
      select asset_id, platform_id::varchar as platform_id, source_id::varchar as source_id, domain::varchar as domain,
        list_filter([${lacking('source_id')}, ${lacking('domain')}, ${lacking('level')}, ${lacking('period')}],
          attribute -> attribute is not null) as lacking,
        file_id, row_no
      from ${assets} where asset_id is not null
      qualify row_number() over (partition by asset_id order by file_id, row_no) = 1`
}

const attributes = {
  source_id: sql`source_id`,
  domain: sql`domain`,
  level: sql`level`,
  period: sql`period`,
} as const

function lacking(attribute: keyof typeof attributes): Sql {
  return sql`case when coalesce(trim(${attributes[attribute]}::varchar), '') = '' then ${attribute} end`
}

function batchCheck(dimension: Dimension, failed: Sql): Sql {
  return sql`
      select ${dimension}, 'ingest_batch', null, platform_id, source_id, (n - ${failed})::double, n::double, null, file_id,
        row_no
      from told_batch where n > 0 and ${failed} between 0 and n`
}

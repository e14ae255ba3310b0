import type { Chart } from '../domain/chart.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row, row, type ValueType } from '../domain/table.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import { clusteredLimits, clusteredRates, estimateIn } from './clustered.ts'
import { platformNames } from './device-group.ts'
import { firstOf, mostRowsUnderLegend, numberField, platformField } from './field.ts'
import { type Beside, basis, confidence, figure, headline, total } from './headline.ts'
import type { Headline, Tables } from './recipe.ts'
import { intervalName } from './share-bars.ts'

/**
 * A share of records by platform: from rows, whose devices are the clusters, or from what ingest batches count, whose
 * sources are. The words name the result columns: `part` of `whole` is `share`.
 */
export interface RecordRate {
  readonly part: string
  readonly whole: string
  readonly share: string
  /** How the share is named in the figure. */
  readonly title: Phrase
  /** What is counted by the whole. */
  readonly of: Phrase
  /** The columns without which batches tell nothing. */
  readonly batchColumns: readonly string[]
  /** Further counts that `evidence` gives. */
  readonly counts?: readonly string[]
}

/** The columns of the statement. */
export function rateQueried({
  part,
  whole,
  share,
  counts = [],
}: RecordRate): Readonly<Record<string, ValueType>> {
  return {
    platform_id: 'text',
    platform_name: 'text',
    [part]: 'integer',
    [whole]: 'integer',
    [share]: 'number',
    clusters: 'integer',
    standard_error: 'number',
    [`overall_${share}`]: 'number',
    all_clusters: 'integer',
    overall_standard_error: 'number',
    told_by: 'text',
    rows_in_scope: 'integer',
    judged_rows: 'integer',
    ...Object.fromEntries(counts.map(column => [column, 'integer' as const])),
  }
}

/** The columns of the result. */
export function rateResult(rate: RecordRate): Readonly<Record<string, ValueType>> {
  return { ...rateQueried(rate), low: 'number', high: 'number' }
}

/**
 * One row a platform, the highest share first, and at least one row. `ctes` define `clusters` (platform_id, k, n: k of n
 * records, one row a cluster) and `evidence` (one row: told_by, rows_in_scope, judged_rows, and the
 * further counts).
 */
export function rateQuery(tables: Tables, { part, whole, share }: RecordRate, ctes: Sql): Sql {
  return sql`
    with ${ctes}, ${clusteredRates(sql`clusters`)}, counted as (
      select platform_id::varchar as platform_id, sum(k) as k, sum(n) as n from clusters where n > 0 group by 1
    )
    select counted.platform_id, platform_name, counted.k as ${name(part)}, counted.n as ${name(whole)},
      by_platform.rate as ${name(share)}, by_platform.devices as clusters, by_platform.standard_error,
      overall.rate as ${name(`overall_${share}`)}, overall.devices as all_clusters,
      overall.standard_error as overall_standard_error, evidence.*
    from evidence left join counted on true
      left join by_platform on by_platform.platform_id is not distinct from counted.platform_id
      left join ${platformNames(tables)} as named on named.platform_id = counted.platform_id, overall
    order by by_platform.rate desc, counted.n desc, counted.platform_id nulls last`
}

/** The limits of each platform's own share. */
export function rateDerived({ share }: RecordRate, rows: readonly Row[]): readonly Row[] {
  return rows.map(one => {
    const limits = clusteredLimits(estimateIn(one, share, 'standard_error', 'clusters'))
    return row(
      [...Object.keys(one), 'low', 'high'],
      [...Object.values(one), limits?.low ?? null, limits?.high ?? null],
    )
  })
}

const methods: Readonly<Record<string, Phrase>> = {
  rows: {
    zh: '以设备为整群的比率估计，logit 尺度，t 分布',
    en: 'Ratio estimate with devices as clusters, logit scale, Student’s t',
  },
  ingest_batch: {
    zh: '以数据源为整群的比率估计，logit 尺度，t 分布',
    en: 'Ratio estimate with sources as clusters, logit scale, Student’s t',
  },
}

const tellers: Readonly<Record<string, Phrase>> = {
  telemetry: { zh: '（遥测逐行）', en: ' (rows of telemetry)' },
  records: { zh: '（逐条记录）', en: ' (row by row)' },
  ingest_batch: { zh: '（汇聚批次的计数）', en: ' (counts of ingest batches)' },
}

/** The overall share; `tables` are those that would have to be there where none is. */
export function rateHeadline(
  rate: RecordRate,
  rows: readonly Row[],
  tables: readonly string[],
  beside: readonly Beside[],
): Headline {
  const told = String(rows[0]?.told_by ?? '')
  const [inScope, judged] = [figure(rows, 'rows_in_scope') ?? 0, figure(rows, 'judged_rows') ?? 0]
  const columns = told === 'ingest_batch' && inScope > 0 ? rate.batchColumns : tables
  const estimate = estimateIn(rows[0], `overall_${rate.share}`, 'overall_standard_error', 'all_clusters')
  const teller = tellers[told] ?? { zh: '', en: '' }
  const of = { zh: `${rate.of.zh}${teller.zh}`, en: `${rate.of.en}${teller.en}` }
  const method = methods[told === 'ingest_batch' ? told : 'rows'] ?? rate.of
  return headline(figure(rows, `overall_${rate.share}`), columns, beside, {
    interval: confidence(clusteredLimits(estimate), method),
    basis: {
      ...basis(total(rows, rate.whole), of, null),
      share: inScope > 0 ? Math.min(1, judged / inScope) : null,
    },
  })
}

/** A bar a platform with its limits, the highest share first, and the overall share across. */
export function rateChart(rate: RecordRate, rows: readonly Row[]): Chart {
  const known = rows.filter(one => asNumber(one[rate.share]) !== null)
  const shown = known.slice(0, mostRowsUnderLegend)
  const overall = figure(rows, `overall_${rate.share}`)
  const group = platformField('platform_id', shown)
  const end = (field: string) => numberField(field, intervalName, 'percent')
  return {
    layers: [
      { mark: 'bar', x: numberField(rate.share, rate.title, 'percent'), y: group },
      { mark: 'whisker', at: group, low: end('low'), high: end('high'), along: 'x' },
      ...(overall === null || shown.length < 2
        ? []
        : [{ mark: 'rule', axis: 'x', at: overall, name: { zh: '总体', en: 'Overall' } } as const]),
    ],
    rows: shown,
    ...firstOf(shown.length, known.length, {
      zh: '平台（按占比从高到低）',
      en: 'platforms, the highest first',
    }),
  }
}

import type { Chart } from '../../domain/chart.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { clusteredLimits, clusteredRates, estimateIn } from '../clustered.ts'
import { platformNames } from '../device-group.ts'
import { numberField, timeField } from '../field.ts'
import { basis, confidence, figure, headline, quotient, total } from '../headline.ts'
import { platformMethod } from '../platform-clusters.ts'
import { indicator, type Tables } from '../recipe.ts'
import { platformBars } from '../share-bars.ts'

export default indicator({
  id: 'AGG-03',
  version: 1,
  name: { zh: '数据完整率', en: 'Completeness' },
  unit: 'percent',
  source: 'GB/T 36344-2018 (completeness)',
  needs: ['ingest_batch'],
  inputs: {},
  result: {
    month: 'date',
    batches: 'integer',
    judged_batches: 'integer',
    expected: 'integer',
    received: 'integer',
    received_within_expected: 'integer',
    completeness: 'number',
    overall_completeness: 'number',
    clusters: 'integer',
    overall_standard_error: 'number',
  },

  query: tables => sql`
    with ${judgedBatches(tables)}, monthly as (
      select date_trunc('month', window_start)::date as month, ${sums}
      from batch group by 1
    ), platform as (
      select platform_id, sum(least(received, expected)) as k, sum(expected) as n from batch where judged group by 1
    ), ${clusteredRates(sql`platform`)}
    select monthly.*, received_within_expected / expected as completeness,
      sum(received_within_expected) over () / sum(expected) over () as overall_completeness,
      devices as clusters, standard_error as overall_standard_error
    from monthly, overall order by month`,

  headline: rows => {
    const [batches, judged] = [total(rows, 'batches'), total(rows, 'judged_batches')]
    const missing = batches === 0 ? ['ingest_batch'] : ['ingest_batch.expected', 'ingest_batch.received']
    const estimate = estimateIn(rows[0], 'overall_completeness', 'overall_standard_error', 'clusters')
    return headline(
      figure(rows, 'overall_completeness'),
      missing,
      [
        [{ zh: '应收记录', en: 'Records expected' }, total(rows, 'expected'), 'integer'],
        [{ zh: '实收记录', en: 'Records received' }, total(rows, 'received'), 'integer'],
        [
          { zh: '超出应收的记录（不计入）', en: 'Received beyond expected (left out)' },
          total(rows, 'received') - total(rows, 'received_within_expected'),
          'integer',
        ],
      ],
      {
        interval: confidence(clusteredLimits(estimate), platformMethod),
        basis: basis(
          judged,
          { zh: '个应收与实收均已知的批次', en: 'batches with expected and received known' },
          batches,
        ),
      },
    )
  },

  chart: (rows): Chart => ({
    layers: [
      {
        mark: 'line',
        x: timeField('month'),
        y: numberField('completeness', { zh: '数据完整率', en: 'Completeness' }, 'percent'),
      },
    ],
    rows: rows.filter(({ completeness }) => completeness !== null),
  }),

  details: {
    platforms: {
      name: { zh: '各平台', en: 'Platforms' },
      meaning: {
        zh: '每行一个平台，完整率低者在前；没有可判断批次的平台在最后。',
        en: 'One row a platform, the least complete first; those without a batch to judge by last.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        batches: 'integer',
        judged_batches: 'integer',
        expected: 'integer',
        received: 'integer',
        received_within_expected: 'integer',
        completeness: 'number',
      },
      query: tables => sql`
        with ${judgedBatches(tables)}, counted as (
          select platform_id, ${sums} from batch group by 1
        )
        select platform_id, platform_name, batches, judged_batches, expected, received, received_within_expected,
          received_within_expected / nullif(expected, 0) as completeness
        from counted left join ${platformNames(tables)} using (platform_id)
        order by completeness nulls last, expected desc, platform_id nulls last`,
      chart: rows =>
        platformBars(rows, {
          value: numberField('completeness', { zh: '数据完整率', en: 'Completeness' }, 'percent'),
          overall: quotient(total(rows, 'received_within_expected'), total(rows, 'expected')),
          platforms: { zh: '平台（按完整率从低到高）', en: 'platforms, the least complete first' },
        }),
    },
    'worst-batches': {
      name: { zh: '有缺失的批次', en: 'Batches with gaps' },
      meaning: {
        zh: '每行一个实收少于应收的批次，缺得多者在前。',
        en: 'One row a batch that received less than expected, the largest gap first.',
      },
      result: {
        batch_id: 'text',
        platform_id: 'text',
        platform_name: 'text',
        source_id: 'text',
        window_start: 'timestamp',
        window_end: 'timestamp',
        expected: 'integer',
        received: 'integer',
        lost: 'integer',
        completeness: 'number',
        file_id: 'text',
        row_no: 'integer',
      },
      query: tables => sql`
        with ${judgedBatches(tables)}
        select batch_id, platform_id, platform_name, source_id, window_start, window_end, expected, received,
          expected - received as lost, received / expected as completeness, file_id, row_no
        from batch left join ${platformNames(tables)} using (platform_id)
        where judged and received < expected order by lost desc, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '应收记录中实际收到的比例。逐批次取实收与应收中较小者再求和，某一批次的突发多收不能掩盖另一批次的缺失。',
      en: 'The share of expected records that arrived. The smaller of received and expected is taken batch by batch before summing, so that a burst in one batch cannot hide a gap in another.',
    },
    formula: String.raw`C = \frac{\sum_b \min(r_b,\, e_b)}{\sum_b e_b}`,
    symbols: {
      zh: '$b$：应收大于零且实收已知的批次；$r_b$：批次 $b$ 实收的记录数；$e_b$：应收的记录数',
      en: '$b$: batches with expected above zero and received known; $r_b$: records received in batch $b$; $e_b$: records expected in it',
    },
    source: {
      zh: '完整性维度见 GB/T 36344-2018《信息技术 数据质量评价指标》；按批次取小为本软件约定。区间：Cochran（1977），Sampling Techniques，第 3 版，6.3 节。',
      en: 'The dimension is that of GB/T 36344-2018 (data quality evaluation indicators); taking the minimum by batch is a convention of Assay. Interval: Cochran (1977), Sampling Techniques, 3rd ed., 6.3.',
    },
    cautions: {
      zh: '只计应收大于零且实收已知的批次，其个数与占比见“依据”；完全没有批次记录的时段不会显示为缺失（参见覆盖矩阵密度 AGG-04）。应收数由导出方给出，本软件不核实。重复记录未剔除，完全重复可使缺失的批次看似完整（参见 AGG-05）。批次若为全部批次，完整率即为确数；区间针对的是把这些平台看作同类平台的独立样本的情形（同一平台的批次往往同时缺失，故以平台为整群），只有一个平台时没有区间。',
      en: 'Only batches with expected above zero and received known take part; what the value rests on gives their number and share. Time without any batch does not show as a gap (see the coverage-matrix density, AGG-04). Expected counts are the exporter’s own and are not checked. Duplicates are not removed: repeated records can make a batch with gaps look complete (see AGG-05). Where these are all batches the figure is exact; the interval is for reading the platforms as an independent sample of their kind. Batches of one platform fail together, so platforms are its units, and for a single one there is none.',
    },
  },
})

/** CTE `batch`: the batches in scope, and whether they tell what was expected of them and what came. */
function judgedBatches({ ingest_batch }: Tables): Sql {
  return sql`batch as (
      select * replace (platform_id::varchar as platform_id, source_id::varchar as source_id),
        coalesce(expected > 0 and received is not null, false) as judged
      from ${ingest_batch}
    )`
}

const sums = sql`count(*) as batches, count(*) filter (judged) as judged_batches,
        coalesce(sum(expected) filter (judged), 0) as expected,
        coalesce(sum(received) filter (judged), 0) as received,
        coalesce(sum(least(received, expected)) filter (judged), 0) as received_within_expected`

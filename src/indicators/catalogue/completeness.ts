import type { Chart } from '../../domain/chart.ts'
import { sql } from '../../sql/sql.ts'
import { numberField, timeField } from '../field.ts'
import { figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'

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
  },

  query: ({ ingest_batch }) => sql`
    with batch as (
      select date_trunc('month', window_start)::date as month, expected, received,
        coalesce(expected > 0 and received is not null, false) as judged
      from ${ingest_batch}
    ), monthly as (
      select month, count(*) as batches, count(*) filter (judged) as judged_batches,
        coalesce(sum(expected) filter (judged), 0) as expected,
        coalesce(sum(received) filter (judged), 0) as received,
        coalesce(sum(least(received, expected)) filter (judged), 0) as received_within_expected
      from batch group by 1
    )
    select *, received_within_expected / expected as completeness,
      sum(received_within_expected) over () / sum(expected) over () as overall_completeness
    from monthly order by month`,

  headline: rows => {
    const batches = total(rows, 'batches')
    const missing = batches === 0 ? ['ingest_batch'] : ['ingest_batch.expected', 'ingest_batch.received']
    return headline(figure(rows, 'overall_completeness'), missing, [
      [
        { zh: '所依据的批次占比', en: 'Batches it rests on' },
        quotient(total(rows, 'judged_batches'), batches),
        'percent',
      ],
      [{ zh: '应收记录', en: 'Records expected' }, total(rows, 'expected'), 'integer'],
      [{ zh: '实收记录', en: 'Records received' }, total(rows, 'received'), 'integer'],
      [
        { zh: '超出应收的记录（不计入）', en: 'Received beyond expected (left out)' },
        total(rows, 'received') - total(rows, 'received_within_expected'),
        'integer',
      ],
    ])
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
      zh: '完整性维度见 GB/T 36344-2018《信息技术 数据质量评价指标》；按批次取小为本软件约定。',
      en: 'The dimension is that of GB/T 36344-2018 (data quality evaluation indicators); taking the minimum by batch is a convention of Assay.',
    },
    cautions: {
      zh: '只计应收大于零且实收已知的批次，所占比例列在旁边；完全没有批次记录的时段不会显示为缺失（参见覆盖矩阵密度 AGG-04）。应收数由导出方给出，本软件不核实。重复记录未剔除。',
      en: 'Only batches with expected above zero and received known take part; their share stands beside. Time without any batch does not show as a gap (see the coverage-matrix density, AGG-04). Expected counts are the exporter’s own and are not checked. Duplicates are not removed.',
    },
  },
})

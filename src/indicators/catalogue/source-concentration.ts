import type { Chart } from '../../domain/chart.ts'
import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostBars, numberField, restOf } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { resolvedCounters } from '../resolved-counters.ts'
import { besideFaults, faultColumns, faultCounts, missingBatches, soundBatches } from '../sound-batches.ts'

export default indicator({
  id: 'AGG-09',
  version: 2,
  name: { zh: '数据源集中度', en: 'Source concentration' },
  unit: 'ratio',
  source: 'Herfindahl–Hirschman index; CR3',
  needs: ['ingest_batch'],
  inputs: {},
  result: {
    source_id: 'text',
    bytes: 'integer',
    share: 'number',
    hhi: 'number',
    cr3: 'number',
    effective_number: 'number',
    batches: 'integer',
    batches_with_bytes: 'integer',
    ...faultColumns,
  },

  query: (tables, _, context) => sql`
    with source as (
      select source_id, sum(bytes_added) as bytes, count(*) as batches, count(bytes) as batches_with_bytes
      from ${resolvedCounters(soundBatches(tables, context))} group by 1
    ), whole as (
      select sum(bytes) as bytes, sum(power(bytes::double, 2) order by bytes) as squares from source
    ), top as (select sum(bytes) as bytes from (select bytes from source order by bytes desc nulls last limit 3))
    select source_id, source.bytes, source.bytes / whole.bytes as share,
      squares / power(whole.bytes::double, 2) as hhi, top.bytes / whole.bytes as cr3,
      power(whole.bytes::double, 2) / squares as effective_number, batches, batches_with_bytes,
      fault.*
    from whole, top, ${faultCounts(tables, context)} as fault left join source on true
    where batches > 0 or clock_faults > 0 order by source.bytes desc nulls last, source_id`,

  headline: rows => {
    const sized = rows.filter(({ bytes }) => bytes !== null)
    return headline(
      figure(rows, 'hhi'),
      [total(rows, 'batches') === 0 ? missingBatches(rows) : 'ingest_batch.bytes'],
      [
        [{ zh: '前三位占比 CR3', en: 'Share of the first three (CR3)' }, figure(rows, 'cr3'), 'percent'],
        [{ zh: '有效数 1/HHI', en: 'Effective number 1/HHI' }, figure(rows, 'effective_number'), 'decimal'],
        [{ zh: '合计（GB）', en: 'Total (GB)' }, total(rows, 'bytes') / 1e9, 'decimal'],
        [
          { zh: '给出字节数的批次占比', en: 'Batches that give bytes' },
          quotient(total(rows, 'batches_with_bytes'), total(rows, 'batches')),
          'percent',
        ],
        ...besideFaults(rows),
      ],
      {
        basis: basis(sized.length, { zh: '个字节数已知的数据源', en: 'sources of known bytes' }, rows.length),
      },
    )
  },

  chart: (rows): Chart => {
    const sized = rows.filter(({ share }) => share !== null)
    const shown = sized.slice(0, mostBars)
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField('share', { zh: '字节占比', en: 'Share of bytes' }, 'percent'),
          y: categoryField('source_id', { zh: '数据源', en: 'Source' }),
        },
      ],
      rows: shown,
      ...firstOf(
        shown.length,
        sized.length,
        { zh: '数据源', en: 'sources' },
        restOf(shown, sized, 'bytes', { zh: '字节数', en: 'the bytes' }),
      ),
    }
  },

  details: {
    sources: {
      name: { zh: '各平台的数据源', en: 'Sources by platform' },
      meaning: {
        zh: '每行一个平台上的一个数据源，字节数多者在前；编号相同的数据源在指标中合为一个。“占比”为占全部字节数的份额。',
        en: 'One row a source on one platform, the most bytes first; sources of one id count as one in the figure. “Share” is that of all bytes.',
      },
      result: {
        source_id: 'text',
        platform_id: 'text',
        platform_name: 'text',
        batches: 'integer',
        batches_with_bytes: 'integer',
        first_values: 'integer',
        resets: 'integer',
        assumed_delta: 'integer',
        bytes: 'integer',
        share: 'number',
      },
      query: (tables, _, context) => sql`
        with source as (
          select source_id, platform_id, count(*) as batches, count(bytes) as batches_with_bytes,
            count(*) filter (bytes_first) as first_values, count(*) filter (bytes_reset) as resets,
            count(*) filter (assumed) as assumed_delta, sum(bytes_added) as bytes
          from ${resolvedCounters(soundBatches(tables, context))} group by 1, 2
        )
        select source_id, platform_id, platform_name, batches, batches_with_bytes, first_values, resets, assumed_delta,
          bytes, bytes / nullif(sum(bytes) over (), 0) as share
        from source left join ${platformNames(tables)} using (platform_id)
        order by bytes desc nulls last, source_id nulls last, platform_id nulls last`,
    },
  },

  explanation: {
    meaning: {
      zh: '汇聚字节数在数据源之间的赫芬达尔—赫希曼指数：各源份额的平方和。接近 1 表示数据几乎都来自一个源，该源中断即大半数据中断。CR3 为前三大源的份额之和。',
      en: 'The Herfindahl–Hirschman index of ingested bytes over sources: the sum of squared shares. Near 1 nearly all data come from one source and stop with it. CR3 is the share of the three largest.',
    },
    formula: String.raw`\begin{aligned} \mathrm{HHI} &= \sum_i s_i^2 \\ \mathrm{CR}_3 &= s_{(1)} + s_{(2)} + s_{(3)} \\ N_{\mathrm{eff}} &= \frac{1}{\mathrm{HHI}} \end{aligned}`,
    symbols: {
      zh: String.raw`$s_i$：数据源 $i$ 占全部汇聚字节数的份额；$s_{(k)}$：第 $k$ 大的份额；$N_{\mathrm{eff}}$：有效源数`,
      en: String.raw`$s_i$: share of source $i$ in all ingested bytes; $s_{(k)}$: the share of rank $k$, from the largest; $N_{\mathrm{eff}}$: effective number of sources`,
    },
    source: {
      zh: '赫芬达尔—赫希曼指数（HHI），集中率 CR3。',
      en: 'Herfindahl–Hirschman index, concentration ratio CR3.',
    },
    cautions: {
      zh: '按数据源编号合并，不分平台（未合并的见明细）。字节数与日均汇聚量（AGG-01）同一口径：累计计数器先取差，首值不计，时间不可能的批次不计（个数与其字节数列在旁边）。没有一个批次给出字节数、或只有累计计数器首值的数据源不参与；给出字节数的批次占比列在旁边，一个数据源若只有部分批次给出，其份额偏低。字节多不等于价值高（参见 VAL-03）。本数是对全部数据源的清点，不是抽样，故不给区间。',
      en: 'Sources go by their id, across platforms (the details have them apart). Bytes are those of daily volume (AGG-01): cumulative counters are differenced first, first values left out, and so are batches with an impossible time (their number and bytes stand beside). Sources without a batch that gives bytes, or with first values of counters alone, take no part; the share of batches that do stands beside, and a source of which only some do has too small a share. Many bytes are not much value (see VAL-03). This is a full count of sources and no sample, so it has no interval.',
    },
  },
})

import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { firstOf, mostBars, numberField, platformField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import { lastHeard, lastHeardInput } from '../last-heard.ts'
import { quantileRanks } from '../order-statistic.ts'
import { type Interval, indicator } from '../recipe.ts'

const hours = { zh: '小时', en: 'h' } as const

/** Quantiles of the ages within a platform, or of all. */
const spread = {
  sources: 'integer',
  least_hours: 'number',
  lower_hours: 'number',
  median_hours: 'number',
  upper_hours: 'number',
  most_hours: 'number',
} as const

const evidence = {
  told_by: 'text',
  silent_sources: 'integer',
  clock_faults: 'integer',
  current_sources: 'integer',
} as const

export default indicator({
  id: 'AGG-02',
  version: 1,
  name: { zh: '数据新鲜度', en: 'Freshness' },
  unit: 'h',
  source: 'Practice',
  needs: [],
  uses: ['ingest_batch', 'telemetry', 'conn_event', 'platform'],
  inputs: { by: lastHeardInput },
  queried: {
    row_kind: 'text',
    platform_id: 'text',
    platform_name: 'text',
    rank: 'integer',
    age_hours: 'number',
    ...spread,
    ...evidence,
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    ...spread,
    all_sources: 'integer',
    overall_median_hours: 'number',
    low: 'number',
    high: 'number',
    ...evidence,
  },

  query: (tables, { by }, context) => sql`
    with ${lastHeard(tables, by, context)},
      aged as (select * from heard where age_hours is not null),
      ranked as (
        select age_hours, row_number() over (order by age_hours) as rank, count(*) over () as n from aged
      ),
      told as (
        select any_value(told_by) as told_by, count(clock_faults) - count(age_hours) as silent_sources,
          coalesce(sum(clock_faults), 0) as clock_faults, count(*) filter (age_hours = 0) as current_sources
        from chosen left join heard on true
      ),
      described as (
        select 'platform' as row_kind, platform_id, ${quantiles} from aged group by platform_id
        union all by name
        select 'all' as row_kind, ${quantiles} from aged
        union all by name
        select 'rank' as row_kind, rank, age_hours from ranked where abs(rank - n / 2) <= 1.5 * sqrt(n) + 3
      )
    select row_kind, platform_id, platform_name, rank, age_hours, sources, least_hours, lower_hours, median_hours,
      upper_hours, most_hours, told.*
    from described left join ${platformNames(tables)} using (platform_id), told
    order by row_kind, median_hours desc, sources desc, platform_id nulls last, rank`,

  derive: rows => {
    const all = rows.find(({ row_kind }) => row_kind === 'all')
    const limits = limitsOf(rows, asNumber(all?.sources) ?? 0)
    const platforms = rows.filter(({ row_kind }) => row_kind === 'platform')
    return (platforms.length > 0 ? platforms : all ? [all] : []).map(one => resulting(one, all, limits))
  },

  headline: (rows, { by }) => {
    const [all, silent] = [figure(rows, 'all_sources') ?? 0, figure(rows, 'silent_sources') ?? 0]
    const told = rows[0]?.told_by === 'device'
    const of = told
      ? { zh: '台设备', en: 'devices' }
      : { zh: '个（平台，数据源）', en: '(platform, source) pairs' }
    return headline(
      figure(rows, 'overall_median_hours'),
      missingOf(by, all + silent, told),
      [
        [{ zh: '最久的一个（小时）', en: 'The stalest (h)' }, stalest(rows), 'decimal'],
        [
          { zh: '时长为零的源占比', en: 'Sources of age zero' },
          quotient(figure(rows, 'current_sources') ?? 0, all),
          'percent',
        ],
        [{ zh: '没有可用时间的源', en: 'Without a usable time' }, silent, 'integer'],
        [
          { zh: '时间不可能的行（不计入）', en: 'Rows with an impossible time (left out)' },
          figure(rows, 'clock_faults'),
          'integer',
        ],
      ],
      { interval: medianInterval(rows), basis: basis(all, of, all + silent) },
    )
  },

  chart: (rows): Chart => {
    const known = rows.filter(({ median_hours }) => median_hours !== null)
    const shown = known.slice(0, mostBars)
    const age = (field: string, zh: string, en: string) => numberField(field, { zh, en }, 'decimal', hours)
    const overall = figure(rows, 'overall_median_hours')
    return {
      layers: [
        {
          mark: 'box',
          y: platformField('platform_id', shown),
          low: age('least_hours', '最短', 'Least'),
          lower: age('lower_hours', '下四分位数', 'Lower quartile'),
          middle: age('median_hours', '距数据时点的时长（中位数）', 'Age at the time of the data (median)'),
          upper: age('upper_hours', '上四分位数', 'Upper quartile'),
          high: age('most_hours', '最长', 'Most'),
        },
        ...(overall === null || shown.length < 2
          ? []
          : [{ mark: 'rule', axis: 'x', at: overall, name: { zh: '总体', en: 'Overall' } } as const]),
      ],
      rows: shown,
      ...firstOf(shown.length, known.length, {
        zh: '平台（最久者在前）',
        en: 'platforms, the stalest first',
      }),
    }
  },

  details: {
    sources: {
      name: { zh: '各源最近一次数据', en: 'Last data of each source' },
      meaning: {
        zh: '每行一个（平台，数据源）或一台设备，没有可用时间的和最久的在前。',
        en: 'One row a (platform, source) or a device; those without a usable time and the stalest come first.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        source_id: 'text',
        last_time: 'timestamp',
        age_hours: 'number',
        clock_faults: 'integer',
      },
      query: (tables, { by }, context) => sql`
        with ${lastHeard(tables, by, context)}
        select platform_id, platform_name, source_id, last_time, age_hours, clock_faults
        from heard left join ${platformNames(tables)} using (platform_id)
        order by age_hours desc nulls first, platform_id nulls last, source_id nulls last`,
    },
  },

  explanation: {
    meaning: {
      zh: '各数据源距其最近一次数据的时长（以数据时点为准）的中位数。数据源为（平台，数据源编号），最近一次数据取其最后一个有数据批次的窗口结束；没有汇聚批次时以设备为源，取其最后一次事件或遥测的发生时间。',
      en: 'The median over sources of the time since their last data, as of the time of the data. A source is a (platform, source id), its last data the end of the window of its last batch with data; without ingest batches devices are the sources, by the time of their last event or telemetry.',
    },
    formula: String.raw`F = \operatorname*{median}_{s} \Bigl( t - \max_{r \in s} t_r \Bigr)`,
    symbols: {
      zh: '$t$：数据时点；$s$：一个数据源；$t_r$：其记录（批次）$r$ 的时间，不晚于 $t$',
      en: '$t$: time of the data; $s$: a source; $t_r$: time of its record (batch) $r$, not after $t$',
    },
    source: {
      zh: '通行做法；中位数的区间由次序统计量得出（David 与 Nagaraja 2003，7.1 节），与分布无关。',
      en: 'Practice; the interval of the median is that of order statistics (David & Nagaraja 2003, 7.1), free of a distribution.',
    },
    cautions: {
      zh: '时长以数据时点为准，从不取本机时钟；若数据时点本身由最后一个批次定出，新鲜度不会显示整个导出的滞后。窗口跨过数据时点的批次，其结束按数据时点计，该源时长为零，是最有利的读法；批次只说明窗口，窗口内最后一条记录可能更早。中位数为 0 小时，即至少一半的源其最后一个有数据批次一直到数据时点：批次若按月，只说明当月的批次已到（时长为零的源占比列在旁边）。已知没有带来数据的批次不算，即记录数（未给出时为字节数）为零，或累计计数器未增长。晚于数据时点、早于 2000 年、或结束早于开始的，视为时钟异常，不计入，行数列在旁边；没有可用时间的源不参与中位数，数目列在旁边。以设备为源时，断开事件也算其最后一次出现。中位数掩盖尾部：请看最久的一个和明细。区间假定各源相互独立，同一平台的源往往同时中断。',
      en: 'Ages are taken at the time of the data, never by this machine’s clock; where the time of the data itself is that of the last batch, freshness does not show how stale the whole export is. A batch whose window runs beyond the time of the data counts as ending there, which gives its source an age of zero and is the kindest reading; a batch tells its window alone, whose last record may be earlier. A median of 0 h says that for at least half of the sources the last batch with data reaches the time of the data: with a batch a month, no more than that the batch of the current month has come (the share of sources of age zero stands beside). Batches known to have brought nothing do not count: records (or, where not given, bytes) of zero, or a cumulative counter that did not move. Times after the time of the data or before 2000, and windows that end before they begin, are taken for clock faults and left out; their number stands beside, as does that of sources without a usable time, which are not in the median. With devices as sources a disconnect, too, is a last sign. A median hides its tail: see the stalest beside and the detail. The interval takes sources as independent; those of one platform often stop together.',
    },
  },
})

const quantiles = sql`count(*) as sources, min(age_hours) as least_hours,
          quantile_cont(age_hours, 0.25) as lower_hours, quantile_cont(age_hours, 0.5) as median_hours,
          quantile_cont(age_hours, 0.75) as upper_hours, max(age_hours) as most_hours`

type Limits = Readonly<Record<'low' | 'high', number | null>>

/** The ages at the ranks between which the median lies. */
function limitsOf(rows: readonly Row[], sources: number): Limits {
  const ranks = quantileRanks(sources)
  const at = (rank: number | null | undefined) =>
    rank ? asNumber(rows.find(one => one.row_kind === 'rank' && one.rank === rank)?.age_hours) : null
  return { low: at(ranks?.low), high: at(ranks?.high) }
}

function resulting(one: Row, all: Row | undefined, { low, high }: Limits): Row {
  const own = ['platform_id', 'platform_name', ...Object.keys(spread)]
  const told = Object.keys(evidence)
  return row(
    [...own, 'all_sources', 'overall_median_hours', 'low', 'high', ...told],
    [
      ...own.map(column => one[column] ?? null),
      ...[all?.sources ?? null, all?.median_hours ?? null, low, high],
      ...told.map(column => one[column] ?? null),
    ],
  )
}

function medianInterval(rows: readonly Row[]): Interval | null {
  const [low, high] = [figure(rows, 'low'), figure(rows, 'high')]
  if (low === null && high === null) return null
  const method = { zh: '中位数的次序统计量', en: 'Order statistics of the median' }
  return { kind: 'confidence', low, high, level: 0.95, method }
}

function stalest(rows: readonly Row[]): number | null {
  const ages = rows.flatMap(({ most_hours }) => asNumber(most_hours) ?? [])
  return ages.length > 0 ? ages.reduce((most, age) => Math.max(most, age)) : null
}

function missingOf(by: string, sources: number, devices: boolean): readonly string[] {
  if (sources > 0)
    return devices ? ['conn_event.ts_event', 'telemetry.ts_event'] : ['ingest_batch.window_end']
  if (by === 'source') return ['ingest_batch']
  return by === 'device' ? ['conn_event', 'telemetry'] : ['ingest_batch', 'conn_event', 'telemetry']
}

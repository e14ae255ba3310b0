import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { categoryField, numberField, timeField } from '../field.ts'
import { basis, figure, headline } from '../headline.ts'
import { instant } from '../instant.ts'
import { lastMonths } from '../months.ts'
import { type Context, indicator, type Tables } from '../recipe.ts'
import { resolvedCounters } from '../resolved-counters.ts'
import { besideFaults, faultColumns, faultCounts, missingBatches, soundBatches } from '../sound-batches.ts'
import { type Comparison, comparison, compoundGrowth, fewestMonths, volumeTrend } from '../volume-growth.ts'

const blocks = {
  first: { zh: '比较前段', en: 'Compared: before' },
  last: { zh: '比较后段', en: 'Compared: after' },
} as const

const evidence = {
  batches: 'integer',
  batches_with_bytes: 'integer',
  first_values: 'integer',
  ...faultColumns,
} as const

export default indicator({
  id: 'AGG-08',
  version: 2,
  name: { zh: '年复合增长率', en: 'Volume CAGR' },
  unit: '%/a',
  source: 'Practice; counters after OpenTelemetry temporality',
  needs: ['ingest_batch'],
  inputs: {
    method: {
      kind: 'choice',
      name: { zh: '比较什么', en: 'What is compared' },
      choices: {
        blocks: { zh: '同月的两段（至多各 12 个月）', en: 'Blocks of the same months (up to 12 each)' },
        endpoints: { zh: '同月的两个月', en: 'Two single months' },
      },
      default: 'blocks',
    },
  },
  queried: { month: 'date', bytes: 'integer', ...evidence },
  result: {
    month: 'date',
    bytes: 'integer',
    block: 'text',
    trend_bytes: 'number',
    full_months: 'integer',
    years: 'number',
    volume_growth: 'number',
    trend_growth: 'number',
    trend_low: 'number',
    trend_high: 'number',
    ...evidence,
  },

  query: (tables, _, context) => sql`
    with ${fullMonths(tables, context)}
    select month, bytes, told.* from told left join monthly on true order by month`,

  derive: (rows, { method }) => {
    const months = rows.filter(({ month }) => month !== null)
    const volumes = months.map(({ bytes }) => asNumber(bytes) ?? 0)
    const compared = comparison(months.length, method)
    const trend = volumeTrend(volumes)
    const growth = compared ? compoundGrowth(volumes, compared) : null
    return rows.map((one, i) =>
      row(
        [
          ...['month', 'bytes', 'block', 'trend_bytes', 'full_months', 'years', 'volume_growth'],
          ...['trend_growth', 'trend_low', 'trend_high', ...Object.keys(evidence)],
        ],
        [
          ...[one.month ?? null, one.bytes ?? null, blockOf(i, compared), trend?.at(i) ?? null],
          ...[months.length, compared?.years ?? null, growth],
          ...[trend?.growth ?? null, trend?.low ?? null, trend?.high ?? null],
          ...Object.keys(evidence).map(column => one[column] ?? null),
        ],
      ),
    )
  },

  headline: rows => {
    const months = figure(rows, 'full_months') ?? 0
    const [batches, known] = [figure(rows, 'batches') ?? 0, figure(rows, 'batches_with_bytes') ?? 0]
    return headline(
      figure(rows, 'volume_growth'),
      [missingOf(rows, known, months)],
      [
        [{ zh: '完整月数（至少 13）', en: 'Full months (13 needed)' }, months, 'integer'],
        [{ zh: '两段相距的年数', en: 'Years between' }, figure(rows, 'years'), 'decimal'],
        [{ zh: '对数线性趋势', en: 'Log-linear trend' }, figure(rows, 'trend_growth'), 'percent'],
        [{ zh: '趋势 95% 下限', en: 'Trend, 95% low' }, figure(rows, 'trend_low'), 'percent'],
        [{ zh: '趋势 95% 上限', en: 'Trend, 95% high' }, figure(rows, 'trend_high'), 'percent'],
        [
          { zh: '计数器首值（不计入）', en: 'First counter values (left out)' },
          figure(rows, 'first_values'),
          'integer',
        ],
        ...besideFaults(rows),
      ],
      {
        basis: basis(
          known,
          { zh: '个给出字节数且时间可能的批次', en: 'batches of a possible time that give bytes' },
          batches,
        ),
      },
    )
  },

  chart: (rows): Chart => {
    const drawn = rows.filter(({ month }) => month !== null).map(inGigabytes)
    const [x, y] = [timeField('month'), gigabytes('gigabytes', '月汇聚量', 'Volume a month')]
    const colour = categoryField(
      'block',
      { zh: '比较', en: 'Compared' },
      { labels: blocks, order: Object.keys(blocks) },
    )
    return {
      layers: [
        { mark: 'line', x, y },
        { mark: 'point', x, y: gigabytes('compared', '月汇聚量', 'Volume a month'), colour },
        { mark: 'line', x, y: gigabytes('trend', '对数线性趋势', 'Log-linear trend'), dashed: true },
      ],
      ...lastMonths(drawn),
    }
  },

  explanation: {
    meaning: {
      zh: '月汇聚量的年复合增长率。只用完整月；最后至多 12 个月与之前整数年的同样月份相比，季节影响因而抵消。',
      en: 'The compound growth a year of monthly volume. Full months alone; up to 12 last months are compared with the same calendar months a whole number of years earlier, so that seasons cancel.',
    },
    formula: String.raw`\begin{aligned} g &= \left( \frac{\sum_{i=n-w+1}^{n} V_i}{\sum_{i=n-w+1}^{n} V_{i-12y}} \right)^{1/y} - 1 \\ y &= \max\left(1, \left\lfloor \frac{n-12}{12} \right\rfloor\right), \quad w = \min(12,\, n - 12) \end{aligned}`,
    symbols: {
      zh: '$V_i$：第 $i$ 个完整月的汇聚量（字节）；$n$：完整月数，至少 13；$w$：每段的月数；$y$：所跨年数；$g$：年增长率。选“同月的两个月”时 $w = 1$，$y$ 取 $n - 1$ 个月所含的整年数',
      en: '$V_i$: bytes added in full month $i$; $n$: number of full months, 13 at least; $w$: months in each block; $y$: years between; $g$: growth a year. With “two single months” $w = 1$, and $y$ is the whole years in $n - 1$ months',
    },
    source: {
      zh: '通行做法；两段的取法为本软件约定；趋势为 ln V 对时间的最小二乘，区间为 t 区间（Draper 与 Smith，第 1 章）。',
      en: 'Practice; how the blocks are taken is a convention of Assay; the trend is the least-squares line of ln V on time, with its t interval (Draper & Smith, ch. 1).',
    },
    cautions: {
      zh: '不足 13 个完整月时没有同月可比，不可计算。首月、末月未被给出字节数的批次窗口（至多到数据时点）完整覆盖的不算完整月；导出首月若含累计计数器的首值（其增量不可知），该月也舍去，之后新出现的计数器首值不计入，个数列在旁边。字节数与日均汇聚量（AGG-01）同一口径，按窗口开始所在月归月；中间没有批次的月按零计。时间不可能的批次与日均汇聚量（AGG-01）同样判定并剔除。增长既来自原有数据源，也来自新接入的数据源和扩大的导出范围，三者无法区分。不足 24 个月时每段短于一年，少数几个月即可左右结果，趋势也混有季节影响。趋势中各月间距相等，汇聚量为零的月不计；趋势区间假定各月误差独立且方差相同，月度序列往往自相关，真实区间更宽。增长率本身不给区间。',
      en: 'Below 13 full months no calendar month comes twice, and there is no figure. A first or last month that the windows of batches with bytes (up to the time of the data at most) do not fully cover is not full; if the first month holds first values of cumulative counters (whose increments are unknown) it is dropped as well; first values of counters that come later are left out, their number stands beside. Bytes are those of daily volume (AGG-01), by the month in which the window starts; months between without a batch count as zero. Batches with an impossible time are told and left out as in daily volume (AGG-01). Growth comes from the same sources, from new ones and from wider exports alike; the figure cannot tell them apart. Below 24 months the blocks are shorter than a year: a few months decide, and the trend is mixed with the season. The trend takes months as equally far apart and leaves out those of nothing. The trend’s interval takes the errors of months as independent and of one variance; monthly series are autocorrelated as a rule, and the true interval is wider. The growth itself has no interval.',
    },
  },
})

/**
 * CTEs `told` (one row of counts) and `monthly`, one row a full month: its bytes. The first month is one that the windows
 * cover from its first instant and that holds no first value of a counter, the last one that they cover to its end.
 */
function fullMonths(tables: Tables, context: Context): Sql {
  const now = instant(context.asOf)
  return sql`batch as (
      select *, date_trunc('month', window_start) as month from ${resolvedCounters(soundBatches(tables, context))}
    ),
    told as (
      select counted.batches + clock_faults as batches, batches_with_bytes, first_values, fault.*
      from (
        select count(*) as batches, count(bytes) as batches_with_bytes, count(*) filter (bytes_first) as first_values
        from batch
      ) as counted, ${faultCounts(tables, context)} as fault
    ),
    sized as (select * from batch where bytes is not null),
    span as (
      select min(window_start) as start, min(month) as opening, max(least(window_end, ${now})) as finish from sized
    ),
    bound as (
      select date_trunc('month', finish) - interval 1 month as closing, case
        when start > opening or exists (select 1 from sized, span where bytes_first and month = opening)
        then opening + interval 1 month else opening end as opening
      from span
    ),
    month as (
      select unnest(generate_series(opening, closing, interval 1 month)) as month from bound
      where opening is not null and closing is not null
    ),
    monthly as (
      select month::date as month, coalesce(sum(bytes_added), 0) as bytes
      from month left join (select month, bytes_added from sized) as added using (month) group by 1
    )`
}

function blockOf(position: number, compared: Comparison | null): 'first' | 'last' | 'between' {
  if (compared?.first.includes(position)) return 'first'
  return compared?.last.includes(position) ? 'last' : 'between'
}

function gigabytes(field: string, zh: string, en: string) {
  return numberField(field, { zh, en }, 'decimal', { zh: 'GB', en: 'GB' })
}

function inGigabytes({ month = null, bytes = null, block = null, trend_bytes = null }: Row): Row {
  const trend = asNumber(trend_bytes)
  const [volume, isCompared] = [(asNumber(bytes) ?? 0) / 1e9, block === 'first' || block === 'last']
  return row(
    ['month', 'gigabytes', 'compared', 'block', 'trend'],
    [
      ...[month, volume, isCompared ? volume : null, isCompared ? block : null],
      trend === null ? null : trend / 1e9,
    ],
  )
}

function missingOf(rows: readonly Row[], known: number, months: number): string {
  if (figure(rows, 'batches') === figure(rows, 'clock_faults')) return missingBatches(rows)
  if (known === 0 || months >= fewestMonths) return 'ingest_batch.bytes'
  return 'ingest_batch.window_start'
}

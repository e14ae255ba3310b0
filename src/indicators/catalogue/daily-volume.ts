import type { Chart } from '../../domain/chart.ts'
import type { Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { numberField, timeField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { lastMonths } from '../months.ts'
import { indicator } from '../recipe.ts'
import { resolvedCounters } from '../resolved-counters.ts'
import { besideFaults, faultColumns, faultCounts, missingBatches, soundBatches } from '../sound-batches.ts'

export default indicator({
  id: 'AGG-01',
  version: 2,
  name: { zh: '日均汇聚量', en: 'Daily volume' },
  unit: 'GB/d',
  source: 'Practice; counters after OpenTelemetry temporality',
  needs: ['ingest_batch'],
  inputs: {},
  result: {
    month: 'date',
    batches: 'integer',
    batches_with_bytes: 'integer',
    first_values: 'integer',
    resets: 'integer',
    assumed_delta: 'integer',
    bytes: 'integer',
    days: 'number',
    gb_per_day: 'number',
    all_bytes: 'integer',
    all_days: 'number',
    overall_gb_per_day: 'number',
    ...faultColumns,
  },

  query: (tables, _, context) => sql`
    with batch as (
        select *, date_trunc('month', window_start) as month from ${resolvedCounters(soundBatches(tables, context))}
      ),
      span as (select min(window_start) as start, max(window_end) as finish from batch),
      whole as (
        select sum(bytes_added) as all_bytes, (select epoch_us(finish) - epoch_us(start) from span) / 86400e6 as all_days
        from batch
      ),
      ${monthByMonth}
    select filled.*, bytes / 1e9 / days as gb_per_day, all_bytes, all_days,
      case when all_days > 0 then all_bytes / 1e9 / all_days end as overall_gb_per_day, fault.*
    from whole, ${faultCounts(tables, context)} as fault left join filled on true
    where month is not null or clock_faults > 0 order by month`,

  headline: rows => {
    const batches = total(rows, 'batches')
    const bytes = figure(rows, 'all_bytes')
    return headline(
      figure(rows, 'overall_gb_per_day'),
      [missingOf(rows, batches)],
      [
        [{ zh: '合计（GB）', en: 'Total (GB)' }, bytes === null ? null : bytes / 1e9, 'decimal'],
        [{ zh: '天数', en: 'Days' }, figure(rows, 'all_days'), 'decimal'],
        [
          { zh: '给出字节数的批次占比', en: 'Batches that give bytes' },
          quotient(total(rows, 'batches_with_bytes'), batches),
          'percent',
        ],
        [
          { zh: '计数器首值（不计入）', en: 'First counter values (left out)' },
          total(rows, 'first_values'),
          'integer',
        ],
        [{ zh: '计数器复位', en: 'Counter resets' }, total(rows, 'resets'), 'integer'],
        [
          { zh: '未注明计数方式（按增量）', en: 'Counter kind not given (taken as delta)' },
          total(rows, 'assumed_delta'),
          'integer',
        ],
        ...besideFaults(rows),
      ],
      {
        basis: basis(
          total(rows, 'batches_with_bytes') - total(rows, 'first_values'),
          { zh: '个计入字节数的批次', en: 'batches whose bytes are counted' },
          batches + (figure(rows, 'clock_faults') ?? 0),
        ),
      },
    )
  },

  chart: (rows): Chart => ({
    layers: [
      {
        mark: 'line',
        x: timeField('month'),
        y: numberField('gb_per_day', { zh: '日均汇聚量', en: 'Daily volume' }, 'decimal', {
          zh: 'GB/天',
          en: 'GB/d',
        }),
        area: true,
      },
    ],
    ...lastMonths(figure(rows, 'all_bytes') === null ? [] : rows),
  }),

  explanation: {
    meaning: {
      zh: '范围内各批次新增字节数之和除以天数。天数为范围内最早窗口开始至最晚窗口结束的全部时长，中间没有数据的日子也算在内。1 GB = 10⁹ 字节。',
      en: 'Bytes added by all batches in scope, divided by days. Days are the whole span from the earliest window start to the latest window end, those without data included. 1 GB = 10⁹ bytes.',
    },
    formula: String.raw`\begin{aligned} V &= \frac{1}{10^9\, d} \sum_b \Delta_b \\ \Delta_b &= \begin{cases} v_b - v_{b-1} & c_b \land v_b \ge v_{b-1} \\ v_b & \lnot c_b \lor v_b < v_{b-1} \end{cases} \end{aligned}`,
    symbols: {
      zh: String.raw`$d$：天数；$v_b$：批次 $b$ 给出的字节数；$\Delta_b$：其新增字节数；$c_b$：$b$ 出自累计计数器；$v_{b-1}$：累计计数器的上一个值（其首值不计入）`,
      en: String.raw`$d$: days; $v_b$: bytes that batch $b$ gives; $\Delta_b$: bytes that it added; $c_b$: $b$ is of a cumulative counter; $v_{b-1}$: the value before, of a cumulative counter (whose first value is left out)`,
    },
    source: {
      zh: '通行做法；累计与增量的区分同 OpenTelemetry 的时间性（temporality）。',
      en: 'Practice; cumulative and delta as in OpenTelemetry’s temporality.',
    },
    cautions: {
      zh: '累计计数器按（平台，数据源）依窗口先后（开始，再结束，再批次编号）取差，同源的增量批次与没有字节数的批次不在其列；数值下降视为复位，复位后的新值计为增量；首值之前的量不可知，不计入，个数列在旁边（时期筛选会使范围内第一个值成为首值）。未注明计数方式的按增量处理，若其实为累计则会重复计算。窗口开始早于 2000 年或晚于数据时点次日、或结束晚于数据时点两年以上的批次（数据时点之后批次仍接连不断的，以长时间中断之前的最后一批代替数据时点，但不超过五年）视为时钟异常或年份有误，先行剔除（累计计数器不经其取差），个数与其给出的字节数列在旁边；早于实际而仍在 2000 年之后的错误年份无从识别，会拉长天数、压低日均，请核对旁边的天数。按窗口开始所在月份归月，跨月窗口不拆分。本数是对范围内全部批次的合计，不是抽样，故不给区间。',
      en: 'Cumulative counters are differenced per (platform, source) in the order of windows (by start, then end, then batch id), passing over batches of the same source that are deltas or give no bytes; a drop is a reset, after which the new value itself was added; what came before the first value is unknown and left out, and the number of such values stands beside (a period filter makes the first value in the period such a one). A counter whose kind is not given is taken as delta; were it cumulative, it would count double. Batches whose window begins before 2000 or later than the day after the time of the data, or ends more than two years after it (where batches go on after that time, the last before a long silence stands for it, up to five years), are taken for clock faults or wrong years and left out before counters are differenced; their number and the bytes that they give stand beside. A wrong year before the true one but not before 2000 cannot be told; it stretches the days and lowers the figure: check the days beside. Batches belong to the month in which their window starts; windows across months are not split. This is the sum of all batches in scope and no sample, so it has no interval.',
    },
  },
})

/** From `batch` and `span` to `filled`: one row a month of the span, those without batches too, with its days in scope. */
const monthByMonth = sql`
      month as (
        select unnest(generate_series(date_trunc('month', start), (select max(month) from batch), interval 1 month))
          as month
        from span
      ),
      monthly as (
        select month, count(*) as batches, count(bytes) as batches_with_bytes,
          count(*) filter (bytes_first) as first_values, count(*) filter (bytes_reset) as resets,
          count(*) filter (assumed) as assumed_delta, sum(bytes_added) as bytes
        from batch group by 1
      ),
      filled as (
        select month, coalesce(batches, 0) as batches, coalesce(batches_with_bytes, 0) as batches_with_bytes,
          coalesce(first_values, 0) as first_values, coalesce(resets, 0) as resets,
          coalesce(assumed_delta, 0) as assumed_delta, coalesce(bytes, 0) as bytes,
          (epoch_us(least(finish, month + interval 1 month)) - epoch_us(greatest(start, month))) / 86400e6 as days
        from month left join monthly using (month), span
      )`

function missingOf(rows: readonly Row[], batches: number): string {
  if (batches === 0) return missingBatches(rows)
  return figure(rows, 'all_bytes') === null ? 'ingest_batch.bytes' : 'ingest_batch.window_end'
}

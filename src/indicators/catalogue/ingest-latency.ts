import type { Chart } from '../../domain/chart.ts'
import { asNumber } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { clockedTables } from '../clocked-records.ts'
import { platformNames } from '../device-group.ts'
import { boxNote, firstOf, mostBars, numberField, platformField } from '../field.ts'
import { basis, confidence, figure, headline, quotient } from '../headline.ts'
import { latencies, latencyInputs } from '../latencies.ts'
import { quantileLimits, quantileMethod } from '../quantile-interval.ts'
import { indicator } from '../recipe.ts'

const seconds = { zh: '秒', en: 's' } as const
const percentile = (field: string, zh: string, en: string) =>
  numberField(field, { zh, en }, 'decimal', seconds)

const ps: Readonly<Record<string, number>> = { p50: 0.5, p95: 0.95, p99: 0.99 }

export default indicator({
  id: 'CON-12',
  version: 1,
  name: { zh: '采集时延分位', en: 'Ingest latency P50/P95/P99' },
  unit: 's',
  source: 'Practice',
  needs: [],
  uses: ['telemetry', 'conn_event', 'platform'],
  inputs: {
    ...latencyInputs,
    quantile: {
      kind: 'choice',
      name: { zh: '首要数字', en: 'Headline' },
      choices: {
        p50: { zh: 'P50', en: 'P50' },
        p95: { zh: 'P95', en: 'P95' },
        p99: { zh: 'P99', en: 'P99' },
      },
      default: 'p95',
    },
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    devices: 'integer',
    records: 'integer',
    latency_p05: 'number',
    latency_p25: 'number',
    latency_p50: 'number',
    latency_p75: 'number',
    latency_p95: 'number',
    latency_p99: 'number',
    overall_p50: 'number',
    overall_p95: 'number',
    overall_p99: 'number',
    low: 'number',
    high: 'number',
    all_used: 'integer',
    all_records: 'integer',
    timed_records: 'integer',
    implausible_records: 'integer',
  },

  query: (tables, inputs, context) => sql`
    with ${latencies(tables, inputs, context)},
    ${quantileLimits(sql`(select d, us as value from latency)`, ps[inputs.quantile] ?? 0.95)}, grouped as (
      select platform_id, count(distinct d) as devices, count(*) as used,
        quantile_cont(us, [0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) as q
      from latency join sender using (d) group by platform_id
    ), whole as (
      select count(*) as used, quantile_cont(us, [0.5, 0.95, 0.99]) as q from latency
    )
    select grouped.platform_id, platform_name, devices, grouped.used as records, grouped.q[1] / 1e6 as latency_p05,
      grouped.q[2] / 1e6 as latency_p25, grouped.q[3] / 1e6 as latency_p50, grouped.q[4] / 1e6 as latency_p75,
      grouped.q[5] / 1e6 as latency_p95, grouped.q[6] / 1e6 as latency_p99, whole.q[1] / 1e6 as overall_p50,
      whole.q[2] / 1e6 as overall_p95, whole.q[3] / 1e6 as overall_p99, low / 1e6 as low, high / 1e6 as high,
      whole.used as all_used, tally.records as all_records, timed_records, implausible_records
    from tally cross join whole cross join quantile_limits left join grouped on true
    left join ${platformNames(tables)} as named on named.platform_id = grouped.platform_id
    order by latency_p95 desc nulls last, grouped.platform_id nulls last`,

  headline: (rows, { quantile, records }) => {
    const at = (name: string) => figure(rows, `overall_${name}`)
    const [used, all, timed] = ['all_used', 'all_records', 'timed_records'].map(
      name => figure(rows, name) ?? 0,
    )
    const [low, high] = [figure(rows, 'low'), figure(rows, 'high')]
    const tables = clockedTables(records)
    return headline(
      at(quantile),
      all === 0 || timed !== 0 ? tables : tables.map(table => `${table}.ts_ingest`),
      [
        ...Object.keys(ps)
          .filter(name => name !== quantile)
          .map(name => [labels(name), at(name), 'decimal'] as const),
        [
          { zh: '两个时间都有的记录占比', en: 'Records with both times' },
          quotient(timed ?? 0, all ?? 0),
          'percent',
        ],
        [
          { zh: '时间不可能的记录（不计）', en: 'Records with an impossible time (left out)' },
          figure(rows, 'implausible_records'),
          'integer',
        ],
      ],
      {
        interval: confidence(low === null && high === null ? null : { low, high }, quantileMethod),
        basis: basis(used ?? 0, { zh: '记录', en: 'records' }, all ?? 0),
      },
    )
  },

  chart: (rows, { quantile }): Chart => {
    const judged = rows.filter(row => asNumber(row.latency_p50) !== null)
    const shown = judged.slice(0, mostBars)
    const overall = figure(rows, `overall_${quantile}`)
    return {
      layers: [
        {
          mark: 'box',
          y: platformField('platform_id', shown),
          low: percentile('latency_p05', 'P5', 'P5'),
          lower: percentile('latency_p25', 'P25', 'P25'),
          middle: percentile('latency_p50', '采集时延', 'Ingest latency'),
          upper: percentile('latency_p75', 'P75', 'P75'),
          high: percentile('latency_p95', 'P95', 'P95'),
        },
        ...(overall === null
          ? []
          : [
              {
                mark: 'rule',
                axis: 'x',
                at: overall,
                name: { zh: `总体 ${quantile.toUpperCase()}`, en: `Overall ${quantile.toUpperCase()}` },
              } as const,
            ]),
      ],
      rows: shown,
      ...boxNote(
        firstOf(shown.length, judged.length, { zh: '平台（按 P95 从高到低）', en: 'platforms, by P95' }),
      ),
    }
  },

  details: {
    devices: {
      name: { zh: '各设备的采集时延', en: 'Ingest latency by device' },
      meaning: {
        zh: '一行为一台参与计算的设备；P95 最高的在前。',
        en: 'One row a device that takes part; the highest P95 first.',
      },
      result: {
        platform_id: 'text',
        device_id: 'text',
        records: 'integer',
        latency_p50: 'number',
        latency_p95: 'number',
        latency_p99: 'number',
        latency_max: 'number',
      },
      query: (tables, inputs, context) => sql`
        with ${latencies(tables, inputs, context)}, grouped as (
          select d, count(*) as records, quantile_cont(us, [0.5, 0.95, 0.99]) as q, max(us) / 1e6 as latency_max
          from latency group by d
        )
        select platform_id, device_id, records, q[1] / 1e6 as latency_p50, q[2] / 1e6 as latency_p95,
          q[3] / 1e6 as latency_p99, latency_max
        from grouped join sender using (d) order by latency_p95 desc, platform_id, device_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '数据从发生到被平台接收所用的时间，取其分位：P95 为 10 秒，即 95% 的记录在 10 秒之内到达。设备时钟与平台时钟不同步，因此先按设备扣除时差的下包络，再取分位。',
      en: 'How long data takes from its event to the platform, as quantiles: a P95 of 10 s says that 95 % of records arrive within 10 s. The clocks of devices and platform do not agree, so the lower envelope of the differences of each device is subtracted first.',
    },
    formula: String.raw`\ell_{d,i} = (r_{d,i} - t_{d,i}) - \min_j (r_{d,j} - t_{d,j}), \qquad Q(p) = \ell_{(\lfloor h \rfloor)} + (h - \lfloor h \rfloor)\bigl(\ell_{(\lfloor h \rfloor + 1)} - \ell_{(\lfloor h \rfloor)}\bigr), \quad h = (n - 1)p + 1`,
    symbols: {
      zh: String.raw`$t_{d,i}$：设备 $d$ 第 $i$ 条记录的发生时间；$r_{d,i}$：其接收时间；$\ell_{d,i}$：校正后的时延；$\ell_{(k)}$：全部 $n$ 条记录中第 $k$ 小的时延；$p$：分位，0.5、0.95 或 0.99；$Q(p)$：第 7 型分位数`,
      en: String.raw`$t_{d,i}$: event time of record $i$ of device $d$; $r_{d,i}$: its ingest time; $\ell_{d,i}$: corrected latency; $\ell_{(k)}$: the $k$th smallest of all $n$ latencies; $p$: 0.5, 0.95 or 0.99; $Q(p)$: quantile of type 7`,
    },
    source: {
      zh: '业界做法。分位数第 7 型：Hyndman 与 Fan（1996），Amer. Statistician 50:361–365；时钟偏移与漂移的下凸包：Moon、Skelly 与 Towsley（1999），INFOCOM；区间：Woodruff（1952），J. Amer. Statist. Assoc. 47:635–646。',
      en: 'Practice. Quantiles of type 7: Hyndman & Fan (1996), Amer. Statistician 50:361–365; offset and drift by the lower convex hull: Moon, Skelly & Towsley (1999), INFOCOM; interval: Woodruff (1952), J. Amer. Statist. Assoc. 47:635–646.',
    },
    cautions: {
      zh: '时钟偏移与最小传输时延无法分开，所以校正后的时延是相对于该设备最快一条记录的时延，不含固定的最小时延；默认每台设备减去其最小时差，记录少的设备因此偏低，只有一条记录的设备恒为 0 而不计（下限可设）。一条走快的错误时间会抬高该设备的其余全部时延：时钟会跳变的，按日（接收时间的 UTC 日）校正较稳妥；缓慢漂移的，选“偏移与漂移”，把该设备的接收时间等分为 16 段，取各段最小时差的下凸包，斜率为其在平均接收时间处的那条边，记录不足 32 条的设备只减最小时差。不校正时，时差即时延与时钟误差之和，可为负。两个时间都有、而其中任一早于 2000 年或晚于数据时点一天以上的记录不计，条数列在旁边；其余时钟异常见 CON-13。断网续传的数据时延很长，这是实情，不剔除。连接事件与遥测的路径不同，可分开计算。一条报文的多个测点各算一条记录。同一设备的记录彼此相关，区间以设备为整群：按不超过该分位数的记录占比的整群标准误与 t 分布（自由度为设备数减 1）定出上下两个比例，取其外侧的次序统计量；不足 10 台时不给。',
      en: 'An offset of the clock cannot be told from the least delay of the path, so corrected latencies are relative to the fastest record of the device and lack the constant part. By default the least difference of each device is subtracted, which makes devices with few records look fast; one with a single record would always be 0 and takes no part (the least number can be set). One record stamped ahead of time raises all others of its device: for clocks that jump, correct by day (the UTC day of arrival); for slow drift, choose “offset and drift”, with the slope of that edge of the lower convex hull which spans the mean time of arrival, the hull being of the least difference in each sixteenth of the device’s time, and the least difference alone below 32 records. Without correction the figure is latency plus clock error and may be negative. Records of which either time lies before 2000 or more than a day after the time of the data are left out, and those that have both times are counted beside; for other clock faults see CON-13. Data sent after an outage is late indeed and is kept. Connection events and telemetry take different paths and can be looked at apart. Each metric of a message is a record. Records of one device are alike: the interval takes devices as clusters: p ± t standard errors of the share of records not above the quantile (t of as many degrees of freedom as there are devices, less one), and the latencies of those ranks, rounded outwards; there is none below ten devices.',
    },
  },
})

function labels(name: string) {
  return { zh: `${name.toUpperCase()}（秒）`, en: `${name.toUpperCase()} (s)` }
}

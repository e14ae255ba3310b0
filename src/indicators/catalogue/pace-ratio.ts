import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { categoryField, numberField, timeField } from '../field.ts'
import { figure, headline, quotient } from '../headline.ts'
import { instant } from '../instant.ts'
import { indicator, type Tables } from '../recipe.ts'
import { connectedDevices, isNationalDeviceTarget, requiredGrowth } from '../required-growth.ts'

const lines = {
  stock: { zh: '实际存量', en: 'Observed stock' },
  pace: { zh: '目标所需轨迹', en: 'Pace that the target requires' },
} as const

export default indicator({
  id: 'PLN-02',
  version: 1,
  name: { zh: '进度比', en: 'Pace ratio' },
  unit: 'ratio',
  source: 'Assay; target: Action Plan 2026–2028',
  needs: ['device', 'plan_target'],
  atAsOf: true,
  inputs: {
    years: {
      kind: 'number',
      name: { zh: '观察年数', en: 'Years observed' },
      unit: { zh: '年', en: 'years' },
      min: 0.5,
      max: 10,
      default: 1,
    },
  },
  result: {
    time: 'timestamp',
    stock: 'integer',
    pace: 'number',
    observed_growth: 'number',
    required_growth: 'number',
    ratio: 'number',
    registered: 'integer',
    undated: 'integer',
    targets: 'integer',
  },

  query: (tables, { years }, { asOf }) => sql`
    with ${stock(tables, asOf, Math.round(years * 12))},
      target as (
        select count(*) as targets, min(growth) as required
        from ${requiredGrowth(tables)} as required where ${isNationalDeviceTarget}
      ),
      growth as (
        select start, targets, required, case when start > 0 then power(finish / start, 12 / months) - 1 end as observed
        from ends, target
      ),
      basis as (
        select count(*) as registered, count(*) - count(activated_at) as undated from ${tables.device}
      )
    select time, stock, start * power(1 + required, i / 12) as pace, observed as observed_growth,
      required as required_growth, case when required > 0 then observed / required end as ratio,
      registered, undated, targets
    from series, growth, basis order by time`,

  headline: rows => {
    const registered = figure(rows, 'registered') ?? 0
    return headline(
      figure(rows, 'ratio'),
      [missingOf(rows)],
      [
        [{ zh: '实际年均增速', en: 'Observed growth a year' }, figure(rows, 'observed_growth'), 'percent'],
        [{ zh: '所需年均增速', en: 'Required growth a year' }, figure(rows, 'required_growth'), 'percent'],
        [{ zh: '期末存量', en: 'Stock at the end' }, asNumber(rows.at(-1)?.stock), 'integer'],
        [
          { zh: '激活时间未知的设备占比（不计入）', en: 'Devices without activation time (left out)' },
          quotient(figure(rows, 'undated') ?? 0, registered),
          'percent',
        ],
      ],
    )
  },

  chart: (rows): Chart => {
    const names = ['time', 'line', 'devices']
    return {
      layers: [
        {
          mark: 'line',
          x: timeField('time', { zh: '时间', en: 'Time' }),
          y: numberField('devices', { zh: '设备存量', en: 'Stock of devices' }, 'compact'),
          colour: categoryField(
            'line',
            { zh: '曲线', en: 'Line' },
            { labels: lines, order: Object.keys(lines) },
          ),
        },
      ],
      rows: [
        ...rows.map(({ time = null, stock = null }) => row(names, [time, 'stock', stock])),
        ...rows
          .filter(({ pace }) => pace !== null)
          .map(({ time = null, pace = null }) => row(names, [time, 'pace', pace])),
      ],
      note: {
        zh: '所需轨迹从观察期初的实际存量出发，按目标所需增速增长',
        en: 'The required pace starts from the stock at the beginning and grows at the rate the target requires',
      },
    }
  },

  explanation: {
    meaning: {
      zh: '数据中设备存量的实际年均复合增速，与全国工业设备连接数目标所需增速（PLN-01，按公布基期）之比。1 表示恰好跟上目标节奏，大于 1 表示更快。某时点的存量为此前已激活且尚未退役的设备数。',
      en: 'The compound annual growth of the device stock in the data, divided by the growth that the national target for connected devices requires (PLN-01, published base). 1 keeps pace with the target, above 1 is faster. The stock at a time is the devices activated by then and not yet retired.',
    },
    formula: String.raw`\begin{aligned} R &= \frac{1}{g} \left[ \left( \frac{S(A)}{S(A - T)} \right)^{1/T} - 1 \right] \\ S(t) &= \#\{\, d : a_d \le t \land (r_d = \varnothing \lor r_d > t) \,\} \end{aligned}`,
    symbols: {
      zh: String.raw`$A$：数据时点；$T$：观察年数（取整月）；$g$：目标所需的年均增速（PLN-01）；$S(t)$：时点 $t$ 的设备存量；$a_d$：设备 $d$ 的激活时间；$r_d$：其退役时间（$\varnothing$ 为未给出）`,
      en: String.raw`$A$: time of the data; $T$: years observed, in whole months; $g$: growth a year that the target requires (PLN-01); $S(t)$: device stock at time $t$; $a_d$: activation of device $d$; $r_d$: its retirement ($\varnothing$: none given)`,
    },
    source: {
      zh: '本软件约定；所需增速来自数据中的 plan_target。',
      en: 'A convention of Assay; the required growth comes from the plan_target rows of the data.',
    },
    cautions: {
      zh: '幸存者偏差：设备清单通常不含已删除的设备，期初存量因此偏低、增速偏高。没有激活时间的设备不计入，占比列在旁边。全部已注明激活时间的设备都计入，不区分是否工业设备、是否在线。所需增速按全国目标与公布的下限基期，筛选只作用于设备，不作用于目标；时期筛选只以其最后一天为期末，起始日不起作用。',
      en: 'Survivor bias: device lists usually omit deleted devices, so that the stock at the beginning looks too small and growth too high. Devices without activation time are left out; their share stands beside. All others count, industrial or not, connected or not. The required growth is national and rests on the published floor; filters act on devices, never on the target; of a period only the last day counts, as the end of the observation.',
    },
  },
})

/** `series`: the stock at each of so many months up to `asOf`; `ends`: its first and last value. */
function stock({ device }: Tables, asOf: number, months: number): Sql {
  return sql`
    dated as (select activated_at, retired_at from ${device} where activated_at is not null),
    point as (
      select i, ${instant(asOf)} - to_months(${months} - i::integer) as time from generate_series(0, ${months}) as g(i)
    ),
    series as (
      select i, time, count(activated_at) as stock
      from point left join dated on activated_at <= time and (retired_at is null or retired_at > time)
      group by i, time
    ),
    ends as (
      select ${months} as months, min(stock) filter (i = 0) as start, min(stock) filter (i = ${months}) as finish
      from series
    )`
}

/** The first of the things without which growth and ratio cannot be told. */
function missingOf(rows: readonly Row[]): string {
  if (!figure(rows, 'registered')) return 'device'
  if (!figure(rows, 'targets')) return `plan_target: ${connectedDevices}`
  if (figure(rows, 'required_growth') === null) return 'plan_target.base_value'
  return figure(rows, 'observed_growth') === null ? 'device.activated_at' : 'plan_target.target_value'
}

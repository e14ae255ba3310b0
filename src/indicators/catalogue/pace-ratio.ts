import type { Chart } from '../../domain/chart.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { categoryField, numberField, timeField } from '../field.ts'
import { type Beside, basis, figure, headline, quotient } from '../headline.ts'
import { chosenTargets, headlineRows, targetInput, targetName } from '../plan-targets.ts'
import { indicator } from '../recipe.ts'
import { influentialPlatforms } from '../required-growth.ts'
import { countedInput, monthsBefore, observedStock } from '../target-series.ts'

const lines = {
  stock: { zh: '实际', en: 'Observed' },
  pace: { zh: '目标所需轨迹', en: 'Pace that the target requires' },
} as const

export default indicator({
  id: 'PLN-02',
  version: 2,
  name: { zh: '进度比', en: 'Pace ratio' },
  unit: 'ratio',
  source: 'Assay; target: Action Plan 2026–2028',
  needs: ['plan_target'],
  uses: ['device', 'platform', 'organisation', 'contract', 'usage'],
  atAsOf: true,
  inputs: {
    target: targetInput,
    years: {
      kind: 'number',
      name: { zh: '观察年数', en: 'Years observed' },
      unit: { zh: '年', en: 'years' },
      min: 0.5,
      max: 10,
      step: 0.5,
      default: 1,
    },
    counted: countedInput,
  },
  result: {
    indicator: 'text',
    scope: 'text',
    is_headline: 'boolean',
    time: 'timestamp',
    stock: 'number',
    pace: 'number',
    observed_growth: 'number',
    required_growth: 'number',
    ratio: 'number',
    ratio_at_higher_base: 'number',
    population: 'integer',
    population_judged: 'integer',
    is_set: 'boolean',
  },

  query: (tables, { target, years, counted }, { asOf }) => sql`
    with ${monthsBefore(asOf, Math.round(years * 12))}, ${chosenTargets(tables, target)},
      ${observedStock(tables, counted)},
      latest as (select no, max(time) as finish from observed group by no),
      earliest as (
        select no, time as start from observed join latest using (no) where time < finish
        qualify row_number() over (
          partition by no order by abs(date_diff('second', time, finish - to_months(${Math.round(years * 12)}))), time) = 1
      ),
      windowed as materialized (
        select observed.*, start, finish,
          case when indicator = ${influentialPlatforms} then date_diff('second', start, time) / 31557600 else i / 12 end
            as elapsed
        from observed join target using (no) left join latest using (no) left join earliest using (no)
        where start is null or time >= start
      ),
      ends as (
        select no, min(stock) filter (time = start) as first, min(stock) filter (time = finish) as last,
          max(elapsed) as elapsed
        from windowed group by no
      ),
      grown as (
        select no, first, case when first > 0 and elapsed >= 0.25 then power(last / first, 1 / elapsed) - 1 end as growth
        from ends
      ),
      judged as (
        select target.*, first, case when isfinite(growth) then growth end as growth,
          case when base_is_floor then (1 + required) / power(1.1, 1 / years) - 1 end as required_higher
        from target left join grown using (no)
      )
    select indicator, scope, no = 1 as is_headline, time, stock,
      case when isfinite(first * power(1 + required, elapsed)) then first * power(1 + required, elapsed) end as pace,
      growth as observed_growth, required as required_growth,
      case when required > 0 then growth / required end as ratio,
      case when required_higher > 0 then growth / required_higher end as ratio_at_higher_base,
      population, judged as population_judged, is_set
    from judged left join windowed using (no) order by no, time`,

  headline: rows => {
    const chosen = headlineRows(rows)
    return headline(figure(chosen, 'ratio'), [missingOf(chosen)], besidesOf(chosen), {
      basis: basis(
        asNumber(chosen.at(-1)?.population_judged) ?? 0,
        judgedOf(chosen[0]),
        asNumber(chosen.at(-1)?.population),
      ),
    })
  },

  chart: (rows): Chart => {
    const names = ['time', 'line', 'stock']
    const chosen = headlineRows(rows).filter(({ time }) => time !== null)
    const format = chosen[0]?.indicator === 'penetration' ? 'percent' : 'compact'
    const title = targetName(chosen[0] ?? row([], []))
    return {
      layers: [
        {
          mark: 'line',
          x: timeField('time', { zh: '时间', en: 'Time' }),
          y: numberField('stock', { zh: '存量', en: 'Stock' }, format),
          colour: categoryField(
            'line',
            { zh: '曲线', en: 'Line' },
            { labels: lines, order: Object.keys(lines) },
          ),
        },
      ],
      rows: [
        ...chosen.map(({ time = null, stock = null }) => row(names, [time, 'stock', stock])),
        ...chosen
          .filter(({ pace }) => pace !== null)
          .map(({ time = null, pace = null }) => row(names, [time, 'pace', pace])),
      ],
      note: {
        zh: `${chosen.length > 0 ? `${title.zh}；` : ''}所需轨迹从观察期初的实际存量出发，按目标所需增速增长`,
        en: `${chosen.length > 0 ? `${title.en}; the` : 'The'} required pace starts from the stock at the beginning and grows at the rate the target requires`,
      },
    }
  },

  explanation: {
    meaning: {
      zh: '数据中的实际年均复合增速，与目标所需年均增速（PLN-01，按公布基期）之比；每个目标各算一次，标题数字为所选目标（先取全国，否则取范围排序在前者）。1 表示恰好跟上目标节奏，大于 1 表示更快。三类目标的存量：工业设备为该时点前已激活且尚未退役者；有影响力的平台为各次导出中标注者；普及率为应用平台的组织占比（认定同 PLN-05 默认）。范围可为全国、省份、平台或组织：设备按设备自身的省份、平台与所属组织，平台按其所在省份与运营主体，普及率按组织所在省份，或以某平台为应用对象。',
      en: 'The compound annual growth seen in the data, divided by the growth that the target requires (PLN-01, published base), for each target; the headline is that of the chosen measure, nationally where there is such a target, else of the first scope. 1 keeps pace with the target, above 1 is faster. What is followed: devices activated by a time and not yet retired; platforms flagged as influential in each export; the share of organisations that apply a platform (told as PLN-05 does by default). A scope is the country, a province, a platform or an organisation: devices by their own province, platform and owner; platforms by their seat and operator; penetration by the province of the organisations, or of the use of one platform.',
    },
    formula: String.raw`\begin{aligned} R &= \frac{1}{g} \left[ \left( \frac{S(A)}{S(A - T)} \right)^{1/T} - 1 \right] \\ S(t) &= \#\{\, d : a_d \le t \land (r_d = \varnothing \lor r_d > t) \,\} \end{aligned}`,
    symbols: {
      zh: String.raw`$A$：数据时点；$T$：观察年数（取整月）；$g$：目标所需的年均增速（PLN-01）；$S(t)$：时点 $t$ 的存量（此处以设备为例）；$a_d$：设备 $d$ 的激活时间；$r_d$：其退役时间（$\varnothing$ 为未给出）`,
      en: String.raw`$A$: time of the data; $T$: years observed, in whole months; $g$: growth a year that the target requires (PLN-01); $S(t)$: stock at time $t$, here of devices; $a_d$: activation of device $d$; $r_d$: its retirement ($\varnothing$: none given)`,
    },
    source: {
      zh: '本软件约定；所需增速来自数据中的 plan_target 或自设的目标。',
      en: 'A convention of Assay; the required growth comes from the plan_target rows of the data, or from targets of one’s own.',
    },
    cautions: {
      zh: '幸存者偏差：设备清单通常不含已删除的设备，期初存量因此偏低、增速偏高。没有激活时间的设备不计入，占比列在旁边；默认不计注明为非工业的设备，不区分是否在线。增速只看数据中的样本：导出若不含全部重点平台，它说明的是这些平台的增速，而不是全国的增速。所需增速按公布基期，基期为下限时另列基期高 10% 的进度比。平台数只在有导出时间的导出之间比较，两次导出须为同一口径的完整名单，间隔不足三个月不计算，观察期取与所设年数最接近的一次。普及率以导出中的组织为总体，通常只是客户名单而非企业总体，其增速不能代表社会普及率；没有基期值的目标没有进度比。筛选作用于设备、平台与组织，不作用于目标；时期筛选只以其最后一天为期末，起始日不起作用。增速是清单上的确数，不给抽样区间。',
      en: 'Survivor bias: device lists usually omit deleted devices, so that the stock at the beginning looks too small and growth too high. Devices without activation time are left out, and their share stands beside; devices said not to be industrial are left out by default; whether a device is connected plays no part. The growth is that of the sample: unless an export holds all key platforms, it speaks of these platforms and not of the country. The required growth rests on the published base; where that is a floor, the ratio for a base 10% higher stands beside. Platforms are compared between dated exports only: both must be complete lists of the same kind, less than three months apart they give no growth, and the export nearest to the years observed is taken. Penetration takes the organisations of the exports for the population, which are customers as a rule and not all enterprises, so its growth is not that of society; a target without base has no ratio. Filters act on devices, platforms and organisations, never on the target; of a period only the last day counts, as the end of the observation. Growth is counted from lists: there is no sampling interval.',
    },
  },
})

/** What the basis counts: those of which it can be told whether they belong to the stock. */
function judgedOf(target: Row | undefined): Phrase {
  if (target?.indicator === influentialPlatforms)
    return { zh: '标明是否有影响力的平台', en: 'platforms flagged as influential or not' }
  if (target?.indicator === 'penetration') return { zh: '组织', en: 'organisations' }
  return { zh: '有激活时间的设备', en: 'devices with an activation time' }
}

function besidesOf(chosen: readonly Row[]): readonly Beside[] {
  const isShare = chosen[0]?.indicator === 'penetration'
  const [population, judged] = [figure(chosen, 'population') ?? 0, figure(chosen, 'population_judged') ?? 0]
  const left: readonly Beside[] = [
    [
      { zh: '激活时间未知的设备占比（不计入）', en: 'Devices without activation time (left out)' },
      quotient(population - judged, population),
      'percent',
    ],
  ]
  return [
    [{ zh: '实际年均增速', en: 'Observed growth a year' }, figure(chosen, 'observed_growth'), 'percent'],
    [{ zh: '所需年均增速', en: 'Required growth a year' }, figure(chosen, 'required_growth'), 'percent'],
    [
      { zh: '基期高 10% 时的进度比', en: 'Ratio if the base is 10% higher' },
      figure(chosen, 'ratio_at_higher_base'),
      'decimal',
    ],
    [
      { zh: '期末存量', en: 'Stock at the end' },
      asNumber(chosen.at(-1)?.stock),
      isShare ? 'percent' : 'integer',
    ],
    ...(chosen[0]?.indicator === 'connected_devices' ? left : []),
  ]
}

const withoutGrowth: Readonly<Record<string, string>> = {
  connected_devices: 'device.activated_at',
  influential_platforms: 'platform: a second export with another date and is_influential',
  penetration: 'contract.start',
}

const tables: Readonly<Record<string, string>> = {
  connected_devices: 'device',
  influential_platforms: 'platform: an export that tells its time, with is_influential',
  penetration: 'organisation',
}

/** The first of the things without which growth and ratio cannot be told. */
function missingOf(chosen: readonly Row[]): string {
  const measure = String(chosen[0]?.indicator ?? '')
  if (!figure(chosen, 'population')) return tables[measure] ?? 'plan_target'
  if (chosen[0]?.is_set !== true) return `plan_target: ${measure}`
  if (figure(chosen, 'required_growth') === null) return 'plan_target.base_value'
  return figure(chosen, 'observed_growth') === null
    ? (withoutGrowth[measure] ?? 'plan_target')
    : 'plan_target.target_value'
}

import type { Chart } from '../../domain/chart.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { categoryField, numberField, timeField } from '../field.ts'
import { type Beside, basis, figure, headline } from '../headline.ts'
import {
  type Component,
  componentIds,
  componentLevels,
  components,
  levelColumns,
} from '../index-components.ts'
import { indexColumns, indexRows } from '../index-rows.ts'
import { lastMonths, notes } from '../months.ts'
import { type InputDeclaration, indicator } from '../recipe.ts'
import { countedInput } from '../target-series.ts'

const names: Readonly<Record<string, Phrase>> = {
  index: { zh: '综合指数', en: 'Index' },
  ...Object.fromEntries(componentIds.map(id => [id, components[id].name])),
}

function weightInput(component: Component) {
  const { zh, en } = components[component].name
  return {
    kind: 'number',
    name: { zh: `权重：${zh}`, en: `Weight: ${en.toLowerCase()}` },
    min: 0,
    max: 100,
    default: 20,
  } as const satisfies InputDeclaration
}

const inputs = {
  frequency: {
    kind: 'choice',
    name: { zh: '频率', en: 'Frequency' },
    choices: { month: { zh: '月', en: 'Month' }, quarter: { zh: '季', en: 'Quarter' } },
    default: 'month',
  },
  base: {
    kind: 'number',
    name: { zh: '基期（年月，如 202501；0 为自动）', en: 'Base (year and month, 202501; 0: automatic)' },
    min: 0,
    max: 210_012,
    default: 0,
  },
  linking: {
    kind: 'choice',
    name: { zh: '样本变化的处理', en: 'Where the sample changes' },
    choices: {
      matched: { zh: '匹配样本链接', en: 'Link on matched platforms' },
      totals: { zh: '直接比总量', en: 'Compare totals' },
    },
    default: 'matched',
  },
  weight_devices: weightInput('devices'),
  weight_models: weightInput('models'),
  weight_applications: weightInput('applications'),
  weight_volume: weightInput('volume'),
  weight_organisations: weightInput('organisations'),
  counted: countedInput,
} as const

export default indicator({
  id: 'PLN-06',
  version: 1,
  name: { zh: '定基发展指数', en: 'Fixed-base index' },
  unit: 'index',
  source: 'IIP method (form); weights: Assay',
  needs: [],
  uses: ['device', 'model', 'application', 'ingest_batch', 'contract'],
  atAsOf: true,
  inputs,
  queried: levelColumns,
  result: indexColumns,
  query: (tables, chosen, { asOf }) => componentLevels(tables, chosen, asOf),
  derive: (rows, chosen) => indexRows(rows, chosen),

  headline: (rows, chosen) => {
    const index = rows.filter(({ component }) => component === 'index')
    const last = index.length > 1 ? index.at(-1) : undefined
    const weakest = weakestLink(rows, last)
    return headline(
      asNumber(last?.index_value),
      missingOf(rows, index, Object.entries(chosen)),
      besidesOf(rows, index, last),
      {
        basis: basis(
          asNumber(weakest?.matched_platforms) ?? 0,
          {
            zh: '个与上期相匹配的平台（重叠最少的分项）',
            en: 'platforms matched with the period before (component with the least overlap)',
          },
          asNumber(weakest?.platforms) ?? 0,
        ),
      },
    )
  },

  chart: (rows): Chart => {
    const { rows: shown, ...noted } = lastMonths(drawnRows(rows))
    const x = timeField('month', { zh: '时期', en: 'Period' })
    const y = numberField('index_value', { zh: '指数', en: 'Index' }, 'decimal')
    const colour = categoryField(
      'component',
      { zh: '分项', en: 'Component' },
      { labels: names, order: Object.keys(names) },
    )
    const base = figure(rows, 'base_period')
    const written = base === null ? null : new Date(base / 1000).toISOString().slice(0, 7)
    return {
      layers: [
        { mark: 'line', x, y, colour },
        { mark: 'rule', axis: 'y', at: 100, name: { zh: '基期', en: 'Base' } },
      ],
      rows: shown,
      ...notes(written === null ? {} : { note: { zh: `${written} = 100`, en: `${written} = 100` } }, noted),
    }
  },

  details: {
    links: {
      name: { zh: '逐期链接', en: 'Links' },
      meaning: {
        zh: '一行为一个分项的一期：与上一个有数据的时期相比，两期都有该分项的平台数、它们在两期的数值、增长率，以及它们占本期总量的比例（重叠）；新的在前。',
        en: 'One row a component and period: the platforms that have it in this period and in the last one with data, their values in both, the growth, and their share of this period’s total (overlap); the latest first.',
      },
      result: { ...levelColumns, link_growth: 'number', overlap: 'number' },
      queried: levelColumns,
      query: (tables, chosen, { asOf }) => componentLevels(tables, chosen, asOf),
      derive: rows =>
        rows.toReversed().map(one => {
          const [before, after, total] = ['matched_before', 'matched_after', 'total'].map(column =>
            asNumber(one[column]),
          )
          const growth = before && after !== null && after !== undefined ? after / before - 1 : null
          const overlap = total && after ? Math.min(1, after / total) : null
          const cells = [growth, overlap].map(cell => (cell !== null && Number.isFinite(cell) ? cell : null))
          return row([...Object.keys(one), 'link_growth', 'overlap'], [...Object.values(one), ...cells])
        }),
    },
  },

  explanation: {
    meaning: {
      zh: '以基期为 100，设备存量、工业模型、工业应用、日均汇聚量与服务组织五项相对基期的倍数的加权平均。基期可设，默认为各项齐全的第一个时期。标题数字为最近一个各项齐全的完整时期。平台样本变化时，每一期的增长只用本期与上期都有该分项的平台计算，再逐期连乘（匹配样本链接），新进与退出的平台因此不造成跳跃。',
      en: 'With the base at 100, the weighted mean of what devices, models, applications, daily volume and organisations served are relative to the base. The base can be set; by default it is the first period in which all of them exist. The headline is the last complete period in which all of them exist. Where the sample of platforms changes, the growth of each period is taken from the platforms that have the component in this period and in the one before, and these links are multiplied (matched-sample chaining), so that platforms which join or leave make no jump.',
    },
    formula: String.raw`\begin{aligned} I_t &= 100 \sum_k w_k \frac{x_{kt}}{x_{k0}}, \quad \sum_k w_k = 1 \\ \frac{x_{kt}}{x_{k0}} &= \prod_{s=1}^{t} \frac{\sum_{p \in M_{ks}} x_{kps}}{\sum_{p \in M_{ks}} x_{kp,s-1}} \end{aligned}`,
    symbols: {
      zh: '$I_t$：时期 $t$ 的指数；$k$：分项；$w_k$：其权重；$x_{kt}$：分项 $k$ 在时期 $t$ 的（链接后）数值；$x_{k0}$：其基期值；$s$：各时期；$p$：平台；$M_{ks}$：在 $s$ 与上一期都有分项 $k$ 的平台；$x_{kps}$：平台 $p$ 在 $s$ 的数值；$x_{kp,s-1}$：其上一期的数值',
      en: '$I_t$: index in period $t$; $k$: components; $w_k$: weight; $x_{kt}$: (linked) value of component $k$ in period $t$; $x_{k0}$: its value in the base period; $s$: periods; $p$: platforms; $M_{ks}$: platforms that have component $k$ in $s$ and in the period before; $x_{kps}$: value of platform $p$ in $s$; $x_{kp,s-1}$: its value in the period before',
    },
    source: {
      zh: '形式同国家工业信息安全发展研究中心的工业互联网平台发展指数（IIP，基期 2018 = 100）；其 14 项指标与权重未公布，分项与权重为本软件约定，可调。匹配样本链接见国际劳工组织等《消费者价格指数手册》（2020）第 6–9 章。',
      en: 'The form is that of the IIP index of the China Industrial Control Systems Cyber Emergency Response Team (base 2018 = 100); its 14 items and weights are not public: components and weights are a convention of Assay and can be set. For chaining on matched samples see the Consumer Price Index Manual (ILO et al. 2020), ch. 6–9.',
    },
    cautions: {
      zh: '数值与 IIP 不可比。官方样本由 10 家增至 32、112 家，水平本不严格可比。设备、模型、应用与合同的存量由激活、创建、开始时间累计而来，清单通常不含已删除者（幸存者偏差），早期偏低、增长偏高；模型与应用没有退出时间，只增不减。匹配样本把“从无到有”排除在外：平台的第一批设备、模型不计入当期增长，之后才计；数值降为零的平台视为退出。链接连乘可能产生漂移，逐期链接与重叠比例见明细；重叠低时增长只代表少数平台。服务组织按（平台，组织）计，同一组织在两个平台上计两次。日均汇聚量为该期新增字节除以全部批次跨度内的天数，首末两期可能不满；中间没有批次的时期不计算，之后与最近有数据的一期链接。权重大于零的分项须齐全，缺少的可将权重设为零。权重的选择左右结果，请一并引用。只用已过完的时期；最多回看 120 个月或 40 个季度。时期筛选只以最后一天为终点；平台、省份等筛选作用于各分项。无抽样区间。',
      en: 'Values are not comparable with the IIP; its own sample grew from 10 to 32 and 112 platforms, so that its levels are not strictly comparable either. Devices, models, applications and contracts are added up from the times of activation, creation and start; lists usually omit what was deleted (survivor bias), so early values are too low and growth too high; models and applications have no end and never decrease. Matched samples leave out what begins from nothing: a platform’s first devices or models count from the following period on; a platform that falls to zero counts as gone. Chained links may drift; links and overlap are in the details, and where the overlap is small the growth is that of few platforms. Organisations are counted per platform: one on two platforms counts twice. Daily volume is bytes added over the days of the period within the span of all batches; the first and last period may be partial; periods without a batch have no value, and the next one is linked to the last that had any. Every component with a weight must exist; one that is not there can be given the weight zero. The weights decide the result: quote them with it. Complete periods only, 120 months or 40 quarters back at most. Of a period filter only the last day counts; filters of platform, province and so on act on the components. There is no sampling interval.',
    },
  },
})

/** From the first period of the index on; its components before that have nothing to be compared with. */
function drawnRows(rows: readonly Row[]): readonly Row[] {
  const first = asNumber(rows.find(({ component }) => component === 'index')?.period) ?? 0
  return rows
    .filter(({ index_value, period }) => index_value !== null && (asNumber(period) ?? 0) >= first)
    .map(({ period = null, component = null, index_value = null }) =>
      row(['month', 'component', 'index_value'], [period, component, index_value]),
    )
}

/** Of the weighted components in the index’s last period, the one whose matched platforms have the least of its total. */
function weakestLink(rows: readonly Row[], last: Row | undefined): Row | undefined {
  const links = rows.filter(
    ({ component, period, component_weight, overlap }) =>
      component !== 'index' &&
      period === last?.period &&
      overlap !== null &&
      (asNumber(component_weight) ?? 0) > 0,
  )
  return links.toSorted((a, b) => (asNumber(a.overlap) ?? 0) - (asNumber(b.overlap) ?? 0))[0]
}

function besidesOf(rows: readonly Row[], index: readonly Row[], last: Row | undefined): readonly Beside[] {
  if (!last) return []
  const [value, before] = [asNumber(last.index_value), asNumber(index.at(-2)?.index_value)]
  const time = asNumber(last.period) ?? 0
  const year = index.find(({ period }) => (asNumber(period) ?? 0) === yearBefore(time))
  const now = (component: string) =>
    rows.find(one => one.component === component && one.period === last.period)
  const change = (from: number | null): number | null => (value === null || !from ? null : value / from - 1)
  const month = new Date(time / 1000).toISOString().slice(0, 7)
  return [
    [{ zh: `${month} 较上期`, en: `Change in ${month} on the period before` }, change(before), 'percent'],
    [{ zh: '较一年前', en: 'Change on a year before' }, change(asNumber(year?.index_value)), 'percent'],
    ...componentIds.map((id): Beside => [components[id].name, asNumber(now(id)?.index_value), 'decimal']),
    [
      { zh: '匹配平台占总量（最少的分项）', en: 'Overlap of matched platforms (least)' },
      asNumber(weakestLink(rows, last)?.overlap),
      'percent',
    ],
  ]
}

function yearBefore(microseconds: number): number {
  const date = new Date(microseconds / 1000)
  return date.setUTCFullYear(date.getUTCFullYear() - 1) * 1000
}

/** The columns of what is lacking; where nothing is, there is no second period. */
function missingOf(
  rows: readonly Row[],
  index: readonly Row[],
  chosen: readonly (readonly [string, string | number])[],
): readonly string[] {
  const weighted = componentIds.filter(id =>
    chosen.some(([name, value]) => name === `weight_${id}` && Number(value) > 0),
  )
  if (weighted.length === 0) return ['weights']
  const lacking = String(rows[0]?.lacking ?? '').split(' ')
  const found = weighted.filter(id => rows.length === 0 || lacking.includes(id))
  if (found.length > 0) return found.map(id => components[id].column)
  const base = index.at(-1)?.period
  const ended = weighted.filter(
    id =>
      !rows.some(
        ({ component, period, index_value }) =>
          component === id && index_value !== null && (asNumber(period) ?? 0) > (asNumber(base) ?? 0),
      ),
  )
  return (ended.length > 0 ? ended : weighted).map(id => components[id].column)
}

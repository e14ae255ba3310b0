import { asNumber, type Row, row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { numberField } from '../field.ts'
import { basis, figure, headline } from '../headline.ts'
import { instant } from '../instant.ts'
import { type Context, indicator, type Tables } from '../recipe.ts'
import {
  declaredInput,
  declaredRange,
  sensitivity,
  sensitivityColumns,
  spreadInput,
  tornado,
} from '../sensitivity.ts'

const names = {
  annual_revenue: { zh: '年收入 F', en: 'Annual revenue F' },
  growth: { zh: '年增长率 g', en: 'Growth a year g' },
  cost_share: { zh: '成本占收入的比例 c', en: 'Costs as a share of revenue c' },
  discount: { zh: '折现率 i', en: 'Discount rate i' },
  years: { zh: '使用年限 n', en: 'Useful life n' },
} as const

const revenueColumns = {
  annual_revenue: 'number',
  revenue_rows: 'integer',
  trailing_usage_rows: 'integer',
} as const

const inputs = {
  growth: declaredInput(names.growth, [-1, 1], 0),
  cost_share: declaredInput(names.cost_share, [0, 1], 0),
  discount: declaredInput(names.discount, [0, 1], 0.1),
  years: { kind: 'number', name: names.years, unit: { zh: '年', en: 'years' }, min: 1, max: 50, default: 5 },
  spread: spreadInput,
} as const

export default indicator({
  id: 'VAL-06',
  version: 1,
  name: { zh: '收益法估值', en: 'Income-method value' },
  unit: 'yuan',
  source: 'CAS Guidance 2023',
  needs: ['asset_usage'],
  uses: ['data_asset', 'platform'],
  inputs,
  queried: revenueColumns,
  result: { ...sensitivityColumns, ...revenueColumns },

  query: (tables, _, context) => trailingRevenue(tables, context),

  derive: (rows, { growth, cost_share, discount, years, spread }) => {
    const revenue = figure(rows, 'annual_revenue') ?? Number.NaN
    const shared = Object.keys(revenueColumns).map(column => rows[0]?.[column] ?? null)
    const arms = sensitivity(
      {
        annual_revenue: { declared: revenue, min: 0, max: Number.MAX_VALUE },
        growth: { declared: growth, min: -1, max: 2 },
        cost_share: { declared: cost_share, min: 0, max: 1 },
        discount: { declared: discount, min: 0, max: 2 },
        years: { declared: years, min: 1, max: 100, whole: true },
      },
      spread,
      at => cashFlows(at.annual_revenue, at).reduce((sum, { present }) => sum + present, 0),
    )
    return arms.map(arm => ({ ...arm, ...row(Object.keys(revenueColumns), shared) }))
  },

  headline: (rows, { spread }) => {
    const [known, all] = [figure(rows, 'revenue_rows') ?? 0, figure(rows, 'trailing_usage_rows') ?? 0]
    return headline(
      figure(rows, 'value_declared'),
      [all === 0 ? 'asset_usage' : 'asset_usage.revenue'],
      [
        [
          { zh: '近 12 个月收入（元）', en: 'Revenue of the last 12 months (yuan)' },
          figure(rows, 'annual_revenue'),
          'integer',
        ],
      ],
      {
        interval: declaredRange(rows, spread),
        basis: basis(known, { zh: '条有收入的使用记录', en: 'usage records with revenue' }, all),
      },
    )
  },

  chart: rows => tornado(rows, names),

  details: {
    'cash-flow': {
      name: { zh: '现金流', en: 'Cash flow' },
      meaning: {
        zh: '每行一年：按申报值推算的净收益、折现系数、现值与累计现值。这是一种假设，不是预测。',
        en: 'One row a year: net income as declared, discount factor, present value and their sum so far. An assumption, not a forecast.',
      },
      queried: revenueColumns,
      result: {
        future_year: 'integer',
        cash_flow: 'number',
        discount_factor: 'number',
        present_value: 'number',
        cumulative_value: 'number',
      },
      query: (tables, _, context) => trailingRevenue(tables, context),
      derive: (rows, declared) => {
        const revenue = figure(rows, 'annual_revenue')
        if (revenue === null) return []
        let cumulative = 0
        return cashFlows(revenue, declared).map(({ flow, factor, present }, i) => {
          cumulative += present
          const numbers = [i + 1, flow, factor, present, cumulative].map(asNumber)
          return row(
            ['future_year', 'cash_flow', 'discount_factor', 'present_value', 'cumulative_value'],
            numbers,
          )
        })
      },
      chart: rows => ({
        layers: [
          {
            mark: 'bar',
            x: { field: 'future_year', name: { zh: '第几年', en: 'Year' }, scale: 'category' },
            y: numberField('present_value', { zh: '现值（元）', en: 'Present value (yuan)' }, 'compact'),
          },
        ],
        rows: rows.filter((each: Row) => each.present_value !== null),
      }),
    },
  },

  explanation: {
    meaning: {
      zh: '以近 12 个月数据资产的使用收入为起点，按申报的增长率、成本比例与使用年限推算各年净收益，折现后求和得到的金额范围：下端为全部输入同时取不利一端，上端为同时取有利一端。龙卷风图逐项显示只变动一个输入时的影响。',
      en: 'A range of money: from the revenue of the data assets in the last 12 months, net income is carried forward by the declared growth, share of costs and useful life, discounted and summed. The low end has all inputs at their worse ends at once, the high end all at their better ends. The tornado shows what one input alone does.',
    },
    formula: String.raw`P = \sum_{t=1}^{n} \frac{F_t}{(1 + i)^t}, \qquad F_t = F\,(1 - c)(1 + g)^t`,
    symbols: {
      zh: '$P$：估值（元）；$F$：近 12 个月收入；$F_t$：第 $t$ 年净收益；$c$：成本占收入的比例；$g$：年增长率；$i$：折现率；$n$：使用年限（年）',
      en: '$P$: value in yuan; $F$: revenue of the last 12 months; $F_t$: net income of year $t$; $c$: costs as a share of revenue; $g$: growth a year; $i$: discount rate; $n$: useful life in years',
    },
    source: {
      zh: '中国资产评估协会《数据资产评估指导意见》（2023）的收益法；净收益的推算方式与浮动范围为本软件约定。',
      en: 'The income method of the data-asset guidance of the China Appraisal Society (2023); how income is carried forward and how the range is taken are conventions of Assay.',
    },
    cautions: {
      zh: '这是按申报假设计算的结果，不是《数据资产评估指导意见》意义上的评估结论，不能代替评估报告。增长率、成本比例、折现率与使用年限均由使用者申报；默认值（g = 0，c = 0，i = 0.1，n = 5）只为能够计算，不代表任何判断。收入取月份始于数据时点前 12 个月之内的使用记录，没有收入的记录不计，占比列在旁边；数据不足 12 个月时年收入偏低，最后一个月未满时亦然。收入未区分数据与软件、服务的贡献。浮动按申报值的百分比计，申报为 0 的输入没有浮动；增长率不低于 −100%，成本比例不超过 1；年限四舍五入取整，至少变动一年，不少于一年。范围由假设得出，不是置信区间。时期筛选会截去期外的月份，年收入因此变小。',
      en: 'A calculation from declared assumptions. It is no appraisal under the CAS guidance and does not stand in for a report of one. The person declares growth, share of costs, discount rate and useful life; the defaults (g = 0, c = 0, i = 0.1, n = 5) only make it computable and judge nothing. Revenue is of usage records whose month begins within the 12 months before the time of the data; records without revenue are left out and their share stands beside. With less than 12 months of data, or a last month that is not over, annual revenue is too low. What data, software and service each contributed is not told apart. The spread is a percentage of what is declared, so an input declared as 0 does not move; growth cannot fall below −100 % nor the share of costs exceed 1; the useful life is rounded to whole years, moves by one year at least and is one at least. The range follows from assumptions and is no confidence interval. A period filter cuts months away and makes annual revenue smaller.',
    },
  },
})

/** One row: the revenue of the usage whose month begins in the 12 months up to `asOf`, and the rows it rests on. */
function trailingRevenue({ asset_usage }: Tables, { asOf }: Context): Sql {
  return sql`
    with recent_use as (
      select revenue::double as revenue from ${asset_usage}
      where month <= ${instant(asOf)} and month > ${instant(asOf)} - interval 12 months
    )
    select sum(revenue order by revenue) as annual_revenue, count(revenue) as revenue_rows,
      count(*) as trailing_usage_rows
    from recent_use`
}

interface Declared {
  readonly growth: number
  readonly cost_share: number
  readonly discount: number
  readonly years: number
}

/** Net income, discount factor and present value of each year of the useful life; yuan. */
function cashFlows(revenue: number, { growth, cost_share, discount, years }: Declared) {
  return Array.from({ length: Math.round(years) }, (_, i) => {
    const flow = revenue * (1 - cost_share) * (1 + growth) ** (i + 1)
    const factor = 1 / (1 + discount) ** (i + 1)
    return { flow, factor, present: flow * factor }
  })
}

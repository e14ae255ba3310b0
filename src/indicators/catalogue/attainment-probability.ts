import { asNumber, type Row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { backtestColumns, backtestRows } from '../attainment-backtest.ts'
import { fanChart } from '../attainment-chart.ts'
import { attainmentColumns, attainmentRows, trackedColumns } from '../attainment-rows.ts'
import { scenarioColumns, scenarioRows } from '../attainment-scenarios.ts'
import { type Beside, basis, figure, headline } from '../headline.ts'
import { chosenTargets, headlineRows, targetInput } from '../plan-targets.ts'
import { type Context, indicator, type Tables } from '../recipe.ts'
import { countedInput, monthEnds, observedStock } from '../target-series.ts'

const inputs = {
  target: targetInput,
  anchor: {
    kind: 'choice',
    name: { zh: '预测的水平', en: 'Level of the forecast' },
    choices: {
      base: {
        zh: '公布的基期（没有时用数据自身）',
        en: 'The published base (that of the data where there is none)',
      },
      data: { zh: '数据自身', en: 'That of the data' },
    },
    default: 'base',
  },
  months: {
    kind: 'number',
    name: { zh: '用于预测的月数', en: 'Months to forecast from' },
    unit: { zh: '月', en: 'months' },
    min: 4,
    max: 120,
    default: 60,
  },
  counted: countedInput,
} as const

export default indicator({
  id: 'PLN-03',
  version: 1,
  name: { zh: '达标概率', en: 'Attainment probability' },
  unit: 'percent',
  source: 'Assay; target: Action Plan 2026–2028',
  needs: ['plan_target'],
  uses: ['device', 'platform', 'organisation', 'contract', 'usage'],
  atAsOf: true,
  inputs,
  queried: trackedColumns,
  result: attainmentColumns,
  query: tracked,
  derive: (rows, { anchor }) => attainmentRows(rows, anchor),

  headline: rows => {
    const chosen = headlineRows(rows)
    return headline(figure(chosen, 'probability'), [missingOf(chosen)], besidesOf(chosen), {
      basis: basis(
        figure(chosen, 'months_used') ?? 0,
        { zh: '个时点的存量', en: 'points in time of the stock' },
        null,
      ),
    })
  },

  chart: fanChart,

  details: {
    backtest: {
      name: { zh: '回测', en: 'Backtest' },
      meaning: {
        zh: '首要目标的预测方法在过去会如何：从至多最近 18 个时点出发，只用当时已知的数据，向前预测 1、3、6、12 个月，与后来的实际比较（滚动起点）。MASE 小于 1 优于历史上每月变动的平均幅度；区间覆盖率应接近 95%。一行为一次预测，按起点与步数排列。',
        en: 'How the forecast of the headline’s target would have fared: from up to 18 last origins, with what was known then, 1, 3, 6 and 12 points ahead, held against what came (rolling origin). A MASE below 1 beats the mean change from point to point; coverage should be near 95%. One row a forecast, by origin and step.',
      },
      queried: trackedColumns,
      result: backtestColumns,
      query: tracked,
      derive: backtestRows,
    },
    scenarios: {
      name: { zh: '情景', en: 'Scenarios' },
      meaning: {
        zh: '各目标的三种情景，逐年末至目标期：目标所需轨迹（required）、按近一年增速（observed）、按近一年增量（steady），以及与目标之差。情景不附概率；数据不足四个时点时只有情景。',
        en: 'Three scenarios for each target at the ends of years up to its date: the required path, the last year’s growth carried on (observed), the last year’s increase carried on (steady), and the gap to the target. Scenarios bear no probability; with fewer than four points they are all there is.',
      },
      queried: trackedColumns,
      result: scenarioColumns,
      query: tracked,
      derive: (rows, { anchor }) => scenarioRows(rows, anchor),
    },
  },

  explanation: {
    meaning: {
      zh: '按数据中的历史增长外推，目标期的数值达到目标值的概率。先由月末存量（平台数为各次导出）得到预测分布，再折算到公布基期的水平（设备与平台数按比例，普及率按优势比），在目标期取不低于目标值的概率。每个目标各算一次，标题数字为所选目标（先取全国，否则取范围排序在前者）。预测值为预测分布的中位数，图中色带为 50%、80%、95% 预测区间。',
      en: 'The probability that the value at the target’s date reaches the target, if what the data shows goes on. A predictive distribution is made from the stock at the ends of months (of platforms: from the exports), brought to the level of the published base (counts in proportion, penetration in its odds), and read off at the target. For each target; the headline is that of the chosen measure, nationally where there is such a target, else of the first scope. The forecast is the median of that distribution; the bands hold 50%, 80% and 95%.',
    },
    formula: String.raw`\begin{aligned} p &= \Pr\left( Y_0 \frac{S_T}{S_0} \ge Y^{*} \right) = 1 - F_T\left( \ln \frac{Y^{*} S_0}{Y_0} \right) \\ F_T(x) &= \sum_{\theta} w_\theta \, t_{n-2}\left( \frac{x - \mu_\theta}{s_\theta} \right), \quad w_\theta \propto \lvert X_\theta^{\top} X_\theta \rvert^{-1/2} \, Q_\theta^{-(n-2)/2} \\ s_\theta^2 &= \frac{Q_\theta}{n-2} \left( 1 + \sum_{j=1}^{h-1} c_{\theta j}^2 + x_\theta^{\top} (X_\theta^{\top} X_\theta)^{-1} x_\theta \right), \quad c_{\theta j} = \alpha + \beta \sum_{i=1}^{j} \phi^i \end{aligned}`,
    symbols: {
      zh: String.raw`$S_0$：数据在基期月末的存量；$S_T$：其在目标期的（随机）数值；$Y_0$：公布的基期值（水平取数据自身时 $Y_0 = S_0$）；$Y^{*}$：目标值；$F_T$：$\ln S_T$ 的预测分布；$\theta$：阻尼趋势的一组平滑参数 $\alpha, \beta, \phi$；$w_\theta$：其后验权重，合计为 1；$X_\theta$：一步误差对初始水平与初始趋势的导数（$n$ 行 2 列）；$Q_\theta$：初始水平与趋势取最小二乘时一步误差的平方和；$h$：最近一个月至目标期的月数；$c_{\theta j}$：第 $j$ 步以前的误差对预测的影响；$x_\theta$：预测对初始水平与初始趋势的导数；$\mu_\theta$：其预测均值；$s_\theta$：其预测标准误；$t_{n-2}$：自由度为 $n - 2$ 的 t 分布函数；$n$：月数；$p$：达标概率`,
      en: String.raw`$S_0$: stock of the data at the end of the base month; $S_T$: its (random) value at the target’s date; $Y_0$: published base (with the level of the data $Y_0 = S_0$); $Y^{*}$: target; $F_T$: predictive distribution of $\ln S_T$; $\theta$: one set of smoothing parameters $\alpha, \beta, \phi$ of the damped trend; $w_\theta$: its posterior weight, all together 1; $X_\theta$: derivatives of the one-step errors by the first level and the first trend ($n$ rows, 2 columns); $Q_\theta$: sum of squared one-step errors with the first level and trend of least squares; $h$: months from the last one to the target; $c_{\theta j}$: weight of an error $j$ steps before in the forecast; $x_\theta$: derivatives of the forecast by the first level and trend; $\mu_\theta$: its forecast; $s_\theta$: the forecast’s standard error; $t_{n-2}$: Student’s distribution function with $n - 2$ degrees of freedom; $n$: months; $p$: attainment probability`,
    },
    source: {
      zh: '本软件约定。按点数选法：少于 4 个时点只作情景；4–11 个为对数线性趋势与 t 预测区间（Draper 与 Smith）；12 个及以上连续月为阻尼趋势指数平滑 ETS(A,Ad,N)（Hyndman 等，2008），对平滑参数作贝叶斯平均（Hoeting 等，1999），参数取等距网格的中点，先验等权：α 在 (0, 1) 内 10 个，β/α 在 (0, 1) 内 8 个，φ 在 (0.8, 0.98) 内 4 个，权重低于最大者十万分之一的略去；之所以平均，是因为单一最优模型在短序列上的 95% 区间只能容纳一半到八成半的实际值。普及率在 logit 尺度上。',
      en: 'A convention of Assay. By the number of points: fewer than 4, scenarios only; 4 to 11, a log-linear line with Student’s prediction interval (Draper & Smith); 12 consecutive months or more, exponential smoothing with a damped trend, ETS(A,Ad,N) (Hyndman et al. 2008), averaged over its smoothing parameters in the Bayesian way (Hoeting et al. 1999): over the midpoints of an even grid, equally likely beforehand (10 of α in (0, 1), 8 of β/α in (0, 1), 4 of φ in (0.8, 0.98); those that weigh less than a hundred-thousandth of the heaviest are left out). It is averaged because the 95% interval of the single likeliest model holds only half to 85% of what comes in short series. Penetration on the logit scale.',
    },
    cautions: {
      zh: '这是把过去的增长外推到目标期的条件概率，不是对政策成效的判断：政策变化、口径变化、平台增减都不在模型之内。数据通常是部分平台的样本，而目标是全国的；折算到公布基期即假定样本的增长代表全国，这一假定数据自身无法检验。公布的基期为下限，基期高 10% 时的概率列在旁边。月末存量由激活与退役时间累计而来，设备清单通常不含已删除的设备（幸存者偏差），早期存量偏低、增长偏高，概率因而偏高。批量导入、扩大导出范围也表现为增长。只用已经过完的月份，最近的不完整月份不用；前面没有设备的月份舍去；有缺月时只用最后一段。基期所在月不在数据之内时无法折算，可改用数据自身的水平；平台数在基期月没有导出时，取前后两次导出之间的对数插值。平台数需要至少四次不同月份的完整导出。普及率以导出中的组织为总体，其水平与官方口径不可比。标题以外的目标只算目标期一个时点。回测只到 12 个月，目标期往往更远，其误差无从检验。筛选作用于设备、平台与组织，不作用于目标；时期筛选只以最后一天为终点。',
      en: 'This is the probability on condition that the past goes on; it does not judge the policy: changes of policy, of definitions, of the set of platforms lie outside the model. The data is a sample of platforms as a rule while the target is national; bringing it to the published base assumes that the sample grows as the country does, which the data cannot test. Published bases are floors; the probability for a base 10% higher stands beside. The stock is added up from activations and retirements, and device lists usually omit deleted devices (survivor bias): the early stock looks too small, growth too high, and so does the probability. Devices moved onto a platform in bulk, or a wider export, look like growth too. Complete months only; months before the first device are left out, and with a gap only what follows the last one is used. Where the month of the base is not in the data nothing can be brought to its level; the level of the data can be chosen instead; for platforms, without an export in that month, it is interpolated between the exports around it (on the line of logarithms). The number of platforms needs at least four complete exports of different months. Penetration takes the organisations of the exports for the population and is not comparable with the official figure. Targets other than the headline are forecast at their date only. The backtest reaches 12 months, the target lies further as a rule: how far off it is there cannot be tested. Filters act on devices, platforms and organisations, never on the target; of a period only the last day counts.',
    },
  },
})

function tracked(
  tables: Tables,
  { target, months, counted }: { readonly target: string; readonly months: number; readonly counted: string },
  { asOf }: Context,
): Sql {
  return sql`
    with ${monthEnds(asOf, Math.round(months))}, ${chosenTargets(tables, target)}, ${observedStock(tables, counted)}
    select no, indicator, scope, no = 1 as is_headline, is_set, base_date, base_value, base_is_floor, target_date,
      target_value, time, stock, population, judged as population_judged
    from target left join observed using (no) order by no, time`
}

function besidesOf(chosen: readonly Row[]): readonly Beside[] {
  const first = chosen[0]
  const format = first?.indicator === 'penetration' ? 'percent' : 'integer'
  const last = chosen.findLast(({ stock }) => asNumber(stock) !== null)
  return [
    [
      { zh: '目标期的预测（中位数）', en: 'Forecast at the target’s date (median)' },
      figure(chosen, 'forecast'),
      format,
    ],
    [{ zh: '95% 预测区间下限', en: '95% prediction interval, low' }, figure(chosen, 'forecast_low'), format],
    [
      { zh: '95% 预测区间上限', en: '95% prediction interval, high' },
      figure(chosen, 'forecast_high'),
      format,
    ],
    [{ zh: '目标值', en: 'Target' }, figure(chosen, 'target_value'), format],
    [
      { zh: '基期高 10% 时的概率', en: 'Probability if the base is 10% higher' },
      figure(chosen, 'probability_at_higher_base'),
      'percent',
    ],
    [{ zh: '数据中的最近存量', en: 'Last stock in the data' }, asNumber(last?.stock), format],
  ]
}

const measured: Readonly<Record<string, readonly [table: string, column: string]>> = {
  connected_devices: ['device', 'device.activated_at'],
  influential_platforms: ['platform.is_influential', 'platform: four exports of different months'],
  penetration: ['organisation', 'contract.start'],
}

/** What is missing, by the reason that the forecast gives. */
function missingOf(chosen: readonly Row[]): string {
  const first = chosen[0]
  const [table, column] = measured[String(first?.indicator)] ?? ['plan_target', 'plan_target']
  if (!figure(chosen, 'population')) return table
  if (first?.is_set !== true) return `plan_target: ${first?.indicator}`
  if (first.no_forecast === 'few points') return column
  return first.no_forecast === 'base outside data' ? 'plan_target.base_date' : 'plan_target.target_date'
}

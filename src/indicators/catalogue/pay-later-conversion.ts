import { asNumber, type Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { type Beside, basis, confidence, figure, headline, total } from '../headline.ts'
import { payLaterTrials } from '../pay-later.ts'
import { curveChart, curveRows, payLaterCounts, payLaterCurve, reached } from '../pay-later-curve.ts'
import { indicator } from '../recipe.ts'

export default indicator({
  id: 'STR-13',
  version: 1,
  name: { zh: '先用后付转化率', en: 'Pay-later conversion' },
  unit: 'percent',
  source: 'Plan mode; Assay',
  needs: ['contract'],
  inputs: {
    horizon: {
      kind: 'number',
      name: { zh: '开始后多少天以内付款', en: 'Paid within so long of the start' },
      unit: { zh: '天', en: 'days' },
      min: 1,
      max: 1825,
      default: 180,
    },
    ended: {
      kind: 'choice',
      name: { zh: '未付款即终止的合同', en: 'Contracts that ended unpaid' },
      choices: {
        censor: { zh: '在终止日删失（Kaplan–Meier）', en: 'Censored at their end (Kaplan–Meier)' },
        competing: { zh: '视为竞争事件（Aalen–Johansen）', en: 'A competing end (Aalen–Johansen)' },
      },
      default: 'censor',
    },
  },
  queried: payLaterCounts,
  result: payLaterCurve,

  query: (tables, _, context) => sql`
    with ${payLaterTrials(tables, context)}, counted as (
      select days, count(*) filter (verdict = 'paid') as paid, count(*) filter (verdict = 'ended') as ended_unpaid,
        count(*) filter (verdict in ('open', 'overdue')) as still_open
      from trial where verdict in ('paid', 'ended', 'open', 'overdue') group by days
    ), reach as (
      select count(*) as all_contracts, count(*) filter (mode is null) as unknown_mode,
        count(*) filter (mode::varchar = 'pay_later') as pay_later_contracts
      from ${tables.contract}
    ), trials as (
      select count(*) filter (verdict in ('paid', 'ended', 'open', 'overdue')) as used_trials,
        count(*) filter (verdict = 'overdue') as overdue_trials,
        count(*) filter (verdict = 'paid' and paid_on > ended_on) as paid_after_end
      from trial
    )
    select days, paid, ended_unpaid, still_open, all_contracts, unknown_mode, pay_later_contracts, used_trials,
      overdue_trials, paid_after_end
    from reach, trials left join counted on true where all_contracts > 0 order by days`,

  derive: (rows, { ended }) => curveRows(rows, ended === 'competing'),

  headline: (rows, { horizon, ended }) => {
    const here = reached(rows, horizon)
    const used = figure(rows, 'used_trials') ?? 0
    const competing = ended === 'competing'
    const method = {
      zh: 'Kaplan–Meier 曲线的双对数（log-log）区间',
      en: 'log-log of Kaplan–Meier',
    }
    return headline(
      asNumber(here?.conversion),
      missingOf(rows, horizon),
      besidesOf(rows, horizon, asNumber(here?.incidence)),
      {
        interval:
          competing || !here || here.low === here.high
            ? null
            : confidence({ low: asNumber(here.low), high: asNumber(here.high) }, method),
        basis: basis(
          used,
          { zh: '份先用后付合同', en: 'pay-later contracts' },
          figure(rows, 'pay_later_contracts'),
        ),
      },
    )
  },

  chart: (rows, { horizon, ended }) => curveChart(rows, horizon, ended === 'competing'),

  details: {
    contracts: {
      name: { zh: '各合同', en: 'Contract by contract' },
      meaning: {
        zh: '一行一份先用后付合同及其判定：时间矛盾而不计入的在前，其次为到期未付、未付终止、在用、已付；同类中天数多的在前。',
        en: 'One row a pay-later contract and its verdict: those left out for impossible times first, then overdue, ended unpaid, running, paid; the most days first within each.',
      },
      result: {
        contract_id: 'text',
        platform_id: 'text',
        org_id: 'text',
        verdict: 'text',
        days: 'integer',
        start: 'date',
        matures_at: 'date',
        first_paid_at: 'date',
        ended_at: 'date',
        arrears: 'number',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, _, context) => sql`
        with ${payLaterTrials(tables, context)}
        select contract_id, platform_id, org_id, verdict,
          case when verdict in ('paid', 'ended', 'open', 'overdue') then days end as days, start, matures_at,
          first_paid_at, ended_at, arrears, file_id, row_no
        from trial order by case verdict when 'paid_before' then 0 when 'ended_before' then 1 when 'later' then 2
          when 'overdue' then 3 when 'ended' then 4 when 'open' then 5 else 6 end, trial.days desc, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '先用后付合同自开始起在所设天数（默认 180 天）以内首次付款的概率。尚未付款、仍在使用的合同在数据时点删失：它们以后可能付款，既不算成功也不算失败。因此它不同于“已付合同数除以合同数”，后者会因新合同多而偏低。',
      en: 'The probability that a “use first, pay later” contract is first paid within the days set (180 by default) of its start. Contracts still running unpaid are censored at the time of the data: they may yet pay, and count neither as success nor as failure. It is thus not the number paid divided by the number of contracts, which is too low where many are new.',
    },
    formula: String.raw`\begin{aligned} C(t) &= 1 - \hat S_{\text{KM}}(t) \\ \hat S_{\text{KM}}(t) &= \prod_{t_i \le t} \left( 1 - \frac{d_i}{n_i} \right) \end{aligned}`,
    symbols: {
      zh: '$C(t)$：开始后 $t$ 天以内付款的概率；$\\hat S_{\\text{KM}}(t)$：届时仍未付款的概率；$t_i$：有合同首次付款的各天（自开始起）；$d_i$：当天首次付款的合同数；$n_i$：当天以前仍在观察、尚未付款的合同数；$t$：所设天数',
      en: '$C(t)$: probability of being paid within $t$ days of the start; $\\hat S_{\\text{KM}}(t)$: probability of being unpaid then; $t_i$: days since the start on which contracts were first paid; $d_i$: contracts first paid on that day; $n_i$: contracts under observation and unpaid just before; $t$: the days set',
    },
    source: {
      zh: '“先用后付”模式见行动方案，指标为本软件约定；Kaplan 与 Meier（1958）；区间为 Greenwood 方差的双对数区间，竞争事件用 Aalen–Johansen 估计（Klein、Moeschberger，2003，第 2、4 章）。',
      en: 'The mode is that of the Action Plan, the indicator a convention of Assay; Kaplan & Meier (1958). Interval: log-log with Greenwood’s variance; competing ends: Aalen–Johansen (Klein & Moeschberger 2003, chapters 2 and 4).',
    },
    cautions: {
      zh: '默认把未付款即终止的合同在终止日删失，等于假定它们若不终止会与其余合同一样付款；终止往往正是因为不打算付款，因此该值偏高，是“若无人提前终止”的转化率。旁边列出把终止视为竞争事件的 Aalen–Johansen 值，它才是实际会付款的份额，输入可改用它（不给区间）。终止之后才付款的，按付款日计为转化，数量列在旁边；它们在终止与付款之间仍算在险，使结果略偏高。到期（到期日已过）而未付且未终止的合同仍在险，逾期数列在旁边。付款早于开始、未付而终止早于开始、开始晚于数据时点的合同不计入，见明细；晚于数据时点的付款与终止视为尚未发生。模式未知的合同不计入，数量列在旁边。观察不足所设天数时没有数字，不外推。各期合同的付款习惯假定相同；同一客户的多份合同并不独立，区间因而偏窄；所设天数以内无一付款时不给区间。首次付款不等于付清，欠款见明细。时期筛选按开始日期选取合同。',
      en: 'By default contracts that ended unpaid are censored at their end, as if they would have paid like the others; often they end because nobody means to pay, so the value is too high: it is the conversion had nobody ended early. Beside it stands the Aalen–Johansen value with ends as a competing event, the share that really pays; the input makes it the headline (without an interval). A payment after the end counts as conversion on its day, and the number of such contracts stands beside; they stay at risk between end and payment, which makes the value slightly too high. Contracts past maturity, unpaid and not ended, stay at risk; their number stands beside. Left out are contracts paid before they start, ended unpaid before they start, or starting after the time of the data (see the detail); payments and ends after that time have not happened. Contracts of unknown mode are not counted; their number stands beside. Where none was observed for the days set there is no figure; nothing is extrapolated. Contracts of all dates are taken to be paid alike. Several contracts of a customer are not independent, so the interval is too narrow; there is none where nobody paid within the days set. A first payment is not full payment; for arrears see the detail. A period filter picks contracts by their start.',
    },
  },
})

function besidesOf(rows: readonly Row[], horizon: number, incidence: number | null): readonly Beside[] {
  const ahead = rows.find(({ days }) => (asNumber(days) ?? -1) >= horizon)
  const used = figure(rows, 'used_trials')
  return [
    [{ zh: '终止视为竞争事件时的付款份额', en: 'Share paid, with ends as competing' }, incidence, 'percent'],
    [
      { zh: '届时仍在险的合同', en: 'At risk at that time' },
      used === null ? null : (asNumber(ahead?.trials_at_risk) ?? 0),
      'integer',
    ],
    [{ zh: '已付款', en: 'Paid' }, used && total(rows, 'paid'), 'integer'],
    [{ zh: '未付款即终止', en: 'Ended unpaid' }, used && total(rows, 'ended_unpaid'), 'integer'],
    [{ zh: '仍在使用、未付款', en: 'Running unpaid' }, used && total(rows, 'still_open'), 'integer'],
    [{ zh: '其中已到期', en: 'Of them past maturity' }, figure(rows, 'overdue_trials'), 'integer'],
    [{ zh: '终止后才付款', en: 'Paid after the end' }, figure(rows, 'paid_after_end'), 'integer'],
    [{ zh: '模式未知的合同', en: 'Contracts of unknown mode' }, figure(rows, 'unknown_mode'), 'integer'],
  ]
}

function missingOf(rows: readonly Row[], horizon: number): readonly string[] {
  if (rows.length === 0) return ['contract']
  if (!figure(rows, 'pay_later_contracts')) return ['contract.mode']
  if (!figure(rows, 'used_trials')) return ['contract.start']
  return [`contract: pay-later contracts observed for ${horizon} days`]
}

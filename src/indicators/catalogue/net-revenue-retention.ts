import { asNumber, type Row, row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { bootstrap } from '../../statistics/statistics.ts'
import { categoryField, numberField } from '../field.ts'
import { basis, confidence, figure, headline, quotient } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { subscribers } from '../subscriptions.ts'

const steps = {
  before: { zh: '期初', en: 'Then' },
  churned: { zh: '流失', en: 'Churned' },
  contraction: { zh: '缩减', en: 'Contraction' },
  expansion: { zh: '扩展', en: 'Expansion' },
  now: { zh: '当前', en: 'Now' },
} as const

/** What a step of the figure is, the wanted one first. */
const movements = {
  gain: { zh: '增加', en: 'Gain' },
  level: { zh: '存量', en: 'Level' },
  loss: { zh: '减少', en: 'Loss' },
} as const

const movementOf: Readonly<Record<string, keyof typeof movements>> = {
  ...{ before: 'level', churned: 'loss', contraction: 'loss', expansion: 'gain', now: 'level' },
}

const result = {
  step: 'text',
  from_mrr: 'number',
  to_mrr: 'number',
  mrr_amount: 'number',
  retention: 'number',
  retention_low: 'number',
  retention_high: 'number',
  gross_retention: 'number',
  customers: 'integer',
  kept_customers: 'integer',
  all_customers: 'integer',
} as const

/** Samples: so many that the limits hardly depend on the seed; fewer of many customers, for each is drawn in each. */
function replicatesFor(customers: number): number {
  return Math.min(10_000, Math.max(200, Math.floor(4_000_000 / customers)))
}

export default indicator({
  id: 'STR-14',
  version: 1,
  name: { zh: '订阅净收入留存率', en: 'Net revenue retention' },
  unit: 'percent',
  source: 'SaaS practice',
  needs: ['contract'],
  atAsOf: true,
  inputs: {
    months: {
      kind: 'number',
      name: { zh: '与多久以前比较', en: 'Compared with so long before' },
      unit: { zh: '个月', en: 'months' },
      min: 1,
      max: 60,
      default: 12,
    },
  },
  queried: { mrr_then: 'number', mrr_now: 'number', stays: 'boolean' },
  result,

  query: (tables, { months }, context) => sql`
    with ${subscribers(tables, months, context)}
    select mrr_then, mrr_now, stays from subscriber order by org_id`,

  derive: rows => waterfall(rows),

  headline: rows => {
    const customers = figure(rows, 'customers') ?? 0
    const all = figure(rows, 'all_customers') ?? 0
    const amount = (step: keyof typeof steps) => asNumber(rows.find(one => one.step === step)?.mrr_amount)
    return headline(
      figure(rows, 'retention'),
      missingOf(rows),
      [
        [{ zh: '总收入留存率', en: 'Gross retention' }, figure(rows, 'gross_retention'), 'percent'],
        [
          { zh: '客户留存率', en: 'Customers kept' },
          quotient(figure(rows, 'kept_customers') ?? 0, customers),
          'percent',
        ],
        [{ zh: '期初月度收入（元）', en: 'Monthly revenue then (yuan)' }, amount('before'), 'decimal'],
        [{ zh: '流失（元）', en: 'Churned (yuan)' }, amount('churned'), 'decimal'],
        [{ zh: '缩减（元）', en: 'Contraction (yuan)' }, amount('contraction'), 'decimal'],
        [{ zh: '扩展（元）', en: 'Expansion (yuan)' }, amount('expansion'), 'decimal'],
        [{ zh: '金额未知的客户', en: 'Customers with an unknown amount' }, all - customers, 'integer'],
      ],
      {
        interval: intervalOf(rows),
        basis: basis(customers, { zh: '个期初客户', en: 'customers of then' }, all),
      },
    )
  },

  chart: rows => {
    const money = (field: string, zh: string, en: string) =>
      numberField(field, { zh, en }, 'compact', { zh: '元/月', en: 'yuan a month' })
    return {
      layers: [
        {
          mark: 'span',
          from: money('from_mrr', '月度收入自', 'Monthly revenue from'),
          to: money('to_mrr', '至', 'to'),
          y: categoryField('step', { zh: '变动', en: 'Step' }, { labels: steps, order: Object.keys(steps) }),
          colour: categoryField(
            'movement',
            { zh: '方向', en: 'Direction' },
            { labels: movements, order: Object.keys(movements) },
          ),
        },
      ],
      rows: rows
        .filter(({ step }) => step !== null)
        .map(({ step = null, from_mrr = null, to_mrr = null }) =>
          row(
            ['step', 'from_mrr', 'to_mrr', 'movement'],
            [step, from_mrr, to_mrr, movementOf[String(step)] ?? null],
          ),
        ),
    }
  },

  details: {
    customers: {
      name: { zh: '各客户', en: 'Customer by customer' },
      meaning: {
        zh: '一行一个期初客户：期初与当前有效订阅的月度收入及其变化；减少最多的在前，金额未知的在后。',
        en: 'One row a customer of then: the monthly revenue of its subscriptions then and now, and the change; the largest loss first, unknown amounts last.',
      },
      result: {
        org_id: 'text',
        mrr_then: 'number',
        mrr_now: 'number',
        mrr_change: 'number',
        stays: 'boolean',
      },
      query: (tables, { months }, context) => sql`
        with ${subscribers(tables, months, context)}
        select org_id, mrr_then, mrr_now, mrr_now - mrr_then as mrr_change, stays
        from subscriber order by mrr_change nulls last, org_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '若干个月以前（默认 12 个月）有有效订阅合同的客户，其当前的月度经常性收入之和除以当时之和。超过 100% 表示这些客户增购多于流失与缩减；其后新来的客户不计。',
      en: 'The customers that had a subscription in force some months ago (12 by default): their monthly recurring revenue at the time of the data divided by that of then. Above 100 % they added more than was lost; customers that came since do not count.',
    },
    formula: String.raw`\text{NRR} = \frac{\sum_{c \in C} R_c(t)}{\sum_{c \in C} R_c(t-m)}`,
    symbols: {
      zh: '$C$：当时有有效订阅的客户；$c$：一个客户；$R_c(t)$：客户 $c$ 在 $t$ 日有效订阅合同的月度经常性收入之和；$t$：数据时点；$m$：所设月数',
      en: '$C$: customers with a subscription in force then; $c$: a customer; $R_c(t)$: monthly recurring revenue of the subscriptions of customer $c$ in force on day $t$; $t$: the time of the data; $m$: the months set',
    },
    source: {
      zh: 'SaaS 行业惯例（净收入留存、总收入留存、客户留存）；区间为以客户为单位的百分位自助法（Efron、Tibshirani，1993，第 13 章），种子固定。',
      en: 'Practice of software as a service (net and gross revenue retention, logo retention). Interval: percentile bootstrap over customers (Efron & Tibshirani 1993, chapter 13) with a fixed seed.',
    },
    cautions: {
      zh: '一份合同只有一个金额，没有历史：合同内的调价看不见，期初与当前按同一金额；变化只来自合同的开始与终止。合同在开始日至终止日前一天有效，没有终止日期的一直有效，到期日不视为终止；未及时填写终止日期会使留存率偏高。客户以组织编号识别，换合同、换平台的客户仍算留存；筛选平台后，转到其他平台的算流失。两个时点任一有效订阅没有金额的客户整个不计，数量列在旁边。只计订阅合同，先用后付、许可与项目不计。金额为合同所填，并非实收，欠款未扣除。总收入留存率按客户取期初与当前中较小者。收入集中于少数客户时，百分位区间偏窄；抽样 10000 次，客户多于四百时渐少（至少 200 次），其端点因此有随机误差。客户少于两个时没有区间。时期筛选只以最后一天为数据时点。',
      en: 'A contract has one amount and no history: a price changed within a contract is not seen, and only beginnings and ends of contracts change the sum. A contract is in force from its start to the day before its end, for ever where no end is given; maturity is no end, and ends entered late make retention too high. Customers are told by organisation id, so one that changes contract or platform is kept; with a filter on platforms one that moved to another is lost. Customers with any subscription in force on either day without an amount are left out whole, and their number stands beside. Only subscriptions count, no pay-later, licence or project contracts. Amounts are those of contracts and not what was paid; arrears are not deducted. Gross retention takes the lesser of then and now for each customer. Where few customers carry the revenue the percentile interval is too narrow; 10,000 samples are drawn, fewer beyond four hundred customers (200 at least), so its ends carry a random error. With fewer than two customers there is no interval. Of a period only the last day counts, as the time of the data.',
    },
  },
})

interface Customer {
  readonly before: number
  readonly now: number
  readonly stays: boolean
}

/** The steps from the revenue of then to that of now; a single row without a step where there is no revenue of then. */
function waterfall(rows: readonly Row[]): readonly Row[] {
  if (rows.length === 0) return []
  const customers = rows.flatMap((given): readonly Customer[] => {
    const [then, now] = [asNumber(given.mrr_then), asNumber(given.mrr_now)]
    return then === null || now === null ? [] : [{ before: then, now, stays: given.stays === true }]
  })
  const sum = (of: (customer: Customer) => number) => customers.reduce((all, one) => all + of(one), 0)
  const [then, now] = [sum(one => one.before), sum(one => one.now)]
  const churned = sum(one => (one.stays ? 0 : one.before))
  const contraction = sum(one => (one.stays ? Math.max(0, one.before - one.now) : 0))
  const limits = limitsOf(customers)
  const figures = [
    finite(now / then),
    limits?.low ?? null,
    limits?.high ?? null,
    finite(sum(one => Math.min(one.before, one.now)) / then),
    customers.length,
    customers.filter(({ stays }) => stays).length,
    rows.length,
  ]
  const names = Object.keys(result)
  if (finite(now / then) === null) return [row(names, [null, null, null, null, ...figures])]
  const [afterChurn, low] = [then - churned, then - churned - contraction]
  const spans = [
    ['before', 0, then, then],
    ['churned', then, afterChurn, churned],
    ['contraction', afterChurn, low, contraction],
    ['expansion', low, now, sum(one => Math.max(0, one.now - one.before))],
    ['now', 0, now, now],
  ] as const
  return spans.map(span => row(names, [...span, ...figures]))
}

function limitsOf(customers: readonly Customer[]) {
  if (customers.length < 2) return null
  const ratio = (drawn: Uint32Array) => {
    let [then, now] = [0, 0]
    for (const i of drawn) {
      then += customers[i]?.before ?? 0
      now += customers[i]?.now ?? 0
    }
    return finite(now / then)
  }
  return bootstrap(customers.length, ratio, { seed: 'STR-14', replicates: replicatesFor(customers.length) })
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function intervalOf(rows: readonly Row[]) {
  const [low, high] = [figure(rows, 'retention_low'), figure(rows, 'retention_high')]
  const method = { zh: '以客户为单位的百分位自助法', en: 'percentile bootstrap over customers' }
  return low === null ? null : confidence({ low, high }, method)
}

/** Without rows nobody had a subscription then: no contract, of no such mode, or none so old. */
function missingOf(rows: readonly Row[]): readonly string[] {
  return rows.length === 0 ? ['contract.mode', 'contract.start'] : ['contract.mrr']
}

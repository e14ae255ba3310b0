import type { Chart } from '../../domain/chart.ts'
import type { Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { categoryField, numberField, timeField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { modelGroupField, modelGroupPlural, modelKinds } from '../model-group.ts'
import { groupShareColumns, groupShares, kindCounts } from '../model-kinds.ts'
import { lastMonths, notes } from '../months.ts'
import { type Detail, indicator } from '../recipe.ts'
import { shareBars, wilsonInterval, withWilson } from '../share-bars.ts'

const queried = {
  month: 'date',
  models: 'integer',
  judged_models: 'integer',
  ai_models: 'integer',
  judged_to_date: 'integer',
  ai_to_date: 'integer',
  ai_share: 'number',
  unknown: 'integer',
} as const

const inputs = {
  unknown: {
    kind: 'choice',
    name: { zh: '类型未知的模型', en: 'Models of unknown kind' },
    choices: {
      exclude: { zh: '不计入', en: 'Leave out' },
      count: { zh: '计入分母', en: 'In the denominator' },
    },
    default: 'exclude',
  },
} as const

const share = numberField('ai_share', { zh: '智能模型占比', en: 'Share of AI models' }, 'percent')

export default indicator({
  id: 'STR-07',
  version: 1,
  name: { zh: '智能模型占比', en: 'AI-model share' },
  unit: 'percent',
  source: 'Plan goal; Assay',
  needs: ['model'],
  uses: ['platform'],
  inputs,
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, { unknown }) => sql`
    with monthly as (
      select make_date(year(created_at), month(created_at), 1) as month, ${kindCounts(unknown)},
        count(*) filter (kind is null) as unknown
      from ${tables.model} group by 1
    ), running as (
      select *, sum(judged_models) over dated as judged_sum, sum(ai_models) over dated as ai_sum
      from monthly window dated as (order by month nulls last rows unbounded preceding)
    )
    select month, models, judged_models, ai_models,
      case when month is not null then judged_sum end as judged_to_date,
      case when month is not null then ai_sum end as ai_to_date,
      case when month is not null then ai_sum / nullif(judged_sum, 0) end as ai_share, unknown
    from running order by month nulls last`,

  derive: rows => withWilson(rows, 'ai_to_date', 'judged_to_date'),

  headline: rows => {
    const [models, judged] = [total(rows, 'models'), total(rows, 'judged_models')]
    const ai = total(rows, 'ai_models')
    const undated = total(
      rows.filter(({ month }) => month === null),
      'models',
    )
    const known = models - total(rows, 'unknown')
    return headline(
      known === 0 ? null : quotient(ai, judged),
      models === 0 ? ['model'] : ['model.kind'],
      [
        [{ zh: '智能模型', en: 'AI models' }, ai, 'integer'],
        [{ zh: '模型', en: 'Models' }, models, 'integer'],
        [
          { zh: '类型未知的占比', en: 'Of unknown kind' },
          quotient(total(rows, 'unknown'), models),
          'percent',
        ],
        [
          { zh: '无创建时间的占比（不在图中）', en: 'Without a time of creation (not in the figure)' },
          quotient(undated, models),
          'percent',
        ],
      ],
      {
        interval: wilsonInterval(ai, judged),
        basis: basis(known, { zh: '个类型已知的模型', en: 'models of known kind' }, models),
      },
    )
  },

  chart: (rows): Chart => {
    const dated = rows.filter(({ ai_share }) => ai_share !== null)
    const { rows: shown, ...cut } = lastMonths(dated)
    const x = timeField('month', { zh: '创建月份', en: 'Month of creation' })
    return {
      layers: [
        {
          mark: 'band',
          x,
          low: numberField('low', { zh: '95% 区间', en: '95% interval' }, 'percent'),
          high: numberField('high', { zh: '95% 区间', en: '95% interval' }, 'percent'),
        },
        { mark: 'line', x, y: { ...share, name: { zh: '截至当月的占比', en: 'Share to date' } } },
      ],
      rows: shown,
      ...notes(
        {
          note: {
            zh: '现有清单中截至各月创建的模型；已下架的不在其中',
            en: 'Of the models listed today, those created by each month; withdrawn ones are not among them',
          },
        },
        cut,
      ),
    }
  },

  details: {
    'by-kind': {
      name: { zh: '按类型', en: 'By kind' },
      meaning: { zh: '一行一种类型，最多的在前。', en: 'One row a kind, the commonest first.' },
      result: { kind: 'text', models: 'integer', share: 'number' },
      query: tables => sql`
        select kind::varchar as kind, count(*) as models, count(*) / sum(count(*)) over () as share
        from ${tables.model} group by 1 order by models desc, kind nulls last`,
      chart: rows => ({
        layers: [
          {
            mark: 'bar',
            x: numberField('models', { zh: '模型数', en: 'Models' }, 'integer'),
            y: categoryField('kind', { zh: '模型类型', en: 'Kind' }, { labels: modelKinds }),
          },
        ],
        rows,
      }),
    },
    'by-platform': grouped('platform', { zh: '按平台', en: 'By platform' }),
    'by-industry': grouped('industry', { zh: '按行业', en: 'By industry' }),
  },

  explanation: {
    meaning: {
      zh: '类型已知的工业模型中，机器学习模型、大模型与智能体所占比例；其余为机理模型和其他。图为现有模型按创建月份累计的占比。',
      en: 'The share of machine-learning models, large models and agents among industrial models of known kind; the others are mechanism models and others. The figure shows the share among today’s models created by each month.',
    },
    formula: String.raw`S = \frac{\#\{\, m : k_m \in \{\mathrm{ML}, \mathrm{large}, \mathrm{agent}\} \,\}}{\#\{ m \}}`,
    symbols: {
      zh: '$m$：清单中类型已知的模型；$k_m$：其类型；$S$：智能模型占比',
      en: '$m$: listed models of known kind; $k_m$: its kind; $S$: share of AI models',
    },
    source: {
      zh: '回应《行动方案》关于模型智能化的目标；归类与比值为本软件约定。区间：Wilson（1927），J. Amer. Statist. Assoc. 22:209–212。',
      en: 'Answers the Plan’s goal of intelligent models; classes and ratio are a convention of Assay. Interval: Wilson (1927), J. Amer. Statist. Assoc. 22:209–212.',
    },
    cautions: {
      zh: '类型未知的模型默认分子分母都不计，占比列在旁边；计入分母则视其为非智能，占比是下限。类型由各平台自行申报，“大模型”“智能体”没有统一界线。一个模型计一个，不论规模和使用。趋势只能用现有清单回看：已下架的模型不在其中，旧月份的占比因此有幸存者偏差；也不是当时的占比。没有创建时间的模型计入标题数字而不在图中。区间把模型看作独立样本；同一平台的模型彼此相近，区间偏窄，清单完整时占比即为确数。时期筛选不起作用。',
      en: 'Models of unknown kind are left out of both sides by default, with their share beside; in the denominator they count as not AI, which gives a lower bound. Kinds are what platforms declare; there is no common line for “large model” or “agent”. A model counts once, whatever its size and use. The trend looks back over today’s list: withdrawn models are not in it, so earlier months suffer from survivorship and are not the shares of their time. Models without a time of creation count in the headline but are not in the figure. The interval takes models as independent; those of one platform are alike, which makes it too narrow, and where the list is complete the share is exact for it. A period does not act.',
    },
  },
})

/** A detail with one row a platform or industry. */
function grouped(by: 'platform' | 'industry', title: Detail['name']): Detail<typeof inputs> {
  return {
    name: title,
    meaning: {
      zh: '一行一组，模型最多的在前；区间为 95% Wilson 区间。',
      en: 'One row a group, the one with most models first; the interval is Wilson’s, 95%.',
    },
    queried: groupShareColumns,
    result: { ...groupShareColumns, low: 'number', high: 'number' },
    query: (tables, { unknown }) => groupShares(tables, by, unknown),
    derive: rows => withWilson(rows, 'ai_models', 'judged_models'),
    chart: rows =>
      shareBars(rows, {
        value: share,
        group: modelGroupField(by, rows),
        overall: overallOf(rows),
        platforms: modelGroupPlural(by),
      }),
  }
}

function overallOf(rows: readonly Row[]): number | null {
  return figure(rows, 'models') === null
    ? null
    : quotient(total(rows, 'ai_models'), total(rows, 'judged_models'))
}

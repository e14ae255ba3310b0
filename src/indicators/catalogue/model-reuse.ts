import type { Field } from '../../domain/chart.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { numberField } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { modelGroup, modelGroupColumn, modelGroupField, modelGroupPlural } from '../model-group.ts'
import { type Context, indicator, type Tables } from '../recipe.ts'
import { shareBars, wilsonInterval, withWilson } from '../share-bars.ts'
import { usingCautions, usingOrganisations } from '../using-organisations.ts'

const queried = {
  group: 'text',
  platform_name: 'text',
  models: 'integer',
  models_with_usage: 'integer',
  judged_models: 'integer',
  reused_models: 'integer',
  reuse_rate: 'number',
  usage_rows: 'integer',
  unlisted_subjects: 'integer',
} as const

export default indicator({
  id: 'STR-05',
  version: 1,
  name: { zh: '模型复用率', en: 'Model reuse' },
  unit: 'percent',
  source: 'Assay',
  needs: ['model', 'usage'],
  uses: ['platform'],
  inputs: {
    least: {
      kind: 'number',
      name: { zh: '至少被多少组织使用', en: 'Organisations that make a reuse' },
      min: 1,
      max: 100,
      default: 2,
    },
    window: {
      kind: 'choice',
      name: { zh: '使用记录', en: 'Usage' },
      choices: {
        all: { zh: '全部月份', en: 'All months' },
        year: { zh: '最近 12 个月', en: 'Last 12 months' },
      },
      default: 'all',
    },
    silent: {
      kind: 'choice',
      name: { zh: '没有使用记录的模型', en: 'Models without usage' },
      choices: {
        count: { zh: '计入，视为未复用', en: 'Count as not reused' },
        exclude: { zh: '不计入', en: 'Leave out' },
      },
      default: 'count',
    },
    by: modelGroup('kind'),
  },
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, { least, window, silent, by }, context) => sql`
    with ${models(tables, window, context)}, counted as (
      select ${modelGroupColumn(by)}::varchar as "group", count(*) as models, count(usage_rows) as models_with_usage,
        count(*) filter (usage_rows is not null or ${silent === 'count'}) as judged_models,
        count(*) filter (organisations >= ${least}) as reused_models
      from model group by 1
    ), extent as (
      select count(*) as usage_rows,
        count(distinct subject_id) filter (subject_id not in (select model_id from ${tables.whole.model} where model_id is not null))
          as unlisted_subjects
      from usage_in_window
    )
    select "group", platform_name, models, models_with_usage, judged_models, reused_models,
      reused_models / nullif(judged_models, 0) as reuse_rate,
      usage_rows, unlisted_subjects
    from counted left join ${platformNames(tables)} as named on named.platform_id = "group" and ${by === 'platform'},
      extent
    order by models desc, "group" nulls last`,

  derive: rows => withWilson(rows, 'reused_models', 'judged_models'),

  headline: rows => {
    const [models, counted] = [total(rows, 'models'), total(rows, 'judged_models')]
    const [used, reused] = [total(rows, 'models_with_usage'), total(rows, 'reused_models')]
    const isTold = (figure(rows, 'usage_rows') ?? 0) > 0
    return headline(
      isTold ? quotient(reused, counted) : null,
      models === 0 ? ['model'] : ['usage'],
      [
        [{ zh: '复用的模型', en: 'Models reused' }, reused, 'integer'],
        [{ zh: '模型', en: 'Models' }, models, 'integer'],
        [
          { zh: '有使用记录的模型占比', en: 'Models with a record of usage' },
          quotient(used, models),
          'percent',
        ],
        [
          { zh: '在有使用记录的模型中的复用率', en: 'Reuse among models with a record of usage' },
          quotient(reused, used),
          'percent',
        ],
        [
          { zh: '有使用记录而不在清单中的模型', en: 'With usage but not listed' },
          figure(rows, 'unlisted_subjects'),
          'integer',
        ],
      ],
      {
        interval: wilsonInterval(reused, counted),
        basis: basis(counted, { zh: '个模型', en: 'models' }, models),
      },
    )
  },

  chart: (rows, { by }) =>
    shareBars(rows, {
      value: reuse,
      group: modelGroupField(by, rows),
      overall: quotient(total(rows, 'reused_models'), total(rows, 'judged_models')),
      platforms: modelGroupPlural(by),
    }),

  details: {
    models: {
      name: { zh: '模型', en: 'Models' },
      meaning: {
        zh: '一行一个模型，使用组织最多的在前；无使用记录的组织数为 0。',
        en: 'One row a model, the one with most using organisations first; 0 where there is no usage.',
      },
      result: {
        platform_id: 'text',
        model_id: 'text',
        model_name: 'text',
        kind: 'text',
        organisations: 'integer',
        named_organisations: 'integer',
        told_organisations: 'integer',
        reused: 'boolean',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, { least, window }, context) => sql`
        with ${models(tables, window, context)}
        select platform_id::varchar as platform_id, model_id, model_name, kind::varchar as kind, organisations,
          named as named_organisations, told as told_organisations, organisations >= ${least} as reused,
          file_id, row_no
        from model order by organisations desc, model_id nulls last, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '模型清单中被两个及以上组织使用的模型所占比例：做出来的模型有多少不止一家在用。',
      en: 'The share of listed models that at least two organisations use: how many of the models that were made serve more than one.',
    },
    formula: String.raw`R = \frac{\#\{\, m : u_m \ge k \,\}}{\#\{ m \}}, \qquad k = 2`,
    symbols: {
      zh: '$m$：清单中的模型；$u_m$：使用它的组织数；$k$：算作复用所需的组织数；$R$：模型复用率',
      en: '$m$: listed models; $u_m$: organisations that use it; $k$: organisations that make a reuse; $R$: model reuse',
    },
    source: {
      zh: '本软件约定。区间：Wilson（1927），J. Amer. Statist. Assoc. 22:209–212。',
      en: 'A convention of Assay. Interval: Wilson (1927), J. Amer. Statist. Assoc. 22:209–212.',
    },
    cautions: {
      zh: `按公式，没有使用记录的模型在分母中而视为未复用；若其平台只是没有导出使用记录，复用率偏低：有记录者的占比及其复用率列在旁边，也可改为不计入（那时偏高，因为无人使用的往往也没有记录）。默认取全部月份，上市越久的模型机会越多；也可只取最近 12 个自然月。${usingCautions.zh}区间把模型看作独立样本；同一平台的模型彼此相近，区间偏窄，清单完整时复用率即为确数。`,
      en: `As the formula says, a model without a record of usage stands in the denominator and counts as not reused; where its platform merely exported no such record, the rate is too low: the share with a record of usage and the rate among them stand beside, and leaving the others out is an input (the rate is then too high, since what nobody uses often has no record). All months count by default, which favours older models; the last 12 calendar months are an input. ${usingCautions.en} The interval takes models as independent; those of one platform are alike, which makes it too narrow, and where the list is complete the rate is exact for it.`,
    },
  },
})

const reuse: Field = numberField('reuse_rate', { zh: '复用率', en: 'Reuse' }, 'percent')

/** CTEs up to `model`: one row a model in scope with the organisations that used it. */
function models(tables: Tables, window: string, context: Context): Sql {
  return sql`${usingOrganisations(tables, 'model', context, window === 'year' ? { months: 12 } : {})}, model as (
      select listed.platform_id, model_id, listed.name as model_name, listed.kind, industry_code,
        coalesce(organisations, 0) as organisations, coalesce(named, 0) as named, coalesce(told, 0) as told,
        usage_rows, file_id, row_no
      from ${tables.model} as listed left join using_subject on subject_id = model_id
    )`
}

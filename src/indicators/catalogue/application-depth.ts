import type { Chart, Field } from '../../domain/chart.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { type Sql, sql } from '../../sql/sql.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, platformField, restOf } from '../field.ts'
import { basis, figure, headline, quotient, total } from '../headline.ts'
import { type Cluster, platformInterval } from '../platform-clusters.ts'
import { type Context, indicator, type Tables } from '../recipe.ts'
import { usingCautions, usingOrganisations } from '../using-organisations.ts'

const levels = {
  '1': { zh: '1 连接', en: '1 Connect' },
  '2': { zh: '2 监测', en: '2 Monitor' },
  '3': { zh: '3 分析', en: '3 Analyse' },
  '4': { zh: '4 预测', en: '4 Predict' },
  '5': { zh: '5 优化', en: '5 Optimise' },
  '6': { zh: '6 自治', en: '6 Autonomous' },
} as const

const highest = 6

export default indicator({
  id: 'STR-04',
  version: 1,
  name: { zh: '应用纵深度', en: 'Application depth' },
  unit: 'ratio',
  source: 'Assay; answers the Plan’s “depth is insufficient”',
  needs: ['application', 'usage'],
  uses: ['platform'],
  inputs: {
    months: {
      kind: 'number',
      name: { zh: '使用窗口', en: 'Window of usage' },
      unit: { zh: '个月', en: 'months' },
      min: 1,
      max: 120,
      default: 12,
    },
  },
  result: {
    platform_id: 'text',
    platform_name: 'text',
    depth_level: 'integer',
    applications: 'integer',
    used_applications: 'integer',
    uses: 'integer',
    platform_depth: 'number',
    usage_rows: 'integer',
    unlisted_subjects: 'integer',
  },

  query: (tables, { months }, context) => sql`
    with ${applications(tables, months, context)}, counted as (
      select platform_id, depth_level, count(*) as applications,
        count(*) filter (organisations > 0) as used_applications, sum(organisations) as uses
      from application group by platform_id, depth_level
    ), depth as (
      select platform_id as of_platform, sum(uses) as platform_uses,
        sum(depth_level * uses) / (${highest} * nullif(sum(uses) filter (depth_level is not null), 0)) as platform_depth
      from counted group by 1
    ), extent as (
      select count(*) as usage_rows,
        count(distinct subject_id) filter (subject_id not in (select application_id from ${tables.whole.application} where application_id is not null))
          as unlisted_subjects
      from usage_in_window
    )
    select platform_id, platform_name, depth_level, applications, used_applications, uses,
      platform_depth, usage_rows, unlisted_subjects
    from counted left join depth on of_platform is not distinct from platform_id
      left join ${platformNames(tables)} using (platform_id), extent
    order by platform_uses desc nulls last, platform_id nulls last, depth_level nulls last`,

  headline: rows => {
    const known = rows.filter(({ depth_level }) => depth_level !== null)
    const [uses, allUses] = [total(known, 'uses'), total(rows, 'uses')]
    const [reached, clusters] = [depthSum(known), clustersOf(known)]
    return headline(
      quotient(reached, highest * uses),
      missing(rows, known),
      [
        [{ zh: '平均深度（1–6）', en: 'Mean level (1–6)' }, quotient(reached, uses), 'decimal'],
        [{ zh: '在用的应用', en: 'Applications in use' }, total(rows, 'used_applications'), 'integer'],
        [{ zh: '应用', en: 'Applications' }, total(rows, 'applications'), 'integer'],
        [
          { zh: '未注明深度的应用', en: 'Applications without a level' },
          total(rows, 'applications') - total(known, 'applications'),
          'integer',
        ],
        [
          { zh: '有使用记录而不在清单中的应用', en: 'With usage but not listed' },
          figure(rows, 'unlisted_subjects'),
          'integer',
        ],
      ],
      {
        interval: platformInterval(clusters),
        basis: basis(
          uses,
          { zh: '组织—应用使用关系', en: 'uses of an application by an organisation' },
          allUses,
        ),
      },
    )
  },

  chart: (rows): Chart => {
    const used = rows.filter(({ uses }) => (asNumber(uses) ?? 0) > 0)
    const platforms = [...new Set(used.map(({ platform_id }) => platform_id))]
    const first = platforms.slice(0, mostRowsUnderLegend)
    const shown = used.filter(({ platform_id = null }) => first.includes(platform_id))
    return {
      layers: [
        {
          mark: 'bar',
          x: numberField(
            'uses',
            { zh: '使用组织（按应用计）', en: 'Using organisations, by application' },
            'compact',
          ),
          y: platformField('platform_id', shown),
          colour: levelField,
        },
      ],
      rows: shown,
      ...firstOf(
        first.length,
        platforms.length,
        { zh: '平台（按使用组织从多到少）', en: 'platforms, by using organisations' },
        restOf(shown, used, 'uses', { zh: '使用关系', en: 'the uses' }),
      ),
    }
  },

  details: {
    applications: {
      name: { zh: '应用', en: 'Applications' },
      meaning: {
        zh: '一行一个应用，窗口内使用组织最多的在前；无使用记录的组织数为 0。',
        en: 'One row an application, the one with most using organisations first; 0 where there is no usage.',
      },
      result: {
        platform_id: 'text',
        application_id: 'text',
        application_name: 'text',
        depth_level: 'integer',
        organisations: 'integer',
        named_organisations: 'integer',
        told_organisations: 'integer',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, { months }, context) => sql`
        with ${applications(tables, months, context)}
        select platform_id, application_id, application_name, depth_level, organisations,
          named as named_organisations, told as told_organisations, file_id, row_no
        from application
        order by organisations desc, depth_level desc nulls last, application_id nulls last, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '应用用得有多深：每个应用按深度分六级（1 连接、2 监测、3 分析、4 预测、5 优化、6 自治），以近 12 个月使用它的组织数加权平均，再除以 6。1/6 表示都停在连接，1 表示都达到自治。无人使用的应用不影响结果。',
      en: 'How deep the applications in use go: each has a level (1 connect, 2 monitor, 3 analyse, 4 predict, 5 optimise, 6 autonomous); the mean is weighted by the organisations that used it in the last 12 months and divided by 6. 1/6: all stop at connecting; 1: all are autonomous. An application that nobody uses has no weight.',
    },
    formula: String.raw`A = \frac{\sum_a l_a\, u_a}{6 \sum_a u_a}, \qquad l_a \in \{1, \dots, 6\}`,
    symbols: {
      zh: '$a$：已注明深度的应用；$l_a$：其深度级别；$u_a$：窗口内使用它的组织数；$A$：应用纵深度',
      en: '$a$: applications with a level; $l_a$: its level; $u_a$: organisations that used it within the window; $A$: application depth',
    },
    source: {
      zh: '本软件约定，级别见数据模型；回应《行动方案》所指“应用纵深度不够”。区间：以平台为整群的比率估计，整群为有使用组织的平台，m 个平台时方差乘 m/(m − 1)，logit 尺度上取自由度 m − 1 的 t 分位数（Cochran, 1977, Sampling Techniques 第 3 版）。',
      en: 'A convention of Assay, levels as in the data model; it answers the Plan’s finding that applications are not deep enough. Interval: ratio estimate with platforms as clusters, those with a weight above 0: for m of them the variance has the factor m/(m − 1), and Student’s quantile m − 1 degrees of freedom, on the logit scale (Cochran 1977, Sampling Techniques, 3rd ed.).',
    },
    cautions: {
      zh: `窗口为包括数据时点所在月在内的最近若干个自然月（默认 12）。同一组织使用两个应用计两次：权重是组织—应用关系，不是组织。级别是次序量，按 1 至 6 等距计分是约定。未注明深度的应用不参与，其使用关系在全部使用关系中的占比由“依据”可见；没有使用记录的应用权重为零，使用记录不全的平台因此被低估其份量。${usingCautions.zh}区间把平台看作同类平台的样本，平台少时很宽；只有一个平台时不给。`,
      en: `The window is the last calendar months including that of the time of the data (12 by default). An organisation that uses two applications counts twice: the weights are pairs, not organisations. Levels are ordinal; scoring them 1 to 6 at equal steps is a convention. Applications without a level take no part; “rests on” tells what share of all uses is left. An application without usage has no weight, so platforms with gaps in their usage weigh too little. ${usingCautions.en} The interval takes these platforms for a sample of their kind, is wide for few and absent for one.`,
    },
  },
})

const levelField: Field = categoryField(
  'depth_level',
  { zh: '应用深度', en: 'Level' },
  { labels: { ...levels, '': { zh: '未注明', en: 'No level given' } }, order: Object.keys(levels) },
)

/** CTEs up to `application`: one row an application in scope with the organisations that used it. */
function applications(tables: Tables, months: number, context: Context): Sql {
  return sql`${usingOrganisations(tables, 'application', context, { months })}, application as (
      select listed.platform_id::varchar as platform_id, application_id, listed.name as application_name, depth_level,
        coalesce(organisations, 0) as organisations, coalesce(named, 0) as named, coalesce(told, 0) as told,
        file_id, row_no
      from ${tables.application} as listed left join using_subject on subject_id = application_id
    )`
}

/** Σ level · uses. */
function depthSum(rows: readonly Row[]): number {
  return rows.reduce(
    (sum, { depth_level, uses }) => sum + (asNumber(depth_level) ?? 0) * (asNumber(uses) ?? 0),
    0,
  )
}

function clustersOf(rows: readonly Row[]): readonly Cluster[] {
  const platforms = new Map<unknown, Row[]>()
  for (const given of rows)
    platforms.set(given.platform_id, [...(platforms.get(given.platform_id) ?? []), given])
  return [...platforms.values()].map(own => ({ k: depthSum(own) / highest, n: total(own, 'uses') }))
}

function missing(rows: readonly Row[], known: readonly Row[]): readonly string[] {
  if (rows.length === 0) return ['application']
  if (known.length === 0) return ['application.depth_level']
  if (!figure(rows, 'usage_rows')) return ['usage']
  return total(rows, 'uses') === 0 ? ['usage.organisations'] : ['application.depth_level']
}

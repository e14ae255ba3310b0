import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row, row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { communityMonths, monthsInput } from '../community-months.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostBars, numberField, timeField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import { lastMonths } from '../months.ts'
import { type Interval, indicator } from '../recipe.ts'

const groups = {
  internal: { zh: '内部', en: 'Internal' },
  external: { zh: '外部', en: 'External' },
  unsplit: { zh: '内外不明', en: 'Not told apart' },
} as const

export default indicator({
  id: 'STR-10',
  version: 1,
  name: { zh: '活跃开发者数', en: 'Active contributors' },
  unit: 'persons',
  source: '2018 Method (developers); CHAOSS',
  needs: ['community'],
  inputs: {
    months: monthsInput(3),
    overlap: {
      kind: 'choice',
      name: { zh: '不同社区的贡献者', en: 'People of different communities' },
      choices: {
        apart: { zh: '视为不同的人', en: 'Are different people' },
        unknown: { zh: '可能是同一批人', en: 'May be the same people' },
      },
      default: 'apart',
    },
  },
  result: {
    month: 'date',
    in_window: 'boolean',
    communities: 'integer',
    contributors: 'integer',
    internal_contributors: 'integer',
    external_contributors: 'integer',
    unsplit_contributors: 'integer',
    least_contributors: 'integer',
    most_contributors: 'integer',
    largest_community: 'integer',
    least_external: 'integer',
    largest_external: 'integer',
    window_rows: 'integer',
    reported_months: 'integer',
    window_communities: 'integer',
    all_communities: 'integer',
    contradicting_rows: 'integer',
  },

  query: (tables, { months }, context) => sql`
    with ${communityMonths(tables, months, context)}, monthly as (
      select month, bool_or(in_window) as in_window,
        count(distinct community_id) filter (contributors is not null) as communities,
        sum(contributors) as contributors,
        coalesce(sum(contributors - external_contributors) filter (splits), 0) as internal_contributors,
        coalesce(sum(external_contributors) filter (splits), 0) as external_contributors,
        coalesce(sum(contributors) filter (not splits), 0) as unsplit_contributors
      from community_month where month is not null group by 1
    ), by_community as (
      select max(contributors) as least, sum(contributors) as most,
        max(external_contributors) filter (splits) as least_external, count(*) as window_rows,
        count(contributors) as reported_months
      from community_month where in_window group by community_id
    ), figures as (
      select sum(least) as least_contributors, sum(most) as most_contributors, max(least) as largest_community,
        sum(least_external) as least_external, max(least_external) as largest_external, coalesce(sum(window_rows), 0) as window_rows,
        coalesce(sum(reported_months), 0) as reported_months,
        count(*) filter (reported_months > 0) as window_communities
      from by_community
    ), extent as (
      select count(distinct community_id) as all_communities,
        count(*) filter (in_window and external_contributors > contributors) as contradicting_rows
      from community_month
    )
    select * from monthly, figures, extent order by month`,

  headline: (rows, { months, overlap }) => {
    const low = figure(rows, overlap === 'unknown' ? 'largest_community' : 'least_contributors')
    const high = figure(rows, 'most_contributors')
    const [communities, all] = [figure(rows, 'window_communities') ?? 0, figure(rows, 'all_communities') ?? 0]
    const reported = figure(rows, 'reported_months')
    return headline(
      low,
      missingOf(rows),
      [
        [
          { zh: '其中外部贡献者至少', en: 'Of them external, at least' },
          figure(rows, overlap === 'unknown' ? 'largest_external' : 'least_external'),
          'integer',
        ],
        [{ zh: '窗口内有记录的社区', en: 'Communities with months in the window' }, communities, 'integer'],
        [
          { zh: '社区·月的报告率', en: 'Months of communities that are reported' },
          reported && quotient(reported, communities * months),
          'percent',
        ],
        [
          {
            zh: '最大一个社区（各社区同一批人时的下限）',
            en: 'The largest community (all there are, were they the same people)',
          },
          figure(rows, 'largest_community'),
          'integer',
        ],
        [
          { zh: '外部多于全部的行（不分内外）', en: 'Rows with more external than all (not told apart)' },
          figure(rows, 'contradicting_rows'),
          'integer',
        ],
      ],
      { interval: range(low, high), basis: basis(communities, { zh: '个社区', en: 'communities' }, all) },
    )
  },

  chart: rows => monthChart(rows),

  details: {
    'by-community': {
      name: { zh: '各社区', en: 'By community' },
      meaning: {
        zh: '一行一个社区在窗口内的贡献者：至少为其最多的一个月，至多为各月之和；至多者大的在前。',
        en: 'One row a community: its contributors in the window are at least those of its largest month and at most the sum of its months; the largest sums first.',
      },
      result: {
        community_id: 'text',
        repo: 'text',
        platform_id: 'text',
        platform_name: 'text',
        reported_months: 'integer',
        least_contributors: 'integer',
        most_contributors: 'integer',
        least_external: 'integer',
      },
      query: (tables, { months }, context) => sql`
        with ${communityMonths(tables, months, context)}, by_community as (
          select community_id, min(repo) as repo, min(platform_id) as platform_id, count(contributors) as reported_months,
            max(contributors) as least_contributors, sum(contributors) as most_contributors,
            max(external_contributors) filter (splits) as least_external
          from community_month where in_window group by community_id
        )
        select community_id, repo, platform_id, platform_name, reported_months, least_contributors, most_contributors,
          least_external
        from by_community left join ${platformNames(tables)} using (platform_id)
        order by most_contributors desc nulls last, community_id`,
      chart: rows => {
        const shown = rows.filter(one => one.most_contributors !== null).slice(0, mostBars)
        const end = (field: string, zh: string, en: string) => numberField(field, { zh, en }, 'integer')
        return {
          layers: [
            {
              mark: 'span',
              from: end('least_contributors', '至少', 'At least'),
              to: end('most_contributors', '至多', 'At most'),
              y: categoryField('community_id', { zh: '社区', en: 'Community' }),
            },
          ],
          rows: shown,
          ...firstOf(shown.length, rows.length, { zh: '社区', en: 'communities' }),
        }
      },
    },
  },

  explanation: {
    meaning: {
      zh: '最近若干个月（默认 3 个，含数据时点所在月）内有贡献的人数。导出只给出各社区每月的人数，没有名单，同一人在几个月里重复出现无从去重，因此给出范围而不是一个数：每个社区至少有其人数最多的一个月那么多人，至多为各月之和。',
      en: 'People who contributed in the last months (3 by default, that of the time of the data included). Exports give the number of people of a community in each month and no names, so one who contributes in several months cannot be told from several people. Hence a range and not a number: a community had at least the people of its largest month, and at most the sum of its months.',
    },
    formula: String.raw`\sum_{c} \max_{m \in W} n_{c,m} \;\le\; N \;\le\; \sum_{c} \sum_{m \in W} n_{c,m}`,
    symbols: {
      zh: '$N$：不同贡献者的人数；$c$：社区；$W$：窗口内的月份；$n_{c,m}$：社区 $c$ 在 $m$ 月的贡献者数',
      en: '$N$: number of distinct contributors; $c$: a community; $W$: the months of the window; $n_{c,m}$: contributors of community $c$ in month $m$',
    },
    source: {
      zh: '开发者维度见《工业互联网平台评价方法》（2018）；CHAOSS 的“贡献者”指标按人去重，月度合计只能给出上下限（本软件约定）。',
      en: 'The dimension is that of the Evaluation Method of 2018 (developers). CHAOSS counts contributors by person; from monthly counts only the bounds follow (a convention of Assay).',
    },
    cautions: {
      zh: '下限默认各社区的人互不相同；一人参与多个社区时会被重复计数，可把输入改为“可能是同一批人”，下限即为人数最多的社区，外部贡献者的下限同样取最多的社区。上下限是算术界限而非置信区间，也不反映漏报：窗口内没有报告的社区·月按零计，报告率（窗口内有记录的各社区应报月份中已报的比例）列在旁边。数据时点所在月可能尚未过完。何为贡献（提交、评审、议题）由导出方界定，机器人账号是否剔除不可知。外部多于全部的行其总数照计，但不分内外。时期筛选会截去窗口内的月份；省份、行业等筛选按社区所属平台，未注明平台的社区随之不计。',
      en: 'The lower bound takes the people of different communities for different; one who is in several counts in each. Set the input to “may be the same people” and it becomes the largest community, as the lower bound of external ones becomes the most of any. The bounds are arithmetic and no confidence interval, and do not tell of what was not reported: a month without a row counts nothing; beside stands what share of the window’s months is reported by the communities that report any of them. The month of the time of the data may not be over. What a contribution is (commit, review, issue) is the exporter’s choice, and whether robots were left out is not known. A row with more external contributors than contributors counts in the total and is not told apart. A period filter cuts months out of the window; filters by province or industry act through the platform of a community and drop communities without one.',
    },
  },
})

function range(low: number | null, high: number | null): Interval | null {
  if (low === null || high === null) return null
  const method = {
    zh: '下限为各社区最多一个月之和，上限为各月之和',
    en: 'from the largest month of each community to the sum of its months',
  }
  return { kind: 'range', low, high, method }
}

function missingOf(rows: readonly Row[]): readonly string[] {
  if (rows.length === 0) return ['community']
  return (figure(rows, 'window_rows') ?? 0) === 0 ? ['community.month'] : ['community.contributors']
}

function monthChart(rows: readonly Row[]): Chart {
  const kept = lastMonths(rows)
  const all = Object.keys(groups) as readonly (keyof typeof groups)[]
  const shown = all.filter(group => rows.some(one => (asNumber(one[`${group}_contributors`]) ?? 0) > 0))
  return {
    layers: [
      {
        mark: 'line',
        x: timeField('month'),
        y: numberField('contributors', { zh: '当月贡献者', en: 'Contributors of the month' }, 'integer'),
        colour: categoryField('group', { zh: '贡献者', en: 'Contributors' }, { labels: groups, order: all }),
      },
    ],
    rows: kept.rows.flatMap(one =>
      shown.map(group =>
        row(
          ['month', 'group', 'contributors'],
          [one.month ?? null, group, one[`${group}_contributors`] ?? null],
        ),
      ),
    ),
    ...('note' in kept ? { note: kept.note } : {}),
  }
}

import type { Chart } from '../../domain/chart.ts'
import { asNumber } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { communityMonths, monthsInput } from '../community-months.ts'
import { platformNames } from '../device-group.ts'
import { categoryField, firstOf, mostRowsUnderLegend, numberField, restOf, timeField } from '../field.ts'
import { basis, type figure, headline, quotient, total } from '../headline.ts'
import { lastMonths } from '../months.ts'
import { indicator } from '../recipe.ts'
import { intervalName, wilsonInterval, withWilson } from '../share-bars.ts'

const queried = {
  community_id: 'text',
  repo: 'text',
  platform_id: 'text',
  platform_name: 'text',
  merged: 'integer',
  merged_external: 'integer',
  external_share: 'number',
  judged_months: 'integer',
  window_rows: 'integer',
} as const

const share = { zh: '外部贡献占比', en: 'External share' } as const

export default indicator({
  id: 'STR-11',
  version: 1,
  name: { zh: '外部贡献占比', en: 'External-contribution share' },
  unit: 'percent',
  source: 'Assay',
  needs: ['community'],
  inputs: { months: monthsInput(12) },
  queried,
  result: { ...queried, low: 'number', high: 'number' },

  query: (tables, { months }, context) => sql`
    with ${communityMonths(tables, months, context)}, counted as (
      select community_id, min(repo) as repo, min(platform_id) as platform_id,
        coalesce(sum(merged) filter (in_window and splits_merged), 0) as merged,
        coalesce(sum(merged_external) filter (in_window and splits_merged), 0) as merged_external,
        count(*) filter (in_window and splits_merged) as judged_months, count(*) filter (in_window) as window_rows
      from community_month group by community_id
    )
    select community_id, repo, platform_id, platform_name, merged, merged_external,
      case when merged > 0 then merged_external / merged end as external_share, judged_months, window_rows
    from counted left join ${platformNames(tables)} using (platform_id)
    order by merged desc, community_id nulls last`,

  derive: rows => withWilson(rows, 'merged_external', 'merged'),

  headline: rows => {
    const [merged, external] = [total(rows, 'merged'), total(rows, 'merged_external')]
    const [judged, all] = [total(rows, 'judged_months'), total(rows, 'window_rows')]
    return headline(
      quotient(external, merged),
      all > 0
        ? ['community.merged', 'community.merged_external']
        : [rows.length > 0 ? 'community.month' : 'community'],
      [
        [{ zh: '合并的变更', en: 'Merged changes' }, merged, 'integer'],
        [{ zh: '其中来自外部', en: 'Of them from outside' }, external, 'integer'],
        [
          { zh: '社区', en: 'Communities' },
          rows.filter(one => (asNumber(one.merged) ?? 0) > 0).length,
          'integer',
        ],
        [{ zh: '各社区占比的平均', en: 'Mean of the communities’ shares' }, meanShare(rows), 'percent'],
        [{ zh: '未计入的社区·月', en: 'Months of communities left out' }, all - judged, 'integer'],
      ],
      {
        interval: wilsonInterval(external, merged),
        basis: basis(judged, { zh: '个社区·月', en: 'months of communities' }, all),
      },
    )
  },

  chart: (rows): Chart => {
    const judged = rows.filter(one => one.external_share !== null)
    const shown = judged.slice(0, mostRowsUnderLegend)
    const overall = quotient(total(rows, 'merged_external'), total(rows, 'merged'))
    const community = categoryField('community_id', { zh: '社区', en: 'Community' })
    return {
      layers: [
        { mark: 'bar', x: numberField('external_share', share, 'percent'), y: community },
        {
          mark: 'whisker',
          at: community,
          low: numberField('low', intervalName, 'percent'),
          high: numberField('high', intervalName, 'percent'),
          along: 'x',
        },
        ...(overall === null || shown.length < 2
          ? []
          : [{ mark: 'rule', axis: 'x', at: overall, name: { zh: '总体', en: 'Overall' } } as const]),
      ],
      rows: shown,
      ...firstOf(
        shown.length,
        judged.length,
        { zh: '社区（按合并数）', en: 'communities, by merged changes' },
        restOf(shown, judged, 'merged', { zh: '合并数', en: 'the merged changes' }),
      ),
    }
  },

  details: {
    'by-month': {
      name: { zh: '各月', en: 'By month' },
      meaning: {
        zh: '一行一个月，全部社区合计，不限于窗口，按时间先后；内外合并数不全或外部多于全部的行未计入。',
        en: 'One row a month over all communities, in the window or not, in the order of time; rows that lack a count, or have more from outside than in all, are left out.',
      },
      result: {
        month: 'date',
        in_window: 'boolean',
        merged: 'integer',
        merged_external: 'integer',
        external_share: 'number',
      },
      query: (tables, { months }, context) => sql`
        with ${communityMonths(tables, months, context)}
        select month, bool_or(in_window) as in_window, sum(merged) as merged, sum(merged_external) as merged_external,
          case when sum(merged) > 0 then sum(merged_external) / sum(merged) end as external_share
        from community_month where splits_merged and month is not null group by month order by month`,
      chart: rows => {
        const kept = lastMonths(rows)
        const y = numberField('external_share', share, 'percent')
        return { ...kept, layers: [{ mark: 'line', x: timeField('month'), y }] }
      },
    },
    'left-out-rows': {
      name: { zh: '未计入的行', en: 'Rows left out' },
      meaning: {
        zh: '窗口内合并数或外部合并数未知、或外部多于全部的行；后者在前，其余近者在前。',
        en: 'Rows in the window without one of the counts, or with more from outside than in all; the latter first, then the latest.',
      },
      result: {
        community_id: 'text',
        month: 'date',
        merged: 'integer',
        merged_external: 'integer',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, { months }, context) => sql`
        with ${communityMonths(tables, months, context)}
        select community_id, month, merged, merged_external, file_id, row_no
        from community_month where in_window and not splits_merged
        order by coalesce(merged_external > merged, false) desc, month desc, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '最近若干个月（默认 12 个，含数据时点所在月）内合并的变更中，由运营主体以外的人提交的比例。各社区按合并数计入：占比为外部合并数之和除以合并数之和。',
      en: 'Of the changes merged in the last months (12 by default, that of the time of the data included), the share by people outside the owner. Communities weigh by their merged changes: the sum of those from outside over the sum of all.',
    },
    formula: String.raw`E = \frac{\sum_{c} \sum_{m \in W} x_{c,m}}{\sum_{c} \sum_{m \in W} g_{c,m}}`,
    symbols: {
      zh: '$c$：社区；$W$：窗口内的月份；$g_{c,m}$：社区 $c$ 在 $m$ 月合并的变更数；$x_{c,m}$：其中来自外部的',
      en: '$c$: a community; $W$: the months of the window; $g_{c,m}$: changes merged in community $c$ in month $m$; $x_{c,m}$: those of them from outside',
    },
    source: {
      zh: '本软件约定；区间为 Wilson（1927）。',
      en: 'A convention of Assay; interval of Wilson (1927).',
    },
    cautions: {
      zh: '“外部”由导出方按邮箱、组织成员身份等判定，本软件不核实。Wilson 区间把每个变更当作相互独立；同一人往往提交许多变更，同一社区、同一月份的变更也相像，真实的不确定性更大，区间只作下限看。全部变更都在导出中时占比是确数，区间所说的是其背后倾向的不确定性。合并数大的社区左右总体，各社区占比的简单平均列在旁边。任一计数未知、或外部多于全部的行不计入，数目列在旁边。数据时点所在月可能尚未过完，这不使占比偏向一方。时期筛选会截去窗口内的月份；省份、行业等筛选按社区所属平台，未注明平台的社区随之不计。',
      en: 'Who is outside is judged by the exporter (mail domain, membership) and not checked here. The Wilson interval takes changes as independent; one person submits many of them, and those of one community and month are alike, so the true uncertainty is larger and the interval is the least there is. Where the export holds all changes the share itself is exact, and the interval speaks of the tendency behind it. Communities with many changes rule the total; the plain mean of the communities’ shares stands beside. Rows that lack a count, or have more from outside than in all, are left out and counted beside. The month of the time of the data may not be over, which does not bias a share. A period filter cuts months out of the window; filters by province or industry act through the platform of a community and drop communities without one.',
    },
  },
})

function meanShare(rows: Parameters<typeof figure>[0]): number | null {
  const shares = rows.flatMap(one => asNumber(one.external_share) ?? [])
  return quotient(
    shares.reduce((sum, each) => sum + each, 0),
    shares.length,
  )
}

import { canonicalTables } from '../../domain/canonical.ts'
import type { Chart } from '../../domain/chart.ts'
import { asNumber, type Row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { categoryField, numberField } from '../field.ts'
import { type Beside, basis, figure, headline, quotient } from '../headline.ts'
import { indicator } from '../recipe.ts'
import { wilsonInterval } from '../share-bars.ts'
import { otherStates, tierCells, tierMoves, tiers } from '../tier-moves.ts'

const labels = { ...canonicalTables.platform.columns.tier.values, ...otherStates }
const order = Object.keys(labels)
const topTier = tiers.at(-1)

export default indicator({
  id: 'PLN-07',
  version: 1,
  name: { zh: '梯度升级率', en: 'Tier promotion rate' },
  unit: 'percent',
  source: 'Action Plan 2026–2028 (tiers); Assay',
  needs: ['platform'],
  atAsOf: true,
  inputs: {
    years: {
      kind: 'number',
      name: { zh: '与多久以前比较', en: 'Compared with so long before' },
      unit: { zh: '年', en: 'years' },
      min: 0.25,
      max: 10,
      step: 0.25,
      default: 1,
    },
  },
  result: {
    from_tier: 'text',
    to_tier: 'text',
    platforms: 'integer',
    share_of_from: 'number',
    at_risk: 'integer',
    promoted: 'integer',
    demoted: 'integer',
    rate_of_promotion: 'number',
    below_top: 'integer',
    demotable: 'integer',
    left_list: 'integer',
    joined_list: 'integer',
    first_as_of: 'timestamp',
    last_as_of: 'timestamp',
    years: 'number',
    exports: 'integer',
    listings: 'integer',
  },

  query: (tables, { years }) => sql`
    with ${tierMoves(tables, years)}, ${tierCells},
      counted as (select from_tier, to_tier, count(*) as platforms from moved group by all),
      summed as (
        select count(*) filter (from_tier <> ${topTier ?? ''} and step is not null) as at_risk,
          count(*) filter (step > 0) as promoted, count(*) filter (step < 0) as demoted,
          count(*) filter (from_tier in ${tiers.slice(0, -1)}) as below_top,
          count(*) filter (from_tier <> ${tiers[0] ?? ''} and step is not null) as demotable,
          count(*) filter (to_tier = 'absent') as left_list, count(*) filter (from_tier = 'absent') as joined_list
        from moved
      )
    select from_tier, to_tier, coalesce(platforms, 0) as platforms,
      coalesce(platforms, 0) / nullif(sum(platforms) over (partition by from_tier), 0) as share_of_from,
      at_risk, promoted, demoted, promoted / nullif(at_risk, 0) as rate_of_promotion, below_top, demotable,
      left_list, joined_list, first_as_of, last_as_of, years, exports, listings
    from cell left join counted using (from_tier, to_tier), summed, compared
    order by from_place, from_tier, to_place, to_tier`,

  headline: rows => {
    const [atRisk, promoted] = [figure(rows, 'at_risk') ?? 0, figure(rows, 'promoted') ?? 0]
    return headline(figure(rows, 'rate_of_promotion'), [missingOf(rows)], besidesOf(rows), {
      interval: wilsonInterval(promoted, atRisk),
      basis: basis(
        atRisk,
        {
          zh: '个期初低于生态级、两次导出均有梯度的平台',
          en: 'platforms below the top tier at first, with a tier in both exports',
        },
        figure(rows, 'below_top'),
      ),
    })
  },

  chart: (rows): Chart => ({
    layers: [
      {
        mark: 'flow',
        from: categoryField('from_tier', { zh: '期初梯度', en: 'Tier at first' }, { labels, order }),
        to: categoryField('to_tier', { zh: '期末梯度', en: 'Tier at last' }, { labels, order }),
        size: numberField('platforms', { zh: '平台数', en: 'Platforms' }, 'integer'),
      },
    ],
    rows: rows.filter(({ platforms }) => (asNumber(platforms) ?? 0) > 0),
    ...spanNote(rows),
  }),

  details: {
    platforms: {
      name: { zh: '各平台的梯度变动', en: 'Platform by platform' },
      meaning: {
        zh: '一行为一个平台在两次导出中的梯度与升降级数；升级多的在前，行号为其最近一次导出中的行。',
        en: 'One row a platform: its tiers in the two exports and the tiers risen; the most risen first. The row is that of its latest export.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        from_tier: 'text',
        to_tier: 'text',
        tiers_risen: 'integer',
        first_as_of: 'timestamp',
        last_as_of: 'timestamp',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, { years }) => sql`
        with ${tierMoves(tables, years)}
        select platform_id, platform_name, from_tier, to_tier, step as tiers_risen, first_as_of, last_as_of, file_id, row_no
        from moved, compared order by step desc nulls last, platform_id`,
    },
  },

  explanation: {
    meaning: {
      zh: '两次导出之间升入更高梯度的平台，占期初低于生态级且两次导出都有梯度的平台的比例；结果表为 4×4 转移矩阵，另列梯度未知、新进与退出名单者。比较最近一次给出梯度的导出，与距其所设年数（默认一年）最近的一次更早的导出。',
      en: 'The platforms that rose to a higher tier between two exports, divided by those that were below the top tier at first and have a tier in both exports. The table is the 4×4 transition matrix, with unknown tiers and platforms that joined or left the list beside. Compared are the latest export that gives tiers and the earlier one nearest to the years set (one by default).',
    },
    formula: String.raw`\begin{aligned} r &= \frac{\sum_{i<j} n_{ij}}{\sum_{i<4} \sum_{j} n_{ij}} \\ p_{ij} &= \frac{n_{ij}}{\sum_{k} n_{ik}} \end{aligned}`,
    symbols: {
      zh: '$n_{ij}$：由梯度 $i$ 变为梯度 $j$ 的平台数；$i$：期初梯度，1 基础、2 成长、3 引领、4 生态；$j$：期末梯度；$k$：期末的各种情形（含未知与退出）；$p_{ij}$：转移比例；$r$：升级率',
      en: '$n_{ij}$: platforms that went from tier $i$ to tier $j$; $i$: tier at first, 1 basic, 2 growth, 3 leading, 4 ecological; $j$: tier at last; $k$: any state at last, unknown and gone included; $p_{ij}$: share of moves; $r$: promotion rate',
    },
    source: {
      zh: '梯度（基础级、成长级、引领级、生态级）见《推动工业互联网平台高质量发展行动方案（2026—2028年）》；升级率与转移矩阵为本软件约定；区间为威尔逊区间（Wilson，1927）。',
      en: 'Tiers (basic, growth, leading, ecological) are those of the Action Plan 2026–2028; rate and matrix are a convention of Assay; the interval is Wilson’s (1927).',
    },
    cautions: {
      zh: '各梯度的认定标准未公布，梯度只取自导出，从不推断；标准一变，升降级即无可比性。需要两份注明时间的平台清单：只有一份时不可计算。两份清单须为同一范围：退出名单的平台不计入分母（数量列在旁边），若退出的多为未升级者，升级率偏高。期初梯度未知、新进名单者不在风险集内。两次导出相隔不足或超过一年时，比例是该间隔内的，旁边另列折合每年（365.25 天）的比例（假定升级概率逐年不变且相互独立）。跨级升级计一次。平台由主管部门批量认定，并非相互独立，威尔逊区间因而偏窄；若清单是全部平台而非样本，它只表示偶然波动的大小。平台筛选按其最近一次导出的属性；时期筛选只以最后一天限定最近一次导出。',
      en: 'The criteria for tiers are not public; tiers are taken from exports and never inferred, and a change of criteria makes moves meaningless. Two dated lists of platforms are needed; with one there is no figure. Both lists must have the same scope: platforms that left are not in the denominator (their number stands beside), and if mostly those not promoted left, the rate is too high. Platforms of unknown tier at first, or new to the list, are not at risk. Where the exports are not a year apart the share is that of the interval; beside it stands the share a year of 365.25 days (with an equal and independent chance each year). A rise by several tiers counts once. Platforms are promoted in rounds by an authority and are not independent, so Wilson’s interval is too narrow; if the list holds all platforms and no sample, it only shows the size of chance. Filters take platforms by what their latest export says; of a period only the last day counts, which limits the latest export.',
    },
  },
})

function besidesOf(rows: readonly Row[]): readonly Beside[] {
  const [rate, years] = [figure(rows, 'rate_of_promotion'), figure(rows, 'years')]
  const demotable = figure(rows, 'demotable') ?? 0
  const known = years === null ? [] : rows
  return [
    [{ zh: '升级平台', en: 'Platforms promoted' }, figure(known, 'promoted'), 'integer'],
    [{ zh: '降级平台', en: 'Platforms demoted' }, figure(known, 'demoted'), 'integer'],
    [
      { zh: '降级率（期初高于基础级者）', en: 'Demotion rate (above the lowest tier at first)' },
      years === null ? null : quotient(figure(rows, 'demoted') ?? 0, demotable),
      'percent',
    ],
    [{ zh: '退出名单', en: 'Left the list' }, figure(known, 'left_list'), 'integer'],
    [{ zh: '新进名单', en: 'Joined the list' }, figure(known, 'joined_list'), 'integer'],
    [{ zh: '两次导出相隔（年）', en: 'Years between the exports' }, years, 'decimal'],
    [
      { zh: '折合每年的升级率', en: 'Promotion rate a year' },
      rate === null || years === null || years <= 0 ? null : 1 - (1 - rate) ** (1 / years),
      'percent',
    ],
  ]
}

/** From when to when. */
function spanNote(rows: readonly Row[]): Pick<Chart, 'note'> {
  const days = ['first_as_of', 'last_as_of'].map(column => {
    const time = figure(rows, column)
    return time === null ? null : new Date(time / 1000).toISOString().slice(0, 10)
  })
  const [first, last] = days
  return first && last
    ? { note: { zh: `${first} 与 ${last} 两次导出`, en: `Exports of ${first} and ${last}` } }
    : {}
}

function missingOf(rows: readonly Row[]): string {
  const exports = figure(rows, 'exports') ?? 0
  if (!figure(rows, 'listings')) return 'platform'
  if (exports === 0) return 'platform: an export that tells its time, with tier'
  return exports === 1 ? 'platform: a second export with another date' : 'platform.tier'
}

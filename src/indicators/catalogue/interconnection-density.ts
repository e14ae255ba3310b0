import { canonicalTables } from '../../domain/canonical.ts'
import type { Chart } from '../../domain/chart.ts'
import { row } from '../../domain/table.ts'
import { sql } from '../../sql/sql.ts'
import { categoryField, firstOf, mostBars, numberField, platformField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import { linkFigures, measuresOf } from '../interconnection.ts'
import { endField, mostLinked } from '../network-figure.ts'
import { judgedLinks } from '../platform-links.ts'
import { indicator } from '../recipe.ts'

const { tier } = canonicalTables.platform.columns
const { kind } = canonicalTables.platform_link.columns

const queried = {
  platform_id: 'text',
  platform_name: 'text',
  tier: 'text',
  other_id: 'text',
  other_name: 'text',
  other_tier: 'text',
  kinds: 'text',
  link_rows: 'integer',
  since: 'date',
  counted_rows: 'integer',
  self_links: 'integer',
  later_links: 'integer',
  outside_links: 'integer',
  all_links: 'integer',
} as const

export default indicator({
  id: 'STR-08',
  version: 1,
  name: { zh: '平台互联密度', en: 'Interconnection density' },
  unit: 'ratio',
  source: 'Graph theory',
  needs: ['platform', 'platform_link'],
  inputs: {
    kinds: {
      kind: 'choice',
      name: { zh: '关联类型', en: 'Links' },
      choices: { all: { zh: '全部', en: 'All kinds' }, ...kind.values },
      default: 'all',
    },
  },
  queried,
  result: { ...queried, ...linkFigures },

  query: (tables, { kinds }, context) => sql`
    with ${judgedLinks(tables, kinds, context)}, pair as (
      select platform_id, other_id, string_agg(distinct kind, ', ' order by kind) as kinds, count(*) as link_rows,
        min(since) as since
      from link where verdict = 'counted' group by platform_id, other_id
    ), alone as (
      select platform_id from node
      where platform_id not in (select platform_id from pair union all select other_id from pair)
    ), drawn as (
      select platform_id, other_id, kinds, link_rows, since from pair
      union all select platform_id, null, null, null, null from alone
    ), extent as (
      select count(*) filter (verdict = 'counted') as counted_rows, count(*) filter (verdict = 'self') as self_links,
        count(*) filter (verdict = 'later') as later_links, count(*) filter (verdict = 'outside') as outside_links,
        (select count(*) from ${tables.whole.platform_link}) as all_links
      from link
    )
    select drawn.platform_id, near.platform_name, near.tier, drawn.other_id, far.platform_name as other_name,
      far.tier as other_tier, kinds, link_rows, since, counted_rows, self_links, later_links, outside_links, all_links
    from drawn join node as near on near.platform_id = drawn.platform_id
      left join node as far on far.platform_id = drawn.other_id, extent
    order by other_id is null, drawn.platform_id, other_id`,

  derive: rows => {
    const names = [...Object.keys(queried), ...Object.keys(linkFigures)]
    const found = measuresOf(rows)
    return rows.map(given =>
      row(names, [...Object.keys(queried).map(column => given[column] ?? null), ...found]),
    )
  },

  headline: rows => {
    const [n, counted] = [figure(rows, 'platforms') ?? 0, figure(rows, 'counted_rows') ?? 0]
    const of = (column: string) => figure(rows, column)
    const value = of('all_links') ? of('density') : null
    const left = (of('self_links') ?? 0) + (of('later_links') ?? 0) + (of('outside_links') ?? 0)
    return headline(
      value,
      n < 2 ? ['platform'] : ['platform_link'],
      [
        [{ zh: '平台数 n', en: 'Platforms n' }, n, 'integer'],
        [{ zh: '相连的平台对 m', en: 'Linked pairs m' }, of('linked_pairs'), 'integer'],
        [
          { zh: '孤立平台占比', en: 'Platforms without a link' },
          quotient(of('isolated_platforms') ?? 0, n),
          'percent',
        ],
        [
          { zh: '最大连通分支占比', en: 'Platforms in the largest component' },
          of('largest_share'),
          'percent',
        ],
        [{ zh: '度中心势', en: 'Degree centralisation' }, of('degree_centralisation'), 'decimal'],
        [{ zh: '中介中心势', en: 'Betweenness centralisation' }, of('betweenness_centralisation'), 'decimal'],
        [
          { zh: '同度随机图的中介中心势', en: 'The same in random graphs of equal degrees' },
          of('null_mean'),
          'decimal',
        ],
        [
          { zh: '其在随机图中的百分位', en: 'Its percentile among random graphs' },
          of('null_percentile'),
          'percent',
        ],
        [
          { zh: '自身关联（不计）', en: 'Links of a platform to itself (left out)' },
          of('self_links'),
          'integer',
        ],
        [
          { zh: '重复或反向的关联（不计）', en: 'Repeated or mirrored links (left out)' },
          counted - (of('linked_pairs') ?? 0),
          'integer',
        ],
        [
          { zh: '一端不在范围内的关联', en: 'Links with an end out of scope' },
          of('outside_links'),
          'integer',
        ],
        [
          { zh: '晚于数据时点的关联', en: 'Links since after the time of the data' },
          of('later_links'),
          'integer',
        ],
      ],
      { basis: basis(counted, { zh: '条关联', en: 'links' }, counted + left) },
    )
  },

  chart: (rows): Chart => {
    const { rows: shown, ...noted } = mostLinked(rows, ['platform_id', 'other_id'], false)
    const names = [
      ['platform_id', 'platform_name'],
      ['other_id', 'other_name'],
    ] as const
    const kindOf = (column: string) =>
      categoryField(column, tier.name, { labels: tier.values, order: Object.keys(tier.values) })
    return {
      layers: [
        {
          mark: 'network',
          from: endField('platform_id', shown, names),
          to: endField('other_id', shown, names),
          kinds: [kindOf('tier'), kindOf('other_tier')],
        },
      ],
      rows: shown,
      ...noted,
    }
  },

  details: {
    platforms: {
      name: { zh: '各平台的关联数', en: 'Links by platform' },
      meaning: {
        zh: '一行一个平台，相连平台最多的在前。',
        en: 'One row a platform, the one with most partners first.',
      },
      result: {
        platform_id: 'text',
        platform_name: 'text',
        tier: 'text',
        partners: 'integer',
        link_rows: 'integer',
      },
      query: (tables, { kinds }, context) => sql`
        with ${judgedLinks(tables, kinds, context)}, end_of as (
          select platform_id as id, other_id as partner from link where verdict = 'counted'
          union all select other_id, platform_id from link where verdict = 'counted'
        )
        select platform_id, platform_name, tier, count(distinct partner) as partners, count(partner) as link_rows
        from node left join end_of on id = platform_id
        group by platform_id, platform_name, tier order by partners desc, link_rows desc, platform_id`,
      chart: rows => ({
        layers: [
          {
            mark: 'bar',
            x: numberField('partners', { zh: '相连平台', en: 'Partners' }, 'integer'),
            y: platformField('platform_id', rows.slice(0, mostBars)),
          },
        ],
        rows: rows.slice(0, mostBars),
        ...firstOf(Math.min(mostBars, rows.length), rows.length, { zh: '平台', en: 'platforms' }),
      }),
    },
    links: {
      name: { zh: '关联记录', en: 'Links' },
      meaning: {
        zh: '一行一条关联记录及其判定：计入（counted）、自身（self）、晚于数据时点（later）、一端不在范围内（outside）；未计入的在前。',
        en: 'One row a record of a link with its verdict (counted, self, later than the data, outside the scope), those left out first.',
      },
      result: {
        platform_id: 'text',
        other_id: 'text',
        kind: 'text',
        since: 'date',
        verdict: 'text',
        file_id: 'text',
        row_no: 'integer',
      },
      query: (tables, { kinds }, context) => sql`
        with ${judgedLinks(tables, kinds, context)}
        select platform_id, other_id, kind, since, verdict, file_id, row_no from link
        order by verdict = 'counted', verdict, file_id, row_no`,
    },
  },

  explanation: {
    meaning: {
      zh: '范围内的平台两两之间，有互联互通、数据共享或模型复用关联的占多少。0 为全无关联，1 为每两个平台都相连。孤立平台也在平台数之内。',
      en: 'Of all pairs of platforms in scope, the share that is linked by interconnection, data sharing or model reuse: 0 for no link at all, 1 where every two are linked. Platforms without a link are among the platforms.',
    },
    formula: String.raw`\rho = \frac{2m}{n(n-1)}, \qquad C = \frac{\sum_i (b_{\max} - b_i)}{(n-1)^2 (n-2) / 2}`,
    symbols: {
      zh: String.raw`$\rho$：密度；$m$：至少有一种关联的平台对；$n$：范围内的平台数；$C$：中介中心势；$b_i$：经过平台 $i$ 的最短路径数；$b_{\max}$：其最大值`,
      en: String.raw`$\rho$: density; $m$: pairs of platforms with at least one link; $n$: platforms in scope; $C$: betweenness centralisation; $b_i$: shortest paths through platform $i$; $b_{\max}$: the most of them`,
    },
    source: {
      zh: '图的密度与中心势：Freeman（1979），Social Networks 1:215–239；中介性：Brandes（2001），J. Math. Sociology 25:163–177；同度随机图：Maslov & Sneppen（2002），Science 296:910–913。',
      en: 'Density and centralisation: Freeman (1979), Social Networks 1:215–239; betweenness: Brandes (2001), J. Math. Sociology 25:163–177; random graphs of equal degrees: Maslov & Sneppen (2002), Science 296:910–913.',
    },
    cautions: {
      zh: '密度须连同 n 一起读：每个平台的伙伴数不变时，平台越多密度越低，n 不同的密度不可直接比较。图为无向简单图：同一对平台的多种关联、重复和反向记录合为一条，自身关联不计，数量均列在旁边。关联的两端都须是范围内平台清单中的平台，筛选后只剩一端的不计；起始日期晚于数据时点的不计，未注明起始日期的计入，已终止的关联无从得知。没有关联可能是没有，也可能是没有导出。度中心势在任何同度随机图中都一样，因此与随机图（固定种子，各节点度数不变，至多 100 个）比较的是中介中心势：百分位接近 100% 表示路径比度数所能解释的更集中于少数平台。平台和关联都极多时不作此比较。不给区间：关联是全部记录而非样本。时期筛选不起作用。',
      en: 'Read density with n: with as many partners for each platform it falls as platforms are added, so densities of different n do not compare. The graph is simple and undirected: several kinds of link between the same two platforms, repeated and mirrored records are one, links of a platform to itself do not count; their numbers stand beside. Both ends must be listed platforms in scope; a filter that leaves one end drops the link. Links that begin after the time of the data do not count, those without a date do; links that have ended cannot be told. No link may mean none, or none exported. Degree centralisation is the same in every random graph of equal degrees, so what is compared with such graphs (fixed seed, every degree kept, at most 100) is betweenness centralisation: near 100% paths run through few platforms more than their degrees explain. With very many platforms and links there is no comparison. There is no interval: links are recorded, not sampled. A period does not act.',
    },
  },
})

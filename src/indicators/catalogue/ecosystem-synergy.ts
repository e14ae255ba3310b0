import type { Chart } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { categoryField, firstOf, mostBars, numberField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import { notes } from '../months.ts'
import { endField, mostLinked } from '../network-figure.ts'
import { indicator } from '../recipe.ts'
import { tieFigures, tieMeasures, withComponents } from '../tie-figures.ts'
import { componentsOf, platformsByOrganisation, tieGraph } from '../tie-graph.ts'
import { nodeKinds, tieColumns, tieInputs, tiesQuery, tyingTables } from '../ties.ts'

/** The result holds the ties that the figure shows; all of them are in a detail. */
const mostShown = 1500

const result = { ...tieColumns, component_no: 'integer', ...tieFigures } as const

const componentColumns = {
  component_no: 'integer',
  organisations: 'integer',
  platforms: 'integer',
  share: 'number',
  platform_ids: 'text',
} as const

const organisationColumns = { org_id: 'text', tied_platforms: 'integer', component_no: 'integer' } as const

export default indicator({
  id: 'STR-09',
  version: 1,
  name: { zh: '生态协同度', en: 'Ecosystem synergy' },
  unit: 'percent',
  source: 'Assay; answers the Plan’s “synergy is weak”',
  needs: [],
  uses: ['contract', 'usage', 'device', 'platform', 'organisation', 'model', 'application'],
  inputs: tieInputs,
  queried: tieColumns,
  result,

  query: tiesQuery,

  derive: rows => {
    const placed = withComponents(rows)
    const repeated = tieMeasures(rows)
    const { rows: shown } = mostLinked(placed, ['org_id', 'platform_id'], true)
    return shown
      .slice(0, mostShown)
      .map(given => row(Object.keys(result), [...Object.values(given), ...repeated]))
  },

  headline: (rows, { by }) => {
    const of = (column: keyof typeof tieFigures) => figure(rows, column)
    const [organisations, platforms] = [of('organisations') ?? 0, of('platforms') ?? 0]
    const tied = of('tied_organisations') ?? 0
    return headline(
      of('ties') ? of('largest_share') : null,
      tyingTables(by),
      [
        [{ zh: '组织', en: 'Organisations' }, organisations, 'integer'],
        [{ zh: '平台', en: 'Platforms' }, platforms, 'integer'],
        [{ zh: '组织—平台关系', en: 'Ties' }, of('ties'), 'integer'],
        [{ zh: '连通分支', en: 'Components' }, of('components'), 'integer'],
        [
          { zh: '使用两个及以上平台的组织占比', en: 'Organisations on two or more platforms' },
          quotient(of('multi_platform') ?? 0, tied),
          'percent',
        ],
        [
          { zh: '同度随机图的最大分支占比', en: 'The same in random graphs of equal degrees' },
          of('null_mean'),
          'percent',
        ],
        [
          { zh: '本值在随机图中的百分位', en: 'Percentile among random graphs' },
          of('null_percentile'),
          'percent',
        ],
      ],
      {
        basis: basis(
          organisations + platforms,
          { zh: '个组织与平台', en: 'organisations and platforms' },
          null,
        ),
      },
    )
  },

  chart: (rows): Chart => {
    const shown = rows.map(given =>
      row(
        [...Object.keys(given), 'from_kind', 'to_kind'],
        [...Object.values(given), 'organisation', 'platform'],
      ),
    )
    const kindOf = (column: string) =>
      categoryField(column, { zh: '种类', en: 'Kind' }, { labels: nodeKinds, order: Object.keys(nodeKinds) })
    const ends = [['platform_id', 'platform_name']] as const
    const seen = nodesIn(rows)
    const all = (figure(rows, 'organisations') ?? 0) + (figure(rows, 'platforms') ?? 0)
    return {
      layers: [
        {
          mark: 'network',
          from: categoryField('org_id', { zh: '组织', en: 'Organisation' }),
          to: endField('platform_id', shown, ends),
          kinds: [kindOf('from_kind'), kindOf('to_kind')],
        },
      ],
      rows: shown,
      ...notes(
        seen < all
          ? {
              note: {
                zh: `图中为关系最多的 ${seen} 个组织与平台（共 ${all} 个）及其相互之间的关系`,
                en: `The ${seen} organisations and platforms with most ties, of ${all}, and the ties among them`,
              },
            }
          : {},
      ),
    }
  },

  details: {
    components: {
      name: { zh: '连通分支', en: 'Components' },
      meaning: {
        zh: '一行一个连通分支，最大的在前；所列平台至多十个。',
        en: 'One row a component, the largest first, with at most ten of its platforms.',
      },
      queried: tieColumns,
      result: componentColumns,
      query: tiesQuery,
      derive: rows => {
        const graph = tieGraph(rows)
        return componentsOf(graph).map(({ organisations, platforms }, i) =>
          row(Object.keys(componentColumns), [
            i + 1,
            organisations.length,
            platforms.length,
            (organisations.length + platforms.length) / graph.nodes.length,
            platforms.slice(0, 10).join(', '),
          ]),
        )
      },
      chart: rows => ({
        layers: [
          {
            mark: 'bar',
            x: numberField('share', { zh: '占全部节点', en: 'Share of all nodes' }, 'percent'),
            y: categoryField('component_no', { zh: '连通分支', en: 'Component' }),
          },
        ],
        rows: rows.slice(0, mostBars),
        ...firstOf(Math.min(mostBars, rows.length), rows.length, { zh: '连通分支', en: 'components' }),
      }),
    },
    organisations: {
      name: { zh: '组织', en: 'Organisations' },
      meaning: {
        zh: '一行一个组织及与其有关系的平台数，多的在前。',
        en: 'One row an organisation with the platforms that it is tied to, most first.',
      },
      queried: tieColumns,
      result: organisationColumns,
      query: tiesQuery,
      derive: rows => {
        const graph = tieGraph(rows)
        const componentOf = new Map(
          componentsOf(graph).flatMap(({ organisations }, i) =>
            organisations.map(id => [id, i + 1] as const),
          ),
        )
        return [...platformsByOrganisation(graph)]
          .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
          .map(([id, count]) =>
            row(Object.keys(organisationColumns), [id, count, componentOf.get(id) ?? null]),
          )
      },
    },
    ties: {
      name: { zh: '关系', en: 'Ties' },
      meaning: {
        zh: '一行一个组织与一个平台的关系及其依据；组织或平台为空的行是没有关系的节点。',
        en: 'One row a tie of an organisation to a platform, and what it is told by; a row without one of both is a node without a tie.',
      },
      result: tieColumns,
      query: tiesQuery,
    },
  },

  explanation: {
    meaning: {
      zh: '以组织与平台为节点、以合同、使用和设备归属为边的图中，最大连通分支包含了多少节点：接近 1 表示几乎所有组织与平台经由共同的伙伴连成一片，低则说明生态由互不往来的小圈子组成。旁边给出使用两个及以上平台的组织占比，它们正是连接各平台的纽带。',
      en: 'In the graph of organisations and platforms, tied by contracts, usage and devices, the share of nodes in the largest component: near 1, nearly all hang together through common partners; low, the ecosystem consists of circles that have nothing to do with each other. Beside it stands the share of organisations on two or more platforms, which are what connects platforms.',
    },
    formula: String.raw`S = \frac{\max_c |V_c|}{|V|}, \qquad V = O \cup P, \qquad M = \frac{\#\{\, o \in O : g_o \ge 2 \,\}}{\#\{\, o \in O : g_o \ge 1 \,\}}`,
    symbols: {
      zh: '$O$：组织；$P$：平台；$V$：节点；$V_c$：连通分支 $c$ 的节点；$S$：生态协同度；$g_o$：与组织 $o$ 有关系的平台数；$M$：使用两个及以上平台的组织占比',
      en: '$O$: organisations; $P$: platforms; $V$: nodes; $V_c$: nodes of component $c$; $S$: ecosystem synergy; $g_o$: platforms to which organisation $o$ is tied; $M$: share of organisations on two or more platforms',
    },
    source: {
      zh: '本软件约定，回应《行动方案》所指“协同性不强”。同度随机图：Maslov & Sneppen（2002），Science 296:910–913。',
      en: 'A convention of Assay; it answers the Plan’s finding that synergy is weak. Random graphs of equal degrees: Maslov & Sneppen (2002), Science 296:910–913.',
    },
    cautions: {
      zh: '关系的依据：数据时点前若干个月（默认 12）内有效的合同（已开始，且未终止或在窗口内终止；只看终止日期，不看到期日，终止不晚于开始的不算）；最近若干个自然月内指名组织的使用记录（合计行不说明是谁，用户数为 0 的不算；未写平台的按模型或应用所在平台）；未退役设备的所属组织。图只知道导出的关系：组织编号在各平台之间不统一时，同一组织成了几个，协同度偏低；运营主体自有的设备也是关系。默认只取有关系的节点，没有任何关系的平台不在图中，可改为清单中的全部组织与平台。一两个大平台就能使占比很高，这不等于协同：须与使用两个及以上平台的组织占比、以及同度随机图（固定种子，各节点关系数不变，至多 100 个；关系超过一万条时不比较）一起读——百分位低表示组织的选择比随机更成圈。筛选会截断经由范围外平台的通路；规模、所有制筛选取组织自身；时期筛选移动数据时点，并只留其中月份的使用；此前开始而仍有效的合同照计。不给区间：关系是全部记录而非样本。',
      en: 'A tie is told by a contract in force within the months before the time of the data (12 by default: begun, and not ended or ended within them; the end counts, not the maturity, and one that ends no later than it begins was never in force); by usage that names the organisation in the last calendar months (rows for all together do not say who, 0 users is no use; without a platform that of the model or application is taken); by a device that is not retired and belongs to the organisation. The graph knows only exported ties: where platforms use different ids for one organisation, it becomes several and synergy is too low; an operator’s own devices are ties too. By default only nodes with a tie are in the graph, so platforms without any are not; all listed organisations and platforms are an input. One or two large platforms make the share high without any synergy: read it with the share of organisations on two or more platforms and with random graphs of equal degrees (fixed seed, every number of ties kept, at most 100; none beyond some ten thousand ties). A low percentile means that organisations choose in closer circles than at random. Filters cut paths through platforms out of scope; size and ownership are those of the organisation; a period moves the time of the data and leaves the usage of its months; contracts that began before it and are in force count. There is no interval: ties are recorded, not sampled.',
    },
  },
})

function nodesIn(rows: readonly Row[]): number {
  const of = (column: string) => new Set(rows.flatMap(given => given[column] ?? [])).size
  return of('org_id') + of('platform_id')
}

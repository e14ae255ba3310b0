import type { Chart } from '../../domain/chart.ts'
import { type Row, row } from '../../domain/table.ts'
import { categoryField, numberField, platformField } from '../field.ts'
import { basis, figure, headline, quotient } from '../headline.ts'
import {
  figuresOf,
  missingForPortfolios,
  nameOf,
  type Portfolio,
  portfolioCautions,
  portfolioFigures,
  portfolioInputs,
  portfolioQueried,
  portfolioQuery,
  portfoliosOf,
} from '../portfolio.ts'
import { distances, meansToOthers } from '../portfolio-distance.ts'
import { drawnMeans, meanOf, platformDetail } from '../portfolio-platforms.ts'
import { heightField, portfolioTree, treeDetail, treeNote } from '../portfolio-tree.ts'
import { type InputValues, indicator } from '../recipe.ts'
import { shareBars } from '../share-bars.ts'

const result = {
  platform_id: 'text',
  platform_name: 'text',
  other_id: 'text',
  other_name: 'text',
  distance: 'number',
  merge_height: 'number',
  overall_differentiation: 'number',
  standard_error: 'number',
  by_chance: 'number',
  draws_below: 'number',
  ...portfolioFigures,
} as const

const pairColumns = {
  platform_id: 'text',
  platform_name: 'text',
  items: 'integer',
  other_id: 'text',
  other_name: 'text',
  other_items: 'integer',
  distance: 'number',
} as const

/** Pairs beyond these are those that differ most. */
const mostPairs = 2000

export default indicator({
  id: 'STR-01',
  version: 1,
  name: { zh: '差异化指数', en: 'Differentiation index' },
  unit: 'ratio',
  source: 'Assay; answers the Plan’s “differentiation is insufficient”',
  needs: [],
  uses: ['model', 'application', 'platform'],
  inputs: portfolioInputs,
  queried: portfolioQueried,
  result,

  query: (tables, { of }) => portfolioQuery(tables, of),

  derive: (rows, inputs) => {
    const portfolios = portfoliosOf(rows, inputs)
    const { kept } = portfolios
    const matrix = distances(kept)
    const drawn = drawnMeans(portfolios)
    const overall = meanOf(meansToOthers(matrix))
    const bootstrap = drawn?.bootstrap.of.at(-1)
    const chance = drawn?.allotment.of.at(-1)
    const repeated = [
      overall,
      bootstrap?.sd ?? null,
      chance?.mean ?? null,
      overall === null || !chance ? null : chance.below(overall),
      ...figuresOf(portfolios),
    ]
    const names = Object.keys(result)
    const { tree, joined } = portfolioTree(matrix)
    if (tree.leaves.length < 2) return [row(names, [null, null, null, null, null, null, ...repeated])]
    return tree.leaves.flatMap(i =>
      tree.leaves.map(j => {
        const pair = [matrix[i]?.[j] ?? null, joined[i]?.[j] ?? null]
        return row(names, [...nameOf(kept[i]), ...nameOf(kept[j]), ...pair, ...repeated])
      }),
    )
  },

  headline: (rows, inputs) => {
    const [platforms, all] = [figure(rows, 'platforms') ?? 0, figure(rows, 'all_portfolios') ?? 0]
    return headline(
      figure(rows, 'overall_differentiation'),
      missingForPortfolios(rows, inputs),
      [
        [
          { zh: '随机分配时的期望值（规模相同）', en: 'Expected by chance (same sizes)' },
          figure(rows, 'by_chance'),
          'decimal',
        ],
        [
          { zh: '随机分配中低于本值的占比', en: 'Random allotments below the value' },
          figure(rows, 'draws_below'),
          'percent',
        ],
        [{ zh: '自助法标准误', en: 'Standard error (bootstrap)' }, figure(rows, 'standard_error'), 'decimal'],
        [{ zh: '参与比较的平台', en: 'Platforms compared' }, platforms, 'integer'],
        [
          { zh: '所依据的模型与应用占比', en: 'Share of models and applications it rests on' },
          quotient(figure(rows, 'compared_items') ?? 0, figure(rows, 'all_items') ?? 0),
          'percent',
        ],
      ],
      { basis: basis(platforms, { zh: '个平台', en: 'platforms' }, all) },
    )
  },

  chart: (rows): Chart => {
    const shown = rows.filter(({ distance }) => distance !== null)
    const x = platformField('platform_id', shown)
    const order = [...new Set(shown.map(({ other_id }) => String(other_id)))].toReversed()
    const y = { ...x, field: 'other_id', order }
    return {
      layers: [
        { mark: 'cell', x, y, colour: numberField('distance', distanceName, 'decimal') },
        { mark: 'tree', left: x, right: y, height: heightField },
      ],
      rows: shown,
      note: treeNote(shown, figure(rows, 'platforms') ?? 0),
    }
  },

  details: {
    'by-platform': {
      ...platformDetail,
      name: { zh: '各平台的差异化', en: 'By platform' },
      meaning: {
        zh: '一行一个平台，与其他平台平均差异最大的在前；组合过小而未参与比较的列在最后。区间为随机分配时的 95% 范围，落在其中的平台与“从总体中随机抽取同样多的项”无从区分。',
        en: 'One row a platform, the one that differs most first; those too small to be compared come last. The interval holds 95% of random allotments: a platform inside it cannot be told from as many items drawn at random from all.',
      },
      query: (tables, { of }) => portfolioQuery(tables, of),
      chart: rows => ({
        ...shareBars(rows, {
          value: numberField('differentiation', { zh: '差异化指数', en: 'Differentiation' }, 'decimal'),
          overall: figure(rows, 'overall_differentiation'),
          platforms: { zh: '平台（差异从大到小）', en: 'platforms, the most different first' },
          limits: [
            { zh: '随机分配 2.5%', en: 'Random allotment 2.5%' },
            { zh: '97.5%', en: '97.5%' },
          ],
        }),
      }),
    },
    clustering: { ...treeDetail, query: (tables, { of }) => portfolioQuery(tables, of) },
    pairs: {
      name: { zh: '最相似的平台', en: 'Closest pairs' },
      meaning: {
        zh: `一行一对平台，最相似的在前，至多 ${mostPairs} 对。距离 0 表示组合份额完全相同，1 表示没有任何共同类别。`,
        en: `One row a pair of platforms, the most alike first, at most ${mostPairs}. A distance of 0: equal shares; 1: no class in common.`,
      },
      queried: portfolioQueried,
      result: pairColumns,
      query: (tables, { of }) => portfolioQuery(tables, of),
      derive: closestPairs,
      chart: rows => pairBars(rows.slice(0, 15)),
    },
  },

  explanation: {
    meaning: {
      zh: '各平台的模型与应用在“行业 × 功能”上的构成彼此有多不同。平台之间的距离为其构成的 Jensen–Shannon 散度（以 2 为底）的平方根：0 为完全相同，1 为毫无重叠。每个平台取与其余平台距离的平均，标题数字为全部平台的平均。',
      en: 'How much platforms differ in what their models and applications are for, as shares over industry × function. The distance of two platforms is the square root of the Jensen–Shannon divergence (base 2) of their shares: 0 for the same shares, 1 for nothing in common. Each platform has its mean distance to the others; the headline is the mean over platforms.',
    },
    formula: String.raw`\begin{aligned} D_i &= \frac{1}{n-1} \sum_{j \ne i} \sqrt{J(p_i, p_j)}, \qquad D = \frac{1}{n} \sum_{i=1}^{n} D_i \\ J(p, q) &= H\!\left(\tfrac{p+q}{2}\right) - \tfrac{1}{2} H(p) - \tfrac{1}{2} H(q), \qquad H(p) = -\sum_k p_k \log_2 p_k \end{aligned}`,
    symbols: {
      zh: '$p_i$：平台 $i$ 的模型与应用在各类别中的份额；$k$：类别（行业 × 功能）；$n$：参与比较的平台数；$H$：熵，比特；$J$：Jensen–Shannon 散度；$D_i$：平台 $i$ 与其他平台的平均距离；$D$：差异化指数',
      en: '$p_i$: shares of the classes among the models and applications of platform $i$; $k$: class (industry × function); $n$: platforms compared; $H$: entropy in bits; $J$: Jensen–Shannon divergence; $D_i$: mean distance of platform $i$ to the others; $D$: differentiation index',
    },
    source: {
      zh: '本软件约定。距离：Endres & Schindelin（2003），IEEE Trans. Inf. Theory 49:1858–1860（为度量）；树状图与排列：平均连接聚类 UPGMA（Sokal & Michener, 1958），共表型相关系数（Sokal & Rohlf, 1962）；随机分配为保持各平台项数的置换。',
      en: 'A convention of Assay. Distance: Endres & Schindelin (2003), IEEE Trans. Inf. Theory 49:1858–1860 (it is a metric); tree and order: UPGMA (Sokal & Michener 1958), cophenetic correlation (Sokal & Rohlf 1962); random allotment: a permutation of all items that keeps the size of every portfolio.',
    },
    cautions: {
      zh: `小组合看起来总是不同的：几项内容分在三百多个类别里，即使抽自同一总体也几乎不重叠。因此旁边给出“随机分配时的期望值”：把全部项随机分给各平台、保持各平台项数（固定种子，200 次；平台多于七十余个时渐少，至少 20 次），本值只有高出它才说明真有差异；类别越粗（行业或功能）这一偏差越小。自助法标准误只反映增减项目的波动，不反映上述偏差：模拟表明每个平台 20 项时偏差约为标准误的五十倍，以它作置信区间几乎从不覆盖真值，故不给置信区间。距离等权平均，大小平台同等对待。树状图只概括图中平台两两之间的距离，不划分类别；共表型相关系数（合并高度与原距离的 Pearson 相关）越低，概括越不可靠。${portfolioCautions.zh}`,
      en: `Small portfolios always look different: a few items in over three hundred classes hardly overlap even when drawn from the same whole. So the value expected by chance stands beside: all items dealt out at random, each platform keeping its number (fixed seed, 200 times; fewer beyond some seventy platforms, 20 at least). Only what exceeds it is real difference; coarser classes (industry or function) lessen the effect. The bootstrap standard error tells only how the value moves as items come and go, not this bias: in simulations with 20 items a platform the bias was some fifty times the standard error, and an interval from it hardly ever held the true value, so no confidence interval is given. Platforms weigh the same, large or small. The tree sums up the distances of the platforms shown and makes no groups of them; the lower the cophenetic correlation (Pearson’s, of merge heights with distances), the less it may be trusted. ${portfolioCautions.en}`,
    },
  },
})

const distanceName = { zh: '距离 √JSD', en: 'Distance √JSD' } as const

function closestPairs(rows: readonly Row[], inputs: InputValues<typeof portfolioInputs>): readonly Row[] {
  const { kept } = portfoliosOf(rows, inputs)
  const described = (one: Portfolio | undefined) => [...nameOf(one), one?.size ?? null]
  return distances(kept)
    .flatMap((line, i) => line.slice(0, i).map((distance, j) => ({ j, i, distance })))
    .sort((a, b) => a.distance - b.distance || a.j - b.j || a.i - b.i)
    .slice(0, mostPairs)
    .map(({ i, j, distance }) =>
      row(Object.keys(pairColumns), [...described(kept[j]), ...described(kept[i]), distance]),
    )
}

/** By their ids: two names in one label would be cut off. */
function pairBars(rows: readonly Row[]): Chart {
  return {
    layers: [
      {
        mark: 'bar',
        x: numberField('distance', distanceName, 'decimal'),
        y: categoryField('pair', { zh: '平台对（编号）', en: 'Pair (ids)' }),
      },
    ],
    rows: rows.map(({ platform_id, other_id, distance = null }) =>
      row(['pair', 'distance'], [`${platform_id} – ${other_id}`, distance]),
    ),
  }
}

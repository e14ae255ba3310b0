import type { Chart } from '../domain/chart.ts'
import { formatDecimal } from '../domain/format.ts'
import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row, row, type Value } from '../domain/table.ts'
import {
  averageLinkage,
  copheneticCorrelation,
  copheneticDistances,
  type Dendrogram,
} from '../statistics/statistics.ts'
import { numberField, platformField } from './field.ts'
import { nameOf, type Portfolio, portfolioQueried, portfoliosOf } from './portfolio.ts'
import { distances } from './portfolio-distance.ts'

/** More platforms than this cannot be told apart along the sides of a matrix. */
export const mostInMatrix = 30

type Matrix = readonly (readonly number[])[]

/** The tree over the largest portfolios; `joined` holds the height at which it joins each two of them. */
export interface PortfolioTree {
  readonly apart: Matrix
  readonly tree: Dendrogram
  readonly joined: Matrix
}

/** From the distances of all portfolios, the largest first. */
export function portfolioTree(matrix: Matrix): PortfolioTree {
  const apart = matrix.slice(0, mostInMatrix).map(line => line.slice(0, mostInMatrix))
  const tree = averageLinkage(apart)
  return { apart, tree, joined: copheneticDistances(tree) }
}

/** The height of a merge as charts show it. */
export const heightField = numberField(
  'merge_height',
  { zh: '合并高度（平均 √JSD）', en: 'Merge height (mean √JSD)' },
  'decimal',
)

/** How the figure of all pairs is read: its linkage, how faithful the tree is, and of how many platforms it shows some. */
export function treeNote(pairs: readonly Row[], all: number): Phrase {
  const n = Math.round(Math.sqrt(pairs.length))
  const matrixOf = (column: 'distance' | 'merge_height') =>
    Array.from({ length: n }, (_, i) =>
      pairs.slice(i * n, i * n + n).map(pair => asNumber(pair[column]) ?? 0),
    )
  const faithful = copheneticCorrelation(matrixOf('distance'), matrixOf('merge_height'))
  const said = { ...heightMeaning }
  if (faithful !== null) {
    said.zh += `；共表型相关系数 ${formatDecimal(faithful, 'zh')}`
    said.en += `; cophenetic correlation ${formatDecimal(faithful, 'en')}`
  }
  if (n < all) {
    said.zh += `；仅组合最大的 ${n} 个平台，共 ${all} 个`
    said.en += `; the ${n} largest portfolios of ${all} platforms`
  }
  return said
}

const heightMeaning = {
  zh: '平均连接聚类：合并高度为两侧平台之间距离的平均',
  en: 'Average linkage: a merge height is the mean distance between the platforms of both sides',
}

const columns = {
  merge: 'integer',
  left_cluster: 'integer',
  right_cluster: 'integer',
  merge_height: 'number',
  cluster_size: 'integer',
  platform_id: 'text',
  platform_name: 'text',
  other_id: 'text',
  other_name: 'text',
  distance: 'number',
  left_members: 'text',
  right_members: 'text',
} as const

/** The tree of the figure merge by merge, as `hclust` of R gives it. */
export const treeDetail = {
  name: { zh: '聚类过程', en: 'Clustering' },
  meaning: {
    zh: '图中树状图的每次合并一行，自低到高，写法同 R 的 hclust(d, "average") 之 $merge 与 $height：−i 为组合规模第 i 大的平台，k 为第 k 行所成的类。平台列为两侧之间最相近的一对及其距离；距离相等时组合较大者先合并。',
    en: 'One row a merge of the figure’s tree, the lowest first, written as $merge and $height of hclust(d, "average") in R: −i is the platform with the i-th largest portfolio, k the cluster of row k. Named are the closest two platforms between both sides, with their distance. Of equal distances, larger portfolios merge first.',
  },
  queried: portfolioQueried,
  result: columns,
  derive: mergeRows,
  chart: treeChart,
}

function mergeRows(rows: readonly Row[], inputs: Parameters<typeof portfoliosOf>[1]): readonly Row[] {
  const { kept } = portfoliosOf(rows, inputs)
  const { apart, tree } = portfolioTree(distances(kept))
  const n = tree.leaves.length
  const members: (readonly number[])[] = tree.leaves.map((_, item) => [item])
  return tree.merges.map(({ left, right, height, size }, i) => {
    const [a, b] = [members[left] ?? [], members[right] ?? []]
    members.push([...a, ...b])
    const closest = closestBetween(a, b, apart)
    return row(Object.keys(columns), [
      i + 1,
      signed(left, n),
      signed(right, n),
      height,
      size,
      ...nameOf(kept[closest.one]),
      ...nameOf(kept[closest.other]),
      closest.distance,
      idsOf(a, kept),
      idsOf(b, kept),
    ])
  })
}

/** Items below zero and from 1 on, clusters by the row that made them, as R numbers them. */
function signed(cluster: number, items: number): number {
  return cluster < items ? -cluster - 1 : cluster - items + 1
}

function closestBetween(a: readonly number[], b: readonly number[], apart: Matrix) {
  let closest = { one: -1, other: -1, distance: Number.POSITIVE_INFINITY }
  for (const one of a)
    for (const other of b) {
      const distance = apart[one]?.[other] ?? Number.POSITIVE_INFINITY
      if (distance < closest.distance) closest = { one, other, distance }
    }
  return closest
}

function idsOf(items: readonly number[], kept: readonly Portfolio[]): string {
  return items.map(item => kept[item]?.id ?? '').join('; ')
}

/** Columns of its own, so that the table beside it shows ids as they are. */
function treeChart(rows: readonly Row[]): Chart {
  const names = rows.flatMap(({ platform_id, platform_name, other_id, other_name }) =>
    [
      [platform_id, platform_name],
      [other_id, other_name],
    ].map(([id = null, name = null]) => row(['leaf', 'platform_name'], [id, name])),
  )
  const left = { ...platformField('leaf', names), order: leavesOf(rows).toReversed() }
  return {
    layers: [{ mark: 'tree', left, right: { ...left, field: 'other_leaf' }, height: heightField }],
    rows: rows.map(({ platform_id = null, other_id = null, merge_height = null }) =>
      row(['leaf', 'other_leaf', 'merge_height'], [platform_id, other_id, merge_height]),
    ),
  }
}

/** The platforms so that no branches cross, as in the figure: what the last merge holds, left before right. */
function leavesOf(rows: readonly Row[]): readonly string[] {
  const clusters: (readonly string[])[] = []
  for (const { left_cluster, right_cluster, platform_id, other_id } of rows) {
    const side = (cluster: Value | undefined, id: Value | undefined) =>
      Number(cluster) < 0 ? [String(id)] : (clusters[Number(cluster) - 1] ?? [])
    clusters.push([...side(left_cluster, platform_id), ...side(right_cluster, other_id)])
  }
  return clusters.at(-1) ?? []
}

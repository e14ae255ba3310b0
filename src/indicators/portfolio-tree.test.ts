import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeChart } from '../charts/chart.ts'
import differentiation from './catalogue/differentiation.ts'
import { Trials } from './testing.ts'
import { type Contents, portfolioFixture } from './testing-portfolios.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const classes = ['34/a', '34/b', '38/a', '38/b', '40/c']

function platformsOf(
  counts: Readonly<Record<string, readonly number[]>>,
): Readonly<Record<string, Contents>> {
  const contents = (of: readonly number[]) =>
    Object.fromEntries(of.flatMap((n, k) => (n > 0 ? [[classes[k] ?? '', n]] : [])))
  return Object.fromEntries(Object.entries(counts).map(([id, of]) => [id, contents(of)]))
}

const six = platformsOf({
  A: [12, 6, 2, 0, 0],
  B: [9, 8, 1, 1, 0],
  C: [0, 2, 9, 5, 1],
  D: [1, 1, 7, 6, 1],
  E: [3, 0, 0, 2, 10],
  F: [5, 5, 1, 0, 1],
})

/**
 * R 4.2.2, p the counts above by row: p <- p / rowSums(p); H <- function(x) -sum(x[x > 0] * log2(x[x > 0])); d <- outer(1:6,
 * 1:6, Vectorize(function(i, j) sqrt(H((p[i,] + p[j,]) / 2) - H(p[i,]) / 2 - H(p[j,]) / 2))); h <- hclust(as.dist(d),
 * "average"); h$merge; h$height; cor(cophenetic(h), as.dist(d)).
 */
const merges = [
  [-3, -4],
  [-1, -2],
  [-6, 2],
  [1, 3],
  [-5, 4],
]
const heights = [
  0.210163522273776, 0.210816135909041, 0.257582025953181, 0.737199224415012, 0.776585446929249,
]

test('merges as hclust of R', async () => {
  const rows = await trials.detail(differentiation, 'clustering', await trials.load(portfolioFixture(six)))
  expect(rows.map(row => [row.left_cluster, row.right_cluster])).toEqual(merges)
  rows.forEach((row, i) => {
    expect(row.merge_height).toBeCloseTo(heights[i] ?? Number.NaN, 12)
  })
  expect(rows.map(row => [row.merge, row.cluster_size])).toEqual([
    [1, 2],
    [2, 2],
    [3, 3],
    [4, 5],
    [5, 6],
  ])
  expect(rows.map(row => `${row.left_members} | ${row.right_members}`)).toEqual([
    'C | D',
    'A | B',
    'F | A; B',
    'C; D | F; A; B',
    'E | C; D; F; A; B',
  ])
  // Of the distances in R, that of B and D is the least between {C, D} and {F, A, B}.
  expect([rows[3]?.platform_id, rows[3]?.other_id]).toEqual(['D', 'B'])
  expect(rows[3]?.distance).toBeCloseTo(0.700603619188548, 12)
})

test('the matrix has its tree beside it, pair by pair in the table', async () => {
  const { rows, chart } = await trials.run(differentiation, portfolioFixture(six))
  const joined = (one: string, other: string) =>
    Number(rows.find(row => row.platform_id === one && row.other_id === other)?.merge_height)
  expect(joined('A', 'A')).toBe(0)
  for (const [one, other, merge] of [
    ['C', 'D', 0],
    ['B', 'A', 1],
    ['F', 'B', 2],
    ['B', 'F', 2],
    ['D', 'F', 3],
    ['E', 'A', 4],
  ] as const)
    expect(joined(one, other)).toBeCloseTo(heights[merge] ?? Number.NaN, 12)
  expect(chart.note?.en).toContain('cophenetic correlation 0.9916')
  expect(chart.note?.zh).toContain('共表型相关系数 0.9916')
  expect(describeChart(chart, 'en')).toContain(
    'Dendrogram: 5 merges, Merge height (mean √JSD) 0.210164 to 0.776585.',
  )
})

test('the tree alone has the leaves in the order of the matrix', async () => {
  const loaded = await trials.load(portfolioFixture(six))
  const rows = await trials.detail(differentiation, 'clustering', loaded)
  const chart = differentiation.details?.clustering?.chart?.(rows, {
    of: 'both',
    classes: 'both',
    unknown: 'exclude',
    minimum: 5,
  })
  const [tree] = chart?.layers ?? []
  expect(tree?.mark === 'tree' && tree.left.order).toEqual(['B', 'A', 'F', 'D', 'C', 'E'])
  expect(tree?.mark === 'tree' && tree.left.labels?.F?.en).toBe('平台F')
  expect(chart && describeChart(chart, 'zh')).toBe(
    '聚类树状图：按平台，5 次合并，合并高度（平均 √JSD） 0.210164 至 0.776585。',
  )
})

test('of more platforms the thirty largest portfolios are clustered, and the note says so', async () => {
  // 34 platforms of 8 … 41 items, each of its own mixture of two classes: the smallest four, P00 … P03, are left out.
  const many = Object.fromEntries(
    Array.from({ length: 34 }, (_, i) => [
      `P${String(i).padStart(2, '0')}`,
      { '34/a': 1 + (i % 7), '38/b': 7 + i - (i % 7) },
    ]),
  )
  const loaded = await trials.load(portfolioFixture(many))
  const rows = await trials.detail(differentiation, 'clustering', loaded)
  expect(rows).toHaveLength(29)
  const members = `${rows.at(-1)?.left_members}; ${rows.at(-1)?.right_members}`.split('; ').sort()
  expect(members).toEqual(Object.keys(many).slice(4))
  const { chart } = await trials.run(differentiation, portfolioFixture(many))
  expect(chart.rows).toHaveLength(900)
  expect(chart.note?.en).toContain('the 30 largest portfolios of 34 platforms')
})

test('without two platforms there is no tree', async () => {
  const loaded = await trials.load(portfolioFixture({ A: { '34/a': 9 } }))
  expect(await trials.detail(differentiation, 'clustering', loaded)).toEqual([])
})

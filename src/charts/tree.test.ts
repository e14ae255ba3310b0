import { expect, test } from 'vitest'
import type { Chart, Field } from '../domain/chart.ts'
import { type Row, row } from '../domain/table.ts'
import { chartSvg, describeChart } from './chart.ts'
import { chartOption } from './option.ts'
import { categoryScale } from './scale.ts'
import { examples, withRows } from './testing.ts'
import { jointsOf, type TreeLayer } from './tree.ts'
import { ticksTo } from './tree-room.ts'

const [matrix, tree] = examples.tree.layers
const alone: Chart = { ...examples.tree, layers: tree ? [tree] : [] }

function draw(chart: Chart, width = 480, height = 300): string {
  return chartSvg(chart, { language: 'en', theme: 'light', width, height, background: 'transparent' })
}

/** The corners of the brackets, one list a joint. */
function brackets(svg: string): readonly (readonly number[])[] {
  return [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points = '']) =>
    points.split(' ').map(Number),
  )
}

function words(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.trim())
}

test('leaves stand at the rows of the matrix, heights on one scale', () => {
  const svg = draw(examples.tree)
  const edges = [...svg.matchAll(/<path d="M[\d.]+ ([\d.]+)L[^"]*"[^>]*fill="#dcecf4"/g)]
  // The four cells of the diagonal are the palest; each is half a row above its leaf.
  const tops = edges.map(([, top]) => Number(top))
  const [one = [], two = [], three = []] = brackets(svg)
  const leaves = [one[1], one[7], two[7], three[7]].map(Number)
  expect(tops).toHaveLength(4)
  leaves.forEach((at, i) => {
    expect(at - (tops[i] ?? 0)).toBeCloseTo((leaves[0] ?? 0) - (tops[0] ?? 0), 0)
    expect(at - (leaves[0] ?? 0)).toBeCloseTo(i * ((leaves[1] ?? 0) - (leaves[0] ?? 0)), 0)
  })
  // Heights 0.2, 0.55 and 0.8: reach of the brackets from the leaves in these proportions.
  const edge = one[0] ?? 0
  const reach = [one, two, three].map(([, , left = 0]) => edge - left)
  expect((reach[0] ?? 0) / (reach[2] ?? 1)).toBeCloseTo(0.2 / 0.8, 2)
  expect((reach[1] ?? 0) / (reach[2] ?? 1)).toBeCloseTo(0.55 / 0.8, 2)
  // A joint starts where the one below it stands: the middle of its leaves, at its height.
  expect(two[0]).toBe(one[2])
  // The picture has one decimal: half of a sum of two such numbers may be off by a tenth.
  expect(Math.abs((two[1] ?? 0) - ((one[1] ?? 0) + (one[7] ?? 0)) / 2)).toBeLessThan(0.11)
})

test('the name of the heights, their numbers and the tree go with the matrix; a small picture is the matrix alone', () => {
  expect(words(draw(examples.tree))).toEqual(expect.arrayContaining(['Merge height', '0%', '50%']))
  const small = draw(examples.tree, 300, 200)
  expect(brackets(small)).toHaveLength(0)
  expect(words(small)).not.toContain('Merge height')
  expect(words(small)).toContain('Platform')
})

test('a merge a row and a pair a row give the same tree', () => {
  const columns = ['platform', 'other', 'share', 'joined']
  const merges = [
    row(columns, ['supET', '航天云网', null, 0.2]),
    row(columns, ['航天云网', '卡奥斯 COSMOPlat', null, 0.55]),
    row(columns, ['无名平台', 'supET', null, 0.8]),
  ]
  const svg = draw(alone)
  expect(brackets(svg)).toHaveLength(3)
  expect(draw(withRows(alone, merges))).toBe(svg)
})

test('alone, heights run along x from the leaves at the right', () => {
  const svg = draw(alone)
  const [one = [], , three = []] = brackets(svg)
  expect(one[2]).toBeLessThan(one[0] ?? 0)
  expect(three[2]).toBeLessThan(one[2] ?? 0)
  expect(words(svg)).toEqual(expect.arrayContaining(['Merge height', 'supET', '80%', '0%']))
})

test('equal heights join neighbours first, and what is joined is not joined again', () => {
  const field = (name: string, scale: Field['scale']): Field => {
    return { field: name, name: { zh: name, en: name }, scale }
  }
  const names = ['a', 'b', 'c', 'd']
  const layer: TreeLayer = {
    mark: 'tree',
    left: { ...field('i', 'category'), order: names },
    right: field('j', 'category'),
    height: field('h', 'number'),
  }
  const rows: readonly Row[] = names.flatMap(i =>
    names.map(j => row(['i', 'j', 'h'], [i, j, i === j ? 0 : 1])),
  )
  const joints = jointsOf(layer, rows, categoryScale(layer.left, rows, 'en', [layer.left, layer.right]))
  expect(joints.map(({ low, high }) => [low.first, low.last, high.first, high.last])).toEqual([
    [0, 0, 1, 1],
    [0, 1, 2, 2],
    [0, 2, 3, 3],
  ])
})

test('pointing at a joint tells what it joins, and how high', () => {
  const look = { language: 'en', theme: 'light', width: 480, height: 300, fontFamily: 'x' } as const
  const series = [chartOption(examples.tree, look).series ?? []].flat()
  const joints = series.find(({ id }) => String(id).startsWith('tree platform'))
  expect(joints).toMatchObject({ name: 'Merge height', tooltip: { trigger: 'item' } })
  expect(joints && 'data' in joints ? joints.data : []).toMatchObject([
    { name: 'supET + 航天云网', value: [Number.NaN, Number.NaN, '20%'] },
    { name: 'supET … 航天云网 (2) + 卡奥斯 COSMOPlat', value: [Number.NaN, Number.NaN, '55%'] },
    { name: 'supET … 卡奥斯 COSMOPlat (3) + 无名平台', value: [Number.NaN, Number.NaN, '80%'] },
  ])
})

test('holds three hundred and forty leaves', () => {
  const columns = ['platform', 'other', 'joined']
  const rows = Array.from({ length: 339 }, (_, i) =>
    row(columns, [`P${i}`, `P${i + 1}`, ((i * 7919) % 1009) / 1009]),
  )
  const svg = draw(withRows(alone, rows), 900, 500)
  expect(brackets(svg)).toHaveLength(339)
  expect(svg).not.toMatch(/NaN|undefined|Infinity/)
})

test('is told in words beside its matrix and alone', () => {
  expect(describeChart(examples.tree, 'en')).toContain('Dendrogram: 3 merges, Merge height 20% to 80%.')
  expect(describeChart(alone, 'zh')).toBe('聚类树状图：按平台，3 次合并，合并高度 20% 至 80%。')
  expect(matrix?.mark).toBe('cell')
})

test('ticks are round and end before the top', () => {
  expect(ticksTo(0.9, 4)).toEqual([0, 0.25, 0.5, 0.75])
  expect(ticksTo(1, 4)).toEqual([0, 0.25, 0.5, 0.75, 1])
  expect(ticksTo(130, 3)).toEqual([0, 50, 100])
  expect(ticksTo(0.0007, 2)).toHaveLength(2)
})

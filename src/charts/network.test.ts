import { describe, expect, test } from 'vitest'
import { row } from '../domain/table.ts'
import { type GraphLink, graphOf } from './graph.ts'
import { labelsOf } from './network-label.ts'
import { networkLayout } from './network-layout.ts'
import { pack } from './network-pack.ts'

const field = (name: string) => ({ field: name, name: { zh: name, en: name }, scale: 'category' }) as const
const layer = { mark: 'network', from: field('from'), to: field('to') } as const
const kinded = { ...layer, kinds: [field('kind'), field('other')] } as const
const link = (from: string | null, to: string | null, kind = 'a', other = 'b') =>
  row(['from', 'to', 'kind', 'other'], [from, to, kind, other])

describe('a graph of rows', () => {
  test('counts a repeated link once in either direction, a loop not at all', () => {
    const { nodes, links } = graphOf(layer, [link('x', 'y'), link('y', 'x'), link('x', 'x')], 'en')
    expect(nodes.map(({ name, degree }) => [name, degree])).toEqual([
      ['x', 1],
      ['y', 1],
    ])
    expect(links).toEqual([[0, 1]])
  })

  test('keeps a node without links, from either column, and drops a row without names', () => {
    const { nodes, links } = graphOf(layer, [link('x', null), link(null, 'y'), link(null, null)], 'en')
    expect(nodes.map(({ name }) => name)).toEqual(['x', 'y'])
    expect(links).toEqual([])
  })

  test('tells nodes of one name apart by their kind, where kinds are given', () => {
    expect(graphOf(layer, [link('x', 'x')], 'en').nodes).toHaveLength(1)
    const { nodes, links } = graphOf(kinded, [link('x', 'x')], 'en')
    expect(nodes.map(({ kind }) => kind)).toEqual(['a', 'b'])
    expect(links).toEqual([[0, 1]])
  })
})

describe('the layout', () => {
  /** A ring of 20 with 40 leaves, a pair, and 9 nodes alone. */
  const ring = Array.from({ length: 20 }, (_, i): GraphLink => [i, (i + 1) % 20])
  const leaves = Array.from({ length: 40 }, (_, i): GraphLink => [i % 7, 20 + i])
  const links = [...ring, ...leaves, [60, 61] satisfies GraphLink]
  const radii = Array.from({ length: 71 }, (_, i) => (i < 20 ? 8 : 4))

  test.each([
    [900, 340],
    [360, 240],
    [240, 500],
  ])('keeps every node within %i × %i, none on another', (width, height) => {
    const points = networkLayout(radii, links, width, height)
    for (const [i, { x, y }] of points.entries()) {
      const radius = radii[i] ?? 0
      expect(Math.min(x - radius, width - radius - x, y - radius, height - radius - y)).toBeGreaterThan(0)
      for (const [j, other] of points.slice(0, i).entries())
        expect(Math.hypot(x - other.x, y - other.y)).toBeGreaterThan(radius + (radii[j] ?? 0) - 0.5)
    }
  })

  test('is the same each time', () => {
    expect(networkLayout(radii, links, 600, 300)).toEqual(networkLayout(radii, links, 600, 300))
  })

  test('brings linked nodes nearer than others', () => {
    const points = networkLayout(radii, links, 900, 600)
    const distance = (i: number, j: number) =>
      Math.hypot((points[i]?.x ?? 0) - (points[j]?.x ?? 0), (points[i]?.y ?? 0) - (points[j]?.y ?? 0))
    const mean = (pairs: readonly GraphLink[]) =>
      pairs.reduce((sum, [i, j]) => sum + distance(i, j), 0) / pairs.length
    const all = ring.flatMap(([i]) => ring.slice(0, i).map(([j]): GraphLink => [i, j]))
    expect(mean(links)).toBeLessThan(mean(all) / 2)
  })
})

test('packed blocks do not overlap and lie within the size that is told', () => {
  const sizes = [
    [9, 7],
    [4, 5],
    [4, 2],
    [3, 2],
    [2, 1],
    [1, 1],
  ] as const
  const blocks = sizes.map(([width, height], i) => ({ nodes: [i], points: [], width, height }))
  const { places, width, height } = pack(blocks, 900, 340)
  for (const [i, { block, x, y }] of places.entries()) {
    expect(x + block.width).toBeLessThanOrEqual(width + 1e-6)
    expect(y + block.height).toBeLessThanOrEqual(height + 1e-6)
    for (const other of places.slice(0, i)) {
      const across = x < other.x + other.block.width - 1e-6 && other.x < x + block.width - 1e-6
      const down = y < other.y + other.block.height - 1e-6 && other.y < y + block.height - 1e-6
      expect(across && down).toBe(false)
    }
  }
})

test('names touch neither each other nor another node, the most linked node has its name first', () => {
  const look = { language: 'en', theme: 'light', width: 300, height: 200, fontFamily: 'Inter' } as const
  const discs = Array.from({ length: 60 }, (_, i) => ({
    name: `node ${i}`,
    degree: 60 - i,
    x: 20 + (i % 10) * 29,
    y: 20 + Math.floor(i / 10) * 30,
    radius: 4,
  }))
  const labels = labelsOf(discs, look, 0)
  expect(labels.has(0)).toBe(true)
  expect(labels.size).toBeGreaterThan(10)
  const boxes = [...labels].map(([i, { x, y, align, width }]) => {
    const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2
    return { i, left, right: left + width, top: y - 7, bottom: y + 7 }
  })
  for (const [n, one] of boxes.entries()) {
    for (const other of boxes.slice(0, n))
      expect(
        one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
      ).toBe(false)
    for (const [i, { x, y }] of discs.entries())
      if (i !== one.i) expect(x > one.left && x < one.right && y > one.top && y < one.bottom).toBe(false)
  }
})

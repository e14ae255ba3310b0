import type { GraphLink } from './graph.ts'

/** A connected part as a tree round its most linked node; places in `nodes` stand for nodes in `links`. */
export interface Tree {
  readonly nodes: readonly number[]
  readonly links: readonly GraphLink[]
  readonly start: readonly { readonly x: number; readonly y: number }[]
}

/** The connected parts of a graph, each by its nodes in the order in which they are given. */
export function componentsOf(neighbours: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const seen = new Set<number>()
  return neighbours.flatMap((_, first) => {
    if (seen.has(first)) return []
    const part = reached(first, neighbours)
    for (const node of part) seen.add(node)
    return [[...part].sort((a, b) => a - b)]
  })
}

/** Breadth first, with the node from which each was reached. */
function walk(first: number, neighbours: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const parents = new Map([[first, first]])
  for (const node of parents.keys()) {
    for (const next of neighbours[node] ?? []) if (!parents.has(next)) parents.set(next, node)
  }
  return parents
}

function reached(first: number, neighbours: readonly (readonly number[])[]): readonly number[] {
  return [...walk(first, neighbours).keys()]
}

/** Rings round the most linked node, one a step away from it; a branch takes the angle that its leaves need. */
export function radialStart(nodes: readonly number[], neighbours: readonly (readonly number[])[]): Tree {
  const degree = (node: number) => neighbours[node]?.length ?? 0
  const root = nodes.reduce((best, node) => (degree(node) > degree(best) ? node : best), nodes[0] ?? 0)
  const parents = walk(root, neighbours)
  const order = [...parents.keys()]
  const leaves = leavesOf(order, parents)
  const from = new Map<number, number>([[root, 0]])
  const next = new Map<number, number>()
  const depth = new Map<number, number>([[root, 0]])
  for (const node of order.slice(1)) {
    const parent = parents.get(node) ?? root
    const at = next.get(parent) ?? from.get(parent) ?? 0
    from.set(node, at)
    next.set(parent, at + (leaves.get(node) ?? 1))
    depth.set(node, (depth.get(parent) ?? 0) + 1)
  }
  const all = leaves.get(root) ?? 1
  const place = new Map(order.map((node, i) => [node, i]))
  return {
    nodes: order,
    links: order.flatMap((node, i) =>
      (neighbours[node] ?? []).flatMap(other => {
        const j = place.get(other) ?? i
        return j > i ? [[i, j] satisfies GraphLink] : []
      }),
    ),
    start: order.map(node => {
      const angle = (2 * Math.PI * ((from.get(node) ?? 0) + (leaves.get(node) ?? 1) / 2)) / all
      const radius = (depth.get(node) ?? 0) * Math.max(1, Math.sqrt(nodes.length) / 3)
      return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
    }),
  }
}

/** How many leaves hang under each node of the tree, itself if it is one. */
function leavesOf(
  order: readonly number[],
  parents: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const node of [...order].reverse()) {
    const own = found.get(node) ?? 1
    found.set(node, own)
    const parent = parents.get(node) ?? node
    if (parent !== node) found.set(parent, (found.get(parent) ?? 0) + own)
  }
  return found
}

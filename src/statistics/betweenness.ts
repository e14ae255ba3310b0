import { type Link, simpleLinks } from './graph.ts'

/**
 * How many shortest paths between two others pass each node, a pair with several giving each its part (Brandes 2001, J.
 * Math. Sociology 25, 163–177), of the simple, undirected graph. Node -> betweenness, 0 for one without links. Takes
 * nodes × links steps.
 */
export function betweenness(nodes: readonly string[], links: readonly Link[]): ReadonlyMap<string, number> {
  const simple = simpleLinks(links)
  const names = [...new Set([...nodes, ...simple.flatMap(({ from, to }) => [from, to])])]
  const number = new Map(names.map((name, i) => [name, i]))
  const neighbours: number[][] = names.map(() => [])
  for (const { from, to } of simple) {
    const [a, b] = [number.get(from) ?? 0, number.get(to) ?? 0]
    neighbours[a]?.push(b)
    neighbours[b]?.push(a)
  }
  const passed = new Float64Array(names.length)
  neighbours.forEach((own, source) => {
    if (own.length > 0) addPathsFrom(source, neighbours, passed)
  })
  // Every pair was met from both its ends.
  return new Map(names.map((name, i) => [name, (passed[i] ?? 0) / 2]))
}

/** Adds what all shortest paths from one node give to the nodes between. */
function addPathsFrom(
  source: number,
  neighbours: readonly (readonly number[])[],
  passed: Float64Array,
): void {
  const distance = new Int32Array(neighbours.length).fill(-1)
  const paths = new Float64Array(neighbours.length)
  distance[source] = 0
  paths[source] = 1
  const order = [source]
  for (let i = 0; i < order.length; i++) {
    const at = order[i] ?? 0
    for (const next of neighbours[at] ?? []) {
      if (distance[next] === -1) {
        distance[next] = (distance[at] ?? 0) + 1
        order.push(next)
      }
      if (distance[next] === (distance[at] ?? 0) + 1) paths[next] = (paths[next] ?? 0) + (paths[at] ?? 0)
    }
  }
  const dependency = new Float64Array(neighbours.length)
  for (const at of order.reverse()) {
    for (const before of neighbours[at] ?? []) {
      if (distance[before] !== (distance[at] ?? 0) - 1) continue
      const part = ((paths[before] ?? 0) / (paths[at] ?? 1)) * (1 + (dependency[at] ?? 0))
      dependency[before] = (dependency[before] ?? 0) + part
    }
    if (at !== source) passed[at] = (passed[at] ?? 0) + (dependency[at] ?? 0)
  }
}

/**
 * Freeman's betweenness centralisation Σ(max − betweenness) / ((n − 1)²(n − 2)/2): 1 for a star, 0 where all lie between
 * as often (Freeman 1979, Social Networks 1, 215–239). Null with fewer than 3 nodes.
 */
export function betweennessCentralisation(nodes: readonly string[], links: readonly Link[]): number | null {
  const found = [...betweenness(nodes, links).values()]
  const n = found.length
  if (n < 3) return null
  const most = found.reduce((top, value) => Math.max(top, value), 0)
  return found.reduce((sum, value) => sum + most - value, 0) / (((n - 1) ** 2 * (n - 2)) / 2)
}

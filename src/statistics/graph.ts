/** A line between two nodes, by their names. */
export interface Link {
  readonly from: string
  readonly to: string
}

/**
 * The connected components, largest first (of equal size the one whose node comes first), by union–find (Tarjan 1975).
 * The direction of a link does not matter; the ends of links are nodes too.
 */
export function components(nodes: readonly string[], links: readonly Link[]): readonly (readonly string[])[] {
  const index = numbersOf(nodes, links)
  const parents = Array.from({ length: index.size }, (_, i) => i)
  for (const { from, to } of links) {
    const [a, b] = [rootOf(index.get(from) ?? 0, parents), rootOf(index.get(to) ?? 0, parents)]
    parents[Math.max(a, b)] = Math.min(a, b)
  }
  const members = new Map<number, string[]>()
  for (const [name, i] of index) {
    const root = rootOf(i, parents)
    const known = members.get(root)
    if (known === undefined) members.set(root, [name])
    else known.push(name)
  }
  return [...members.values()].sort((a, b) => b.length - a.length)
}

/** The share of all nodes that lie in the largest component, in (0, 1]; null without nodes. */
export function largestComponentShare(nodes: readonly string[], links: readonly Link[]): number | null {
  const found = components(nodes, links)
  const all = found.reduce((sum, { length }) => sum + length, 0)
  return all === 0 ? null : (found[0]?.length ?? 0) / all
}

/** 2m / (n(n − 1)) of the simple graph: directions, repeats and loops do not count. Null with fewer than 2 nodes. */
export function density(nodes: readonly string[], links: readonly Link[]): number | null {
  const n = numbersOf(nodes, links).size
  return n < 2 ? null : (2 * simpleLinks(links).length) / (n * (n - 1))
}

/** m / (a·b) of a graph between two kinds of nodes, `from` of one kind and `to` of the other; null where one is empty. */
export function bipartiteDensity(
  left: readonly string[],
  right: readonly string[],
  links: readonly Link[],
): number | null {
  const a = new Set([...left, ...links.map(({ from }) => from)]).size
  const b = new Set([...right, ...links.map(({ to }) => to)]).size
  return a === 0 || b === 0 ? null : simpleLinks(links, true).length / (a * b)
}

/**
 * Freeman's degree centralisation Σ(max − degree) / ((n − 1)(n − 2)) of the simple graph: 1 for a star, 0 where all
 * have the same degree (Freeman 1979, Social Networks 1, 215–239). Null with fewer than 3 nodes.
 */
export function degreeCentralisation(nodes: readonly string[], links: readonly Link[]): number | null {
  const degrees = new Map([...numbersOf(nodes, links).keys()].map(name => [name, 0]))
  const n = degrees.size
  if (n < 3) return null
  for (const { from, to } of simpleLinks(links))
    for (const end of [from, to]) degrees.set(end, (degrees.get(end) ?? 0) + 1)
  const all = [...degrees.values()]
  const most = all.reduce((max, degree) => Math.max(max, degree), 0)
  return all.reduce((sum, degree) => sum + most - degree, 0) / ((n - 1) * (n - 2))
}

/** Which nodes on the left share a node on the right: one link for each such pair. Quadratic in a right node's degree. */
export function projection(links: readonly Link[]): readonly Link[] {
  const lefts = new Map<string, string[]>()
  for (const { from, to } of simpleLinks(links, true)) {
    const known = lefts.get(to)
    if (known === undefined) lefts.set(to, [from])
    else known.push(from)
  }
  return simpleLinks(
    [...lefts.values()].flatMap(names =>
      names.flatMap((from, i) => names.slice(i + 1).map(to => ({ from, to }))),
    ),
  )
}

/**
 * Each link once, without loops. In a bipartite graph `from` and `to` are of different kinds, so that (a, b) and (b, a)
 * are two links and (a, a) is no loop.
 */
export function simpleLinks(links: readonly Link[], bipartite = false): readonly Link[] {
  const seen = new Map<string, Set<string>>()
  return links.filter(({ from, to }) => {
    if (!bipartite && from === to) return false
    const [a, b] = bipartite || from < to ? [from, to] : [to, from]
    const others = seen.get(a) ?? new Set()
    if (others.has(b)) return false
    seen.set(a, others.add(b))
    return true
  })
}

function numbersOf(nodes: readonly string[], links: readonly Link[]): ReadonlyMap<string, number> {
  const names = new Set(nodes)
  for (const { from, to } of links) names.add(from).add(to)
  return new Map([...names].map((name, i) => [name, i]))
}

/** The first node of its component; the way there is halved. */
function rootOf(node: number, parents: number[]): number {
  let at = node
  for (let up = parents[at] ?? at; up !== at; up = parents[at] ?? at) {
    const above = parents[up] ?? up
    parents[at] = above
    at = above
  }
  return at
}

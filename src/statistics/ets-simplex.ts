/** A point of the search and its cost. */
interface Vertex {
  readonly at: readonly number[]
  readonly cost: number
}

/**
 * Minimises a function by the simplex of Nelder & Mead (1965, The Computer Journal 7, 308–313) with the coefficients
 * 1, 2, ½, ½. Deterministic. Stops when the costs of the simplex differ by less than `tolerance`, or after `steps`.
 */
export function nelderMead(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  { size = 0.2, tolerance = 1e-10, steps = 1000 } = {},
): Vertex {
  const vertex = (at: readonly number[]): Vertex => ({ at, cost: cost(at) })
  let simplex = [vertex(start), ...start.map((_, i) => vertex(start.map((x, j) => (i === j ? x + size : x))))]
  for (let step = 0; step < steps; step++) {
    simplex.sort((a, b) => a.cost - b.cost)
    const [best, worst] = ends(simplex)
    if (worst.cost - best.cost < tolerance) return best
    const better = replacement(simplex, vertex)
    simplex = better === null ? shrunk(simplex, vertex) : [...simplex.slice(0, -1), better]
  }
  return ends(simplex.sort((a, b) => a.cost - b.cost))[0]
}

/** What takes the place of the worst vertex, or null where the simplex has to shrink. */
function replacement(simplex: readonly Vertex[], vertex: (at: readonly number[]) => Vertex): Vertex | null {
  const [best, worst] = ends(simplex)
  const others = simplex.slice(0, -1)
  const second = others.at(-1) ?? best
  const centre = worst.at.map((_, i) => others.reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / others.length)
  const along = (by: number) => vertex(centre.map((x, i) => x + by * (x - (worst.at[i] ?? 0))))
  const reflected = along(1)
  if (reflected.cost < best.cost) {
    const expanded = along(2)
    return expanded.cost < reflected.cost ? expanded : reflected
  }
  if (reflected.cost < second.cost) return reflected
  const contracted = along(reflected.cost < worst.cost ? 0.5 : -0.5)
  return contracted.cost < Math.min(reflected.cost, worst.cost) ? contracted : null
}

function shrunk(simplex: readonly Vertex[], vertex: (at: readonly number[]) => Vertex): Vertex[] {
  const [best] = ends(simplex)
  const towards = ({ at }: Vertex) => vertex(at.map((x, i) => (x + (best.at[i] ?? 0)) / 2))
  return [best, ...simplex.slice(1).map(towards)]
}

function ends(simplex: readonly Vertex[]): readonly [Vertex, Vertex] {
  const [best, worst] = [simplex[0], simplex.at(-1)]
  if (best === undefined || worst === undefined) throw new RangeError('a simplex has vertices')
  return [best, worst]
}

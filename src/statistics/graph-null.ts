import { type Link, simpleLinks } from './graph.ts'
import { type Random, seededRandom } from './random.ts'

export interface NullOptions {
  /** Graphs drawn. */
  readonly replicates?: number
  readonly seed?: number | string
  /** `from` and `to` are nodes of two kinds; else the graph is undirected. */
  readonly bipartite?: boolean
  /** Swaps tried for each link between two graphs. */
  readonly swapsPerLink?: number
}

/** How a statistic of a graph compares with graphs in which every node has as many links, but to others. */
export interface DegreePreservingNull {
  readonly observed: number
  readonly mean: number
  readonly sd: number
  /** (observed − mean) / sd; null where the drawn graphs do not differ. */
  readonly z: number | null
  /** Share of drawn graphs below the observed value, those equal to it counting half. */
  readonly percentile: number
  /** One-sided Monte Carlo p-values (r + 1)/(R + 1) (Davison & Hinkley 1997, 4.2). */
  readonly pAtLeast: number
  readonly pAtMost: number
  readonly replicates: number
  /** Share of tried swaps that could be made; near 0 the graphs hardly differ, and neither does the statistic. */
  readonly swapped: number
}

/**
 * Draws graphs with the same degrees by double-edge swaps (Maslov & Sneppen 2002, Science 296, 910–913; a swap that
 * cannot be made counts as a step, Fosdick et al. 2018, SIAM Review 60, 315–355). The first graph is reached after ten
 * times the usual number of swaps. A statistic of the degrees alone, such as degree centralisation, is the same in every drawn graph: z is
 * null. Repeated links and loops are left out first. Null with fewer than 2 links, or where the statistic is null.
 * Takes about links × swapsPerLink × replicates steps.
 */
export function degreePreservingNull(
  links: readonly Link[],
  statistic: (links: readonly Link[]) => number | null,
  { replicates = 500, seed = 1, bipartite = false, swapsPerLink = 10 }: NullOptions = {},
): DegreePreservingNull | null {
  const simple = simpleLinks(links, bipartite)
  const observed = simple.length < 2 ? null : statistic(simple)
  if (observed === null || replicates < 1) return null
  const graph = swappable(simple, bipartite)
  const random = seededRandom(seed)
  const steps = Math.max(1, Math.round(simple.length * swapsPerLink))
  let made = swaps(graph, random, 9 * steps)
  const values: number[] = []
  for (let i = 0; i < replicates; i++) {
    made += swaps(graph, random, steps)
    const value = statistic(graph.links())
    if (value === null) return null
    values.push(value)
  }
  return compared(observed, values, made / (steps * (replicates + 9)))
}

function compared(observed: number, values: readonly number[], swapped: number): DegreePreservingNull {
  const n = values.length
  const same = values.every(value => value === values[0])
  const mean = same ? (values[0] ?? 0) : values.reduce((sum, value) => sum + value, 0) / n
  const sd = same ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1))
  const below = values.filter(value => value < observed).length
  const above = values.filter(value => value > observed).length
  return {
    ...{ observed, mean, sd, swapped, replicates: n },
    z: sd === 0 ? null : (observed - mean) / sd,
    percentile: (below + (n - below - above) / 2) / n,
    pAtLeast: (n - below + 1) / (n + 1),
    pAtMost: (n - above + 1) / (n + 1),
  }
}

/** A graph whose links can be rewired in place. Left and right ends have numbers of their own where it is bipartite. */
interface Swappable {
  readonly froms: Int32Array
  readonly tos: Int32Array
  readonly bipartite: boolean
  /** One number for each pair of ends that is linked. */
  readonly present: Set<number>
  readonly key: (from: number, to: number) => number
  readonly links: () => readonly Link[]
}

function swappable(links: readonly Link[], bipartite: boolean): Swappable {
  const left = namesOf(links.flatMap(({ from, to }) => (bipartite ? [from] : [from, to])))
  const right = bipartite ? namesOf(links.map(({ to }) => to)) : left
  const froms = Int32Array.from(links, ({ from }) => left.number.get(from) ?? 0)
  const tos = Int32Array.from(links, ({ to }) => right.number.get(to) ?? 0)
  const width = right.names.length
  const key = (from: number, to: number) => (bipartite || from < to ? from * width + to : to * width + from)
  const present = new Set(links.map((_, i) => key(froms[i] ?? 0, tos[i] ?? 0)))
  const name = (from: number, i: number): Link => ({
    from: left.names[from] ?? '',
    to: right.names[tos[i] ?? 0] ?? '',
  })
  return { froms, tos, bipartite, present, key, links: () => Array.from(froms, name) }
}

function namesOf(all: readonly string[]) {
  const names = [...new Set(all)]
  return { names, number: new Map(names.map((name, i) => [name, i])) }
}

/** Tries a number of swaps and says how many were made. */
function swaps(graph: Swappable, random: Random, steps: number): number {
  let made = 0
  for (let i = 0; i < steps; i++) if (swap(graph, random)) made++
  return made
}

/** (a, b), (c, d) → (a, d), (c, b), unless that makes a loop or a link that is there already. */
function swap({ froms, tos, bipartite, present, key }: Swappable, random: Random): boolean {
  const [i, j] = [random.below(froms.length), random.below(froms.length)]
  const [a = 0, b = 0] = [froms[i], tos[i]]
  const turned = !bipartite && random.below(2) === 1
  const [c = 0, d = 0] = turned ? [tos[j], froms[j]] : [froms[j], tos[j]]
  if (!bipartite && (a === d || c === b)) return false
  const [one, two] = [key(a, d), key(c, b)]
  if (i === j || one === two || present.has(one) || present.has(two)) return false
  present.delete(key(a, b))
  present.delete(key(c, d))
  present.add(one).add(two)
  tos[i] = d
  froms[j] = c
  tos[j] = b
  return true
}

import type { Row } from '../domain/table.ts'
import {
  components,
  degreePreservingNull,
  type Link,
  largestComponentShare,
} from '../statistics/statistics.ts'

/** The graph of organisations and platforms from the rows of `tiesQuery`. Names bear their kind, for both may have the same ids. */
export interface TieGraph {
  readonly nodes: readonly string[]
  /** From organisation to platform. */
  readonly links: readonly Link[]
}

export const organisationNode = (id: string) => `organisation ${id}`
export const platformNode = (id: string) => `platform ${id}`

export function tieGraph(rows: readonly Row[]): TieGraph {
  const nodes = new Set<string>()
  const links: Link[] = []
  for (const { org_id, platform_id } of rows) {
    const from = typeof org_id === 'string' ? organisationNode(org_id) : null
    const to = typeof platform_id === 'string' ? platformNode(platform_id) : null
    for (const node of [from, to]) if (node !== null) nodes.add(node)
    if (from !== null && to !== null) links.push({ from, to })
  }
  return { nodes: [...nodes], links }
}

/** A component's members by kind, largest component first. */
export interface Component {
  readonly organisations: readonly string[]
  readonly platforms: readonly string[]
}

/** The components of the graph, largest first, with the ids of their members. */
export function componentsOf({ nodes, links }: TieGraph): readonly Component[] {
  return components(nodes, links).map(members => ({
    organisations: idsOf(members, organisationNode('')),
    platforms: idsOf(members, platformNode('')),
  }))
}

function idsOf(members: readonly string[], prefix: string): readonly string[] {
  return members.filter(node => node.startsWith(prefix)).map(node => node.slice(prefix.length))
}

/** Links of all graphs drawn together, and the fewest graphs that are worth a comparison. */
const mostLinks = 200_000
const fewestGraphs = 19

/** How the largest component's share compares with graphs in which each has as many ties, but to others. */
export function comparedWithRandom({ nodes, links }: TieGraph) {
  const replicates = Math.min(100, Math.floor(mostLinks / Math.max(1, links.length)))
  if (replicates < fewestGraphs) return null
  return degreePreservingNull(links, drawn => largestComponentShare(nodes, drawn), {
    replicates,
    bipartite: true,
    swapsPerLink: 3,
  })
}

/** Organisations by the number of platforms that they are tied to. */
export function platformsByOrganisation({ nodes, links }: TieGraph): ReadonlyMap<string, number> {
  const prefix = organisationNode('')
  const found = new Map(idsOf(nodes, prefix).map(id => [id, 0]))
  for (const { from } of links) {
    const id = from.slice(prefix.length)
    found.set(id, (found.get(id) ?? 0) + 1)
  }
  return found
}

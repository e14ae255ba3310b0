import type { Row } from '../domain/table.ts'
import {
  betweennessCentralisation,
  degreeCentralisation,
  degreePreservingNull,
  density,
  type Link,
  largestComponentShare,
} from '../statistics/statistics.ts'

/** What the graph of platforms is like; every row of the result repeats it. */
export const linkFigures = {
  platforms: 'integer',
  linked_pairs: 'integer',
  isolated_platforms: 'integer',
  density: 'number',
  largest_share: 'number',
  degree_centralisation: 'number',
  betweenness_centralisation: 'number',
  null_mean: 'number',
  null_percentile: 'number',
} as const

/** Steps that the comparison with random graphs may take, and the fewest graphs that are worth one. */
const mostSteps = 1e7
const fewestGraphs = 19

/** The values of `linkFigures` from rows with a link each (`platform_id`, `other_id`), or a platform alone. */
export function measuresOf(rows: readonly Row[]): readonly (number | null)[] {
  const links: readonly Link[] = rows.flatMap(({ platform_id, other_id }) =>
    typeof platform_id === 'string' && typeof other_id === 'string'
      ? [{ from: platform_id, to: other_id }]
      : [],
  )
  const isolated = rows.flatMap(({ platform_id, other_id }) =>
    typeof platform_id === 'string' && other_id === null ? [platform_id] : [],
  )
  const nodes = [...new Set([...isolated, ...links.flatMap(({ from, to }) => [from, to])])]
  const linked = nodes.length - isolated.length
  const graphs = Math.min(100, Math.floor(mostSteps / Math.max(1, linked * links.length)))
  const compared =
    graphs < fewestGraphs
      ? null
      : degreePreservingNull(links, drawn => betweennessCentralisation(nodes, drawn), { replicates: graphs })
  return [
    nodes.length,
    links.length,
    isolated.length,
    density(nodes, links),
    largestComponentShare(nodes, links),
    degreeCentralisation(nodes, links),
    betweennessCentralisation(nodes, links),
    compared?.mean ?? null,
    compared?.percentile ?? null,
  ]
}

import { type Row, row } from '../domain/table.ts'
import { quotient } from './headline.ts'
import { comparedWithRandom, componentsOf, platformsByOrganisation, tieGraph } from './tie-graph.ts'
import { tieColumns } from './ties.ts'

/** What the graph of organisations and platforms is like; every row of the result repeats it. */
export const tieFigures = {
  organisations: 'integer',
  platforms: 'integer',
  ties: 'integer',
  components: 'integer',
  largest_nodes: 'integer',
  largest_share: 'number',
  multi_platform: 'integer',
  tied_organisations: 'integer',
  null_mean: 'number',
  null_percentile: 'number',
} as const

/** The rows with the number of their component, 1 for the largest. */
export function withComponents(rows: readonly Row[]): readonly Row[] {
  const [ofOrganisation, ofPlatform] = [new Map<unknown, number>(), new Map<unknown, number>()]
  componentsOf(tieGraph(rows)).forEach(({ organisations, platforms }, i) => {
    for (const id of organisations) ofOrganisation.set(id, i + 1)
    for (const id of platforms) ofPlatform.set(id, i + 1)
  })
  const names = [...Object.keys(tieColumns), 'component_no']
  return rows.map(given => {
    const component = ofOrganisation.get(given.org_id) ?? ofPlatform.get(given.platform_id) ?? null
    return row(names, [...Object.keys(tieColumns).map(column => given[column] ?? null), component])
  })
}

/** The values of `tieFigures`. */
export function tieMeasures(rows: readonly Row[]): readonly (number | null)[] {
  const graph = tieGraph(rows)
  const found = componentsOf(graph)
  const sum = (of: (one: (typeof found)[number]) => number) =>
    found.reduce((whole, one) => whole + of(one), 0)
  const largest = (found[0]?.organisations.length ?? 0) + (found[0]?.platforms.length ?? 0)
  const counts = [...platformsByOrganisation(graph).values()]
  const compared = comparedWithRandom(graph)
  return [
    sum(({ organisations }) => organisations.length),
    sum(({ platforms }) => platforms.length),
    graph.links.length,
    found.length,
    largest,
    quotient(largest, graph.nodes.length),
    counts.filter(count => count >= 2).length,
    counts.filter(count => count >= 1).length,
    compared?.mean ?? null,
    compared?.percentile ?? null,
  ]
}

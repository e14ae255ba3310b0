import { type Row, row } from '../domain/table.ts'
import { type Portfolio, type Portfolios, portfolioQueried, portfoliosOf } from './portfolio.ts'
import { distances, meansToOthers, quickMeans, type Shares } from './portfolio-distance.ts'
import { draws, replicatesFor } from './portfolio-draws.ts'

/** The mean of the means to the others; null with fewer than two platforms. */
export function meanOf(means: readonly number[] | null): number | null {
  return means && means.reduce((sum, value) => sum + value, 0) / means.length
}

/** What redrawing does to each platform's mean distance, and, in the last place, to the mean of all; null without two. */
export function drawnMeans({ classes, kept }: Portfolios) {
  if (kept.length < 2) return null
  const statistic = (drawn: readonly Shares[]) => {
    const means = quickMeans(drawn, classes.length)
    return [...means, means.reduce((sum, value) => sum + value, 0) / means.length]
  }
  const replicates = replicatesFor(kept.length)
  return {
    bootstrap: draws(kept, 'bootstrap', statistic, replicates),
    allotment: draws(kept, 'allotment', statistic, replicates),
  }
}

const columns = {
  platform_id: 'text',
  platform_name: 'text',
  items: 'integer',
  classified_items: 'integer',
  classes: 'integer',
  differentiation: 'number',
  standard_error: 'number',
  by_chance: 'number',
  low: 'number',
  high: 'number',
  closest_id: 'text',
  closest_name: 'text',
  closest_distance: 'number',
  overall_differentiation: 'number',
} as const

/** Every platform with its mean distance and what chance alone would make of it. */
export const platformDetail = { queried: portfolioQueried, result: columns, derive: platformRows }

function platformRows(rows: readonly Row[], inputs: Parameters<typeof portfoliosOf>[1]): readonly Row[] {
  const portfolios = portfoliosOf(rows, inputs)
  const { kept, all } = portfolios
  const matrix = distances(kept)
  const means = meansToOthers(matrix)
  const drawn = drawnMeans(portfolios)
  const judged = new Map((means ?? []).map((mean, i) => [kept[i]?.id, { i, mean }]))
  const meanAt = (id: string) => judged.get(id)?.mean ?? -1
  return [...all].sort((a, b) => meanAt(b.id) - meanAt(a.id)).map(described)

  function described(one: Portfolio): Row {
    const found = judged.get(one.id)
    const head = [one.id, one.name, one.items, one.size, one.counts.size]
    if (!found) return row(Object.keys(columns), head)
    const chance = drawn?.allotment.of[found.i]
    const closest = closestTo(matrix[found.i] ?? [], found.i)
    return row(Object.keys(columns), [
      ...head,
      found.mean,
      drawn?.bootstrap.of[found.i]?.sd ?? null,
      chance?.mean ?? null,
      chance ? Math.max(0, chance.low) : null,
      chance ? Math.min(1, chance.high) : null,
      kept[closest]?.id ?? null,
      kept[closest]?.name ?? null,
      matrix[found.i]?.[closest] ?? null,
      meanOf(means),
    ])
  }
}

/** The nearest other; of equal ones the one with the larger portfolio, which comes first. */
function closestTo(line: readonly number[], own: number): number {
  return line.reduce(
    (best, value, i) => (i !== own && (best < 0 || value < (line[best] ?? 2)) ? i : best),
    -1,
  )
}

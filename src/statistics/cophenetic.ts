import type { Dendrogram } from './clustering.ts'
import { dot } from './dot.ts'

/**
 * Of every two items the height at which a tree joins them, as a full symmetric matrix with zeros on its diagonal (Sokal
 * & Rohlf 1962, Taxon 11, 33–40).
 */
export function copheneticDistances({ merges, leaves }: Dendrogram): readonly (readonly number[])[] {
  const heights = leaves.map(() => new Array<number>(leaves.length).fill(0))
  const members: (readonly number[])[] = leaves.map((_, item) => [item])
  for (const { left, right, height } of merges) {
    const [a, b] = [members[left] ?? [], members[right] ?? []]
    for (const i of a) for (const j of b) set(heights, i, j, height)
    members.push([...a, ...b])
  }
  return heights
}

function set(matrix: readonly number[][], i: number, j: number, value: number): void {
  const [row, column] = [matrix[i], matrix[j]]
  if (!row || !column) return
  row[j] = value
  column[i] = value
}

/**
 * How faithful a tree is to the distances that it was made from: Pearson's correlation of both over all pairs of items
 * (Sokal & Rohlf 1962). Null where either is the same for all pairs.
 */
export function copheneticCorrelation(
  distances: readonly (readonly number[])[],
  heights: readonly (readonly number[])[],
): number | null {
  const lower = (matrix: readonly (readonly number[])[]) => matrix.flatMap((row, i) => row.slice(0, i))
  const [given, joined] = [centred(lower(distances)), centred(lower(heights))]
  const spread = Math.sqrt(dot(given, given)) * Math.sqrt(dot(joined, joined))
  return spread > 0 ? Math.min(1, dot(given, joined) / spread) : null
}

/** What each value is beyond their mean; zeros where all are equal but for rounding. */
function centred(values: readonly number[]): readonly number[] {
  const [first = 0] = values
  if (values.every(value => Math.abs(value - first) <= 1e-12 * first)) return values.map(() => 0)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map(value => value - mean)
}

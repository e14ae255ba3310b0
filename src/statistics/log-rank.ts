import { chiSquareTail } from './distributions.ts'
import { dot } from './dot.ts'

/** What the curves of k groups have in common, summed over the times at which any life ended. */
export interface LogRankSums {
  /** Lives that ended, of each group. */
  readonly observed: readonly number[]
  /** As many as would have if all groups were alike: Σ dₜ nₜᵢ / nₜ, for d ends among n lives at risk. */
  readonly expected: readonly number[]
  /** Σ dₜ (nₜ − dₜ) / (nₜ − 1) · nₜᵢ / nₜ · (δᵢⱼ − nₜⱼ / nₜ), k × k. */
  readonly covariances: readonly (readonly number[])[]
}

export interface LogRank {
  /** Chi-square with `df` degrees of freedom where all groups are alike. */
  readonly statistic: number
  readonly df: number
  readonly p: number
}

/**
 * The log-rank test of whether k groups have the same survival curve (Mantel 1966, Cancer Chemother. Rep. 50:163; Peto & Peto
 * 1972, J. R. Statist. Soc. A 135:185; Klein & Moeschberger 2003, 7.3), as R survdiff gives it. Groups in which no end was to
 * be expected take no part. Null for fewer than two others, or where no lives of two groups were ever at risk together.
 */
export function logRank({ observed, expected, covariances }: LogRankSums): LogRank | null {
  const groups = expected.flatMap((of, i) => (of > 0 ? [i] : [])).slice(1)
  if (groups.length === 0) return null
  const difference = groups.map(i => (observed[i] ?? 0) - (expected[i] ?? 0))
  const solution = solved(
    groups.map(i => groups.map(j => covariances[i]?.[j] ?? 0)),
    difference,
  )
  if (!solution) return null
  const statistic = Math.max(
    0,
    solution.reduce((sum, x, i) => sum + x * (difference[i] ?? 0), 0),
  )
  return { statistic, df: groups.length, p: chiSquareTail(statistic, groups.length) }
}

/** x with A x = b for a symmetric, positive definite A, by Cholesky's factors; null where A is not. */
function solved(a: readonly (readonly number[])[], b: readonly number[]): readonly number[] | null {
  const factor: number[][] = []
  const y: number[] = []
  for (const [i, row] of a.entries()) {
    const own: number[] = []
    for (let j = 0; j < i; j++) own.push(((row[j] ?? 0) - dot(own, factor[j] ?? [])) / (factor[j]?.[j] ?? 0))
    const rest = (row[i] ?? 0) - dot(own, own)
    if (!(rest > 1e-12 * (row[i] ?? 0))) return null
    y.push(((b[i] ?? 0) - dot(own, y)) / Math.sqrt(rest))
    factor.push([...own, Math.sqrt(rest)])
  }
  const x: number[] = y.map(() => 0)
  for (let i = y.length - 1; i >= 0; i--) {
    const later = y.map((_, j) => (j > i ? (factor[j]?.[i] ?? 0) * (x[j] ?? 0) : 0))
    x[i] = ((y[i] ?? 0) - later.reduce((sum, each) => sum + each, 0)) / (factor[i]?.[i] ?? 1)
  }
  return x
}

import { type SparseShares, sparseJensenShannonDistance } from '../statistics/statistics.ts'
import type { Portfolio } from './portfolio.ts'

/** The full symmetric matrix of √JSD between portfolios. */
export function distances(portfolios: readonly Portfolio[]): readonly (readonly number[])[] {
  const matrix = portfolios.map(() => new Array<number>(portfolios.length).fill(0))
  const shares = portfolios.map(sortedShares)
  shares.forEach((one, i) => {
    for (let j = 0; j < i; j++) {
      const [other, row, column] = [shares[j], matrix[i], matrix[j]]
      if (!other || !row || !column) continue
      const distance = sparseJensenShannonDistance(one, other)
      row[j] = distance
      column[i] = distance
    }
  })
  return matrix
}

function sortedShares({ counts, size }: Portfolio): SparseShares {
  const sorted = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
  return {
    places: Int32Array.from(sorted, ([place]) => place),
    shares: Float64Array.from(sorted, ([, count]) => count / size),
  }
}

/** Of each row of a matrix the mean over the others; null with fewer than two. */
export function meansToOthers(matrix: readonly (readonly number[])[]): readonly number[] | null {
  if (matrix.length < 2) return null
  return matrix.map(row => row.reduce((sum, value) => sum + value, 0) / (matrix.length - 1))
}

/** Classes as places and their shares, of one drawn portfolio. */
export interface Shares {
  readonly places: Int32Array
  readonly shares: Float64Array
}

/**
 * The mean distance of each portfolio to the others, for redrawn portfolios. With base 2
 * JSD = 1 − ½ Σ [(p+q) log (p+q) − p log p − q log q] over the classes that both have, so class by class only the pairs
 * that share it are visited. Good to about 1e-8, which a spread over draws does not notice.
 */
export function quickMeans(portfolios: readonly Shares[], classes: number): Float64Array {
  const n = portfolios.length
  const alike = likeness(byClass(portfolios, classes), n)
  const sums = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.sqrt(Math.max(0, 1 - (alike[i * n + j] ?? 0) / 2))
      sums[i] = (sums[i] ?? 0) + distance
      sums[j] = (sums[j] ?? 0) + distance
    }
  }
  return sums.map(sum => sum / (n - 1))
}

/** Who has a class, and its share there, class after class; `ends` tells where each class ends. */
interface ByClass {
  readonly owners: Int32Array
  readonly shares: Float64Array
  readonly ends: Int32Array
}

function byClass(portfolios: readonly Shares[], classes: number): ByClass {
  const ends = new Int32Array(classes)
  for (const { places } of portfolios) for (const place of places) ends[place] = (ends[place] ?? 0) + 1
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const own = ends[k] ?? 0
    ends[k] = sum
    sum += own
  }
  const [owners, shares] = [new Int32Array(sum), new Float64Array(sum)]
  portfolios.forEach((one, i) => {
    one.places.forEach((place, k) => {
      const at = ends[place] ?? 0
      owners[at] = i
      shares[at] = one.shares[k] ?? 0
      ends[place] = at + 1
    })
  })
  return { owners, shares, ends }
}

/** Σ [(p+q) log2 (p+q) − p log2 p − q log2 q] of each pair i > j at i·n + j. */
function likeness({ owners, shares, ends }: ByClass, n: number): Float64Array {
  const alike = new Float64Array(n * n)
  const own = shares.map(share => share * Math.log2(share))
  let start = 0
  for (const end of ends) {
    for (let a = start; a < end; a++) {
      const [p, ownOfP, line] = [shares[a] ?? 0, own[a] ?? 0, (owners[a] ?? 0) * n]
      for (let b = start; b < a; b++) {
        const sum = p + (shares[b] ?? 0)
        const at = line + (owners[b] ?? 0)
        alike[at] = (alike[at] ?? 0) + sum * Math.log2(sum) - ownOfP - (own[b] ?? 0)
      }
    }
    start = end
  }
  return alike
}

import { jensenShannonDistance } from '../statistics/statistics.ts'
import type { Portfolio } from './portfolio.ts'

/** The full symmetric matrix of √JSD between portfolios. */
export function distances(portfolios: readonly Portfolio[]): readonly (readonly number[])[] {
  const matrix = portfolios.map(() => new Array<number>(portfolios.length).fill(0))
  portfolios.forEach((one, i) => {
    for (let j = 0; j < i; j++) {
      const other = portfolios[j]
      const distance = other ? distance2(one, other) : 0
      for (const [a, b] of [
        [i, j],
        [j, i],
      ] as const) {
        const row = matrix[a]
        if (row) row[b] = distance
      }
    }
  })
  return matrix
}

/** Over the classes that either of both has; the others add nothing. */
function distance2(one: Portfolio, other: Portfolio): number {
  const places = [...new Set([...one.counts.keys(), ...other.counts.keys()])]
  const over = ({ counts }: Portfolio) => places.map(place => counts.get(place) ?? 0)
  return jensenShannonDistance(over(one), over(other)) ?? 0
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
 * The mean distance of each portfolio to the others, for redrawn portfolios: JSD = 1 − Σ over the classes that both
 * have, so that only those are visited. Good to about 1e-8, which a spread over draws does not notice.
 */
export function quickMeans(portfolios: readonly Shares[], classes: number): Float64Array {
  const sums = new Float64Array(portfolios.length)
  const own = new Float64Array(classes)
  portfolios.forEach(({ places, shares }, i) => {
    for (let k = 0; k < places.length; k++) own[places[k] ?? 0] = shares[k] ?? 0
    for (let j = 0; j < i; j++) {
      const distance = quickDistance(own, portfolios[j])
      sums[i] = (sums[i] ?? 0) + distance
      sums[j] = (sums[j] ?? 0) + distance
    }
    own.fill(0)
  })
  return sums.map(sum => sum / (portfolios.length - 1))
}

function quickDistance(own: Float64Array, other: Shares | undefined): number {
  if (!other) return 0
  let divergence = 1
  const { places, shares } = other
  for (let k = 0; k < places.length; k++) {
    const [p, q] = [own[places[k] ?? 0] ?? 0, shares[k] ?? 0]
    if (p === 0) continue
    const mean = (p + q) / 2
    divergence -= mean - (p * Math.log2(p / mean) + q * Math.log2(q / mean)) / 2
  }
  return Math.sqrt(Math.max(0, divergence))
}

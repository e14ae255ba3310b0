import type { Phrase } from '../domain/phrase.ts'
import { clusteredLimits } from './clustered.ts'
import { confidence } from './headline.ts'
import type { Interval } from './recipe.ts'

/** k of n things of one platform; both sums may be weights. */
export interface Cluster {
  readonly k: number
  readonly n: number
}

/** The words for an interval whose units are platforms. */
export const platformMethod: Phrase = {
  zh: '以平台为整群的比率估计，logit 尺度，t 分布',
  en: 'Ratio estimate with platforms as clusters, logit scale, Student’s t',
}

/**
 * The interval of Σk/Σn with platforms as the units: linearised variance of a ratio of sums, m/(m−1) Σ(k − R n)²/(Σn)²
 * for m platforms (Cochran 1977, Sampling Techniques, 3rd ed., 6.3). Null with fewer than 2 or without spread.
 */
export function platformInterval(clusters: readonly Cluster[]): Interval | null {
  const counted = clusters.filter(({ n }) => n > 0)
  const sum = (of: (cluster: Cluster) => number) => counted.reduce((whole, one) => whole + of(one), 0)
  const [m, n] = [counted.length, sum(one => one.n)]
  if (m < 2 || n === 0) return null
  const rate = sum(one => one.k) / n
  const squares = sum(one => (one.k - rate * one.n) ** 2)
  const standardError = Math.sqrt((squares * m) / (m - 1)) / n
  return confidence(clusteredLimits({ rate, standardError, units: m }), platformMethod)
}

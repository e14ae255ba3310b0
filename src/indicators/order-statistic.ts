/** Ranks (1 = the least) of the two order statistics between which a quantile lies; null beyond the ends. */
export interface Ranks {
  readonly low: number | null
  readonly high: number | null
}

/**
 * The innermost ranks l, u with P(x_(l) ≤ ξ_p ≤ x_(u)) ≥ level for the p quantile of any continuous distribution, each tail
 * by itself at most (1 − level)/2 (David & Nagaraja 2003, Order Statistics, 3rd ed., 7.1); exact, from the binomial
 * distribution of the number of values below ξ_p. Values of one population, independent. Null with n = 0.
 */
export function quantileRanks(n: number, p = 0.5, level = 0.95): Ranks | null {
  if (n < 1) return null
  const tail = (1 - level) / 2
  const { first, weights } = binomial(n, p)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const beyond = (list: readonly number[]) => {
    let sum = 0
    return list.findIndex(weight => {
      sum += weight / all
      return sum > tail
    })
  }
  const low = first + beyond(weights)
  const high = first + weights.length - beyond(weights.toReversed())
  return { low: low >= 1 ? low : null, high: high <= n ? high : null }
}

/** P(X = k)/P(X = mode) from the first k where it is above 1e-20, outwards from the mode by recurrence. */
function binomial(n: number, p: number): { readonly first: number; readonly weights: readonly number[] } {
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const [below, above] = [[] as number[], [] as number[]]
  for (let k = mode, weight = 1; k >= 0 && weight > 1e-20; k--) {
    below.push(weight)
    weight *= (k * (1 - p)) / ((n - k + 1) * p)
  }
  for (let k = mode, weight = 1; k < n; k++) {
    weight *= ((n - k) * p) / ((k + 1) * (1 - p))
    if (weight <= 1e-20) break
    above.push(weight)
  }
  return { first: mode - below.length + 1, weights: [...below.toReversed(), ...above] }
}

import type { Shares } from './portfolio-distance.ts'

/** The mean of each share over portfolios of equal weight, by the place of the class; 0 where none of them has it. */
export function meanShares(portfolios: readonly Shares[]): Float64Array {
  const last = portfolios.reduce((most, { places }) => places.reduce((a, b) => Math.max(a, b), most), -1)
  const means = new Float64Array(last + 1)
  for (const { places, shares } of portfolios)
    for (let k = 0; k < places.length; k++) {
      const place = places[k] ?? 0
      means[place] = (means[place] ?? 0) + (shares[k] ?? 0)
    }
  return means.map(sum => sum / portfolios.length)
}

/** Kullback–Leibler divergence of a portfolio from the mean portfolio, bits; their mean is the generalised JSD. */
export function divergence({ places, shares }: Shares, mean: Float64Array): number {
  let bits = 0
  for (let k = 0; k < places.length; k++) {
    const share = shares[k] ?? 0
    bits += share * Math.log2(share / (mean[places[k] ?? 0] ?? share))
  }
  return bits
}

/** 1 − [H(mean p) − mean H(p)] / log2 n; null with fewer than two portfolios. */
export function homogeneity(portfolios: readonly Shares[]): number | null {
  const n = portfolios.length
  if (n < 2) return null
  const mean = meanShares(portfolios)
  const bits = portfolios.reduce((sum, one) => sum + divergence(one, mean), 0) / n
  return Math.min(1, Math.max(0, 1 - bits / Math.log2(n)))
}

/**
 * What both entropies gain by the correction of their first-order bias, bits: for each portfolio (K − 1)/(2N ln 2) (Miller
 * 1955, Madow 1948), for the mean portfolio Σ_k Var(p̄_k) / (2 p̄_k ln 2) with Var(p̄_k) = Σ_i p_ik(1 − p_ik)/N_i / n²,
 * which is the same for n = 1.
 */
export function millerMadowGain(portfolios: readonly (Shares & { readonly size: number })[]) {
  const n = portfolios.length
  const mean = meanShares(portfolios)
  let [ofMean, ofEach] = [0, 0]
  for (const { places, shares, size } of portfolios) {
    ofEach += (places.length - 1) / (2 * size * Math.LN2) / n
    places.forEach((place, k) => {
      const share = shares[k] ?? 0
      ofMean += (share * (1 - share)) / size / n ** 2 / (2 * Math.LN2 * (mean[place] ?? share))
    })
  }
  return { ofMean, ofEach }
}

/** Weights (counts or shares, none below 0) as shares that sum to 1; null where they sum to 0. RangeError for others. */
function shares(weights: readonly number[]): readonly number[] | null {
  if (!weights.every(weight => weight >= 0 && weight < Number.POSITIVE_INFINITY))
    throw new RangeError('a weight is finite and not below 0')
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0)
  if (largest === 0) return null
  const scaled = weights.map(weight => weight / largest)
  const sum = total(scaled)
  return scaled.map(weight => weight / sum)
}

/**
 * Shannon's entropy −Σ p log p of counts or shares, in units of the base (2: bits). Between 0 and log n. Null where
 * the weights sum to 0; RangeError where one is negative or not finite.
 */
export function entropy(weights: readonly number[], base = 2): number | null {
  const p = shares(weights)
  return (
    p && Math.max(0, total(p.map(share => (share === 0 ? 0 : -share * Math.log(share)))) / Math.log(base))
  )
}

/**
 * Entropy of counts with the correction of Miller and Madow (Miller 1955, Note on the bias of information estimates):
 * + (K − 1)/(2N) nats for K classes seen in N observations. Shares carry no N, so counts only. Null and RangeError as
 * `entropy`.
 */
export function millerMadow(counts: readonly number[], base = 2): number | null {
  const plugIn = entropy(counts, base)
  const seen = counts.filter(count => count > 0).length
  return plugIn === null ? null : plugIn + (seen - 1) / (2 * total(counts)) / Math.log(base)
}

/**
 * Hill's number of order q, the effective number of classes (Hill 1973, Ecology 54, 427–432): 0 counts the classes,
 * 1 is e^entropy, 2 the inverse Herfindahl index, Infinity the inverse of the largest share. Null and RangeError as
 * `entropy`; RangeError for q below 0.
 */
export function hillNumber(weights: readonly number[], q: number): number | null {
  if (!(q >= 0)) throw new RangeError(`an order is not below 0: ${q}`)
  const p = shares(weights)?.filter(share => share > 0) ?? null
  if (p === null) return null
  if (q === 1) return Math.exp(entropy(p, Math.E) ?? 0)
  const largest = p.reduce((most, share) => Math.max(most, share), 0)
  if (q === Number.POSITIVE_INFINITY) return 1 / largest
  // Σ p^q = largest^q · Σ (p/largest)^q, which does not underflow for a high order.
  const relative = total(p.map(share => (share / largest) ** q))
  return Math.exp((Math.log(relative) + q * Math.log(largest)) / (1 - q))
}

/**
 * √JSD of base 2 between two portfolios over the same classes: a metric in [0, 1], 0 for equal shares, 1 where they have
 * no class in common (Endres & Schindelin 2003, IEEE Trans. Inf. Theory 49, 1858–1860). Null where one sums to 0;
 * RangeError for unequal lengths or as `entropy`.
 */
export function jensenShannonDistance(a: readonly number[], b: readonly number[]): number | null {
  sameLength([a, b])
  const [p, q] = [shares(a), shares(b)]
  if (p === null || q === null) return null
  const divergence = total(p.map((share, k) => cellDivergence(share, q[k] ?? 0))) / (2 * Math.LN2)
  return Math.sqrt(Math.min(1, Math.max(0, divergence)))
}

/** The shares of a portfolio in the classes that it has, all above 0, by the number of the class in ascending order. */
export interface SparseShares {
  readonly places: Int32Array
  readonly shares: Float64Array
}

/** `jensenShannonDistance` of sparse shares, each of which sum to 1: one pass over the classes of both, nothing made. */
export function sparseJensenShannonDistance(a: SparseShares, b: SparseShares): number {
  let [i, j, shared, alone] = [0, 0, 0, 0]
  while (i < a.places.length || j < b.places.length) {
    const [k, l] = [a.places[i] ?? Number.POSITIVE_INFINITY, b.places[j] ?? Number.POSITIVE_INFINITY]
    if (k === l) shared += cellDivergence(a.shares[i++] ?? 0, b.shares[j++] ?? 0)
    else alone += (k < l ? a.shares[i++] : b.shares[j++]) ?? 0
  }
  return Math.sqrt(Math.min(1, Math.max(0, shared / (2 * Math.LN2) + alone / 2)))
}

/**
 * p ln(p/m) + q ln(q/m) with m = (p + q)/2. Nearly equal shares would cancel; they are written in r = (p − q)/(p + q):
 * m·(2r·artanh r + ln(1 − r²)).
 */
function cellDivergence(p: number, q: number): number {
  if (p === 0 || q === 0) return (p + q) * Math.LN2
  const r = (p - q) / (p + q)
  if (Math.abs(r) > 0.5) return p * Math.log((2 * p) / (p + q)) + q * Math.log((2 * q) / (p + q))
  return ((p + q) / 2) * (2 * r * Math.atanh(r) + Math.log1p(-r * r))
}

/**
 * Generalised Jensen–Shannon divergence of portfolios with equal weights, H(mean p) − mean H(p), in bits (Lin 1991, IEEE
 * Trans. Inf. Theory 37, 145–151). Between 0 and log2 of their number. Portfolios that sum to 0 are left out; null where
 * none remains. RangeError as `jensenShannonDistance`.
 */
export function generalisedJsd(portfolios: readonly (readonly number[])[]): number | null {
  sameLength(portfolios)
  const known = portfolios.map(shares).filter(p => p !== null)
  if (known.length === 0) return null
  const mean = (known[0] ?? []).map((_, k) => total(known.map(p => p[k] ?? 0)) / known.length)
  const parts = known.map(p =>
    total(p.map((share, k) => (share === 0 ? 0 : share * Math.log2(share / (mean[k] || share))))),
  )
  return Math.min(Math.log2(known.length), Math.max(0, total(parts) / known.length))
}

/**
 * Location quotients: the share of each class in a portfolio over its share in the reference; above 1 means
 * specialised. Null for a class that the reference does not have; null altogether where one of both sums to 0.
 */
export function locationQuotient(
  portfolio: readonly number[],
  reference: readonly number[],
): readonly (number | null)[] | null {
  sameLength([portfolio, reference])
  const [own, all] = [total(portfolio), total(reference)]
  if (shares(portfolio) === null || shares(reference) === null) return null
  // One division of exact products of counts, so that equal quotients are equal numbers.
  return portfolio.map((count, k) => (reference[k] ? (count * all) / (own * reference[k]) : null))
}

/**
 * Krugman's specialisation ½ Σ |p − P| (Krugman 1991, Geography and Trade, there without the ½): the share that would
 * have to move for the portfolio to be like the reference, in [0, 1]. Null where one sums to 0; RangeError as above.
 */
export function krugmanSpecialisation(
  portfolio: readonly number[],
  reference: readonly number[],
): number | null {
  sameLength([portfolio, reference])
  const [p, q] = [shares(portfolio), shares(reference)]
  if (p === null || q === null) return null
  return Math.min(1, total(p.map((share, k) => Math.abs(share - (q[k] ?? 0)))) / 2)
}

function sameLength(lists: readonly (readonly number[])[]): void {
  if (new Set(lists.map(list => list.length)).size > 1)
    throw new RangeError('portfolios must be over the same classes')
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

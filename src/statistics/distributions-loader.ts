/**
 * Parts of Loader's saddle-point expansion (C. Loader 2000, Fast and accurate computation of binomial probabilities):
 * densities of large parameters without the cancellation of log-gamma functions.
 */

/** Bernoulli terms of ln Γ: 1/12, −1/360, 1/1260 … in 1/x, 1/x³, 1/x⁵ … (DLMF 5.11.1). */
const bernoulli = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156]

/** ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π for x > 0: from 16 on by its expansion, below by recurrence. */
export function stirlingError(x: number): number {
  let [at, shift] = [x, 0]
  for (; at < 16; at++) shift += (at + 0.5) * Math.log1p(1 / at) - 1
  const square = 1 / (at * at)
  return shift + bernoulli.reduceRight((sum, term) => sum * square + term, 0) / at
}

/** x ln(x/mean) + mean − x, without cancellation where x is near its mean; both positive. */
export function logDeviance(x: number, mean: number): number {
  const difference = x - mean
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x
  const v = difference / (x + mean)
  let [sum, power] = [difference * v, 2 * x * v]
  for (let n = 3; ; n += 2) {
    power *= v * v
    const next = sum + power / n
    if (next === sum) return sum
    sum = next
  }
}

/** 2⁻⁵²: where a continued fraction has converged. */
export const ulp = Number.EPSILON

/** A bound that no parameter up to 10¹² reaches. */
export const mostTerms = 1e8

/** Lentz's method steps over a zero denominator (Thompson & Barnett 1986). */
export function notZero(value: number): number {
  return value === 0 ? 1e-300 : value
}

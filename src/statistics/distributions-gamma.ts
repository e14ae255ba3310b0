import { logDeviance, mostTerms, notZero, stirlingError, ulp } from './distributions-loader.ts'

/** Both tails of a distribution at a point x, and x · density(x): its density on the scale of ln x. */
export interface Tails {
  readonly lower: number
  readonly upper: number
  readonly density: number
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) for a > 0, x ≥ 0: the series DLMF 8.11.4 below a + 1,
 * the continued fraction DLMF 8.9.2 above. Takes about √a steps around x = a.
 */
export function gammaTails(a: number, x: number): Tails {
  if (x === 0) return { lower: 0, upper: 1, density: 0 }
  if (x === Infinity) return { lower: 1, upper: 0, density: 0 }
  const weight = Math.exp(-stirlingError(a) - logDeviance(a, x)) / Math.sqrt(2 * Math.PI * a)
  const density = a * weight
  if (x < a + 1) {
    const lower = Math.min(1, weight * series(a, x))
    return { lower, upper: 1 - lower, density }
  }
  const upper = Math.min(1, density * fraction(a, x))
  return { lower: 1 - upper, upper, density }
}

/** 1 + x/(a+1) + x²/((a+1)(a+2)) + … */
function series(a: number, x: number): number {
  let [term, sum] = [1, 1]
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))) by Lentz's method. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / notZero(b)
  let value = d
  for (let n = 1; n < mostTerms; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / notZero(numerator * d + b)
    c = notZero(b + numerator / c)
    value *= c * d
    if (Math.abs(c * d - 1) <= ulp) return value
  }
  throw new RangeError(`Q(${a}, ${x}) does not converge`)
}

import type { Tails } from './distributions-gamma.ts'
import { logDeviance, mostTerms, notZero, stirlingError, ulp } from './distributions-loader.ts'

/**
 * The regularised incomplete beta function I_x(a, b) and its complement for a, b > 0, by the continued fraction
 * of DiDonato & Morris 1992 (ACM TOMS 18:360, eq. 9), which keeps its digits where x is near 1. `x` and `y` = 1 − x are
 * both given, so that neither loses digits; the density is on the scale of ln(x/y): x^a y^b / B(a, b). Takes about
 * √max(a, b) steps.
 */
export function betaTails(a: number, b: number, x: number, y: number): Tails {
  if (x === 0) return { lower: 0, upper: 1, density: 0 }
  if (y === 0) return { lower: 1, upper: 0, density: 0 }
  const density = betaDensity(a, b, x, y)
  if (x * (b + 1) <= y * (a + 1)) {
    const lower = Math.min(1, density * fraction(a, b, x, y))
    return { lower, upper: 1 - lower, density }
  }
  const upper = Math.min(1, density * fraction(b, a, y, x))
  return { lower: 1 - upper, upper, density }
}

/** x^a y^b / B(a, b) as a binomial probability of a in a + b, times ab/(a + b). */
function betaDensity(a: number, b: number, x: number, y: number): number {
  const n = a + b
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b)
  const deviance = logDeviance(a, n * x) + logDeviance(b, n * y)
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(exponent - deviance)
}

/** 1/(b₀ + a₁/(b₁ + a₂/(b₂ + …))) by Lentz's method. */
function fraction(a: number, b: number, x: number, y: number): number {
  let c = notZero((a * (a * y - b * x + 1)) / (a + 1))
  let [d, value] = [0, c]
  for (let n = 1; n < mostTerms; n++) {
    const at = a + 2 * n - 1
    const numerator = ((a + n - 1) / at) * ((a + b + n - 1) / at) * n * (b - n) * x * x
    const term = n + (n * (b - n) * x) / at + ((a + n) * (a * y - b * x + 1 + n * (1 + y))) / (at + 2)
    d = 1 / notZero(numerator * d + term)
    c = notZero(term + numerator / c)
    value *= c * d
    if (Math.abs(c * d - 1) <= ulp) return 1 / value
  }
  throw new RangeError(`I_x(${a}, ${b}) does not converge`)
}

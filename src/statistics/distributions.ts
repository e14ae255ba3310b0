import { betaTails } from './distributions-beta.ts'
import { gammaTails, type Tails } from './distributions-gamma.ts'
import { normalCdf, normalQuantile } from './distributions-normal.ts'

export { normalCdf, normalQuantile }

/** Above this a parameter has no use here, and the expansions would take seconds. */
const largest = 1e12

/** P(X ≤ x) of a chi-square distribution of `df` degrees of freedom (0 < df ≤ 10¹²; else RangeError). */
export function chiSquareCdf(x: number, df: number): number {
  checkParameter(df)
  if (Number.isNaN(x)) throw new RangeError('a chi-square deviate is a number')
  return x <= 0 ? 0 : gammaTails(df / 2, x / 2).lower
}

/** P(X > x), exact to the last digits where it is small. */
export function chiSquareTail(x: number, df: number): number {
  checkParameter(df)
  if (Number.isNaN(x)) throw new RangeError('a chi-square deviate is a number')
  return x <= 0 ? 1 : gammaTails(df / 2, x / 2).upper
}

/**
 * x with P(X ≤ x) = p of a chi-square distribution: 0 at p = 0 and below 10⁻³⁰⁰, Infinity at p = 1. RangeError where p lies outside of
 * [0, 1] or df outside of (0, 10¹²].
 */
export function chiSquareQuantile(p: number, df: number): number {
  checkProbability(p)
  checkParameter(df)
  if (p === 0) return 0
  if (p === 1) return Infinity
  const start = Math.log(wilsonHilferty(p, df) / 2)
  return 2 * Math.exp(solved(u => gammaTails(df / 2, Math.exp(u)), p, 1 - p, start))
}

/** P(T ≤ t) of Student's distribution of `df` degrees of freedom (½ ≤ df ≤ 10¹² or Infinity; else RangeError). */
export function studentCdf(t: number, df: number): number {
  if (df === Infinity) return normalCdf(t)
  checkParameter(df, 0.5)
  if (Number.isNaN(t)) throw new RangeError('a Student deviate is a number')
  const square = (t / Math.sqrt(df)) ** 2
  const { lower, upper } = betaTails(df / 2, 0.5, 1 / (1 + square), 1 / (1 + 1 / square))
  return t < 0 ? lower / 2 : 0.5 + upper / 2
}

/**
 * t with P(T ≤ t) = p of Student's distribution; ±Infinity at p = 0 and 1, and above 10¹⁵⁰. RangeError where p lies
 * outside of [0, 1], or df outside of [½, 10¹²] and not Infinity.
 */
export function studentQuantile(p: number, df: number): number {
  if (df === Infinity) return normalQuantile(p)
  checkProbability(p)
  checkParameter(df, 0.5)
  if (p === 0.5) return 0
  if (p > 0.5) return -studentQuantile(1 - p, df)
  if (p === 0) return -Infinity
  // 2 P(T ≤ t) = I_x(df/2, 1/2) with x/(1 − x) = df/t².
  return -Math.sqrt(df) * Math.exp(-betaLogit(df / 2, 0.5, 2 * p, 1 - 2 * p) / 2)
}

/**
 * x with P(X ≤ x) = p of a beta distribution: 0 at p = 0 and below 10⁻³⁰⁰, 1 at p = 1. RangeError where p lies outside of [0, 1] or a
 * parameter outside of (0, 10¹²].
 */
export function betaQuantile(p: number, a: number, b: number): number {
  checkProbability(p)
  checkParameter(a)
  checkParameter(b)
  return p === 0 || p === 1 ? p : logistic(betaLogit(a, b, p, 1 - p))
}

/** ln(x/(1 − x)) at a quantile of a beta distribution, so that no digit is lost near 0 or 1. */
function betaLogit(a: number, b: number, lower: number, upper: number): number {
  const start = Math.log(a / b) + normalQuantile(lower) * Math.sqrt(1 / a + 1 / b)
  return solved(u => betaTails(a, b, logistic(u), logistic(-u)), lower, upper, start)
}

/** 1/(1 + e^−u), down to the smallest number. */
function logistic(u: number): number {
  return u < 0 ? Math.exp(u) / (1 + Math.exp(u)) : 1 / (1 + Math.exp(-u))
}

/** A first guess of a chi-square quantile (Wilson & Hilferty 1931), kept above 0. */
function wilsonHilferty(p: number, df: number): number {
  const spread = 2 / (9 * df)
  return df * Math.max(0.01, 1 - spread + normalQuantile(p) * Math.sqrt(spread)) ** 3
}

/**
 * u where the smaller of both tails has its given size. The logarithm of a tail is concave in u for these families, so
 * Newton's steps on it converge from any start; a bracket keeps them where the tail does not underflow. ±Infinity where
 * |u| is above 700.
 */
function solved(tails: (u: number) => Tails, lower: number, upper: number, start: number): number {
  const sign = lower <= upper ? 1 : -1
  const target = Math.log(Math.min(lower, upper))
  let [low, high, u] = [-745, 709, Math.min(700, Math.max(-700, start))]
  for (let i = 0; i < 200 && high - low > 4e-16 * Math.abs(u); i++) {
    const at = tails(u)
    const tail = sign === 1 ? at.lower : at.upper
    const gap = sign * (Math.log(tail) - target)
    const step = gap === 0 ? 0 : (-gap * tail) / at.density
    const next = u + step
    if (Math.abs(step) <= 4e-16 * Math.max(1, Math.abs(u))) return finite(next)
    if (gap > 0) high = u
    else low = u
    u = next > low && next < high ? next : (low + high) / 2
  }
  return finite(u)
}

function finite(u: number): number {
  return Math.abs(u) > 700 ? Math.sign(u) * Infinity : u
}

function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies in [0, 1]: ${p}`)
}

function checkParameter(value: number, smallest = Number.MIN_VALUE): void {
  if (!(value >= smallest && value <= largest))
    throw new RangeError(`a parameter of a distribution lies in [${smallest}, ${largest}]: ${value}`)
}

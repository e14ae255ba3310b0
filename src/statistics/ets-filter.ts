import { dot } from './dot.ts'

/** Smoothing parameters of ETS(A,Ad,N), or of ETS(A,Ad,A) where `season` is more than 1. */
export interface EtsParameters {
  /** Of the level, 0 < alpha < 1. */
  readonly alpha: number
  /** Of the trend as it stands in the state equation, 0 < beta < alpha (not beta*). */
  readonly beta: number
  /** Damping of the trend. */
  readonly phi: number
  /** Of the season, 0 < gamma < 1 − alpha; 0 without one. */
  readonly gamma: number
  /** Periods per cycle; 1 without a season. */
  readonly season: number
}

export interface EtsState {
  readonly level: number
  readonly trend: number
  /** Seasonal terms in the order in which they come next; empty without a season. */
  readonly seasonal: readonly number[]
}

/**
 * One-step errors and the last state of the damped trend with additive errors (Hyndman, Koehler, Ord & Snyder 2008,
 * Forecasting with Exponential Smoothing, table 2.2): e = y − (l + φb + s); l ← l + φb + αe; b ← φb + βe; s ← s + γe.
 */
export function etsFilter(
  y: readonly number[],
  { alpha, beta, phi, gamma, season }: EtsParameters,
  start: EtsState,
): { readonly errors: readonly number[]; readonly last: EtsState } {
  let { level, trend } = start
  const seasonal = [...start.seasonal]
  const seasons = season > 1
  const errors = y.map((value, i) => {
    const damped = phi * trend
    const term = seasons ? (seasonal[i % season] ?? 0) : 0
    const error = value - (level + damped + term)
    level += damped + alpha * error
    trend = damped + beta * error
    if (seasons) seasonal[i % season] = term + gamma * error
    return error
  })
  const next = seasons ? y.length % season : 0
  return { errors, last: { level, trend, seasonal: [...seasonal.slice(next), ...seasonal.slice(0, next)] } }
}

/**
 * The first state with the least squared errors, which for normal errors is the most likely one. The errors are linear
 * in the first state (the same, section 5.2), so this is a regression and no search. The last seasonal term is held at
 * 0, since a constant may move between level and season.
 */
export function likeliestStart(y: readonly number[], parameters: EtsParameters): EtsState {
  const { season } = parameters
  const seed: EtsState = { level: y[0] ?? 0, trend: 0, seasonal: season > 1 ? zeros(season) : [] }
  const free = 2 + Math.max(0, season - 1)
  const none = zeros(y.length)
  const columns = Array.from({ length: free }, (_, k) => etsFilter(none, parameters, unit(k, season)).errors)
  const shift = leastSquaresSolution(
    columns,
    etsFilter(y, parameters, seed).errors.map(error => -error),
  )
  const at = (k: number) => shift[k] ?? 0
  return {
    level: seed.level + at(0),
    trend: at(1),
    seasonal: seed.seasonal.map((_, k) => at(k + 2)),
  }
}

function unit(k: number, season: number): EtsState {
  const seasonal = season > 1 ? Array.from({ length: season }, (_, i) => (i === k - 2 ? 1 : 0)) : []
  return { level: k === 0 ? 1 : 0, trend: k === 1 ? 1 : 0, seasonal }
}

/**
 * x with the least |Σ x_k column_k − target|, by modified Gram–Schmidt (Björck 1967, BIT 7, 1–21). A column that depends
 * on the earlier ones gets 0.
 */
export function leastSquaresSolution(
  columns: readonly (readonly number[])[],
  target: readonly number[],
): readonly number[] {
  const bases: Base[] = []
  for (const column of columns) bases.push(nextBase(column, bases))
  const { parts: x } = orthogonal(target, bases)
  for (let k = bases.length - 1; k >= 0; k--) {
    const { above, length } = bases[k] ?? { above: [], length: 0 }
    const value = length === 0 ? 0 : (x[k] ?? 0) / length
    for (let i = 0; i < k; i++) x[i] = (x[i] ?? 0) - (above[i] ?? 0) * value
    x[k] = value
  }
  return x
}

/** A unit vector, the parts of its column along the earlier ones, and the length of the rest (0: it depends on them). */
interface Base {
  readonly q: Float64Array
  readonly above: readonly number[]
  readonly length: number
}

function nextBase(column: readonly number[], bases: readonly Base[]): Base {
  const { rest, parts } = orthogonal(column, bases)
  const length = Math.sqrt(dot(rest, rest))
  if (length <= 1e-12 * Math.sqrt(dot(column, column))) return { q: rest.fill(0), above: parts, length: 0 }
  return { q: rest.map(x => x / length), above: parts, length }
}

/** What is left of a vector, and its parts along the bases. */
function orthogonal(
  vector: readonly number[],
  bases: readonly Base[],
): { readonly rest: Float64Array; readonly parts: number[] } {
  const rest = Float64Array.from(vector)
  const parts = bases.map(({ q }) => {
    const part = dot(q, rest)
    for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] ?? 0) - part * (q[i] ?? 0)
    return part
  })
  return { rest, parts }
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0)
}

import { type EtsParameters, type EtsState, etsFilter, likeliestStart } from './ets-filter.ts'
import { nelderMead } from './ets-simplex.ts'

/** A damped trend fitted to a series on its scale. */
export interface EtsFit {
  readonly n: number
  readonly parameters: EtsParameters
  /** The state before the first value. */
  readonly start: EtsState
  /** The state after the last value. */
  readonly last: EtsState
  /** One-step errors on the scale. */
  readonly errors: readonly number[]
  /** −n/2 · ln Σe², additive constants dropped (Hyndman et al. 2008, equation 5.3); Infinity for a perfect series. */
  readonly logLikelihood: number
  readonly aicc: number
  /** √(Σe² / (n − k)), k counting the smoothing parameters and the first state; 0 for a perfect series. */
  readonly sigma: number
}

/** What Hyndman et al. (2008, section 2.5) and common practice allow; alpha and gamma keep off the very ends. */
const bounds = { edge: 1e-4, phi: [0.8, 0.98] } as const

/** Where the search looks first, as shares of each allowed range: alpha, beta, phi, gamma. */
const starts: readonly (readonly number[])[] = [
  [0.1, 0.5, 0.9],
  [0.01, 0.2, 0.7],
  [0.1, 0.5, 0.95],
  [0.05, 0.4],
]

/** The likelier of the models with and without a season, by AICc. */
export function likeliestFit(z: readonly number[], season: number): EtsFit {
  const plain = fitOf(z, 1)
  if (season < 2 || z.length < 2 * season || z.length <= parameterCount(season) + 1) return plain
  const seasonal = fitOf(z, season)
  return plain.sigma > 0 && seasonal.aicc < plain.aicc ? seasonal : plain
}

/** Maximum likelihood over all parameters and the first state. Deterministic. */
function fitOf(z: readonly number[], season: number): EtsFit {
  const floor = roundingOf(z)
  const cost = (x: readonly number[]) => {
    const parameters = parametersAt(x, season)
    const { errors } = etsFilter(z, parameters, likeliestStart(z, parameters))
    return z.length * Math.log(Math.max(squares(errors), floor))
  }
  const best = gridOf(season)
    .map(at => ({ at, cost: cost(at) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 3)
    .map(({ at }) => nelderMead(cost, at, { tolerance: 1e-4 }))
    .reduce((a, b) => (b.cost < a.cost ? b : a))
  const { at } = nelderMead(cost, best.at, { size: 0.05, tolerance: 1e-9 })
  return described(z, parametersAt(at, season), floor)
}

function described(z: readonly number[], parameters: EtsParameters, floor: number): EtsFit {
  const n = z.length
  const start = likeliestStart(z, parameters)
  const { errors, last } = etsFilter(z, parameters, start)
  const sum = squares(errors)
  const count = parameterCount(parameters.season)
  const logLikelihood = sum <= floor ? Number.POSITIVE_INFINITY : (-n / 2) * Math.log(sum)
  const aicc = -2 * logLikelihood + 2 * count + (2 * count * (count + 1)) / (n - count - 1)
  const sigma = sum <= floor ? 0 : Math.sqrt(sum / (n - count + 1))
  return { n, parameters, start, last, errors, logLikelihood, aicc, sigma }
}

/** alpha, beta, phi, level, trend and the variance; gamma and the free seasonal terms. */
function parameterCount(season: number): number {
  return 6 + (season > 1 ? season : 0)
}

/** The sum of squares that rounding alone brings about. */
function roundingOf(z: readonly number[]): number {
  const largest = z.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return Math.max(Number.MIN_VALUE, z.length * (1e-13 * largest) ** 2)
}

function gridOf(season: number): readonly (readonly number[])[] {
  const ranges = season > 1 ? starts : starts.slice(0, 3)
  return ranges.reduce<readonly (readonly number[])[]>(
    (grid, shares) => grid.flatMap(at => shares.map(share => [...at, Math.asin(Math.sqrt(share))])),
    [[]],
  )
}

/** A point of the unbounded search, folded into the allowed ranges by sin², which reaches their ends. */
function parametersAt(x: readonly number[], season: number): EtsParameters {
  const share = (i: number) => Math.sin(x[i] ?? 0) ** 2
  const { edge, phi } = bounds
  const alpha = edge + (1 - 2 * edge) * share(0)
  return {
    alpha,
    beta: Math.min(edge, alpha) + Math.max(0, alpha - edge) * share(1),
    phi: phi[0] + (phi[1] - phi[0]) * share(2),
    gamma: season > 1 ? Math.max(0, 1 - alpha - edge) * share(3) : 0,
    season,
  }
}

function squares(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum
}

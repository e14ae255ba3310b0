import { studentCdf, studentQuantile } from './distributions.ts'
import { dot } from './dot.ts'
import { type DampedTrend, dampedTrend, etsMean, etsVariance } from './ets.ts'
import { type EtsParameters, type EtsState, etsFilter, likeliestStart } from './ets-filter.ts'
import { checkedLevel, type Prediction } from './forecast-prediction.ts'

export interface AveragedTrend {
  /** The single likeliest model, without a season; its intervals hold its parameters as known. */
  readonly likeliest: DampedTrend
  readonly predict: (steps: number, level?: number) => Prediction
  readonly probabilityAtLeast: (steps: number, target: number) => number
}

/** What one set of parameters says about the period that is asked for: Student's distribution with n − 2 degrees. */
interface Component {
  readonly weight: number
  readonly centre: number
  readonly spread: number
}

/** Midpoints per allowed range of alpha, beta and phi. */
const grid = [10, 8, 4] as const

/**
 * The damped trend averaged over its parameters: each point of a grid counts by its likelihood, the first state and σ
 * integrated out under flat priors (Bayesian linear model given alpha, beta, phi; Hoeting et al. 1999, Statistical Science
 * 14, 382–417). Its intervals are wider than those of the likeliest model, which in short series miss the truth far
 * more often than they say. Null as `dampedTrend`; a perfect series is forecast by the likeliest model.
 */
export function averagedTrend(
  values: readonly number[],
  { share = false }: { readonly share?: boolean } = {},
): AveragedTrend | null {
  const likeliest = dampedTrend(values, { share })
  if (likeliest === null) return null
  if (likeliest.sigma === 0) return { likeliest, ...likeliest }
  const { scale, n } = likeliest
  const points = posterior(values.map(scale.to))
  const components = (steps: number) => points.map(point => componentAt(point, n, steps))
  return {
    likeliest,
    predict: (steps, level = 0.95) => {
      const mixture = components(steps)
      const at = (p: number) => scale.from(quantileOf(mixture, n - 2, p))
      const tail = (1 - checkedLevel(level)) / 2
      return { value: at(0.5), low: at(tail), high: at(1 - tail), sigma: deviationOf(mixture, n - 2) }
    },
    probabilityAtLeast: (steps, target) => {
      if (Number.isNaN(target)) throw new RangeError('the target is not a number')
      if (target <= scale.lowest) return 1
      return target >= scale.highest ? 0 : 1 - cdfOf(components(checkedSteps(steps)), n - 2, scale.to(target))
    },
  }
}

function checkedSteps(steps: number): number {
  if (!Number.isInteger(steps) || steps < 1) throw new RangeError(`no step ahead: ${steps}`)
  return steps
}

/** A grid point with all that its forecasts need. */
interface Point {
  readonly weight: number
  readonly parameters: EtsParameters
  readonly last: EtsState
  /** The last state that a first level, or a first trend, of 1 alone leads to. */
  readonly fromLevel: EtsState
  readonly fromTrend: EtsState
  readonly squares: number
  /** XᵀX of the errors on the first state: its corners and its off-diagonal. */
  readonly information: readonly [level: number, trend: number, both: number]
}

/** Grid points with their share of the likelihood; those below 1e-5 of the best are left out. */
function posterior(z: readonly number[]): readonly Point[] {
  const n = z.length
  const points = gridPoints().map(parameters => pointAt(z, parameters))
  const logs = points.map(
    ({ squares, information: [a, b, c] }) => (-(n - 2) / 2) * Math.log(squares) - Math.log(a * b - c * c) / 2,
  )
  const best = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY)
  const raw = points.map((point, i) => ({ ...point, weight: Math.exp((logs[i] ?? best) - best) }))
  const kept = raw.filter(({ weight }) => weight > 1e-5)
  const sum = kept.reduce((whole, { weight }) => whole + weight, 0)
  return kept.map(point => ({ ...point, weight: point.weight / sum }))
}

function gridPoints(): readonly EtsParameters[] {
  const midpoints = (count: number) => Array.from({ length: count }, (_, i) => (i + 0.5) / count)
  const [alphas, betas, phis] = grid.map(midpoints)
  return (alphas ?? []).flatMap(alpha =>
    (betas ?? []).flatMap(beta =>
      (phis ?? []).map(phi => ({ alpha, beta: alpha * beta, phi: 0.8 + 0.18 * phi, gamma: 0, season: 1 })),
    ),
  )
}

function pointAt(z: readonly number[], parameters: EtsParameters): Point {
  const none = z.map(() => 0)
  const level = etsFilter(none, parameters, { level: 1, trend: 0, seasonal: [] })
  const trend = etsFilter(none, parameters, { level: 0, trend: 1, seasonal: [] })
  const { errors, last } = etsFilter(z, parameters, likeliestStart(z, parameters))
  return {
    ...{ weight: 0, parameters, last, fromLevel: level.last, fromTrend: trend.last },
    squares: Math.max(Number.MIN_VALUE, dot(errors, errors)),
    information: [
      dot(level.errors, level.errors),
      dot(trend.errors, trend.errors),
      dot(level.errors, trend.errors),
    ],
  }
}

/** The variance adds that of the estimated first state to that of the errors to come. */
function componentAt(point: Point, n: number, steps: number): Component {
  const { weight, parameters, squares, information } = point
  const [a, b, c] = information
  const x = etsMean(parameters, point.fromLevel, checkedSteps(steps))
  const y = etsMean(parameters, point.fromTrend, steps)
  const ofState = (b * x * x - 2 * c * x * y + a * y * y) / (a * b - c * c)
  const variance = (squares / (n - 2)) * (etsVariance(parameters, steps) + ofState)
  return { weight, centre: etsMean(parameters, point.last, steps), spread: Math.sqrt(variance) }
}

function cdfOf(mixture: readonly Component[], df: number, x: number): number {
  const all = mixture.reduce(
    (sum, { weight, centre, spread }) => sum + weight * studentCdf((x - centre) / spread, df),
    0,
  )
  return Math.min(1, Math.max(0, all))
}

/**
 * Between the least and the largest quantile of the components, by false position with halved weights (the Illinois
 * method; Dowell & Jarratt 1971, BIT 11, 168–174).
 */
function quantileOf(mixture: readonly Component[], df: number, p: number): number {
  const t = studentQuantile(p, df)
  const all = mixture.map(({ centre, spread }) => centre + t * spread)
  const off = (x: number) => cdfOf(mixture, df, x) - p
  let [low, high] = [
    all.reduce((a, b) => Math.min(a, b), Infinity),
    all.reduce((a, b) => Math.max(a, b), -Infinity),
  ]
  let [below, above, side] = [off(low), off(high), 0]
  for (let i = 0; i < 100 && below < 0 && above > 0; i++) {
    const x = high - (above * (high - low)) / (above - below)
    const at = off(x)
    if (Math.abs(at) < 1e-13 || high - low <= 1e-14 * Math.abs(x)) return x
    if (at < 0) [low, below, above, side] = [x, at, side < 0 ? above / 2 : above, -1]
    else [high, above, below, side] = [x, at, side > 0 ? below / 2 : below, 1]
  }
  return below >= 0 ? low : high
}

function deviationOf(mixture: readonly Component[], df: number): number {
  const mean = mixture.reduce((sum, { weight, centre }) => sum + weight * centre, 0)
  const variance = mixture.reduce(
    (sum, { weight, centre, spread }) =>
      sum + weight * ((spread * spread * df) / (df - 2) + (centre - mean) ** 2),
    0,
  )
  return Math.sqrt(variance)
}

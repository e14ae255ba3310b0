import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dampedTrend, etsMean, etsVariance } from './ets.ts'
import { etsFilter, leastSquaresSolution } from './ets-filter.ts'
import { nelderMead } from './ets-simplex.ts'
import { airmiles, airPassengers, nile } from './testing-series.ts'

/** R 4 with forecast 8.20: ets(y, model = "AAN" or "AAA", damped = TRUE), forecast(fit, h = 12, level = 95). */
const oracles = [
  {
    name: 'log(airmiles)',
    values: airmiles,
    y: airmiles.map(Math.log),
    parameters: {
      alpha: 0.9998999984562037,
      beta: 0.00010023674830045519,
      phi: 0.9581357171310996,
      gamma: 0,
      season: 1,
    },
    start: { level: 5.73349493309231, trend: 0.2986799289013877, seasonal: [] },
    logLikelihood: 10.70738672669819,
    sigma2: 0.021564190087528537,
    aicc: -4.473596982808143,
    mean: { 1: 10.428490478422711, 12: 11.30918492035568 },
    low: { 1: 10.140674654981989, 12: 10.31179338592483 },
  },
  {
    name: 'Nile',
    // Shifted below 0, which changes the level alone and keeps the values on their own scale.
    values: nile.map(flow => flow - 5000),
    y: nile,
    parameters: {
      alpha: 0.25616926435003923,
      beta: 0.000100035066235912,
      phi: 0.800004272538668,
      gamma: 0,
      season: 1,
    },
    start: { level: 1111.112734609705, trend: 11.249687057003957, seasonal: [] },
    logLikelihood: -726.5020468010237,
    sigma2: 21507.651712814735,
    aicc: 1465.907319408499,
    mean: { 1: 801.8172310842609, 12: 801.7158791529022 },
    low: { 1: 514.3789622601371, 12: 424.3765362575205 },
  },
  {
    name: 'log(AirPassengers)',
    values: airPassengers,
    y: airPassengers.map(Math.log),
    parameters: {
      alpha: 0.6449632910845766,
      beta: 0.003387507291734317,
      phi: 0.979976695274856,
      gamma: 0.00044222420815611719,
      season: 12,
    },
    // R gives s0 … s10 and the missing one as minus their sum; ours come in the order of the months.
    start: {
      level: 4.768457593352993,
      trend: 0.02236161198280103,
      seasonal: [
        -0.1064261543035459, -0.21674581855536687, -0.07786526950911637, 0.0579198151870083,
        0.20886216318872713, 0.22088298288384578, 0.11078951071566601, -0.01130537275420948,
        -0.00993922517356304, 0.02003816048379518, -0.11245507219287579,
      ].reverse(),
    },
    logLikelihood: 116.33334921548121,
    sigma2: 0.0015649083049626578,
    aicc: -191.1946984309624,
    mean: { 1: 6.099673425429132, 12: 6.09873404807092 },
    low: { 1: 6.022139363161789, 12: 5.91128218734022 },
  },
].map(oracle => {
  const { seasonal } = oracle.start
  const missing = -seasonal.reduce((sum, term) => sum + term, 0)
  return { ...oracle, start: { ...oracle.start, seasonal: seasonal.length ? [missing, ...seasonal] : [] } }
})

const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0)

describe.each(oracles)('R on $name', ({ values, y, parameters, start, ...r }) => {
  test('has our errors and forecasts at its parameters', () => {
    const { errors, last } = etsFilter(y, parameters, start)
    expect((-y.length / 2) * Math.log(squares(errors))).toBeCloseTo(r.logLikelihood, 6)
    const free = parameters.season > 1 ? 17 : 5
    expect(squares(errors) / (y.length - free) / r.sigma2).toBeCloseTo(1, 7)
    for (const steps of [1, 12] as const) {
      expect(etsMean(parameters, last, steps) / r.mean[steps] - 1).toBeCloseTo(0, 9)
      // qnorm(0.975)
      const low = r.mean[steps] - 1.959963984540054 * Math.sqrt(r.sigma2 * etsVariance(parameters, steps))
      expect(low / r.low[steps] - 1).toBeCloseTo(0, 9)
    }
  })

  test('finds no likelier parameters than we do', () => {
    const fit = dampedTrend(values, { season: 12 })
    expect(fit?.parameters.season).toBe(parameters.season)
    expect(fit?.logLikelihood).toBeGreaterThan(r.logLikelihood - 0.01)
    expect((fit?.sigma ?? 0) ** 2 / r.sigma2).toBeCloseTo(1, 1)
    expect(fit?.aicc).toBeLessThan(r.aicc + 0.02)
  })
})

test('the forecast of airmiles is close to that of R, on the scale of the series', () => {
  const fit = dampedTrend(airmiles)
  // Our parameters are a little likelier than those where R's search ends, so the forecasts are not the same.
  expect((fit?.predict(1).value ?? 0) / Math.exp(10.428490478422711)).toBeCloseTo(1, 2)
  expect(fit?.probabilityAtLeast(12, fit.predict(12).value)).toBeCloseTo(0.5, 12)
  expect(fit?.probabilityAtLeast(12, fit.predict(12, 0.9).high)).toBeCloseTo(0.05, 9)
})

test('the variance is the closed form of Hyndman et al. 2008, table 6.2', () => {
  // σ²_h/σ² = 1 + α²(h−1) + βφh/(1−φ)²·{2α(1−φ)+βφ} − βφ(1−φ^h)/((1−φ)²(1−φ²))·{2α(1−φ²)+βφ(1+2φ−φ^h)}
  const [alpha, beta, phi] = [0.4, 0.15, 0.9]
  for (const h of [1, 2, 5, 24]) {
    const a = ((beta * phi * h) / (1 - phi) ** 2) * (2 * alpha * (1 - phi) + beta * phi)
    const b =
      ((beta * phi * (1 - phi ** h)) / ((1 - phi) ** 2 * (1 - phi ** 2))) *
      (2 * alpha * (1 - phi ** 2) + beta * phi * (1 + 2 * phi - phi ** h))
    const closed = 1 + alpha ** 2 * (h - 1) + a - b
    expect(etsVariance({ alpha, beta, phi, gamma: 0, season: 1 }, h)).toBeCloseTo(closed, 10)
  }
})

test('a constant series is forecast without error', () => {
  const fit = dampedTrend(new Array(12).fill(7))
  expect(fit?.sigma).toBe(0)
  expect(fit?.predict(24).value).toBeCloseTo(7, 12)
  expect(fit?.predict(24)).toMatchObject({ low: fit?.predict(24).value, high: fit?.predict(24).value })
  expect([6.9, 7, 7.1].map(target => fit?.probabilityAtLeast(24, target))).toEqual([1, 1, 0])
  expect(dampedTrend(new Array(12).fill(0))?.predict(3)).toEqual({ value: 0, low: 0, high: 0, sigma: 0 })
})

test('a series that the model makes without error is continued', () => {
  // ln y = 3 + 0.1·(φ + … + φ^t) with φ = 0.9, which tends to 3 + 0.1·9 = 3.9.
  const level = (t: number) => 3 + (0.1 * 0.9 * (1 - 0.9 ** t)) / 0.1
  const fit = dampedTrend(Array.from({ length: 24 }, (_, t) => Math.exp(level(t + 1))))
  expect(fit?.predict(200).value).toBeCloseTo(Math.exp(3.9), 1)
  expect(fit?.sigma).toBeLessThan(1e-4)
})

test('too few or missing values have no forecast; zeros and negative values keep their own scale', () => {
  expect(dampedTrend(airmiles.slice(0, 11))).toBeNull()
  expect(dampedTrend([...airmiles, Number.NaN])).toBeNull()
  expect(dampedTrend(airmiles.map((_, i) => (-1) ** i * 1e300))).toBeNull()
  const counts = dampedTrend([5, 3, 0, 4, 2, 0, 3, 1, 2, 0, 1, 0, 1, 0])
  expect(counts?.scale.id).toBe('nonNegative')
  expect(counts?.predict(6).low).toBe(0)
  expect(counts?.probabilityAtLeast(6, 0)).toBe(1)
  expect(dampedTrend(airmiles.map(mile => mile - 5000))?.scale.id).toBe('identity')
  expect(
    dampedTrend(
      airmiles.map(mile => mile / 40_000),
      { share: true },
    )?.scale.id,
  ).toBe('logit')
})

test('any finite series gives finite, ordered forecasts', () => {
  const series = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 12, maxLength: 30 })
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 60 }), (values, steps) => {
      const fit = dampedTrend(values)
      const at = fit?.predict(steps)
      if (!fit || !at) throw new Error('no fit')
      const { alpha, beta, phi } = fit.parameters
      expect(beta > 0 && beta <= alpha && alpha < 1 && phi >= 0.8 && phi <= 0.98).toBe(true)
      expect([at.low <= at.value, at.value <= at.high, Number.isFinite(at.sigma)]).toEqual([true, true, true])
      const share = fit.probabilityAtLeast(steps, at.value)
      expect(share >= 0 && share <= 1).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('the unit of the series does not matter', () => {
  const [one, thousand] = [dampedTrend(airPassengers), dampedTrend(airPassengers.map(y => 1000 * y))]
  expect((thousand?.predict(6).value ?? 0) / (one?.predict(6).value ?? 1)).toBeCloseTo(1000, 2)
  expect(thousand?.sigma).toBeCloseTo(one?.sigma ?? 0, 7)
})

test('the simplex finds the minimum of Rosenbrock’s valley at (1, 1)', () => {
  const valley = ([x = 0, y = 0]: readonly number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2
  const { at, cost } = nelderMead(valley, [-1.2, 1], { tolerance: 1e-16, steps: 2000 })
  expect(cost).toBeLessThan(1e-14)
  expect(at.map(x => Math.round(x * 1e6) / 1e6)).toEqual([1, 1])
})

test('least squares leave out a column that says nothing new', () => {
  // y = 2 + 3·t over t = 0, 1, 2; the third column is twice the second.
  const solution = leastSquaresSolution(
    [
      [1, 1, 1],
      [0, 1, 2],
      [0, 2, 4],
    ],
    [2, 5, 8],
  )
  expect(solution.map(x => Math.round(x * 1e9) / 1e9)).toEqual([2, 3, 0])
})

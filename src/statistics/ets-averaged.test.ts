import { describe, expect, test } from 'vitest'
import { dampedTrend } from './ets.ts'
import { averagedTrend } from './ets-averaged.ts'
import { seededRandom } from './random.ts'
import { airmiles, airPassengers } from './testing-series.ts'

/** Series that the damped trend itself makes: α 0.5, β 0.05, φ 0.92, σ 0.02 on the log scale. */
function simulated(length: number, seed: string): readonly number[] {
  const random = seededRandom(seed)
  let [level, trend] = [10, 0.02]
  return Array.from({ length }, () => {
    const error = 0.02 * random.normal()
    const before = level + 0.92 * trend
    level = before + 0.5 * error
    trend = 0.92 * trend + 0.05 * error
    return Math.exp(before + error)
  })
}

/** The shares of 50 series, each forecast from its first year, have their value a year later in the 95 % interval. */
function coverage(): { readonly averaged: number; readonly likeliest: number } {
  const hits = Array.from({ length: 50 }, (_, i) => {
    const series = simulated(24, `series ${i}`)
    const fit = averagedTrend(series.slice(0, 12))
    const truth = series.at(-1) ?? 0
    return [fit, fit?.likeliest].map(model => {
      const { low, high } = model?.predict(12) ?? { low: 1, high: 0 }
      return truth >= low && truth <= high
    })
  })
  const share = (k: number) => hits.filter(hit => hit[k]).length / hits.length
  return { averaged: share(0), likeliest: share(1) }
}

describe('averaging over the parameters', () => {
  test('keeps a year ahead what an interval from a year promises', () => {
    // The likeliest model alone, ours as R's, holds less than half of the values; the standard errors are 0.03 and 0.07.
    const { averaged, likeliest } = coverage()
    expect(averaged).toBeGreaterThan(0.86)
    expect(likeliest).toBeLessThan(0.65)
  })

  test('agrees with the likeliest model where the series is long', () => {
    const long = simulated(400, 'long')
    const [averaged, likeliest] = [averagedTrend(long)?.predict(6), dampedTrend(long)?.predict(6)]
    expect((averaged?.value ?? 0) / (likeliest?.value ?? 1)).toBeCloseTo(1, 1)
    expect((averaged?.sigma ?? 0) / (likeliest?.sigma ?? 1)).toBeCloseTo(1, 0)
  })

  test('gives quantiles and probabilities of one distribution', () => {
    const fit = averagedTrend(airmiles)
    const { value, low, high } = fit?.predict(24, 0.9) ?? { value: 0, low: 0, high: 0 }
    expect(fit?.probabilityAtLeast(24, value)).toBeCloseTo(0.5, 9)
    expect(fit?.probabilityAtLeast(24, low)).toBeCloseTo(0.95, 9)
    expect(fit?.probabilityAtLeast(24, high)).toBeCloseTo(0.05, 9)
    expect(fit?.probabilityAtLeast(24, -1)).toBe(1)
    expect(fit?.probabilityAtLeast(24, Number.POSITIVE_INFINITY)).toBe(0)
  })

  test('does not depend on the unit', () => {
    const [one, thousand] = [averagedTrend(airPassengers), averagedTrend(airPassengers.map(y => 1000 * y))]
    expect((thousand?.predict(6).value ?? 0) / (one?.predict(6).value ?? 1)).toBeCloseTo(1000, 6)
  })

  test('leaves a perfect series and a short one to the likeliest model', () => {
    expect(averagedTrend(new Array(12).fill(7))?.predict(3)).toMatchObject({ sigma: 0 })
    expect(averagedTrend([1, 2, 3])).toBeNull()
    expect(() => averagedTrend(airmiles)?.predict(0)).toThrow(RangeError)
    expect(() => averagedTrend(airmiles)?.probabilityAtLeast(1.5, 3)).toThrow(RangeError)
  })
})

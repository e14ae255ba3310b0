import { describe, expect, test } from 'vitest'
import { averagedTrend } from './ets-averaged.ts'
import { forecastOf } from './forecast.ts'
import { backtest, dampedTrendMethod, logLinearMethod } from './forecast-backtest.ts'
import { decimalYear, monthOf } from './forecast-calendar.ts'
import { airmiles } from './testing-series.ts'

/** The last day of the month that is `i` months after December 2024. */
const monthEnd = (i: number) => new Date(Date.UTC(2025, i, 0)).toISOString().slice(0, 10)
const monthly = (values: readonly number[]) => values.map((value, i) => ({ date: monthEnd(i), value }))
const doubling = (months: number) => monthly(Array.from({ length: months }, (_, i) => 100 * 2 ** (i / 12)))

test('ends of years are whole years apart', () => {
  expect(['2025-12-31', '2028-12-31', '2027-12-31T23:59:59Z'].map(decimalYear)).toEqual([2026, 2029, 2028])
  // 31 of 365 days are over; 60 of the 366 of a leap year.
  expect(decimalYear('2026-01-31')).toBeCloseTo(2026 + 31 / 365, 12)
  expect(decimalYear('2028-02-29')).toBeCloseTo(2028 + 60 / 366, 12)
  expect(monthOf('2028-12-31') - monthOf('2025-12-01')).toBe(36)
})

test.each(['', '2025', '2025-13-01', '2026-02-29', '2025-12-311', 'yesterday'])('%j is no date', date => {
  expect(() => monthOf(date)).toThrow(RangeError)
})

describe('the method follows from the number of months', () => {
  test.each([
    [0, 'scenarios', 'fewMonths'],
    [3, 'scenarios', 'fewMonths'],
    [4, 'logLinear', 'fewMonths'],
    [11, 'logLinear', 'fewMonths'],
    [12, 'dampedTrend', 'monthly'],
  ])('%d: %s', (months, method, reason) => {
    expect(forecastOf(doubling(months))).toMatchObject({ method, reason })
  })

  test('a month counts once, with its latest value', () => {
    const days = [1, 8, 15, 22, 28].map(day => ({
      date: `2025-01-${String(day).padStart(2, '0')}`,
      value: day,
    }))
    expect(forecastOf(days.toReversed())).toMatchObject({
      method: 'scenarios',
      used: [{ date: '2025-01-28', value: 28 }],
    })
  })

  test('a gap leaves 12 months after it, or a line over all', () => {
    const holed = (months: number, hole: number) => doubling(months).filter((_, i) => i !== hole)
    expect(forecastOf(holed(24, 5))).toMatchObject({ method: 'dampedTrend', leftOut: 5 })
    expect(forecastOf(holed(16, 8))).toMatchObject({ method: 'logLinear', reason: 'gaps' })
    expect(forecastOf([...doubling(6), { date: monthEnd(6), value: Number.NaN }]).used).toHaveLength(6)
  })

  test('zeros leave scenarios to a short series and the own scale to a long one', () => {
    expect(forecastOf(monthly([0, 1, 2, 3]))).toMatchObject({ method: 'scenarios', reason: 'notInside' })
    const long = forecastOf(monthly([0, 1, 2, 3, 3, 4, 5, 5, 6, 6, 7, 8]))
    expect(long.method === 'dampedTrend' && long.fit.scale.id).toBe('nonNegative')
  })

  test('shares are forecast on the logit scale', () => {
    expect(forecastOf(monthly([0.2, 0.22, 0.23, 0.26]), { share: true }).method).toBe('logitLinear')
    const long = forecastOf(
      doubling(12).map(entry => ({ ...entry, value: entry.value / 1000 })),
      { share: true },
    )
    expect(long.method === 'dampedTrend' && long.fit.scale.id).toBe('logit')
  })
})

test('four year ends are continued to the end of 2028', () => {
  // 100, 110, 121, 133.1 at the ends of 2022 to 2025: 133.1·1.1³ = 177.1561 at the end of 2028.
  const values = [100, 110, 121, 133.1].map((value, i) => ({ date: `${2022 + i}-12-31`, value }))
  const forecast = forecastOf(values)
  if (forecast.method !== 'logLinear') throw new Error(forecast.method)
  expect(forecast.predict('2028-12-31')?.value).toBeCloseTo(177.1561, 9)
  expect(forecast.probabilityAtLeast('2028-12-31', 177)).toBe(1)
  expect(forecast.predict('2025-12-31')).toBeNull()
  expect(forecast.probabilityAtLeast('2025-01-31', 1)).toBeNull()
})

test('a monthly forecast counts the months from the last one', () => {
  const values = airmiles.slice(0, 18)
  const forecast = forecastOf(monthly(values))
  if (forecast.method !== 'dampedTrend') throw new Error(forecast.method)
  // The 18 values end in May 2026; December 2028 is 31 months later.
  expect(forecast.predict('2028-12-31')).toEqual(forecast.fit.predict(31))
  expect(forecast.probabilityAtLeast('2028-12-31', 1e4)).toBe(forecast.fit.probabilityAtLeast(31, 1e4))
  expect(forecast.predict('2026-05-31')).toBeNull()
  const averaged = forecastOf(monthly(values), { averaged: true })
  if (averaged.method !== 'dampedTrend') throw new Error(averaged.method)
  expect([forecast.averaged, averaged.averaged]).toEqual([false, true])
  expect(averaged.predict('2028-12-31')).toEqual(averagedTrend(values)?.predict(31))
})

describe('a backtest', () => {
  const points = [1, 2, 4, 8, 8].map((y, t) => ({ t, y }))

  test('holds forecasts against what came', () => {
    // 1, 2, 4 forecast 8 and 16 exactly as a line of logarithms; 1, 2, 4, 8 forecast 16. Errors 0, 8, 8; the naive
    // forecasts 4, 4 and 8 err by 4, 4, 0. Changes before: (1 + 2)/2 = 1.5 and (1 + 2 + 4)/3 = 7/3.
    const result = backtest(points, 2, logLinearMethod)
    expect(result).toMatchObject({ origins: 2, level: 0.95 })
    expect(result?.cases.map(({ origin, t, steps }) => [origin, t, steps])).toEqual([
      [2, 3, 1],
      [2, 4, 2],
      [3, 4, 1],
    ])
    expect(result?.meanAbsoluteError).toBeCloseTo(16 / 3, 12)
    expect(result?.relativeToNaive).toBeCloseTo(2, 12)
    expect(result?.mase).toBeCloseTo((0 + 8 / 1.5 + 8 / (7 / 3)) / 3, 12)
  })

  test('counts how often intervals hold', () => {
    // The forecasts of [0, 2] hold the changes to 1, 2 and 0, not that to 5.
    const wide = () => () => ({ value: 1, low: 0, high: 2, sigma: 1 })
    const result = backtest(
      [9, 1, 2, 0, 5].map((y, t) => ({ t, y })),
      1,
      wide,
    )
    expect(result?.coverage).toBe(3 / 4)
  })

  test('has no scale where nothing had changed', () => {
    const result = backtest(
      [3, 3, 3, 3, 3].map((y, t) => ({ t, y })),
      1,
      logLinearMethod,
    )
    expect(result).toMatchObject({
      mase: null,
      relativeToNaive: null,
      meanAbsoluteError: expect.closeTo(0, 12),
    })
  })

  test('needs an origin', () => {
    expect(backtest(points.slice(0, 3), 1, logLinearMethod)).toBeNull()
    expect(backtest([], 1, logLinearMethod)).toBeNull()
  })

  test('goes over every origin that can be forecast from, the latest first', () => {
    const series = airmiles.map((y, i) => ({ t: 1937 + i, y }))
    const result = backtest(series, 3, dampedTrendMethod)
    // Origins after 12 to 23 years: ten with three forecasts each, then two and one.
    expect([result?.origins, result?.cases.length]).toEqual([12, 33])
    expect(result?.cases.map(({ t }) => t).every(t => t >= 1949)).toBe(true)
    expect(backtest(series, 3, logLinearMethod, { origins: 5 })?.origins).toBe(5)
    expect(result?.cases[0]?.forecast).toEqual(
      dampedTrendMethod(series.slice(0, 12))?.({ t: 1949, steps: 1 }, 0.95),
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growthRate, logitLinear, logLinear } from './regression.ts'

const devices = [4, 5.2, 6.1, 7.6, 8, 9.1, 9.8, 10.05].map((y, i) => ({ t: 2018 + i, y: y * 1e7 }))

test('a log-linear line is that of R', () => {
  // m <- lm(log(y) ~ x); predict(m, x = 2028, interval = "prediction", level = .8); summary(m); confint(m)
  const line = logLinear(devices)
  expect(line?.slope).toBeCloseTo(0.12939067780427937, 12)
  expect(line?.slopeError).toBeCloseTo(0.014172649256731418, 12)
  const { value, low, high, sigma } = line?.predict(2028, 0.8) ?? {}
  expect((value ?? 0) / 166044715.28872263).toBeCloseTo(1, 10)
  expect((low ?? 0) / 136895151.13799953).toBeCloseTo(1, 10)
  expect((high ?? 0) / 201401198.2609939).toBeCloseTo(1, 10)
  expect(sigma).toBeCloseTo(0.13407955411775535, 10)
  // pt((fit - log(1.2e8)) / se, 6)
  expect(line?.probabilityAtLeast(2028, 1.2e8)).toBeCloseTo(0.974145389993416, 10)
  const growth = line && growthRate(line)
  expect(growth?.value).toBeCloseTo(Math.expm1(0.12939067780427937), 10)
  expect(growth?.low).toBeCloseTo(Math.expm1(0.09471145437586234), 10)
  expect(growth?.high).toBeCloseTo(Math.expm1(0.16406990123269641), 10)
})

test('a logit line is that of R', () => {
  // m <- lm(qlogis(y) ~ x); plogis(predict(m, x = 2030, interval = "prediction", level = .9))
  const line = logitLinear([0.12, 0.15, 0.22, 0.25, 0.31, 0.33].map((y, i) => ({ t: 2019 + i, y })))
  const { value, low, high } = line?.predict(2030, 0.9) ?? {}
  expect(value).toBeCloseTo(0.7338500996328221, 10)
  expect(low).toBeCloseTo(0.6231650309490083, 10)
  expect(high).toBeCloseTo(0.82134492535129255, 10)
  expect(line?.probabilityAtLeast(2030, 0.55)).toBeCloseTo(0.9862674738012136, 10)
  expect([-1, 0, 1, 2].map(target => line?.probabilityAtLeast(2030, target))).toEqual([1, 1, 0, 0])
})

test('a perfect series has no interval', () => {
  // Doubling each year from 3 at 2020: 3·2⁸ = 768 at 2028.
  const line = logLinear([2020, 2021, 2022, 2024].map(t => ({ t, y: 3 * 2 ** (t - 2020) })))
  const { value, low, high, sigma } = line?.predict(2028) ?? {}
  expect(value).toBeCloseTo(768, 9)
  expect([low, high, sigma]).toEqual([value, value, 0])
  expect([767, 768, 769].map(target => line?.probabilityAtLeast(2028, target))).toEqual([1, 1, 0])
  expect(logLinear([1, 2, 3].map(t => ({ t, y: 5 })))?.predict(9)).toMatchObject({ sigma: 0 })
})

test.each([
  [
    'two points',
    [
      [1, 1],
      [2, 2],
    ],
  ],
  [
    'one time',
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
  ],
  [
    'a zero',
    [
      [1, 1],
      [2, 0],
      [3, 3],
    ],
  ],
  [
    'a gap',
    [
      [1, 1],
      [2, Number.NaN],
      [3, 3],
    ],
  ],
  [
    'no time',
    [
      [1, 1],
      [Number.NaN, 1],
      [3, 3],
    ],
  ],
])('there is no line through %s', (_, points) => {
  expect(logLinear(points.map(([t = 0, y = 0]) => ({ t, y })))).toBeNull()
})

test('a share of 1 has no logit', () => {
  expect(logitLinear([0.1, 0.5, 1].map((y, t) => ({ t, y })))).toBeNull()
})

test('intervals hold the forecast, widen with the level, and no order of the points matters', () => {
  const point = fc.record({
    t: fc.integer({ min: 2000, max: 2026 }),
    y: fc.double({ min: 1, max: 1e9, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 11 }), points => {
      const line = logLinear(points)
      if (line === null) return
      const [narrow, wide] = [line.predict(2028, 0.5), line.predict(2028, 0.95)]
      expect([wide.low <= narrow.low, narrow.low <= narrow.value, narrow.high <= wide.high]).toEqual([
        true,
        true,
        true,
      ])
      const turned = logLinear([...points].reverse())?.predict(2028).value ?? 0
      expect(Math.abs(Math.log(turned / narrow.value))).toBeLessThan(
        1e-9 * Math.max(1, Math.abs(Math.log(narrow.value))),
      )
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clopperPearson, poissonMeanTime, weightedProportion, wilson } from './intervals.ts'
import { expectRelative } from './testing-relative.ts'

describe('equals R', () => {
  // prop.test(k, n, correct = FALSE, conf.level = level)$conf.int
  test.each([
    [15, 148, 0.95, 0.0623863995307363, 0.160487241723308],
    [0, 10, 0.95, 0, 0.277532799862889],
    [10, 10, 0.95, 0.722467200137111, 1],
    [3, 1e6, 0.99, 7.57758631124461e-7, 1.18770541392204e-5],
  ])('wilson(%s, %s, %s)', (k, n, level, low, high) => {
    const limits = wilson(k, n, level)
    expectRelative(limits?.low, low, 1e-13)
    expectRelative(limits?.high, high, 1e-13)
  })

  // binom.test(k, n, conf.level = level)$conf.int
  test.each([
    [15, 148, 0.95, 0.0578440100834486, 0.161650490349479],
    [0, 10, 0.95, 0, 0.308497107818761],
    [3, 1e6, 0.99, 3.3786366951564e-7, 1.09774337091263e-5],
  ])('clopperPearson(%s, %s, %s)', (k, n, level, low, high) => {
    const limits = clopperPearson(k, n, level)
    expectRelative(limits?.low, low, 1e-13)
    expectRelative(limits?.high, high, 1e-13)
  })

  // 2 * 1000 / c(qchisq(.975, 12), qchisq(.025, 10))
  test('poissonMeanTime(1000, 5)', () => {
    const mean = poissonMeanTime(1000, 5)
    expect(mean?.value).toBe(200)
    expectRelative(mean?.low, 85.7020517758566, 1e-13)
    expectRelative(mean?.high, 615.958351167366, 1e-13)
  })

  // svyciprop(~y, svydesign(ids = ~1, weights = ~w, data = d), method = "logit", level = level) of package survey
  test.each([
    [0.95, 0.257869913739959, 0.937639088385522],
    [0.9, 0.331857733612029, 0.913184432052278],
  ])('weightedProportion at level %s', (level, low, high) => {
    const [y, w] = [
      [1, 0, 1, 1, 0, 0, 1, 1, 0, 1],
      [2, 1, 3.5, 0.5, 1, 4, 2, 2, 1, 6],
    ]
    const share = weightedProportion(y, w, level)
    // 16/23; (Σw)²/Σw² = 529/79.5
    expectRelative(share?.value, 16 / 23, 1e-15)
    expectRelative(share?.standardError, 0.176304075296478, 1e-13)
    expectRelative(share?.effective, 529 / 79.5, 1e-15)
    expectRelative(share?.low, low, 1e-12)
    expectRelative(share?.high, high, 1e-12)
    expect(share?.count).toBe(10)
  })
})

describe('the poorest data', () => {
  test('no trial has no interval', () => {
    expect([wilson(0, 0), clopperPearson(0, 0)]).toEqual([null, null])
    expect([poissonMeanTime(0, 0), poissonMeanTime(0, 3)]).toEqual([null, null])
    expect([weightedProportion([], []), weightedProportion([1, 0], [0, 0])]).toEqual([null, null])
  })

  test('no failure has a lower limit only', () => {
    // χ²(0.975, 2) = −2 ln 0.025, so that 2U over it is U/ln 40.
    const mean = poissonMeanTime(1000, 0)
    expect(mean).toMatchObject({ value: null, high: null })
    expectRelative(mean?.low, 1000 / Math.log(40), 1e-13)
  })

  test('equal values take the exact interval of the effective size', () => {
    // Two units of equal weight: the upper limit of 0 out of 2 is 1 − √0.025.
    const none = weightedProportion([0, 0], [3, 3])
    expect(none).toMatchObject({ value: 0, standardError: 0, low: 0, effective: 2, count: 2 })
    expectRelative(none?.high, 1 - Math.sqrt(0.025), 1e-13)
    const all = weightedProportion([1], [7])
    expect(all).toMatchObject({ value: 1, high: 1, effective: 1, count: 1 })
    expectRelative(all?.low, 0.025, 1e-13)
  })

  test('a weight of 0 is no unit', () => {
    expect(weightedProportion([1, 0, 1, 0], [1, 2, 3, 0])).toEqual(weightedProportion([1, 0, 1], [1, 2, 3]))
  })
})

test.each([
  ['more hits than trials', () => wilson(3, 2)],
  ['hits below 0', () => clopperPearson(-1, 2)],
  ['a count that is no number', () => wilson(Number.NaN, 2)],
  ['a level of 1', () => wilson(1, 2, 1)],
  ['a level of 0', () => poissonMeanTime(1, 1, 0)],
  ['a time below 0', () => poissonMeanTime(-1, 1)],
  ['half a failure', () => poissonMeanTime(1, 0.5)],
  ['a value between', () => weightedProportion([0.5], [1])],
  ['a weight below 0', () => weightedProportion([1], [-1])],
  ['a missing weight', () => weightedProportion([1, 0], [1])],
])('refuses %s', (_, call) => {
  expect(call).toThrow(RangeError)
})

describe('every interval', () => {
  const level = fc.double({ min: 0.5, max: 0.999, noNaN: true })
  const trials = fc
    .integer({ min: 1, max: 100_000 })
    .chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

  test('of a proportion encloses it, lies in [0, 1], mirrors its complement and narrows with its level', () => {
    fc.assert(
      fc.property(trials, level, ([k, n], level) => {
        for (const interval of [wilson, clopperPearson]) {
          const { low, high } = interval(k, n, level) ?? { low: 1, high: 0 }
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(k / n)
          expect(high).toBeGreaterThanOrEqual(k / n)
          expect(high).toBeLessThanOrEqual(1)
          expect(interval(n - k, n, level)?.high).toBeCloseTo(1 - low, 11)
          expect(interval(k, n, level / 2)?.low).toBeGreaterThanOrEqual(low)
        }
      }),
    )
  })

  test('of an exact proportion contains that of the score where both tails count', () => {
    // Clopper and Pearson's limits invert the two tails P(X ≥ k) = P(X ≤ k) = α/2: for 1 of 2, 1 − (1 − p)² = 0.025.
    expectRelative(clopperPearson(1, 2)?.low, 1 - Math.sqrt(0.975), 1e-12)
    expectRelative(clopperPearson(1, 2)?.high, Math.sqrt(0.975), 1e-13)
  })

  test('of a mean time encloses it and has its unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        (r, time) => {
          const hours = poissonMeanTime(time, r)
          expect(hours?.low).toBeLessThan(time / r)
          expect(hours?.high).toBeGreaterThan(time / r)
          expectRelative(poissonMeanTime(time * 3600, r)?.low, (hours?.low ?? 0) * 3600, 1e-14)
        },
      ),
    )
  })

  test('of a weighted share ignores the scale and the order of the weights', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true }))
    const units = fc.array(fc.tuple(fc.constantFrom(0, 1), weight), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(units, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (list, scale) => {
        const share = weightedProportion(
          list.map(([y]) => y),
          list.map(([, w]) => w),
        )
        const turned = [...list].reverse()
        const other = weightedProportion(
          turned.map(([y]) => y),
          turned.map(([, w]) => w * scale),
        )
        if (share === null) {
          expect(other).toBeNull()
          return
        }
        for (const key of ['value', 'low', 'high', 'effective'] as const) {
          expect(Number.isFinite(share[key])).toBe(true)
          expectRelative(other?.[key], share[key], 1e-6)
        }
        expect(share.low).toBeLessThanOrEqual(share.value + 1e-12)
        expect(share.high).toBeGreaterThanOrEqual(share.value - 1e-12)
      }),
    )
  })

  test('of equally weighted units has the standard error √(pq/(n−1))', () => {
    // Σ(y − p)² = npq, so that n/(n−1) · npq/n² = pq/(n−1).
    expectRelative(
      weightedProportion([1, 0, 0, 1, 1], [2, 2, 2, 2, 2])?.standardError,
      Math.sqrt(0.24 / 4),
      1e-14,
    )
  })
})

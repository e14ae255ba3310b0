import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gini, herfindahl, normalisedHerfindahl } from './inequality.ts'
import {
  entropy,
  generalisedJsd,
  hillNumber,
  jensenShannonDistance,
  krugmanSpecialisation,
  locationQuotient,
  millerMadow,
  sparseJensenShannonDistance,
} from './information.ts'

const weights = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 4, maxLength: 4 })

describe('entropy', () => {
  test('is that of scipy', () => {
    // scipy.stats.entropy([3, 5, 2, 8, 1], base = 2)
    expect(entropy([3, 5, 2, 8, 1])).toBeCloseTo(2.0182155146751497, 13)
    // Four equal classes: log2 4 = 2 bits = ln 4 nats.
    expect(entropy([7, 7, 7, 7, 0])).toBeCloseTo(2, 14)
    expect(entropy([1, 1, 1, 1], Math.E)).toBeCloseTo(Math.log(4), 14)
    expect(entropy([0, 9])).toBe(0)
  })

  test('of counts is corrected for the classes that few observations miss', () => {
    // Counts 3 and 1: H = 2 − 0.75·log2 3 = 0.8112781244591328 bits, + (2 − 1)/(2·4)/ln 2 = 0.1803368801111204.
    expect(millerMadow([3, 0, 1])).toBeCloseTo(0.8112781244591328 + 0.1803368801111204, 13)
    expect(millerMadow([0, 0])).toBeNull()
  })

  test('of nothing is null, of what is no weight an error', () => {
    expect([entropy([]), entropy([0, 0])]).toEqual([null, null])
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => entropy([1, bad])).toThrow(RangeError)
  })

  test('of huge and tiny weights keeps its value', () => {
    expect(entropy([1.5e308, 1.5e308])).toBeCloseTo(1, 14)
    expect(entropy([5e-324, 5e-324])).toBeCloseTo(1, 14)
  })
})

test('Hill numbers count the effective classes', () => {
  // Shares ½, ¼, ¼: 3 classes; e^(1.5 ln 2) = 2^1.5; 1/(¼ + 1/16 + 1/16) = 8/3; 1/½ = 2.
  const orders = [0, 1, 2, Number.POSITIVE_INFINITY].map(q => hillNumber([2, 1, 0, 1], q) ?? 0)
  expect(orders.map(n => n.toFixed(12))).toEqual([3, 2 ** 1.5, 8 / 3, 2].map(n => n.toFixed(12)))
  expect(hillNumber([2, 1, 1], 5000)).toBeCloseTo(2, 2)
  expect(hillNumber([], 1)).toBeNull()
})

describe('the Jensen–Shannon distance', () => {
  test('is that of scipy', () => {
    // scipy.spatial.distance.jensenshannon(p, q, base = 2)
    expect(jensenShannonDistance([10, 20, 30, 0], [5, 5, 0, 40])).toBeCloseTo(0.8389773545990695, 13)
    expect(jensenShannonDistance([0.1, 0.2, 0.7], [0.11, 0.19, 0.7])).toBeCloseTo(0.01625745876169017, 13)
  })

  test('is 0 for equal shares, 1 without a class in common, null for an empty portfolio', () => {
    expect(jensenShannonDistance([1, 2, 4], [3, 6, 12])).toBeLessThan(1e-15)
    expect(jensenShannonDistance([1, 2, 0], [0, 0, 9])).toBe(1)
    expect(jensenShannonDistance([1, 2], [0, 0])).toBeNull()
    expect(() => jensenShannonDistance([1], [1, 2])).toThrow(RangeError)
  })

  test('is a metric', () => {
    fc.assert(
      fc.property(weights, weights, weights, (a, b, c) => {
        const [ab, bc, ac] = [
          jensenShannonDistance(a, b),
          jensenShannonDistance(b, c),
          jensenShannonDistance(a, c),
        ]
        if (ab === null || bc === null || ac === null) return
        expect(ab >= 0 && ab <= 1).toBe(true)
        expect(jensenShannonDistance(b, a)).toBeCloseTo(ab, 12)
        expect(ac).toBeLessThanOrEqual(ab + bc + 1e-12)
      }),
    )
  })

  test('of sparse shares is that of all classes, and 0 for equal ones', () => {
    const counts = fc
      .array(fc.nat(5), { minLength: 6, maxLength: 6 })
      .filter(own => own.some(count => count > 0))
    const sparse = (own: readonly number[]) => {
      const sum = own.reduce((a, b) => a + b, 0)
      const places = own.flatMap((count, place) => (count > 0 ? [place] : []))
      const shares = places.map(place => (own[place] ?? 0) / sum)
      return { places: Int32Array.from(places), shares: Float64Array.from(shares) }
    }
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const distance = sparseJensenShannonDistance(sparse(a), sparse(b))
        expect(distance).toBeCloseTo(jensenShannonDistance(a, b) ?? -1, 12)
        expect(sparseJensenShannonDistance(sparse(a), sparse(a.map(count => 3 * count)))).toBe(0)
      }),
    )
  })

  test('squared is the divergence of two portfolios', () => {
    fc.assert(
      fc.property(weights, weights, (a, b) => {
        const distance = jensenShannonDistance(a, b)
        if (distance !== null) expect(generalisedJsd([a, b])).toBeCloseTo(distance ** 2, 12)
      }),
    )
  })
})

test('the generalised divergence is H of the mean less the mean H', () => {
  // numpy/scipy: entropy(ps.mean(0), base = 2) − mean(entropy(p, base = 2))
  const portfolios = [
    [0.5, 0.3, 0.2],
    [0.1, 0.1, 0.8],
    [0.3, 0.3, 0.4],
  ]
  expect(generalisedJsd(portfolios)).toBeCloseTo(0.19797998754571333, 13)
  expect(
    generalisedJsd([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
  ).toBeCloseTo(Math.log2(3), 14)
  expect([
    generalisedJsd([[1, 2]]),
    generalisedJsd([
      [1, 2],
      [0, 0],
    ]),
  ]).toEqual([0, 0])
  expect([generalisedJsd([]), generalisedJsd([[0, 0]])]).toEqual([null, null])
})

test('specialisation is measured against the shares of all', () => {
  // Shares 0.8, 0.2, 0 against 0.5, 0.25, 0.25 (and a class that none of them has).
  expect(locationQuotient([8, 2, 0, 0], [2, 1, 1, 0])).toEqual([1.6, 0.8, 0, null])
  expect(krugmanSpecialisation([8, 2, 0], [2, 1, 1])).toBeCloseTo((0.3 + 0.05 + 0.25) / 2, 14)
  expect(krugmanSpecialisation([1, 0], [0, 1])).toBe(1)
  expect([locationQuotient([0], [1]), krugmanSpecialisation([1], [0])]).toEqual([null, null])
})

describe('concentration', () => {
  test('has hand-sized values', () => {
    // 1, 2, 3, 6: (−3·1 − 1·2 + 1·3 + 3·6)/(4·12) = 16/48; shares² (1 + 4 + 9 + 36)/144.
    expect(gini([6, 1, 3, 2])).toBeCloseTo(1 / 3, 14)
    expect(herfindahl([6, 1, 3, 2])).toBeCloseTo(50 / 144, 14)
    expect(normalisedHerfindahl([6, 1, 3, 2])).toBeCloseTo((50 / 144 - 0.25) / 0.75, 14)
    expect([gini([0, 0, 0, 5]), herfindahl([0, 5])]).toEqual([0.75, 1])
    expect([gini([]), gini([0]), herfindahl([0, 0]), normalisedHerfindahl([4])]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(() => gini([1, -1])).toThrow(RangeError)
  })

  test('Gini is half the mean absolute difference over the mean', () => {
    fc.assert(
      fc.property(weights, values => {
        const sum = values.reduce((whole, value) => whole + value, 0)
        const differences = values.flatMap(a => values.map(b => Math.abs(a - b)))
        const direct = differences.reduce((whole, value) => whole + value / sum, 0) / (2 * values.length)
        if (sum > 0) expect(gini(values)).toBeCloseTo(direct, 10)
      }),
    )
  })
})

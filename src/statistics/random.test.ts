import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dirichlet, fnv1a64, gamma, seededRandom, splitMix64, xoshiro128StarStar } from './random.ts'

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: readonly number[]): number {
  const centre = mean(values)
  return mean(values.map(value => (value - centre) ** 2))
}

function draws(count: number, draw: () => number): readonly number[] {
  return Array.from({ length: count }, draw)
}

describe('the published outputs of', () => {
  test('xoshiro128starstar.c 1.1 from state 1 2 3 4', () => {
    const next = xoshiro128StarStar([1, 2, 3, 4])
    expect(draws(10, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  test('splitmix64.c from seed 1234567', () => {
    const next = splitMix64(1234567n)
    expect([next(), next(), next(), next(), next()]).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ])
  })

  test('FNV-1a of 64 bits', () => {
    expect(fnv1a64('')).toBe(0xcbf29ce484222325n)
    expect(fnv1a64('a')).toBe(0xaf63dc4c8601ec8cn)
    expect(fnv1a64('foobar')).toBe(0x85944171f73967e8n)
  })
})

describe('a seed', () => {
  test('gives its own stream, again and again', () => {
    const stream = (seed: number | string) => draws(5, seededRandom(seed).uniform)
    expect(stream(7)).toEqual(stream(7))
    expect(stream('CON-07')).toEqual(stream('CON-07'))
    expect(new Set([7, 8, -7, 0, '7', '', '设备'].map(seed => stream(seed).join())).size).toBe(7)
  })

  test('is a whole number', () => {
    expect(() => seededRandom(0.5)).toThrow(RangeError)
    expect(() => seededRandom(Number.NaN)).toThrow(RangeError)
    expect(() => seededRandom(2 ** 60)).toThrow(RangeError)
  })
})

// Each bound below is five standard errors of the moment at 100,000 draws, so that only a wrong generator passes it.
describe('100,000 draws', () => {
  const count = 100_000

  test('are uniform: mean 1/2, variance 1/12, every tenth as often', () => {
    const values = draws(count, seededRandom(1).uniform)
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count))
    expect(Math.abs(variance(values) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / count))
    const tenths = Array.from({ length: 10 }, (_, i) => values.filter(v => Math.floor(v * 10) === i).length)
    // χ² of 9 degrees of freedom is above 39 once in 90,000 times.
    expect(tenths.reduce((sum, n) => sum + (n - count / 10) ** 2 / (count / 10), 0)).toBeLessThan(39)
  })

  test('of whole numbers below 6 reach each of them', () => {
    const { below } = seededRandom('dice')
    const values = draws(count, () => below(6))
    expect(new Set(values)).toEqual(new Set([0, 1, 2, 3, 4, 5]))
    expect(Math.abs(mean(values) - 2.5)).toBeLessThan(5 * Math.sqrt(35 / 12 / count))
  })

  test('are normal: mean 0, variance 1, fourth moment 3', () => {
    const values = draws(count, seededRandom(2).normal)
    expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(count))
    expect(Math.abs(variance(values) - 1)).toBeLessThan(5 * Math.sqrt(2 / count))
    expect(Math.abs(mean(values.map(v => v ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / count))
  })

  test.each([0.3, 1, 4.5])('are gamma of shape %s: mean and variance are the shape', shape => {
    const random = seededRandom(3)
    const values = draws(count, () => gamma(random, shape))
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0)
    expect(Math.abs(mean(values) - shape)).toBeLessThan(5 * Math.sqrt(shape / count))
    // The variance of (X − a)² is 2a² + 6a.
    expect(Math.abs(variance(values) - shape)).toBeLessThan(
      5 * Math.sqrt((2 * shape ** 2 + 6 * shape) / count),
    )
  })

  test('of Dirichlet shares have mean a/A and variance a(A − a)/(A²(A + 1))', () => {
    const random = seededRandom(4)
    const first = draws(count, () => dirichlet(random, [2, 3, 0.5])?.[0] ?? Number.NaN)
    const spread = (2 * 3.5) / (5.5 ** 2 * 6.5)
    expect(Math.abs(mean(first) - 2 / 5.5)).toBeLessThan(5 * Math.sqrt(spread / count))
    expect(Math.abs(variance(first) / spread - 1)).toBeLessThan(0.03)
  })
})

test('Dirichlet shares sum to 1, whatever the concentrations', () => {
  const alpha = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e6, noNaN: true }))
  fc.assert(
    fc.property(fc.array(alpha, { maxLength: 6 }), fc.integer(), (alphas, seed) => {
      const shares = dirichlet(seededRandom(seed), alphas)
      if (alphas.every(each => each === 0)) {
        expect(shares).toBeNull()
        return
      }
      expect(shares?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(shares?.every((share, i) => share >= 0 && (alphas[i] !== 0 || share === 0))).toBe(true)
    }),
  )
})

test('a shape or concentration below 0 is refused', () => {
  expect(() => gamma(seededRandom(1), 0)).toThrow(RangeError)
  expect(() => dirichlet(seededRandom(1), [1, -1])).toThrow(RangeError)
  expect(() => dirichlet(seededRandom(1), [1, Number.NaN])).toThrow(RangeError)
})

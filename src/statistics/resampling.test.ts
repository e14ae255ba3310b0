import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile } from './distributions.ts'
import { bootstrap } from './resampling.ts'

/** The statistic "mean of these values". */
function meanOf(values: readonly number[]): (indices: Uint32Array) => number {
  return indices => indices.reduce((sum, i) => sum + (values[i] ?? 0), 0) / indices.length
}

const evenly = Array.from({ length: 200 }, (_, i) => i)

describe('the bootstrap of a mean', () => {
  const result = bootstrap(200, meanOf(evenly), { seed: 'mean', replicates: 4000 })
  // Exactly, the mean of 200 draws of 0 … 199 has standard deviation √((200² − 1)/12/200).
  const error = Math.sqrt((200 ** 2 - 1) / 12 / 200)

  test('has its standard error, within four of its own', () => {
    expect(Math.abs((result?.standardError ?? 0) / error - 1)).toBeLessThan(4 / Math.sqrt(2 * 4000))
  })

  test('has the limits of a normal mean, within a tenth of a standard error', () => {
    expect(result?.value).toBe(99.5)
    expect(Math.abs((result?.low ?? 0) - (99.5 + normalQuantile(0.025) * error))).toBeLessThan(0.1 * error)
    expect(Math.abs((result?.high ?? 0) - (99.5 + normalQuantile(0.975) * error))).toBeLessThan(0.1 * error)
  })
})

test('the same seed gives the same limits, another seed others', () => {
  const draw = (seed: number) => bootstrap(200, meanOf(evenly), { seed, replicates: 200 })
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
})

test('samples without a statistic are counted and left out', () => {
  // A sample of two units misses the second unit in 1 of 4 cases.
  const share = (indices: Uint32Array) =>
    indices.includes(1) ? 1 / indices.filter(i => i === 1).length : null
  const result = bootstrap(2, share, { seed: 5, replicates: 1000 })
  expect((result?.missing ?? 0) + (result?.replicates ?? 0)).toBe(1000)
  expect(Math.abs((result?.missing ?? 0) - 250)).toBeLessThan(5 * Math.sqrt(1000 * 0.25 * 0.75))
})

test('nothing to draw from, or nothing computed, has no interval', () => {
  expect(bootstrap(0, () => 1, { seed: 1 })).toBeNull()
  expect(bootstrap(3, () => null, { seed: 1 })).toBeNull()
})

test.each([
  ['units below 0', () => bootstrap(-1, () => 1, { seed: 1 })],
  ['a single replicate', () => bootstrap(1, () => 1, { seed: 1, replicates: 1 })],
  ['a level of 1', () => bootstrap(1, () => 1, { seed: 1, level: 1 })],
  ['a statistic that is no number', () => bootstrap(1, () => Number.NaN, { seed: 1 })],
])('refuses %s', (_, call) => {
  expect(call).toThrow(RangeError)
})

test('limits lie within the values, in order, and a constant has no spread', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 }),
      fc.integer(),
      (values, seed) => {
        const result = bootstrap(values.length, meanOf(values), { seed, replicates: 50 })
        expect(result?.low).toBeLessThanOrEqual(result?.high ?? -Infinity)
        expect(result?.low).toBeGreaterThanOrEqual(Math.min(...values))
        expect(result?.high).toBeLessThanOrEqual(Math.max(...values))
        if (new Set(values).size === 1) expect(result?.standardError).toBeCloseTo(0, 12)
      },
    ),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kendallTauB } from './rank-correlation.ts'
import { rankStability } from './rank-stability.ts'

describe('Kendall’s tau-b', () => {
  test('is that of scipy', () => {
    // scipy.stats.kendalltau(x, y).statistic
    expect(kendallTauB([1, 2, 2, 4, 5, 5, 7], [3, 1, 2, 2, 6, 7, 5])).toBeCloseTo(0.4103913408340616, 13)
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.4714045207910316, 13)
  })

  test('is that of all pairs', () => {
    const rank = fc.integer({ min: 0, max: 6 })
    fc.assert(
      fc.property(fc.array(fc.tuple(rank, rank), { maxLength: 30 }), pairs => {
        const sums = [0, 0, 0]
        for (const [i, [a, b]] of pairs.entries())
          for (const [c, d] of pairs.slice(i + 1)) {
            sums[0] = (sums[0] ?? 0) + Math.sign(a - c) * Math.sign(b - d)
            sums[1] = (sums[1] ?? 0) + Math.abs(Math.sign(a - c))
            sums[2] = (sums[2] ?? 0) + Math.abs(Math.sign(b - d))
          }
        const [agreement = 0, x = 0, y = 0] = sums
        const tau = kendallTauB(
          pairs.map(([a]) => a),
          pairs.map(([, b]) => b),
        )
        if (x === 0 || y === 0) expect(tau).toBeNull()
        else expect(tau).toBeCloseTo(agreement / Math.sqrt(x * y), 12)
      }),
    )
  })
})

describe('the stability of a ranking', () => {
  test('is full where one item is better in everything', () => {
    const result = rankStability(
      [
        [3, 3],
        [2, 2],
        [1, 1],
      ],
      [1, 2],
    )
    expect(result).toMatchObject({ topChanges: 0, orderChanges: 0, meanTau: 1 })
    expect(result?.items.map(({ rank, score, ranks }) => [rank, score, ranks])).toEqual([
      [1, 3, [{ rank: 1, share: 1 }]],
      [2, 2, [{ rank: 2, share: 1 }]],
      [3, 1, [{ rank: 3, share: 1 }]],
    ])
  })

  test('is the share of the Dirichlet distribution on each side', () => {
    // (1, 0) and (0, 1) with weights ¾, ¼ and concentration 4: w₁ is Beta(3, 1) = u³, so the second is first with
    // probability P(w₁ < ½) = ⅛, the standard error of 4000 draws being √(7/64/4000) = 0.0052.
    const result = rankStability(
      [
        [1, 0],
        [0, 1],
      ],
      [3, 1],
      { replicates: 4000, concentration: 4, seed: 'beta' },
    )
    expect(Math.abs((result?.topChanges ?? 0) - 0.125)).toBeLessThan(0.02)
    expect(result?.orderChanges).toBe(result?.topChanges)
    expect(result?.meanTau).toBeCloseTo(1 - 2 * (result?.topChanges ?? 0), 12)
    expect(result?.items[1]?.ranks[0]).toEqual({ rank: 1, share: result?.topChanges })
  })

  test('does not see a criterion of no weight, nor rounding', () => {
    expect(
      rankStability(
        [
          [1, 0],
          [0.5, 1e9],
        ],
        [1, 0],
      ),
    ).toMatchObject({ topChanges: 0 })
    const same = rankStability([[0.1, 0.2, 0.3], [0.1, 0.2, 0.3].map(x => x + 1e-17)], [1, 1, 1])
    expect(same).toMatchObject({ topChanges: 0, orderChanges: 0, meanTau: null })
    expect(same?.items.map(({ rank }) => rank)).toEqual([1, 1])
  })

  test('needs items, weights, and a full matrix', () => {
    expect([rankStability([], [1]), rankStability([[1]], [0])]).toEqual([null, null])
    expect(() => rankStability([[1, 2]], [1])).toThrow(RangeError)
    expect(() => rankStability([[Number.NaN]], [1])).toThrow(RangeError)
    expect(() => rankStability([[1]], [-1])).toThrow(RangeError)
    expect(() => rankStability([[1]], [1], { concentration: 0 })).toThrow(RangeError)
  })

  test('has shares that sum to 1, and is the same for the same seed', () => {
    const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 99 }),
        (scores, seed) => {
          const options = { replicates: 50, seed }
          const result = rankStability(scores, [0.5, 0.3, 0.2], options)
          for (const { ranks } of result?.items ?? [])
            expect(ranks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
          expect(result?.topChanges).toBeLessThanOrEqual(result?.orderChanges ?? 0)
          expect(rankStability(scores, [5, 3, 2], options)).toMatchObject({
            orderChanges: result?.orderChanges,
          })
        },
      ),
      { numRuns: 40 },
    )
  })
})

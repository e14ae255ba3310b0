import { expect, test } from 'vitest'
import { chiSquareTail } from './distributions.ts'
import { logRank } from './log-rank.ts'

// R 4 survival::survdiff(Surv(t, e) ~ g), t = 3,5,5,8,12,12,20 | 2,2,4,5,9,15 | 1,3,3,6,7,7, e = 1,1,0,1,1,0,0 | 1,1,1,1,0,1 |
// 1,1,0,1,1,1: obs, exp, var, chisq and its p.
const observed = [4, 5, 5]
const expected = [6.8438484030589288, 4.0957040035987395, 3.0604475933423299]
const covariances = [
  [3.1776846863490169, -1.9065768017672815, -1.2711078845817354],
  [-1.9065768017672815, 2.692284277801245, -0.78570747603396351],
  [-1.2711078845817354, -0.78570747603396351, 2.056815360615699],
]

test('is that of R survdiff', () => {
  const test = logRank({ observed, expected, covariances })
  expect(test?.statistic).toBeCloseTo(2.9604759872686208, 12)
  expect(test?.df).toBe(2)
  expect(test?.p).toBeCloseTo(0.22758351850934658, 12)
})

test('does not depend on the order of the groups, and leaves out one without expected ends', () => {
  const turned = logRank({
    observed: [5, 0, 4, 5],
    expected: [3.0604475933423299, 0, 6.8438484030589288, 4.0957040035987395],
    covariances: [
      [2.056815360615699, 0, -1.2711078845817354, -0.78570747603396351],
      [0, 0, 0, 0],
      [-1.2711078845817354, 0, 3.1776846863490169, -1.9065768017672815],
      [-0.78570747603396351, 0, -1.9065768017672815, 2.692284277801245],
    ],
  })
  expect(turned).toMatchObject({ df: 2, statistic: expect.closeTo(2.9604759872686208, 12) })
})

test('is none of one group, or where no two were at risk together', () => {
  expect(logRank({ observed: [3], expected: [3], covariances: [[0]] })).toBeNull()
  const apart = {
    observed: [2, 3],
    expected: [2, 3],
    covariances: [
      [0, 0],
      [0, 0],
    ],
  }
  expect(logRank(apart)).toBeNull()
})

test('the tail of chi-square keeps its digits where it is small', () => {
  // R pchisq(100, 3, lower.tail = FALSE); with 2 degrees of freedom it is exp(−x / 2).
  expect(chiSquareTail(100, 3) / 1.5541594313896051e-21).toBeCloseTo(1, 11)
  expect(chiSquareTail(200, 2) / Math.exp(-100)).toBeCloseTo(1, 11)
  expect(chiSquareTail(0, 2)).toBe(1)
})

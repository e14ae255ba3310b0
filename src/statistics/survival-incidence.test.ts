import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { survivalCurve } from './survival.ts'
import { type CauseSubject, cumulativeIncidence, incidenceFromCounts } from './survival-incidence.ts'
import { expectRelative } from './testing-relative.ts'

const truncated: readonly CauseSubject[] = (
  [
    [0, 4, 'a'],
    [0, 6, null],
    [0, 6, 'b'],
    [0, 9, 'a'],
    [2, 7, 'a'],
    [3, 5, 'b'],
    [3, 11, null],
    [5, 9, null],
    [5, 14, 'a'],
    [8, 13, 'b'],
    [10, 15, null],
    [12, 16, 'a'],
  ] as const
).map(([entry, exit, cause]) => ({ entry, exit, cause }))

// survfit(Surv(entry, exit, cause) ~ 1, data = d, id = id)$pstate of R survival 3.5-3
test.each([
  [4, 0.857142857142857, 0.142857142857143, 0],
  [5, 0.714285714285714, 0.142857142857143, 0.142857142857143],
  [6, 0.612244897959184, 0.142857142857143, 0.244897959183673],
  [7, 0.489795918367347, 0.26530612244898, 0.244897959183673],
  [9, 0.391836734693878, 0.363265306122449, 0.244897959183673],
  [13, 0.293877551020408, 0.363265306122449, 0.342857142857143],
  [14, 0.195918367346939, 0.461224489795918, 0.342857142857143],
  [16, 0, 0.657142857142857, 0.342857142857143],
])('12 lives with delayed entry and two causes at %s, as R', (time, survival, a, b) => {
  const result = cumulativeIncidence(truncated)
  const step = result?.steps.find(each => each.time === time)
  expect(result?.causes).toEqual(['a', 'b'])
  expectRelative(step?.survival, survival, 1e-13)
  expectRelative(step?.incidence[0], a, 1e-13)
  expectRelative(step?.incidence[1], b, 1e-13)
})

test('is lower than one minus a curve that censors the other cause', () => {
  // Of 4: a at 1 (1/4), b at 2 (3/4 · 1/3 = 1/4), a at 3 (1/2 · 1/2 = 1/4); censoring b would give 1 − 3/4 · 1/2 = 5/8.
  const lives = [
    { entry: 0, exit: 1, cause: 'a' },
    { entry: 0, exit: 2, cause: 'b' },
    { entry: 0, exit: 3, cause: 'a' },
    { entry: 0, exit: 4, cause: null },
  ]
  expect(cumulativeIncidence(lives)?.steps.at(-1)).toMatchObject({ survival: 0.25, incidence: [0.5, 0.25] })
})

test('nobody has none; no cause has a survival only; impossible lives are counted', () => {
  expect([cumulativeIncidence([]), incidenceFromCounts(['a'], [], 0)]).toEqual([null, null])
  expect(cumulativeIncidence([{ entry: 0, exit: 1, cause: null }])).toMatchObject({ causes: [], leftOut: 0 })
  const late = { entry: 3, exit: 2, cause: 'a' }
  expect(cumulativeIncidence([late, { entry: 0, exit: 1, cause: 'a' }])).toMatchObject({ leftOut: 1 })
  expect(
    cumulativeIncidence([
      { entry: 0, exit: 1, cause: 'a' },
      { ...late, exit: 9 },
    ])?.emptied,
  ).toBe(1)
})

test('counts that do not fit the causes are refused', () => {
  expect(() => incidenceFromCounts(['a'], [{ time: 1, events: [1, 1], censored: 0 }], 2)).toThrow(RangeError)
  expect(() => incidenceFromCounts(['a', 'b'], [{ time: 1, events: [2, -1], censored: 0 }], 1)).toThrow(
    RangeError,
  )
  expect(() => incidenceFromCounts(['a'], [{ time: 1, events: [3], censored: 0 }], 2)).toThrow(RangeError)
})

describe('any incidence', () => {
  const time = fc.integer({ min: 0, max: 12 })
  const cause = fc.constantFrom('planned', 'failure', 'retired', null)
  const subjects = fc.array(fc.record({ entry: time, exit: time, cause }), { maxLength: 25 })

  test('sums to 1 with the survival, never falls, and has the curve of all causes', () => {
    fc.assert(
      fc.property(subjects, lives => {
        const result = cumulativeIncidence(lives)
        const curve = survivalCurve(lives.map(life => ({ ...life, event: life.cause !== null })))
        expect(result?.steps.map(step => step.survival)).toEqual(curve?.steps.map(step => step.survival))
        let last: readonly number[] = result?.causes.map(() => 0) ?? []
        for (const { survival, incidence } of result?.steps ?? []) {
          expect(incidence.reduce((sum, share) => sum + share, survival)).toBeCloseTo(1, 12)
          expect(incidence.every((share, k) => share >= (last[k] ?? 0))).toBe(true)
          last = incidence
        }
      }),
    )
  })

  test('does not depend on the order of lives', () => {
    fc.assert(
      fc.property(subjects, lives => {
        expect(cumulativeIncidence([...lives].reverse())).toEqual(cumulativeIncidence(lives))
      }),
    )
  })

  test('is the same from counts at one time in several rows', () => {
    const causes = ['a', 'b']
    const split = [
      { time: 2, events: [1, 0], censored: 1 },
      { time: 1, events: [0, 1], censored: 0, entered: 1 },
      { time: 2, events: [0, 1], censored: 0 },
    ]
    const joined = [
      { time: 1, events: [0, 1], censored: 0, entered: 1 },
      { time: 2, events: [1, 1], censored: 1 },
    ]
    expect(incidenceFromCounts(causes, split, 3)).toEqual(incidenceFromCounts(causes, joined, 3))
  })
})

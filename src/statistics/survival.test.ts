import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Subject, type SurvivalCurve, survivalCurve, survivalFromCounts } from './survival.ts'
import { medianSurvival, restrictedMean, survivalAt } from './survival-summary.ts'
import { noSurvivalSamples, survivalSample } from './testing-lives.ts'
import { expectRelative } from './testing-relative.ts'

function curveOf(subjects: readonly Subject[], level?: number): SurvivalCurve {
  const curve = survivalCurve(subjects, level)
  if (curve === null) throw new Error('nobody is at risk')
  return curve
}

/** Lives that begin at 0 and end at these times. */
function ended(...exits: readonly number[]): readonly Subject[] {
  return exits.map(exit => ({ entry: 0, exit, event: true }))
}

/** d in the R calls below: entry, exit, event. */
const truncated: readonly Subject[] = [
  [0, 4, 1],
  [0, 6, 0],
  [0, 6, 1],
  [0, 9, 1],
  [2, 7, 1],
  [3, 5, 1],
  [3, 11, 0],
  [5, 9, 0],
  [5, 14, 1],
  [8, 13, 1],
  [10, 15, 0],
  [12, 16, 1],
].map(([entry = 0, exit = 0, event]) => ({ entry, exit, event: event === 1 }))

// survfit(Surv(entry, exit, event) ~ 1, data = d, conf.type = "log-log") of R survival 3.5-3
describe('12 lives with delayed entry, as R', () => {
  const curve = curveOf(truncated)

  test.each([
    [4, 7, 0.857142857142857, 0.334053879292222, 0.978561058526175],
    [5, 6, 0.714285714285714, 0.258153665458795, 0.919797456044858],
    [6, 7, 0.612244897959184, 0.21677681568092, 0.854326460133187],
    [7, 5, 0.489795918367347, 0.145438178623671, 0.767786560817909],
    [9, 5, 0.391836734693878, 0.102158692017397, 0.680591543498059],
    [11, 4, 0.391836734693878, 0.102158692017397, 0.680591543498059],
    [13, 4, 0.293877551020408, 0.061530145166547, 0.584007257459051],
    [14, 3, 0.195918367346939, 0.027618624082868, 0.476976964489208],
    [15, 2, 0.195918367346939, 0.027618624082868, 0.476976964489208],
  ])('at %s', (time, atRisk, survival, low, high) => {
    const at = survivalAt(curve, time)
    expect(at?.atRisk).toBe(atRisk)
    expectRelative(at?.survival, survival, 1e-13)
    expectRelative(at?.low, low, 1e-12)
    expectRelative(at?.high, high, 1e-12)
  })

  test('at the end: 0, where R prints no limits', () => {
    expect(curve.steps.at(-1)).toMatchObject({ time: 16, atRisk: 1, survival: 0, low: 0 })
    expectRelative(curve.steps.at(-1)?.high, 0.476976964489208, 1e-12)
  })

  test('counts the lives at risk between two steps', () => {
    // After 9: the entries before 9 without the exits up to 9 are (3,11) (5,14) (8,13); (10,15) enters at 10.
    expect([9.5, 10, 10.5].map(time => survivalAt(curve, time)?.atRisk)).toEqual([3, 3, 4])
  })

  // quantile(f, .5); survival:::survmean(f, rmean = 12)$matrix
  test('median and restricted mean', () => {
    expect(medianSurvival(curve)).toEqual({ value: 7, low: 4, high: 14 })
    for (const [tau, mean, error] of [
      [12, 8.33877551020408, 1.15582233463152],
      [16, 9.41632653061225, 1.60761737638193],
    ] as const) {
      expectRelative(restrictedMean(curve, tau)?.value, mean, 1e-13)
      expectRelative(restrictedMean(curve, tau)?.standardError, error, 1e-13)
    }
  })

  // conf.int = .9; summary(f, times = 9)
  test('at another level', () => {
    const at = survivalAt(curveOf(truncated, 0.9), 9)
    expectRelative(at?.low, 0.138466591707539, 1e-12)
    expectRelative(at?.high, 0.64147958224419, 1e-12)
  })

  test('is seen from the beginning and never empties', () => {
    expect(curve).toMatchObject({ from: 0, emptied: null, leftOut: 0 })
  })
})

// The files come with lifelines; expected values are R's: summary(f, times = t), quantile(f, .5), survmean(f, rmean = tau).
describe.skipIf(noSurvivalSamples)('published data (skipped where ../shared/samples is missing)', () => {
  test('lung: 228 patients, 165 deaths', () => {
    const curve = curveOf(survivalSample('lung.csv', 'time', 'status'))
    expect(curve.steps[0]).toMatchObject({ time: 0, atRisk: 228, survival: 1, low: 1, high: 1 })
    expect(curve.steps.reduce((sum, { events }) => sum + events, 0)).toBe(165)
    for (const [time, atRisk, survival, low, high] of [
      [5, 228, 0.995614035087719, 0.969277036218889, 0.999381011438739],
      [100, 196, 0.863968967645244, 0.812222319753539, 0.902310180515044],
      [365, 65, 0.409241624460064, 0.338714269088323, 0.478380767646914],
      [700, 16, 0.1423915056548175, 0.0893738016880073, 0.2073703101137287],
      [1022, 1, 0.0503455680708105, 0.0178661710928527, 0.108662176030919],
    ] as const) {
      const at = survivalAt(curve, time)
      expect(at?.atRisk).toBe(atRisk)
      expectRelative(at?.survival, survival, 1e-13)
      expectRelative(at?.low, low, 1e-12)
      expectRelative(at?.high, high, 1e-12)
    }
    expect(medianSurvival(curve)).toEqual({ value: 310, low: 284, high: 361 })
    expectRelative(restrictedMean(curve, 365)?.value, 263.22186648200665, 1e-13)
    expectRelative(restrictedMean(curve, 365)?.standardError, 7.79885908631446, 1e-13)
    expectRelative(restrictedMean(curve, 1000)?.value, 375.1671436502919, 1e-13)
    expectRelative(restrictedMean(curve, 1000)?.standardError, 19.4388593732858, 1e-13)
    expect([survivalAt(curve, 1023), restrictedMean(curve, 1023)]).toEqual([null, null])
  })

  test('waltons, group miR-137: 34 lives, all ended', () => {
    const curve = curveOf(survivalSample('waltons_dataset.csv', 'T', 'E', ['group', 'miR-137']))
    for (const [time, atRisk, survival, low, high] of [
      [10, 30, 0.882352941176471, 0.716269243109714, 0.954138998902061],
      [30, 8, 0.235294117647059, 0.110857149654903, 0.386031788016597],
      [55, 2, 0.0588235294117647, 0.0105267644260693, 0.1715789277679893],
    ] as const) {
      const at = survivalAt(curve, time)
      expect(at?.atRisk).toBe(atRisk)
      expectRelative(at?.survival, survival, 1e-12)
      expectRelative(at?.low, low, 1e-12)
      expectRelative(at?.high, high, 1e-12)
    }
    expect(medianSurvival(curve)).toEqual({ value: 26, low: 19, high: 29 })
    // Nobody outlives 60: the restricted mean is the mean of the lives, 870/34.
    expectRelative(restrictedMean(curve, 60)?.value, 870 / 34, 1e-13)
    expectRelative(restrictedMean(curve, 60)?.standardError, 2.20219992518445, 1e-13)
  })

  test('gbsg2: 686 patients, 299 events', () => {
    const curve = curveOf(survivalSample('gbsg2.csv', 'time', 'cens'))
    expect(survivalAt(curve, 365)?.atRisk).toBe(602)
    expectRelative(survivalAt(curve, 365)?.survival, 0.915558104285846, 1e-12)
    expectRelative(survivalAt(curve, 1826)?.low, 0.445797223666159, 1e-12)
    expectRelative(survivalAt(curve, 1826)?.high, 0.53581418856747, 1e-12)
    expect(medianSurvival(curve)).toEqual({ value: 1807, low: 1528, high: 2018 })
    expectRelative(restrictedMean(curve, 1826)?.value, 1318.9087490500162, 1e-12)
    expectRelative(restrictedMean(curve, 1826)?.standardError, 24.0948107877162, 1e-12)
  })
})

describe('delayed entry', () => {
  test('names the time when all that were at risk had ended', () => {
    // The one early life ends at 2, and 100 are first seen at 5: the curve is 0 from 2 on.
    const late = Array.from({ length: 100 }, () => ({ entry: 5, exit: 9, event: false }))
    const curve = curveOf([...ended(2), ...late])
    expect(curve.emptied).toBe(2)
    expect(survivalAt(curve, 8)).toEqual({ survival: 0, low: 0, high: 1, atRisk: 100 })
  })

  test('names a time when the last life at risk was lost from sight', () => {
    const curve = curveOf([
      { entry: 0, exit: 2, event: false },
      { entry: 5, exit: 9, event: true },
    ])
    expect(curve.emptied).toBe(2)
    expect(survivalAt(curve, 4)).toMatchObject({ survival: 1, atRisk: 0 })
  })

  test('sees no gap where one life follows another', () => {
    const follow = (event: boolean) =>
      curveOf([
        { entry: 0, exit: 5, event },
        { entry: 5, exit: 9, event: true },
      ]).emptied
    expect([follow(false), follow(true)]).toEqual([null, 5])
  })

  test('tells from when on the curve holds', () => {
    const curve = curveOf([
      { entry: 30, exit: 50, event: true },
      { entry: 40, exit: 60, event: false },
    ])
    expect(curve).toMatchObject({ from: 30, emptied: null })
    expect(survivalAt(curve, 50)).toMatchObject({ survival: 0.5, atRisk: 2 })
  })

  test('leaves out lives whose times are impossible, and counts them', () => {
    const impossible = [
      { entry: 5, exit: 5, event: true },
      { entry: 5, exit: 4, event: true },
      { entry: -1, exit: 4, event: true },
      { entry: 0, exit: Number.NaN, event: true },
      { entry: 0, exit: Infinity, event: false },
    ]
    expect(curveOf([...impossible, ...ended(1, 2)])).toEqual({ ...curveOf(ended(1, 2)), leftOut: 5 })
    expect(survivalCurve(impossible)).toBeNull()
  })
})

describe('the poorest data', () => {
  test('nobody has no curve', () => {
    expect([survivalCurve([]), survivalFromCounts([], 0)]).toEqual([null, null])
  })

  test('one life has a curve without a spread', () => {
    const curve = curveOf(ended(3))
    expect(curve.steps).toMatchObject([
      { time: 0, atRisk: 1, survival: 1, low: 1, high: 1 },
      { time: 3, atRisk: 1, survival: 0, low: 0, high: 1 },
    ])
    expect(medianSurvival(curve)).toEqual({ value: 3, low: 3, high: null })
    expect(restrictedMean(curve, 10)).toEqual({ value: 3, standardError: 0, low: 3, high: 3 })
  })

  test('no event has no median, and lives that end at once count', () => {
    const censored = curveOf([{ entry: 0, exit: 4, event: false }])
    expect(medianSurvival(censored)).toEqual({ value: null, low: null, high: null })
    expect(restrictedMean(censored, 4)).toMatchObject({ value: 4, standardError: 0 })
    expect(survivalAt(censored, 4.1)).toBeNull()
    expect(survivalAt(curveOf(ended(0, 5)), 0)).toMatchObject({ survival: 0.5, atRisk: 2 })
  })

  test('a median at exactly one half is its first time, whatever the rounding', () => {
    // Of 24, 12 end one by one: 23/24 · 22/23 · … · 12/13 = 1/2, which comes out as 0.5000000000000001.
    const times = Array.from({ length: 24 }, (_, i) => i + 1)
    expect(survivalAt(curveOf(ended(...times)), 12)?.survival).toBeGreaterThan(0.5)
    expect(medianSurvival(curveOf(ended(...times))).value).toBe(12)
  })

  test('times that are none are refused', () => {
    const curve = curveOf(ended(3))
    expect(() => survivalAt(curve, -1)).toThrow(RangeError)
    expect(() => survivalAt(curve, Number.NaN)).toThrow(RangeError)
    expect(() => restrictedMean(curve, Number.NaN)).toThrow(RangeError)
    expect(() => survivalCurve(ended(3), 1)).toThrow(RangeError)
  })
})

describe('counts that contradict each other are refused', () => {
  test.each([
    ['more ends than lives', [{ time: 1, events: 3, censored: 0 }], 2],
    ['lives that never leave', [{ time: 1, events: 1, censored: 0 }], 2],
    ['half a life', [{ time: 1, events: 0.5, censored: 0.5 }], 1],
    ['a count below 0', [{ time: 1, events: 2, censored: -1 }], 1],
    ['a time below 0', [{ time: -1, events: 1, censored: 0 }], 1],
    ['a time that is no number', [{ time: Number.NaN, events: 1, censored: 0 }], 1],
    ['an end at the time of entry', [{ time: 1, events: 1, censored: 0, entered: 1 }], 0],
  ])('%s', (_, points, start) => {
    expect(() => survivalFromCounts(points, start)).toThrow(RangeError)
  })
})

describe('any curve', () => {
  const time = fc.integer({ min: 0, max: 12 })
  const subjects = fc.array(fc.record({ entry: time, exit: time, event: fc.boolean() }), { maxLength: 25 })

  /** S(t) straight from the definition, one subject at a time. */
  function byDefinition(lives: readonly Subject[], t: number): number {
    const used = lives.filter(life => life.entry === 0 || life.exit > life.entry)
    const times = [...new Set(used.filter(life => life.event && life.exit <= t).map(life => life.exit))]
    return times.reduce((survival, at) => {
      const atRisk = used.filter(life => (life.entry === 0 || life.entry < at) && at <= life.exit).length
      return survival * (1 - used.filter(life => life.event && life.exit === at).length / atRisk)
    }, 1)
  }

  test('follows the definition, never rises, and lies within its limits', () => {
    fc.assert(
      fc.property(subjects, lives => {
        const curve = survivalCurve(lives)
        let last = 1
        for (const { time, survival, low, high } of curve?.steps ?? []) {
          expect(survival).toBeCloseTo(byDefinition(lives, time), 12)
          expect(survival).toBeLessThanOrEqual(last)
          expect(0 <= low && low <= survival && survival <= high && high <= 1).toBe(true)
          last = survival
        }
      }),
    )
  })

  test('does not depend on the order of lives, and scales with the unit of time', () => {
    fc.assert(
      fc.property(subjects, fc.constantFrom(60, 3600), (lives, unit) => {
        const curve = survivalCurve(lives)
        expect(survivalCurve([...lives].reverse())).toEqual(curve)
        const scaled = survivalCurve(
          lives.map(({ entry, exit, event }) => ({ entry: entry * unit, exit: exit * unit, event })),
        )
        expect(scaled?.steps.map(step => step.survival)).toEqual(curve?.steps.map(step => step.survival))
        expect(scaled?.steps.map(step => step.time)).toEqual(curve?.steps.map(step => step.time * unit))
        const [mean, long] = [curve && restrictedMean(curve, 2), scaled && restrictedMean(scaled, 2 * unit)]
        if (mean) expectRelative(long?.value, mean.value * unit, 1e-12)
      }),
    )
  })

  test('keeps the balance of lives, and is the same from counts in any order', () => {
    fc.assert(
      fc.property(subjects, lives => {
        const curve = survivalCurve(lives)
        if (curve === null) return
        const { steps } = curve
        for (const [i, step] of steps.entries())
          expect(steps[i + 1]?.atRisk ?? 0).toBe(step.atRisk - step.events - step.censored + step.entered)
        const again = survivalFromCounts([...steps].reverse(), steps[0]?.atRisk ?? 0)
        expect({ ...again, leftOut: curve.leftOut }).toEqual(curve)
      }),
    )
  })

  test('of a million lives takes no more than its distinct times', () => {
    const points = Array.from({ length: 1000 }, (_, i) => ({ time: i + 1, events: 900, censored: 100 }))
    const curve = survivalFromCounts(points, 1_000_000)
    expect(curve?.steps).toHaveLength(1001)
    expect(medianSurvival(curve as SurvivalCurve).value).toBeGreaterThan(500)
  })
})

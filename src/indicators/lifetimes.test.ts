import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Row } from '../domain/table.ts'
import { join, name, sql } from '../sql/sql.ts'
import {
  medianSurvival,
  restrictedMean,
  type Subject,
  survivalAt,
  survivalCurve,
} from '../statistics/statistics.ts'
import { curvePoints, curveSummary, lifetimeCurves, restrictedMeans } from './lifetimes.ts'
import { Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const number = 'number' as const
const columns = {
  curve: {
    moment: number,
    events: number,
    censored: number,
    entered: number,
    at_risk: number,
    survival: number,
    low: number,
    high: number,
  },
  curve_summary: {
    ...{
      lives: number,
      ended: number,
      median: number,
      median_low: number,
      median_high: number,
      seen_from: number,
    },
    ...{
      emptied: number,
      horizon_survival: number,
      horizon_low: number,
      horizon_high: number,
      horizon_at_risk: number,
    },
  },
  curve_mean: { restricted_to: number, restricted_mean: number, restricted_error: number },
  curve_point: {
    moment: number,
    survival: number,
    low: number,
    high: number,
    at_risk: number,
    marked: number,
  },
} as const

/** The rows of a CTE for lives with times in µs. */
async function told(
  of: keyof typeof columns,
  lives: readonly Subject[],
  horizon = 8,
  unit = 1,
): Promise<readonly Row[]> {
  const values = lives.map(({ entry, exit, event }) => sql`('', ${entry}, ${exit}, ${event})`)
  const names = join(Object.keys(columns[of]).map(column => sql`${name(column)}::double as ${name(column)}`))
  const order =
    of === 'curve'
      ? sql`order by moment`
      : of === 'curve_point'
        ? sql`order by moment, marked nulls first`
        : sql``
  return trials.select(
    sql`with life(grp, entry, finish, is_event) as (values ${join(values)}), ${lifetimeCurves}, ${curveSummary(horizon)},
      ${restrictedMeans(horizon)}, ${curvePoints(unit)} select ${names} from ${name(of)} ${order}`,
    columns[of],
  )
}

/** Times of whole units, small, so that ties, delayed entries and empty risk sets are frequent. */
const lives = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 12 }), fc.boolean())
    .map(([entry, more, event]): Subject => ({ entry, exit: entry + more, event })),
  { minLength: 1, maxLength: 25 },
)

const close = (value: unknown, expected: number | null | undefined) => {
  if (typeof expected !== 'number') expect(value).toBeNull()
  else expect(Number(value)).toBeCloseTo(expected, 9)
}

test('the curve, its median, its mean and what it is at a time are those of the statistics', async () => {
  await fc.assert(
    fc.asyncProperty(lives, async drawn => {
      const curve = survivalCurve(drawn)
      const rows = await told('curve', drawn)
      if (!curve) return expect(rows).toEqual([])
      expect(rows).toHaveLength(curve.steps.length)
      rows.forEach((row, i) => {
        const step = curve.steps[i]
        expect([row.moment, row.at_risk, row.events]).toEqual([step?.time, step?.atRisk, step?.events])
        for (const limit of ['survival', 'low', 'high'] as const) close(row[limit], step?.[limit])
      })
      const [summary] = await told('curve_summary', drawn)
      const median = medianSurvival(curve)
      expect([summary?.median, summary?.median_low, summary?.median_high]).toEqual([
        median.value,
        median.low,
        median.high,
      ])
      expect([summary?.seen_from, summary?.emptied]).toEqual([curve.from, curve.emptied])
      const there = survivalAt(curve, 8)
      close(summary?.horizon_survival, there?.survival)
      close(summary?.horizon_high, there?.high)
      close(summary?.horizon_at_risk, there?.atRisk)
      const [mean] = await told('curve_mean', drawn)
      const expected = restrictedMean(curve, Math.min(8, curve.steps.at(-1)?.time ?? 0))
      close(mean?.restricted_mean, expected?.value)
      close(mean?.restricted_error, expected?.standardError)
    }),
    { numRuns: 25 },
  )
})

test('points of the figure keep the curve within a level, and numbers at risk at round times', async () => {
  // One life ends at each of 1 … 1000: S(t) = 1 − t/1000, at risk just before t: 1001 − t.
  const many = Array.from({ length: 1000 }, (_, i) => ({ entry: 0, exit: i + 1, event: true }))
  const rows = await told('curve_point', many)
  expect(rows.length).toBeLessThan(270)
  const steps = rows.filter(({ marked }) => marked === null)
  for (const [i, row] of steps.entries()) {
    expect(Number(row.survival)).toBeCloseTo(1 - Number(row.moment) / 1000, 12)
    expect(Number(steps[i - 1]?.survival ?? 1) - Number(row.survival)).toBeLessThan(0.0051)
  }
  expect(steps.at(-1)).toMatchObject({ moment: 1000, survival: 0 })
  // Shown until 950, and the largest power of ten up to 950/9 = 105.6 is 100.
  const marks = rows.filter(({ marked }) => marked !== null)
  expect(marks.map(({ moment }) => moment)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
  expect(marks.map(({ marked }) => marked)).toEqual([1000, 901, 801, 701, 601, 501, 401, 301, 201, 101])
})

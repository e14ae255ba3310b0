import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import { use, usersOf } from '../testing-usage.ts'
import applicationDepth from './application-depth.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const application = (application_id: string, depth_level: number | null, platform_id = 'A'): Cells => ({
  ...{ application_id, depth_level, platform_id },
})

/**
 * a1 (level 5): o1 in two months, o2; o3 with 0 users: 2. a2 (level 2): told 3 and 4 beside one name: 4, not 8.
 * a3 (level 6): used before the window: 0. a4 (no level): 1. a5 (level 1) of B: 2. b9 is not listed.
 * (5·2 + 2·4 + 6·0 + 1·2) / (6·8) = 20/48.
 */
const byHand: Fixture = {
  platform: [
    { platform_id: 'A', name: '甲' },
    { platform_id: 'B', name: '乙' },
  ],
  application: [
    application('a1', 5),
    application('a2', 2),
    application('a3', 6),
    application('a4', null),
    application('a5', 1, 'B'),
  ],
  usage: [
    use('application', 'a1', '2026-05', 'o1'),
    use('application', 'a1', '2026-06', 'o1'),
    use('application', 'a1', '2026-06', 'o2'),
    use('application', 'a1', '2026-06', 'o3', { users: 0 }),
    use('application', 'a2', '2026-05', '*', { organisations: 3 }),
    use('application', 'a2', '2026-06', '*', { organisations: 4 }),
    use('application', 'a2', '2026-06', 'o1', { organisations: 1 }),
    use('application', 'a3', '2025-06', 'o1'),
    use('application', 'a4', '2025-07', 'o1'),
    use('application', 'a5', '2026-06', 'o1', { platform_id: 'B' }),
    use('application', 'a5', '2026-06', 'o2', { platform_id: 'B' }),
    use('application', 'b9', '2026-06', 'o2', { platform_id: 'B' }),
    use('model', 'a3', '2026-06', 'o2'),
    use('application', 'a3', '2026-07', 'o2'),
  ],
}

test('weighs levels by using organisations of the last 12 months: 20/48', async () => {
  const { headline, rows, chart } = await trials.run(applicationDepth, byHand, { asOf })
  expect(headline.value).toBe(20 / 48)
  expect(headline.basis).toMatchObject({ n: 8, share: 8 / 9 })
  expect(besides(headline)).toEqual({
    'Mean level (1–6)': 20 / 8,
    'Applications in use': 4,
    Applications: 5,
    'Applications without a level': 1,
    'With usage but not listed': 1,
  })
  expect(rows.map(row => [row.platform_name, row.depth_level, row.uses])).toEqual([
    ['甲', 2, 4],
    ['甲', 5, 2],
    ['甲', 6, 0],
    ['甲', null, 1],
    ['乙', 1, 2],
  ])
  expect(rows[0]?.platform_depth).toBeCloseTo(18 / 36, 14)
  expect(chart.rows).toHaveLength(4)
})

test('with 13 months the use of June 2025 counts too: (20 + 6) / (6·9)', async () => {
  const { headline } = await trials.run(applicationDepth, byHand, { asOf, inputs: { months: 13 } })
  expect(headline.value).toBeCloseTo(26 / 54, 14)
})

test('a platform’s own: 18/36 of A', async () => {
  const filters = { ...noFilters, platforms: ['A'] }
  expect((await trials.run(applicationDepth, byHand, { asOf, filters })).headline.value).toBe(18 / 36)
})

test('usage that names no platform is of its application’s', async () => {
  const filters = { ...noFilters, platforms: ['A'] }
  const usage = (byHand.usage ?? []).map(row => ({ ...row, platform_id: null }))
  const { value } = (await trials.run(applicationDepth, { ...byHand, usage }, { asOf, filters })).headline
  expect(value).toBe(18 / 36)
})

test('its interval is that of a ratio with platforms as clusters', async () => {
  const { interval } = (await trials.run(applicationDepth, byHand, { asOf })).headline
  // k = Σ level·uses/6: 3 of 6 and 1/3 of 2; R = 5/12; residuals 3 − 2.5 and 1/3 − 5/6: ±½. se = √(½ · 2/1)/8 = 1/8.
  // Logit scale, t(0.975, 1) = 12.7062: half = 12.7062/8 / (5/12 · 7/12).
  const half = 12.706204736174705 / 8 / ((5 / 12) * (7 / 12))
  const logistic = (x: number) => 1 / (1 + Math.exp(-x))
  expect(interval?.low).toBeCloseTo(logistic(Math.log(5 / 7) - half), 10)
  expect(interval?.high).toBeCloseTo(logistic(Math.log(5 / 7) + half), 10)
})

test('lists applications with their organisations', async () => {
  const rows = await trials.detail(applicationDepth, 'applications', await trials.load(byHand), { asOf })
  expect(rows.map(row => [row.application_id, row.organisations, row.row_no])).toEqual([
    ['a2', 4, 2],
    ['a1', 2, 1],
    ['a5', 2, 5],
    ['a4', 1, 4],
    ['a3', 0, 3],
  ])
})

test('says what is missing, rather than 0', async () => {
  const missing = async (fixture: Fixture) =>
    (await trials.run(applicationDepth, fixture, { asOf })).headline.missing
  const { usage = [] } = byHand
  const listed = [application('a1', 3)]
  expect(await missing({ usage })).toEqual(['application'])
  expect(await missing({ application: [application('a1', null)], usage })).toEqual([
    'application.depth_level',
  ])
  expect(await missing({ application: listed, usage: [use('model', 'm', '2026-06', 'o1')] })).toEqual([
    'usage',
  ])
  expect(await missing({ application: listed, usage: [use('application', 'a1', '2026-06', '*')] })).toEqual([
    'usage.organisations',
  ])
})

const months = ['2025-06', '2025-07', '2026-06']
const drawnUse = fc.record({
  subject: fc.integer({ min: 0, max: 4 }),
  month: fc.constantFrom(...months),
  org: fc.constantFrom('o1', 'o2', 'o3', '*'),
  organisations: fc.integer({ min: 0, max: 5 }),
  users: fc.constantFrom(0, 1, null),
})

test('equals a count in plain TypeScript, in [1/6, 1], whatever the order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.integer({ min: 1, max: 6 })), { minLength: 5, maxLength: 5 }),
      fc.array(drawnUse, { maxLength: 25 }),
      async (levels, drawn) => {
        const listed = levels.map((level, i) => application(`a${i}`, level, i % 2 ? 'A' : 'B'))
        const usage = drawn.map(({ subject, month, org, organisations, users }) =>
          use('application', `a${subject}`, month, org, { organisations, users }),
        )
        const uses = levels.map((level, i) => (level === null ? 0 : usersOf(usage, `a${i}`, '2025-07')))
        const whole = uses.reduce((sum, n) => sum + n, 0)
        const reached = uses.reduce((sum, n, i) => sum + n * (levels[i] ?? 0), 0)
        const run = (rows: readonly Cells[]) =>
          trials.run(applicationDepth, { application: listed, usage: rows }, { asOf })
        const { value } = (await run(usage)).headline
        expect(value).toBe(whole === 0 ? null : reached / (6 * whole))
        if (value !== null) expect(value).toBeGreaterThanOrEqual(1 / 6)
        if (value !== null) expect(value).toBeLessThanOrEqual(1)
        expect((await run(usage.toReversed())).headline.value).toBe(value)
      },
    ),
    { numRuns: 8 },
  )
})

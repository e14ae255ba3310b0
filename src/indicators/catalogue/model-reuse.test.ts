import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import { use, usersOf } from '../testing-usage.ts'
import modelReuse from './model-reuse.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const model = (model_id: string, kind: string | null, platform_id = 'A'): Cells => ({
  model_id,
  kind,
  platform_id,
})

/** m1: o1, o2 in different months: reused. m2: o1 twice. m3: told 2 a month. m4: none. m5: 1 and one with 0 users; 9 told with 0 users. */
const byHand: Fixture = {
  platform: [{ platform_id: 'A', name: '甲' }],
  model: [
    model('m1', 'ml'),
    model('m2', 'ml'),
    model('m3', 'agent', 'B'),
    model('m4', null),
    model('m5', 'ml'),
  ],
  usage: [
    use('model', 'm1', '2024-05', 'o1'),
    use('model', 'm1', '2026-06', 'o2'),
    use('model', 'm2', '2026-05', 'o1'),
    use('model', 'm2', '2026-06', 'o1'),
    use('model', 'm3', '2026-05', '*', { organisations: 1 }),
    use('model', 'm3', '2026-06', '*', { organisations: 2 }),
    use('model', 'm5', '2026-06', 'o1'),
    use('model', 'm5', '2026-06', 'o2', { users: 0 }),
    use('model', 'm5', '2026-05', '*', { users: 0, organisations: 9 }),
    use('application', 'm2', '2026-06', 'o2'),
    use('model', 'm9', '2026-06', 'o2'),
  ],
}

test('is the models with at least two using organisations over all: 2 of 5', async () => {
  const { headline, rows } = await trials.run(modelReuse, byHand, { asOf })
  expect(headline.value).toBe(2 / 5)
  expect(headline.basis).toMatchObject({ n: 5, share: 1 })
  expect(besides(headline)).toEqual({
    'Models reused': 2,
    Models: 5,
    'Models with a record of usage': 4 / 5,
    'Reuse among models with a record of usage': 2 / 4,
    'With usage but not listed': 1,
  })
  expect(rows.map(row => [row.group, row.models, row.reused_models])).toEqual([
    ['ml', 3, 1],
    ['agent', 1, 1],
    [null, 1, 0],
  ])
  // Wilson for 2 of 5, z² = 3.841459: centre (2 + z²/2)/(5 + z²), half √(z² (2·3/5 + z²/4))/(5 + z²).
  const zz = 3.841458820694124
  const half = Math.sqrt(zz * (6 / 5 + zz / 4)) / (5 + zz)
  expect(headline.interval?.low).toBeCloseTo((2 + zz / 2) / (5 + zz) - half, 12)
})

test('by another threshold, window and denominator', async () => {
  const value = async (inputs: object) =>
    (await trials.run(modelReuse, byHand, { asOf, inputs: { ...inputs } })).headline.value
  expect(await value({ least: 1 })).toBe(4 / 5)
  expect(await value({ window: 'year' })).toBe(1 / 5)
  expect(await value({ silent: 'exclude' })).toBe(2 / 4)
})

test('groups by platform, with its name', async () => {
  const { rows, chart } = await trials.run(modelReuse, byHand, { asOf, inputs: { by: 'platform' } })
  expect(rows.map(row => [row.group, row.platform_name, row.reuse_rate])).toEqual([
    ['A', '甲', 1 / 4],
    ['B', null, 1],
  ])
  expect(chart.rows).toHaveLength(2)
})

test('lists the models with their organisations', async () => {
  const rows = await trials.detail(modelReuse, 'models', await trials.load(byHand), { asOf })
  expect(rows.map(row => [row.model_id, row.organisations, row.reused])).toEqual([
    ['m1', 2, true],
    ['m3', 2, true],
    ['m2', 1, false],
    ['m5', 1, false],
    ['m4', 0, false],
  ])
})

test('is not computable without usage of models', async () => {
  const { model: models = [] } = byHand
  const run = (fixture: Fixture) => trials.run(modelReuse, fixture, { asOf })
  expect((await run({ model: models })).headline).toMatchObject({ value: null, missing: ['usage'] })
  expect((await run({ usage: byHand.usage ?? [] })).headline.missing).toEqual(['model'])
})

const drawnUse = fc.record({
  subject: fc.integer({ min: 0, max: 5 }),
  month: fc.constantFrom('2024-01', '2025-07', '2026-06'),
  org: fc.constantFrom('o1', 'o2', 'o3', '*'),
  organisations: fc.integer({ min: 0, max: 3 }),
  users: fc.constantFrom(0, 1, null),
})

test('equals a count in plain TypeScript, inside its interval; a higher threshold never raises it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawnUse, { minLength: 1, maxLength: 25 }), async drawn => {
      const names = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5']
      const usage = drawn.map(({ subject, month, org, organisations, users }) =>
        use('model', `m${subject}`, month, org, { organisations, users }),
      )
      const run = (least: number) =>
        trials.run(
          modelReuse,
          { model: names.map(id => model(id, 'ml')), usage },
          { asOf, inputs: { least } },
        )
      const { headline } = await run(2)
      expect(headline.value).toBe(names.filter(id => usersOf(usage, id) >= 2).length / 6)
      expect(headline.interval?.low).toBeLessThanOrEqual(headline.value ?? 0)
      expect(headline.interval?.high).toBeGreaterThanOrEqual(headline.value ?? 1)
      expect((await run(3)).headline.value).toBeLessThanOrEqual(headline.value ?? 0)
    }),
    { numRuns: 8 },
  )
})

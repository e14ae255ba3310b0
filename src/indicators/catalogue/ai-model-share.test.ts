import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, microseconds, Trials } from '../testing.ts'
import aiModelShare from './ai-model-share.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const model = (model_id: string, kind: string | null, created: string | null, more: Cells = {}): Cells => ({
  ...{ model_id, kind, created_at: created && `${created}T12:00:00Z`, platform_id: 'A' },
  ...more,
})

/** Of 6 of known kind 3 are AI: ml, large, agent; not mechanism, other, and not the one of unknown kind. */
const byHand = {
  platform: [{ platform_id: 'A', name: '甲' }],
  model: [
    model('1', 'mechanism', '2024-01-31', { industry_code: '34' }),
    model('2', 'ml', '2024-01-01', { industry_code: '34' }),
    model('3', 'large', '2024-03-15', { platform_id: 'B' }),
    model('4', 'agent', null, { platform_id: 'B' }),
    model('5', 'other', '2024-03-01'),
    model('6', null, '2024-02-01'),
    model('7', 'mechanism', '2024-03-01'),
  ],
}

test('is AI over known kinds: 3 of 6', async () => {
  const { headline, rows, chart } = await trials.run(aiModelShare, byHand)
  expect(headline.value).toBe(3 / 6)
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 7 })
  expect(besides(headline)).toEqual({
    'AI models': 3,
    Models: 7,
    'Of unknown kind': 1 / 7,
    'Without a time of creation (not in the figure)': 1 / 7,
  })
  // To date: January 1 of 2; February adds the unknown; March 2 of 5; the undated one has no place.
  expect(rows.map(row => [row.month, row.ai_to_date, row.judged_to_date, row.ai_share])).toEqual([
    [microseconds('2024-01-01T00:00:00Z'), 1, 2, 1 / 2],
    [microseconds('2024-02-01T00:00:00Z'), 1, 2, 1 / 2],
    [microseconds('2024-03-01T00:00:00Z'), 2, 5, 2 / 5],
    [null, null, null, null],
  ])
  expect(chart.rows).toHaveLength(3)
  // Wilson for 3 of 6, z² = 3.841459: ½ ± √(z² (6/4 + z²/4))/(6 + z²).
  const zz = 3.841458820694124
  expect(headline.interval?.low).toBeCloseTo(0.5 - Math.sqrt(zz * (6 / 4 + zz / 4)) / (6 + zz), 12)
})

test('with unknown kinds in the denominator: 3 of 7', async () => {
  const { headline } = await trials.run(aiModelShare, byHand, { inputs: { unknown: 'count' } })
  expect(headline.value).toBe(3 / 7)
})

test('by kind, platform and industry', async () => {
  const loaded = await trials.load(byHand)
  const kinds = await trials.detail(aiModelShare, 'by-kind', loaded)
  expect(kinds.map(row => [row.kind, row.models])).toEqual([
    ['mechanism', 2],
    ['agent', 1],
    ['large', 1],
    ['ml', 1],
    ['other', 1],
    [null, 1],
  ])
  const platforms = await trials.detail(aiModelShare, 'by-platform', loaded)
  expect(platforms.map(row => [row.group, row.platform_name, row.ai_share])).toEqual([
    ['A', '甲', 1 / 4],
    ['B', null, 1],
  ])
  const sectors = await trials.detail(aiModelShare, 'by-industry', loaded)
  expect(sectors.map(row => [row.group, row.ai_share])).toEqual([
    [null, 2 / 4],
    ['34', 1 / 2],
  ])
})

test('is not computable where no kind is known, rather than 0', async () => {
  expect((await trials.run(aiModelShare, {})).headline.missing).toEqual(['model'])
  for (const unknown of ['exclude', 'count'])
    expect(
      (await trials.run(aiModelShare, { model: [model('1', null, null)] }, { inputs: { unknown } })).headline,
    ).toMatchObject({ value: null, missing: ['model.kind'] })
})

const kind = fc.constantFrom('mechanism', 'ml', 'large', 'agent', 'other', null)
const created = fc.constantFrom('2023-12-31', '2024-01-01', '2025-05-05', null)

test('equals a count in plain TypeScript, inside its interval, whatever the order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(kind, created), { minLength: 1, maxLength: 25 }), async drawn => {
      const rows = drawn.map(([of, at], i) => model(String(i), of, at))
      const known = drawn.filter(([of]) => of !== null)
      const ai = known.filter(([of]) => of !== 'mechanism' && of !== 'other')
      const { headline } = await trials.run(aiModelShare, { model: rows })
      expect(headline.value).toBe(known.length === 0 ? null : ai.length / known.length)
      if (headline.value !== null) expect(headline.interval?.low).toBeLessThanOrEqual(headline.value)
      const turned = await trials.run(aiModelShare, { model: rows.toReversed() })
      expect(turned.headline.value).toBe(headline.value)
    }),
    { numRuns: 8 },
  )
})

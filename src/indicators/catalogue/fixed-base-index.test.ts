import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Row } from '../../domain/table.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import fixedBaseIndex from './fixed-base-index.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** March 2026 is the last complete month. */
const asOf = '2026-04-15T00:00:00Z'
const only = (...components: readonly string[]) => {
  const all = ['devices', 'models', 'applications', 'volume', 'organisations']
  return Object.fromEntries(all.map(one => [`weight_${one}`, components.includes(one) ? 20 : 0]))
}

let made = 0
/** Devices activated in the middle of a month of 2026, or before it. */
const devices = (platform_id: string, month: number, count: number, more: Cells = {}) =>
  Array.from({ length: count }, () => ({
    ...{ platform_id, device_id: `${++made}`, activated_at: day(month) },
    ...more,
  }))
const models = (platform_id: string, month: number, count: number) =>
  Array.from({ length: count }, () => ({ platform_id, model_id: `${++made}`, created_at: day(month) }))
const day = (month: number) => `2026-${String(month).padStart(2, '0')}-15T00:00:00Z`
const of = (rows: readonly Row[], component: string) =>
  rows.filter(row => row.component === component).map(row => row.index_value)

/**
 * A has 10, 12, 15 devices in January, February and March; B comes in February with 100 and has 110 in March.
 * Links: 12/10, then (15 + 110)/(12 + 100).
 */
const byHand: Fixture = {
  device: [
    ...devices('A', 1, 10),
    ...devices('A', 2, 2),
    ...devices('A', 3, 3),
    ...devices('B', 2, 100),
    ...devices('B', 3, 10),
  ],
}

test('a platform that joins makes no jump', async () => {
  const { rows, headline } = await trials.run(fixedBaseIndex, byHand, { asOf, inputs: only('devices') })
  const march = 120 * (125 / 112)
  expect(of(rows, 'index')).toEqual([100, expect.closeTo(120, 10), expect.closeTo(march, 10)])
  expect(headline.value).toBeCloseTo(march, 10)
  expect(headline.basis).toMatchObject({ n: 2, share: 1 })
  // In February 12 of 112 devices are on a platform that was there in January.
  expect(rows[1]).toMatchObject({ overlap: 12 / 112, matched_platforms: 1, platforms: 2 })
  const loaded = await trials.load(byHand)
  const links = await trials.detail(fixedBaseIndex, 'links', loaded, { asOf })
  expect(links[0]).toMatchObject({ matched_before: 112, matched_after: 125, link_growth: 125 / 112 - 1 })
})

test('totals are compared where that is asked for', async () => {
  const inputs = { ...only('devices'), linking: 'totals' }
  const { rows } = await trials.run(fixedBaseIndex, byHand, { asOf, inputs })
  expect(of(rows, 'index')).toEqual([100, expect.closeTo(1120, 9), expect.closeTo(1250, 9)])
})

test('components are weighted, and one that is lacking is named', async () => {
  // Models of A: 5, 5, 10.
  const both = { ...byHand, model: [...models('A', 1, 5), ...models('A', 3, 5)] }
  const inputs = { ...only('devices', 'models'), weight_devices: 75, weight_models: 25 }
  const { headline } = await trials.run(fixedBaseIndex, both, { asOf, inputs })
  expect(headline.value).toBeCloseTo(0.75 * 120 * (125 / 112) + 0.25 * 200, 10)
  expect(besides(headline).Models).toBeCloseTo(200, 10)
  const without = await trials.run(fixedBaseIndex, both, { asOf })
  expect(without.headline).toMatchObject({
    value: null,
    missing: ['application.created_at', 'ingest_batch.bytes', 'contract.start'],
  })
  const none = await trials.run(fixedBaseIndex, both, { asOf, inputs: only() })
  expect(none.headline.missing).toEqual(['weights'])
})

describe('the base', () => {
  const inputs = only('devices')

  test('may be a later month: what was before lies below 100', async () => {
    const { rows } = await trials.run(fixedBaseIndex, byHand, { asOf, inputs: { ...inputs, base: 202602 } })
    expect(of(rows, 'index')).toEqual([
      expect.closeTo(100 / 1.2, 10),
      100,
      expect.closeTo((100 * 125) / 112, 10),
    ])
  })

  test('before the data is no base, and the first period alone no index', async () => {
    const early = await trials.run(fixedBaseIndex, byHand, { asOf, inputs: { ...inputs, base: 201812 } })
    expect(early.headline).toMatchObject({ value: null, missing: ['device.activated_at'] })
    const young = await trials.run(fixedBaseIndex, { device: devices('A', 3, 2) }, { asOf, inputs })
    expect(young.headline).toMatchObject({ value: null, missing: ['device.activated_at'] })
  })

  test('is the first period in which all components exist', async () => {
    const both = { ...byHand, model: models('A', 2, 5) }
    const { rows } = await trials.run(fixedBaseIndex, both, { asOf, inputs: only('devices', 'models') })
    expect(rows[0]?.base_period).toBe(Date.parse('2026-02-01') * 1000)
    expect(of(rows, 'models')).toEqual([100, 100])
  })
})

test('volume is bytes a day, linked over months without a batch', async () => {
  const batch = (batch_id: string, start: string, finish: string, bytes: number) => ({
    ...{ batch_id, platform_id: 'A', source_id: 's', bytes, counter_kind: 'delta' },
    ...{ window_start: `${start}T00:00:00Z`, window_end: `${finish}T00:00:00Z` },
  })
  // 310 bytes in 31 days, then 56 in 28: 10 and 2 a day.
  const twice = [batch('1', '2026-01-01', '2026-01-02', 310), batch('2', '2026-02-03', '2026-03-01', 56)]
  const run = async (ingest_batch: readonly Cells[]) =>
    (await trials.run(fixedBaseIndex, { ingest_batch }, { asOf, inputs: only('volume') })).rows
  expect(of(await run(twice), 'index')).toEqual([100, expect.closeTo(20, 10)])
  // Nothing in February; March has 31 days up to the end of its last batch.
  const holed = [batch('1', '2026-01-01', '2026-01-02', 310), batch('2', '2026-03-03', '2026-04-01', 62)]
  const rows = await run(holed)
  expect(of(rows, 'index')).toEqual([100, expect.closeTo(20, 10)])
  expect(rows.map(({ period }) => period)).toContain(Date.parse('2026-03-01') * 1000)
})

test('organisations count once a platform, and as long as a contract is in force', async () => {
  const contract = (org_id: string, start: string, ended_at: string | null = null) => ({
    ...{ contract_id: `${++made}`, platform_id: 'A', org_id, start, ended_at },
  })
  const { rows } = await trials.run(
    fixedBaseIndex,
    {
      contract: [
        contract('o1', '2026-01-01', '2026-02-10'),
        contract('o1', '2026-02-10'),
        contract('o1', '2026-01-20'),
        contract('o2', '2026-01-01', '2026-02-28'),
        contract('o3', '2026-03-01'),
        contract('o4', '2026-03-31'),
      ],
    },
    { asOf, inputs: only('organisations') },
  )
  // o1 and o2; o1 alone; o1, o3 and o4.
  expect(of(rows, 'index')).toEqual([100, 50, expect.closeTo(150, 10)])
})

test('by quarter it takes the ends of quarters', async () => {
  const device = [...devices('A', 1, 4, { activated_at: '2025-12-31T23:59:59Z' }), ...devices('A', 3, 2)]
  const inputs = { ...only('devices'), frequency: 'quarter' }
  const { rows } = await trials.run(fixedBaseIndex, { device }, { asOf, inputs })
  expect(of(rows, 'index')).toEqual([100, expect.closeTo(150, 10)])
})

test('is the chain of a walk over platforms and months', async () => {
  const one = fc.record({
    platform: fc.constantFrom('A', 'B', 'C'),
    from: fc.integer({ min: 1, max: 3 }),
    until: fc.option(fc.integer({ min: 1, max: 4 })),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 25 }), async drawn => {
      const device = drawn.flatMap(({ platform, from, until }) =>
        devices(platform, from, 1, { retired_at: until === null ? null : day(until) }),
      )
      const stock = (platform: string, month: number) =>
        drawn.filter(
          ({ platform: p, from, until }) =>
            p === platform && from <= month && (until === null || (until > month && until > from)),
        ).length
      const expected: number[] = []
      let before: number | null = null
      let value: number | null = 100
      for (const month of [1, 2, 3]) {
        const here = ['A', 'B', 'C'].filter(platform => stock(platform, month) > 0)
        if (here.length === 0) continue
        if (before !== null) {
          const last: number = before
          const both = here.filter(platform => stock(platform, last) > 0)
          const sum = (at: number) => both.reduce((all, platform) => all + stock(platform, at), 0)
          value = value === null || both.length === 0 ? null : (value * sum(month)) / sum(last)
        }
        before = month
        if (value !== null) expected.push(value)
      }
      const { rows } = await trials.run(
        fixedBaseIndex,
        { device: device.toReversed() },
        { asOf, inputs: only('devices') },
      )
      expect(of(rows, 'index')).toEqual(expected.map(one => expect.closeTo(one, 9)))
    }),
    { numRuns: 12 },
  )
})

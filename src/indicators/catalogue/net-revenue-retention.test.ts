import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Cells, Trials } from '../testing.ts'
import retention from './net-revenue-retention.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T12:00:00Z'
const table = (contracts: readonly Cells[]) => ({
  contract: contracts.map((cells, i) => ({
    contract_id: `c${i}`,
    platform_id: 'p',
    mode: 'subscription',
    start: '2025-01-01',
    ...cells,
  })),
})
const run = (contracts: readonly Cells[], given: Parameters<Trials['run']>[2] = {}) =>
  trials.run(retention, table(contracts), { asOf, ...given })

/**
 * Then is 2025-06-30. a: 100 then, 100 + 50 now; b: 200 then, gone; c: 100 + 100 then, 100 now (one ended on the day of the data);
 * d began on the day of then: 100 and 100. Then 600, now 150 + 0 + 100 + 100 = 350: churned 200, contraction 100, expansion 50.
 * Not counted: e came later, f had ended on the day of then, g is of unknown amount, h no subscription.
 */
const contracts: readonly Cells[] = [
  { org_id: 'a', mrr: 100 },
  { org_id: 'a', mrr: 50, start: '2026-01-01' },
  { org_id: 'b', mrr: 200, ended_at: '2025-12-31' },
  { org_id: 'c', mrr: 100 },
  { org_id: 'c', mrr: 100, ended_at: '2026-06-30' },
  { org_id: 'd', mrr: 100, start: '2025-06-30' },
  { org_id: 'e', mrr: 1000, start: '2025-07-01' },
  { org_id: 'f', mrr: 1000, ended_at: '2025-06-30' },
  { org_id: 'g', mrr: 10 },
  { org_id: 'g', mrr: null, start: '2026-02-01' },
  { org_id: 'h', mrr: 1000, mode: 'licence' },
]

test('is 350 of 600', async () => {
  const { headline, rows, chart } = await run(contracts)
  expect(headline.value).toBeCloseTo(350 / 600, 14)
  // The lesser of then and now: 100 + 0 + 100 + 100.
  expect(besides(headline)).toMatchObject({
    'Gross retention': 0.5,
    'Customers kept': 0.75,
    'Churned (yuan)': 200,
    'Contraction (yuan)': 100,
    'Expansion (yuan)': 50,
    'Customers with an unknown amount': 1,
  })
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 5 })
  expect(rows.map(({ step, from_mrr, to_mrr }) => [step, from_mrr, to_mrr])).toEqual([
    ['before', 0, 600],
    ['churned', 600, 400],
    ['contraction', 400, 300],
    ['expansion', 300, 350],
    ['now', 0, 350],
  ])
  expect(chart.rows.map(({ movement }) => movement)).toEqual(['level', 'loss', 'loss', 'gain', 'level'])
  const { low, high } = headline.interval ?? {}
  // No sample can keep less than b's nothing or more than a's 1.5.
  expect(low).toBeGreaterThanOrEqual(0)
  expect(low).toBeLessThan(350 / 600)
  expect(high).toBeGreaterThan(350 / 600)
  expect(high).toBeLessThanOrEqual(1.5)
})

test('a period cuts no contract, and its detail has the largest loss first', async () => {
  const filters = { ...noFilters, from: '2026-01-01', to: '2026-06-30' }
  expect((await run(contracts, { filters })).headline.value).toBeCloseTo(350 / 600, 14)
  const rows = await trials.detail(retention, 'customers', await trials.load(table(contracts)), { asOf })
  expect(rows.map(({ org_id, mrr_change }) => [org_id, mrr_change])).toEqual([
    ['b', -200],
    ['c', -100],
    ['d', 0],
    ['a', 50],
    ['g', null],
  ])
})

test('names what is missing', async () => {
  const none = ['contract.mode', 'contract.start']
  expect((await run([])).headline.missing).toEqual(none)
  expect((await run([{ org_id: 'e', mrr: 5, start: '2026-01-01' }])).headline.missing).toEqual(none)
  expect((await run([{ org_id: 'g' }])).headline).toMatchObject({ value: null, missing: ['contract.mrr'] })
})

test('is the quotient summed contract by contract, and the steps lead from then to now', async () => {
  const day = fc.constantFrom(
    '2024-12-01',
    '2025-06-30',
    '2025-07-01',
    '2026-03-01',
    '2026-06-30',
    '2026-09-01',
  )
  const drawn = fc.record({
    org: fc.nat(7),
    mrr: fc.integer({ min: 0, max: 500 }),
    start: day,
    ended_at: fc.option(day, { nil: null }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(drawn, { minLength: 1, maxLength: 30 }), async list => {
      const on = (date: string) =>
        list.filter(({ start, ended_at }) => start <= date && (ended_at === null || ended_at > date))
      const then = on('2025-06-30')
      const customers = new Set(then.map(({ org }) => org))
      const sum = (of: typeof list) => of.reduce((all, { mrr }) => all + mrr, 0)
      const before = sum(then)
      const now = sum(on('2026-06-30').filter(({ org }) => customers.has(org)))
      const { headline, rows } = await run(list.map(({ org, ...rest }) => ({ ...rest, org_id: `o${org}` })))
      expect(headline.value).toBe(before > 0 ? now / before : null)
      if (headline.value === null) return
      const amount = rows.map(({ mrr_amount }) => Number(mrr_amount))
      const [start = 0, churned = 0, contraction = 0, expansion = 0, end = 0] = amount
      expect(start - churned - contraction + expansion).toBe(end)
      expect(besides(headline)['Gross retention']).toBeLessThanOrEqual(Math.min(1, headline.value))
    }),
    { numRuns: 10 },
  )
})

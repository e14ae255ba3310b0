import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, Trials } from '../testing.ts'
import conversion from './pay-later-conversion.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T12:00:00Z'
const today = Date.parse('2026-06-30') / 86_400_000
/** The day so long before the time of the data, or after it. */
const ago = (days: number) => new Date((today - days) * 86_400_000).toISOString().slice(0, 10)

const run = (contracts: readonly Cells[], inputs: Readonly<Record<string, string | number>> = {}) =>
  trials.run(
    conversion,
    {
      contract: contracts.map((cells, i) => ({
        contract_id: `c${i}`,
        platform_id: 'p',
        org_id: `o${i}`,
        mode: 'pay_later',
        ...cells,
      })),
    },
    { asOf, inputs },
  )

/**
 * Days: paid at 30, ended unpaid at 60, running at 70 (matured), paid at 90, running at 200, running at 300 though a payment
 * is dated after the time of the data.
 * S(30) = 5/6; the next payment at 90 has 3 at risk: S(90) = 5/6 · 2/3 = 5/9, so C(180) = 4/9.
 * With the end at 60 competing: all-cause S(30) = 5/6, S(60) = 5/6 · 4/5 = 2/3; paid = 1/6 + 2/3 · 1/3 = 7/18.
 */
const contracts: readonly Cells[] = [
  { start: ago(230), first_paid_at: ago(200) },
  { start: ago(160), ended_at: ago(100) },
  { start: ago(70), matures_at: ago(10) },
  { start: ago(390), first_paid_at: ago(300), ended_at: ago(310) },
  { start: ago(200), matures_at: ago(-20) },
  { start: ago(300), first_paid_at: ago(-5) },
]
/** Not used: starts later, paid before its start, ended unpaid before its start, another mode, no mode. */
const others: readonly Cells[] = [
  { start: ago(-1) },
  { start: ago(50), first_paid_at: ago(60) },
  { start: ago(50), ended_at: ago(60) },
  { start: ago(50), first_paid_at: ago(40), mode: 'project' },
  { start: ago(50), mode: null },
]

test('is 4/9 after 180 days', async () => {
  const { headline, rows, chart } = await run([...contracts, ...others])
  expect(headline.value).toBeCloseTo(4 / 9, 12)
  // Greenwood: 1/(6·5) + 1/(3·2) = 1/5; log-log limits of S = 5/9 are S^exp(±1.96 √(1/5) / ln S).
  const half = (1.959963984540054 * Math.sqrt(1 / 5)) / Math.log(9 / 5)
  expect(headline.interval?.low).toBeCloseTo(1 - (5 / 9) ** Math.exp(-half), 12)
  expect(headline.interval?.high).toBeCloseTo(1 - (5 / 9) ** Math.exp(half), 12)
  expect(headline.basis).toMatchObject({ n: 6, share: 6 / 9 })
  const { 'Share paid, with ends as competing': paid, ...counts } = besides(headline)
  expect(paid).toBeCloseTo(7 / 18, 12)
  expect(counts).toEqual({
    'At risk at that time': 2,
    Paid: 2,
    'Ended unpaid': 1,
    'Running unpaid': 3,
    'Of them past maturity': 1,
    'Paid after the end': 1,
    'Contracts of unknown mode': 1,
  })
  expect(rows.map(({ days, trials_at_risk }) => [days, trials_at_risk])).toEqual([
    [0, 6],
    [30, 6],
    [60, 5],
    [70, 4],
    [90, 3],
    [200, 2],
    [300, 1],
  ])
  expect(chart.rows.map(({ left }) => left)).toEqual([6, 5, 4, 3, 2, 1, 0])
})

test('with ends as competing it is 7/18, without an interval', async () => {
  const { headline, chart } = await run(contracts, { ended: 'competing' })
  expect(headline.value).toBeCloseTo(7 / 18, 12)
  expect(headline.interval).toBeUndefined()
  expect(chart.layers.map(({ mark }) => mark)).toEqual(['line', 'count', 'rule'])
})

test('is told for the days that were observed, and no further', async () => {
  const at = async (horizon: number) => (await run(contracts, { horizon })).headline
  expect((await at(29)).value).toBe(0)
  expect((await at(30)).value).toBeCloseTo(1 / 6, 12)
  expect((await at(300)).value).toBeCloseTo(4 / 9, 12)
  expect(await at(301)).toMatchObject({
    value: null,
    missing: ['contract: pay-later contracts observed for 301 days'],
  })
  // Where all have paid, it is 1 for ever.
  expect((await run([{ start: ago(50), first_paid_at: ago(50) }])).headline.value).toBe(1)
})

test('has no interval where nobody paid within the days set', async () => {
  const { headline } = await run([{ start: ago(400) }, { start: ago(300) }])
  expect([headline.value, headline.interval]).toEqual([0, undefined])
})

test('names what is missing', async () => {
  expect((await run([])).headline.missing).toEqual(['contract'])
  expect((await run([{ start: ago(5), mode: 'project' }])).headline.missing).toEqual(['contract.mode'])
  expect((await run([{ start: ago(-5) }])).headline.missing).toEqual(['contract.start'])
})

test('its detail lists the contracts, impossible ones first', async () => {
  const loaded = await trials.load({
    contract: [...contracts, ...others].map((cells, i) => ({
      contract_id: `c${i}`,
      platform_id: 'p',
      org_id: 'o',
      mode: 'pay_later',
      ...cells,
    })),
  })
  const rows = await trials.detail(conversion, 'contracts', loaded, { asOf })
  expect(rows.map(({ verdict, days, row_no }) => [verdict, days, row_no])).toEqual([
    ['paid_before', null, 8],
    ['ended_before', null, 9],
    ['later', null, 7],
    ['overdue', 70, 3],
    ['ended', 60, 2],
    ['open', 300, 6],
    ['open', 200, 5],
    ['paid', 90, 4],
    ['paid', 30, 1],
  ])
})

const life = fc.record({
  start: fc.integer({ min: 0, max: 400 }),
  paid: fc.option(fc.nat(400), { nil: null }),
  ended: fc.option(fc.nat(400), { nil: null }),
})

test('is the estimate that hands the share of a censored contract to those after it (Efron 1967)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 25 }), async lives => {
      const seen = lives.map(({ start, paid, ended }) => {
        if (paid !== null && paid <= start) return { days: paid, event: true }
        return { days: ended !== null && ended <= start ? ended : start, event: false }
      })
      // At a tie payments come before censoring.
      const sorted = seen.toSorted((a, b) => a.days - b.days || Number(b.event) - Number(a.event))
      const mass = sorted.map(() => 1 / sorted.length)
      let converted = 0
      for (const [i, { days, event }] of sorted.entries()) {
        const own = mass[i] ?? 0
        if (event) converted += days <= 180 ? own : 0
        else for (let j = i + 1; j < mass.length; j++) mass[j] = (mass[j] ?? 0) + own / (mass.length - 1 - i)
      }
      const { headline, rows } = await run(
        lives.map(({ start, paid, ended }) => ({
          start: ago(start),
          first_paid_at: paid === null ? null : ago(start - paid),
          ended_at: ended === null ? null : ago(start - ended),
        })),
      )
      const last = sorted.at(-1)
      const isOver = last?.event === true && last.days <= 180
      if ((last?.days ?? 0) < 180 && !isOver) expect(headline.value).toBeNull()
      else expect(headline.value).toBeCloseTo(converted, 10)
      // A payment that competes can only be rarer.
      for (const one of rows)
        expect(Number(one.incidence)).toBeLessThanOrEqual(Number(one.conversion) + 1e-12)
    }),
    { numRuns: 12 },
  )
})

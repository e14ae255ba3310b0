import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import { reasoned as event } from '../testing-events.ts'
import mtbf from './connection-mtbf.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/**
 * The window of P is 0 to 40 h.
 * a: online 0–10 (open at w0), lost its keepalive, online 20–40: U 30, r 1.
 * b: online 10–25, lost; a second loss at 35 without a connect between: U 15, r 1, one left out.
 * c: online 0–4 (planned), 6–8 (it connected again at 8), 8–9 (error), 10–11 (no reason): U 8, r 1.
 */
const byHand: Fixture = {
  conn_event: [
    event('z', 0, 'activity'),
    event('a', 10, 'disconnect', 'keepalive'),
    event('a', 20, 'connect'),
    event('b', 10, 'connect'),
    event('b', 25, 'disconnect', 'lost'),
    event('b', 35, 'disconnect', 'lost'),
    event('c', 0, 'connect'),
    event('c', 4, 'disconnect', 'planned'),
    event('c', 6, 'connect'),
    event('c', 8, 'connect'),
    event('c', 9, 'disconnect', 'error'),
    event('c', 10, 'connect'),
    event('c', 11, 'disconnect'),
    event('z', 40, 'activity'),
  ],
}

test('divides 53 h online by 3 failures, with the interval of chi-square tables', async () => {
  const { headline, rows } = await trials.run(mtbf, byHand)
  expect(headline.value).toBeCloseTo(53 / 3, 13)
  // χ²(0.975, 8) = 17.5345, χ²(0.025, 6) = 1.23734 (any table).
  expect(headline.interval?.low).toBeCloseTo(106 / 17.5345, 4)
  expect(headline.interval?.high).toBeCloseTo(106 / 1.23734, 2)
  expect(headline.basis).toMatchObject({ n: 4, share: 4 / 7 }) // not the second loss of b
  const beside = besides(headline)
  const expected = [30, 15, 8].map(hours => (hours * 3) / 53)
  const squares = expected.reduce((sum, e) => sum + (1 - e) ** 2 / e, 0)
  expect(beside['Dispersion over devices (1: Poisson)']).toBeCloseTo(squares / 2, 12)
  // With two degrees of freedom P(χ² > x) = exp(−x/2).
  expect(beside['p of the Poisson assumption']).toBeCloseTo(Math.exp(-squares / 2), 12)
  expect(beside['Unplanned disconnects after unknown time (left out)']).toBe(1)
  expect(rows[0]).toMatchObject({ failures: 3, devices: 3, ended_sessions: 7 })
  // Rate 3/53; residuals 1 − U_d·3/53; standard error √(3/2 Σ²)/53; t(0.975, 2) = 4.302653.
  const error = Math.sqrt(1.5 * expected.reduce((sum, e) => sum + (1 - e) ** 2, 0)) / 53
  const factor = Math.exp((4.302653 * error * 53) / 3)
  expect(beside['Lower 95 % limit, devices as clusters (h)']).toBeCloseTo(53 / 3 / factor, 5)
  expect(beside['Upper 95 % limit, devices as clusters (h)']).toBeCloseTo((53 / 3) * factor, 3)
})

test('a failure without time online counts, and both intervals lie about the value', async () => {
  // d connects and is lost at the same instant: 4 failures in 53 h; the clusters are a, b and c with rate 3/53 and its error.
  const fixture = {
    conn_event: [
      ...(byHand.conn_event ?? []),
      event('d', 12, 'connect'),
      event('d', 12, 'disconnect', 'lost'),
    ],
  }
  const { headline, rows } = await trials.run(mtbf, fixture)
  expect(headline.value).toBeCloseTo(53 / 4, 13)
  expect(rows[0]).toMatchObject({ all_failures: 4, all_devices: 3, failure_rate: expect.closeTo(4 / 53, 14) })
  const beside = besides(headline)
  const [low, high] = ['Lower', 'Upper'].map(end => beside[`${end} 95 % limit, devices as clusters (h)`])
  expect(Number(low) * Number(high)).toBeCloseTo((53 / 4) ** 2, 9)
})

test('obeys its inputs and the period', async () => {
  const run = async (inputs: Record<string, string | number>) =>
    (await trials.run(mtbf, byHand, { inputs })).headline
  expect((await run({ other: 'count' })).value).toBeCloseTo(53 / 4, 13)
  expect((await run({ reconnect: 'count' })).value).toBeCloseTo(53 / 4, 13)
  expect((await run({ unseen: 'online' })).value).toBeCloseTo(63 / 4, 13)
  // Half an hour less of a before 10, and of b before 25.
  const late = await run({ keepalive: 1200 })
  expect(late.value).toBeCloseTo(53 / 3, 13)
  expect(besides(late)['With lost links 1.5 keepalives earlier']).toBeCloseTo(52 / 3, 13)
  // 2 June, 24–40 h: a 16 h, b 1 h and its failure at 25.
  const filters = { ...noFilters, from: '2026-06-02', to: '2026-06-02' }
  expect((await trials.run(mtbf, byHand, { filters })).headline.value).toBeCloseTo(17, 13)
})

test('gives a lower limit and no value where nothing failed, and names what is missing', async () => {
  const calm = { conn_event: [event('a', 0, 'connect'), event('a', 10, 'disconnect', 'planned')] }
  const { headline, rows } = await trials.run(mtbf, calm)
  expect(headline).toMatchObject({ value: null, missing: ['conn_event.reason_class'] })
  // 2·10/χ²(0.975, 2) = 10/−ln 0.025.
  expect(besides(headline)['At least (h; lower limit of the 95 % interval)']).toBeCloseTo(
    10 / -Math.log(0.025),
    10,
  )
  expect(rows[0]).toMatchObject({ mtbf_hours: null, high: null })
  const quiet = { conn_event: [event('a', 0, 'activity'), event('a', 9, 'activity')] }
  for (const fixture of [{}, quiet])
    expect((await trials.run(mtbf, fixture)).headline).toMatchObject({ value: null, missing: ['conn_event'] })
})

test('lists devices and causes', async () => {
  const loaded = await trials.load(byHand)
  const devices = await trials.detail(mtbf, 'devices', loaded)
  expect(devices.map(row => [row.device_id, row.failures, row.mtbf_hours])).toEqual([
    ['c', 1, 8],
    ['b', 1, 15],
    ['a', 1, 30],
  ])
  const causes = await trials.detail(mtbf, 'causes', loaded)
  expect(causes.map(row => [row.end_cause, row.ended_sessions, row.failures])).toEqual([
    ['lost', 2, 1],
    ['error', 1, 1],
    ['keepalive', 1, 1],
    ['other', 1, 0],
    ['planned', 1, 0],
    ['reconnect', 1, 0],
  ])
})

const reasons = ['keepalive', 'lost', 'error', 'duplicate_id', 'planned', 'retired', 'other', null] as const

/** Connects and disconnects in turn at distinct quarter hours. */
const histories = fc.array(
  fc.record({
    quarters: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 12 }),
    connects: fc.boolean(),
    first: fc.nat(7),
  }),
  { minLength: 1, maxLength: 5 },
)

test('equals a count of quarter hours and of disconnects, and ignores the order of rows', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async drawn => {
      let [quarters, failures] = [0, 0]
      const rows = drawn.flatMap((own, d) => {
        const times = own.quarters.toSorted((a, b) => a - b)
        const turns = times.map((at, i) => ({ at, connects: (i % 2 === 0) === own.connects, i }))
        for (let q = 0; q < 401; q++) {
          const before = turns.findLast(({ at }) => at <= q)
          if (before ? before.connects : !own.connects) quarters++
        }
        return turns.map(({ at, connects, i }) => {
          const reason = connects ? null : (reasons[(own.first + i) % 8] ?? null)
          if (reason !== null && ['keepalive', 'lost', 'error', 'duplicate_id'].includes(reason)) failures++
          return event(String(d), at / 4, connects ? 'connect' : 'disconnect', reason)
        })
      })
      const bounds = [event('z', 0, 'activity'), event('z', 401 / 4, 'activity')]
      const { headline } = await trials.run(mtbf, { conn_event: [...rows, ...bounds] })
      if (failures === 0) expect(headline.value).toBeNull()
      else {
        expect(headline.value).toBeCloseTo(quarters / 4 / failures, 9)
        expect(headline.interval?.low).toBeLessThan(headline.value ?? 0)
        expect(headline.interval?.high).toBeGreaterThan(headline.value ?? Infinity)
      }
      const again = { conn_event: [...bounds, ...rows.toReversed(), ...rows.slice(0, 2)] }
      expect((await trials.run(mtbf, again)).headline.value).toBe(headline.value)
    }),
    { numRuns: 8 },
  )
})

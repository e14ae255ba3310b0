import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { restrictedMean, type Subject, survivalCurve } from '../../statistics/statistics.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import { reasoned as event } from '../testing-events.ts'
import mttr from './connection-mttr.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/**
 * The window of P is 0 to 40 h. a: out 10–20 (keepalive). b: out 25 to a time unknown before 35, then from 35 on (open for 5 h).
 * c: planned 4–6, out 9–10 (error), no reason from 11.
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
    event('c', 9, 'disconnect', 'error'),
    event('c', 10, 'connect'),
    event('c', 11, 'disconnect'),
    event('z', 40, 'activity'),
  ],
}

test('divides 11 h of completed outages by 2', async () => {
  const { headline } = await trials.run(mttr, byHand, { inputs: { keepalive: 1200 } })
  expect(headline.value).toBeCloseTo(5.5, 13)
  expect(headline.basis).toMatchObject({ n: 2, share: 0.5 })
  const beside = besides(headline)
  expect(beside['Open outages']).toBe(1)
  expect(beside['Outages whose end was not seen (left out)']).toBe(1)
  // S: 1 to 1 h, 2/3 to 10 h (5 h censored), then 0: 1 + 9·2/3 = 7.
  expect(beside['Restricted mean (h), open ones too']).toBeCloseTo(7, 12)
  expect(beside['Median (h), open ones too']).toBe(10)
  expect(beside['With lost links 1.5 keepalives earlier']).toBeCloseTo(5.75, 12)
})

test('sessions alike in time stand by their cause, in whatever order they came', async () => {
  // The first disconnect at 10 h ends the session, planned. The others end sessions of length 0 that began unseen: keepalive, lost,
  // retired. After the first two comes another one of unseen beginning, after the last the connect at 20 h.
  const at10 = (seq: number, reason: string) => ({ ...event('d', 10, 'disconnect', reason), seq })
  for (const [a, b, c] of ['keepalive lost retired', 'retired lost keepalive', 'lost retired keepalive'].map(
    each => each.split(' '),
  )) {
    const ends = [at10(1, 'planned'), at10(2, a ?? ''), at10(3, b ?? ''), at10(4, c ?? '')]
    const events = [event('d', 5, 'connect'), ...ends, event('d', 20, 'connect'), event('z', 40, 'activity')]
    const { headline } = await trials.run(mttr, { conn_event: events })
    expect(headline.value).toBeNull()
    expect(besides(headline)).toMatchObject({
      'Completed outages': 0,
      'Outages whose end was not seen (left out)': 2,
    })
  }
})

test('counts planned ends where asked, and names what is missing', async () => {
  const all = await trials.run(mttr, byHand, { inputs: { causes: 'all' } })
  expect(all.headline.value).toBeCloseTo(13 / 3, 13)
  expect((await trials.run(mttr, {})).headline).toMatchObject({ value: null })
})

test('a return after the period is not seen in it, and one before it is not of it', async () => {
  // 1 June, to hour 24: a out 10–20 and c 9–10 are completed; on 2 June b alone is out, from 35 to its end at 40.
  const run = async (day: string) => {
    const filters = { ...noFilters, from: day, to: day }
    return (await trials.run(mttr, byHand, { filters })).headline
  }
  expect((await run('2026-06-01')).value).toBeCloseTo(5.5, 13)
  const second = await run('2026-06-02')
  expect(second).toMatchObject({ value: null, missing: ['conn_event'] })
  expect(besides(second)).toMatchObject({ 'Completed outages': 0, 'Open outages': 1 })
  // Nothing at all happens on 1 July.
  expect(await run('2026-07-01')).toMatchObject({ value: null, missing: ['conn_event'] })
  // Out from 20 to 30 h: open where the period ends at 24 h.
  const across = {
    conn_event: [
      event('a', 0, 'connect'),
      event('a', 20, 'disconnect', 'lost'),
      event('a', 30, 'connect'),
      event('a', 40, 'disconnect', 'lost'),
    ],
  }
  const filters = { ...noFilters, from: '2026-06-01', to: '2026-06-01' }
  const { headline } = await trials.run(mttr, across, { filters })
  expect(headline.value).toBeNull()
  expect(besides(headline)).toMatchObject({ 'Open outages': 1 })
})

test('a device with another session open is not out', async () => {
  // Version 2 connects at 2 h; that it took over from version 1 is told six minutes later. Out from 4 to 7 h alone.
  const takeover = {
    conn_event: [
      { ...event('a', 0, 'connect'), seq: 1 },
      { ...event('a', 2.1, 'disconnect', 'duplicate_id'), seq: 1 },
      { ...event('a', 2, 'connect'), seq: 2 },
      { ...event('a', 4, 'disconnect', 'lost'), seq: 2 },
      { ...event('a', 7, 'connect'), seq: 3 },
    ],
  }
  const { headline } = await trials.run(mttr, takeover)
  expect(headline.value).toBeCloseTo(3, 13)
  expect(headline.basis).toMatchObject({ n: 1, share: 1 })
})

const reasons = ['keepalive', 'lost', 'error', 'duplicate_id', 'planned', null] as const
/** Connects and disconnects in turn, from each device's first; quarter hours, distinct. */
const histories = fc.array(
  fc.record({
    turns: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(...reasons)), {
      ...{ minLength: 1, maxLength: 12, selector: ([at]) => at },
    }),
    connects: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
)

test('equals a walk over the turns of each device, in any order, and scales with time', async () => {
  const [w0, w1, tau] = [0, 401, 20]
  await fc.assert(
    fc.asyncProperty(histories, async drawn => {
      const told = drawn.map(({ turns, connects }) =>
        turns
          .toSorted(([a], [b]) => a - b)
          .map(([at, why], i) => ({ at, why, isOn: (i % 2 === 0) === connects })),
      )
      const outages = told.flatMap(own =>
        own.flatMap(({ at, why, isOn }, i): readonly Subject[] => {
          if (isOn || why === null || why === 'planned') return []
          const back = own[i + 1]
          return [{ entry: 0, exit: ((back?.at ?? w1) - at) / 4, event: back !== undefined }]
        }),
      )
      const completed = outages.filter(({ event }) => event)
      const rows = (stretch: number) => [
        ...told.flatMap((own, d) =>
          own.map(({ at, why, isOn }) =>
            event(String(d), (stretch * at) / 4, isOn ? 'connect' : 'disconnect', isOn ? null : why),
          ),
        ),
        event('z', (stretch * w0) / 4, 'activity'),
        event('z', (stretch * w1) / 4, 'activity'),
      ]
      const { headline } = await trials.run(mttr, { conn_event: rows(1) }, { inputs: { horizon: tau } })
      const sum = completed.reduce((all, { exit }) => all + exit, 0)
      if (completed.length === 0) return expect(headline.value).toBeNull()
      expect(headline.value).toBeCloseTo(sum / completed.length, 11)
      const curve = survivalCurve(outages)
      const last = Math.max(...outages.map(({ exit }) => exit))
      const mean = curve && restrictedMean(curve, Math.min(tau, last))
      expect(besides(headline)['Restricted mean (h), open ones too']).toBeCloseTo(mean?.value ?? -1, 9)
      const { low, high } = headline.interval ?? {}
      if (typeof low === 'number' && typeof high === 'number')
        expect(0 < low && low <= (headline.value ?? 0) && (headline.value ?? 0) <= high).toBe(true)
      const again = await trials.run(mttr, { conn_event: rows(2).toReversed() })
      expect(again.headline.value).toBeCloseTo((2 * sum) / completed.length, 10)
    }),
    { numRuns: 8 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Cells, Trials } from '../testing.ts'
import recipe from './session-length.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const time = (hours: number) => new Date(Date.UTC(2026, 5, 1) + hours * 3.6e6).toISOString()
const event = (device_id: string, hours: number, kind: string, more: Cells = {}): Cells => ({
  platform_id: 'P',
  device_id,
  ts_event: time(hours),
  kind,
  ...more,
})
const session = (device_id: string, from: number, to: number) => [
  event(device_id, from, 'connect'),
  event(device_id, to, 'disconnect', { reason_class: 'lost' }),
]

// Window 0 … 20. Lengths: a 1, b 3, c 5, d open from 12 (8+), e open from 18 (2+); f disconnects at 2 without a connect.
const day = [
  event('w', 0, 'activity'),
  ...session('a', 1, 2),
  ...session('b', 1, 4),
  ...session('c', 2, 7),
  event('d', 12, 'connect'),
  event('e', 18, 'connect'),
  event('f', 2, 'disconnect', { reason_class: 'lost' }),
  event('w', 20, 'activity'),
]

describe('five sessions, two of them open', () => {
  test('the median is read off the curve', async () => {
    // S(1) = 4/5; 2 censored; S(3) = 4/5 · 2/3 = 8/15 > 1/2; S(5) = 8/15 · 1/2 = 4/15 ≤ 1/2.
    const { headline, rows } = await trials.run(recipe, { conn_event: day })
    expect(headline.value).toBe(5)
    expect(headline.basis).toMatchObject({ n: 5, share: 5 / 6 })
    expect(besides(headline)).toMatchObject({
      'Sessions that ended': 3,
      'Sessions censored': 2,
      'Sessions of unseen beginning (left out)': 1,
    })
    const at = (hours: number) => rows.find(row => row.session_hours === hours && row.marked_at_risk === null)
    expect(Number(at(1)?.survival)).toBeCloseTo(4 / 5, 12)
    expect(Number(at(3)?.survival)).toBeCloseTo(8 / 15, 12)
    expect(Number(at(5)?.survival)).toBeCloseTo(4 / 15, 12)
    expect(at(5)?.lives_at_risk).toBe(2)
  })

  test('a session open at the beginning may count from there', async () => {
    // f lasts 2 from the window's beginning: S(1) = 5/6; S(2) = 5/6 · 4/5 = 2/3 (e is censored after f ends); S(3) = 2/3 · 2/3 = 4/9.
    const { headline } = await trials.run(recipe, { conn_event: day }, { inputs: { window_starts: 'count' } })
    expect(headline.value).toBe(3)
  })

  test('without a median it names what is missing', async () => {
    const open = [event('a', 0, 'connect'), event('b', 1, 'connect'), ...session('c', 2, 3)]
    const { headline } = await trials.run(recipe, { conn_event: open })
    expect(headline).toMatchObject({ value: null, missing: ['session.end'] })
    const none = await trials.run(recipe, { conn_event: [event('a', 1, 'activity')] })
    expect(none.headline).toMatchObject({ value: null, missing: ['conn_event'] })
  })
})

test('under a period a session that began before enters late, and one that lasts longer is censored', async () => {
  // From 2026-06-02 (hour 24) to its end (hour 48). a began at 14 and ended at 26: at risk from 10 to 12. b 25 … 28: 3.
  // c 30 … 50: 18+. e 40 … 45: 5. S(3) = 2/3 (a is not yet at risk), S(5) = 1/3, before S(12) = 1/3 · 1/2.
  const events = [
    event('w', 0, 'activity'),
    ...session('a', 14, 26),
    ...session('b', 25, 28),
    ...session('c', 30, 50),
    ...session('e', 40, 45),
    event('w', 60, 'activity'),
  ]
  const filters = { ...noFilters, from: '2026-06-02', to: '2026-06-02' }
  const { headline, rows } = await trials.run(recipe, { conn_event: events }, { filters })
  expect(headline.value).toBe(5)
  const after = (hours: number) => Number(rows.find(row => row.session_hours === hours)?.survival)
  expect([3, 5, 12].map(after)).toEqual([2 / 3, 1 / 3, 1 / 6].map(each => expect.closeTo(each, 12)))
  expect(besides(headline)).toMatchObject({ 'Sessions that ended': 3, 'Sessions censored': 1 })
})

test('curves of groups stand beside that of all', async () => {
  const platform = [{ platform_id: 'P', name: 'Plant', tier: '引领' }]
  for (const [by, group] of [
    ['platform', 'P'],
    ['tier', '引领'],
    ['protocol', 'unknown'],
  ] as const) {
    const { rows, headline, chart } = await trials.run(
      recipe,
      { conn_event: day, platform },
      { inputs: { by } },
    )
    expect(headline.value).toBe(5)
    expect([...new Set(rows.map(row => row.group))]).toEqual([null, group])
    expect(new Set(chart.rows.map(row => row.group))).toEqual(new Set([group]))
    expect(rows.at(-1)?.median_hours).toBe(5)
  }
})

/** A session of a device of its own, in quarters of an hour. */
const drawn = fc.array(
  fc.record({
    from: fc.integer({ min: 1, max: 60 }),
    length: fc.integer({ min: 1, max: 30 }),
    open: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
)

test('is that of the redistribution to the right (Efron 1967), whatever the order, and scales with time', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async lives => {
      const eventsOf = (scale: number) => [
        event('w', 0, 'activity'),
        ...lives.flatMap(({ from, length, open }, i) =>
          open
            ? [event(`d${i}`, (from * scale) / 4, 'connect')]
            : session(`d${i}`, (from * scale) / 4, ((from + length) * scale) / 4),
        ),
        event('w', 25 * scale, 'activity'),
      ]
      const told = lives.map(({ from, length, open }) => ({ time: open ? 100 - from : length, ended: !open }))
      const expected = redistributedMedian(told)
      const median = async (events: readonly Cells[]) =>
        (await trials.run(recipe, { conn_event: events })).headline.value
      expect(await median(eventsOf(1))).toBe(expected === null ? null : expected / 4)
      expect(await median(eventsOf(1).toReversed())).toBe(expected === null ? null : expected / 4)
      expect(await median(eventsOf(2))).toBe(expected === null ? null : expected / 2)
    }),
    { numRuns: 6 },
  )
})

/** Each life has a mass of 1/n; that of a censored one goes in equal parts to those after it. */
function redistributedMedian(lives: readonly { time: number; ended: boolean }[]): number | null {
  const sorted = lives.toSorted((a, b) => a.time - b.time || Number(b.ended) - Number(a.ended))
  const mass = sorted.map(() => 1 / sorted.length)
  let gone = 0
  for (const [i, { time, ended }] of sorted.entries()) {
    const own = mass[i] ?? 0
    if (ended) {
      gone += own
      if (gone >= 0.5 - 1e-10) return time
    } else {
      const left = sorted.length - i - 1
      for (let j = i + 1; j < sorted.length; j++) mass[j] = (mass[j] ?? 0) + own / left
    }
  }
  return null
}

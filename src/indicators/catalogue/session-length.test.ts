import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import { besides, type Cells, Trials } from '../testing.ts'
import { event } from '../testing-events.ts'
import recipe from './session-length.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

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

/** Sessions of a device each, by protocol: its length in hours, `+` where it is still open at 60 h, and when it began. */
const byProtocol = (lengths: Readonly<Record<string, string>>, began: (length: number) => number) => {
  const lives = Object.entries(lengths).flatMap(([protocol, all]) =>
    all.split(' ').map((each, i) => ({
      protocol,
      device_id: `${protocol}${i}`,
      length: Number.parseFloat(each),
      open: each.endsWith('+'),
    })),
  )
  return {
    device: lives.map(({ protocol, device_id }) => ({ platform_id: 'P', device_id, protocol })),
    conn_event: [
      event('w', 0, 'activity'),
      ...lives.flatMap(({ device_id, length, open }) =>
        open
          ? [event(device_id, 60 - length, 'connect')]
          : session(device_id, began(length), began(length) + length),
      ),
      event('w', 60, 'activity'),
    ],
  }
}

test('tests whether the curves of groups differ, as R survdiff does', async () => {
  // survdiff(Surv(t, e) ~ g) of R 4 on these: exp 6.84…, 4.10…, 3.06…; chisq 2.960… on 2 degrees of freedom.
  const lengths = { a: '3 5 5+ 8 12 12+ 20+', b: '2 2 4 5 9+ 15', c: '1 3 3+ 6 7 7' }
  const { headline, rows } = await trials.run(
    recipe,
    byProtocol(lengths, () => 1),
    { inputs: { by: 'protocol' } },
  )
  expect(besides(headline)).toMatchObject({
    'Log-rank χ² of the curves': expect.closeTo(2.9604759872686208, 11),
    'Its degrees of freedom': 2,
    'Its p (sessions taken as independent)': expect.closeTo(0.22758351850934658, 12),
  })
  const ends = new Map(rows.map(row => [row.group, [row.observed_ends, row.expected_ends]]))
  expect(ends.get('a')).toEqual([4, expect.closeTo(6.8438484030589288, 11)])
  expect(ends.get('b')).toEqual([5, expect.closeTo(4.0957040035987395, 11)])
  expect(ends.get('c')).toEqual([5, expect.closeTo(3.0604475933423299, 11)])
  expect(rows[0]).not.toHaveProperty('covariances')
  const alone = await trials.run(
    recipe,
    byProtocol(lengths, () => 1),
  )
  expect(besides(alone.headline)).not.toHaveProperty('Log-rank χ² of the curves')
})

test('its test counts lives at risk from their entry on', async () => {
  // From 2 June (hour 24): each began at 30 − length/2, those longer than 12 h before it. Entries max(0, length/2 − 6). The score test of R’s
  // coxph(Surv(entry, exit, event) ~ g), which is the log-rank test where no two end alike.
  const lengths = { a: '13 15 18 22 27 31', b: '12.5 14 16 17 19 20' }
  const fixture = byProtocol(lengths, length => 30 - length / 2)
  const filters = { ...noFilters, from: '2026-06-02', to: '2026-06-03' }
  const { headline } = await trials.run(recipe, fixture, { inputs: { by: 'protocol' }, filters })
  expect(besides(headline)['Log-rank χ² of the curves']).toBeCloseTo(2.2398946741589363, 11)
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

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noFilters } from '../domain/filter.ts'
import type { Row } from '../domain/table.ts'
import { sql } from '../sql/sql.ts'
import { scope } from './scope.ts'
import { type SessionWindow, sessionsFrom } from './sessions.ts'
import { type Cells, microseconds, Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const result = {
  device_id: 'text',
  session_id: 'text',
  start: 'timestamp',
  end: 'timestamp',
  start_truncated: 'boolean',
  end_censored: 'boolean',
  end_cause: 'text',
} as const

/** Minutes after midnight of 1 June 2026 as ISO 8601. */
const at = (minute: number) => new Date(Date.UTC(2026, 5, 1, 0, minute)).toISOString()
const midnight = microseconds(at(0))

interface Event {
  readonly device: string
  readonly minute: number
  readonly kind: 'connect' | 'disconnect' | 'activity'
  readonly seq?: number | null
  readonly id?: string | null
  readonly reason?: string | null
}

/** A session as text: device, start and end in minutes; `<` and `>` where they are not observed; the cause. */
function shown(row: Row): string {
  const minute = (time: unknown) => (Number(time) - midnight) / 60e6
  const start = `${row.start_truncated ? '<' : ''}${minute(row.start)}`
  const end = `${minute(row.end)}${row.end_censored ? '>' : ''}`
  return [row.device_id, start, end, row.end_cause ?? '-', ...(row.session_id ? [row.session_id] : [])].join(
    ' ',
  )
}

async function sessions(events: readonly Event[], window?: SessionWindow): Promise<readonly string[]> {
  const rows: readonly Cells[] = events.map(({ device, minute, kind, seq, id, reason }) => ({
    ...{ platform_id: 'P', device_id: device, ts_event: at(minute), kind },
    ...{ seq: seq ?? null, session_id: id ?? null, reason_class: reason ?? null },
  }))
  const loaded = await trials.load({ conn_event: rows })
  const relation = scope(loaded, noFilters).tables.conn_event
  const answer = await trials.select(sql`select * from (${sessionsFrom(relation, window)})`, result)
  for (const table of loaded.conn_event ?? []) await trials.drop(table)
  return answer.map(shown).toSorted()
}

const on = (minute: number, more: Partial<Event> = {}): Event => ({
  device: 'd',
  minute,
  kind: 'connect',
  ...more,
})
const off = (minute: number, more: Partial<Event> = {}): Event => ({
  ...{ device: 'd', minute, kind: 'disconnect' },
  ...more,
})
const alive = (minute: number): Event => ({ device: 'other', minute, kind: 'activity' })

describe('a session', () => {
  test('lasts from a connect to the disconnect after it, with its cause', async () => {
    // 10 to 25 with a reason, 30 to 31 without one.
    const events = [on(10), off(25, { reason: 'keepalive' }), on(30), off(31)]
    expect(await sessions(events)).toEqual(['d 10 25 keepalive', 'd 30 31 other'])
  })

  test('that was open before the first event of the platform begins there, unobserved', async () => {
    expect(await sessions([alive(3), off(7, { reason: 'lost' })])).toEqual(['d <3 7 lost'])
  })

  test('that is open at the last event of the platform ends there, unobserved', async () => {
    expect(await sessions([on(10), alive(50)])).toEqual(['d 10 50> -'])
  })

  test('ends at the next connect where no disconnect was seen', async () => {
    expect(await sessions([on(10), on(20), off(30, { reason: 'planned' })])).toEqual([
      'd 10 20 reconnect',
      'd 20 30 planned',
    ])
  })

  test('whose connect is missing later on began no earlier than the disconnect before', async () => {
    expect(await sessions([alive(0), on(5), off(10), off(30)])).toEqual(['d 5 10 other', 'd <10 30 other'])
  })

  test('ends with the first of several disconnects at one instant, by their session ids', async () => {
    // Nine reasons, ids 9 to 1 as they come: 1 ends the session, the others end sessions of length 0 that began unseen.
    const ids = ['9', '8', '7', '6', '5', '4', '3', '2', '1']
    const ends = ids.map(id => off(10, { id, reason: id === '1' ? 'lost' : 'planned' }))
    const given = await sessions([on(5), ...ends])
    expect(given.filter(each => each.startsWith('d 5'))).toEqual(['d 5 10 lost 1'])
  })

  test('is ended by one reason where deliveries disagree: the first class by the alphabet', async () => {
    const ends = ['retired', 'lost', null, 'planned'].map(reason => off(10, { reason }))
    expect(await sessions([on(5), ...ends])).toEqual(['d 5 10 lost'])
  })

  test('may have length 0', async () => {
    expect(await sessions([on(10), off(10)])).toEqual(['d 10 10 other'])
    expect(await sessions([alive(0), off(0)])).toEqual(['d <0 0 other'])
    expect(await sessions([on(9)])).toEqual(['d 9 9> -'])
  })

  test('is neither opened nor ended by activity', async () => {
    const activity: Event = { device: 'd', minute: 15, kind: 'activity' }
    expect(await sessions([activity])).toEqual([])
    expect(await sessions([on(10), activity, off(20)])).toEqual(['d 10 20 other'])
  })

  test('is there once, however often its events were delivered', async () => {
    expect(await sessions([on(10), on(10), off(20), off(20), on(10)])).toEqual(['d 10 20 other'])
  })

  test('of length 0 between two others leaves them alone; a reconnect at one instant is a disconnect first', async () => {
    // Connected at 20: the disconnect at 20 ends that, the connect at 20 opens the next.
    expect(await sessions([on(10), off(20), on(20), off(30)])).toEqual(['d 10 20 other', 'd 20 30 other'])
    // Not connected at 20: it connects and disconnects there.
    expect(await sessions([on(10), off(15), on(20), off(20), on(25), off(30)])).toEqual([
      'd 10 15 other',
      'd 20 20 other',
      'd 25 30 other',
    ])
    // Connected at 20 by `a`; `b` came and went at 20.
    const ids = [on(10, { id: 'a' }), on(20, { id: 'b' }), off(20, { id: 'b' }), on(21, { id: 'c' })]
    expect(await sessions(ids)).toEqual(['d 10 20 reconnect a', 'd 20 20 other b', 'd 21 21> - c'])
  })

  test('taken over by another connection is not ended a second time by its own late disconnect', async () => {
    const late = [
      on(10, { id: 'a' }),
      on(20, { id: 'b' }),
      off(21, { id: 'a', reason: 'duplicate_id' }),
      off(40, { id: 'b', reason: 'planned' }),
    ]
    expect(await sessions(late)).toEqual(['d 10 20 reconnect a', 'd 20 40 planned b'])
  })
})

describe('sequence numbers', () => {
  test('order the events where all have one: AWS numbers a connect and its disconnect alike', async () => {
    // Version 1 was taken over at 20 by version 2; its disconnect is stamped a minute later.
    const events = [
      on(10, { seq: 1 }),
      off(21, { seq: 1, reason: 'duplicate_id' }),
      on(20, { seq: 2 }),
      off(30, { seq: 2, reason: 'planned' }),
    ]
    expect(await sessions(events)).toEqual(['d 10 21 duplicate_id', 'd 20 30 planned'])
  })

  test('that start again after an hour are a new era, not a disorder', async () => {
    const events = [
      on(0, { seq: 7 }),
      off(10, { seq: 7 }),
      on(100, { seq: 0 }),
      off(110, { seq: 0 }),
      on(200, { seq: 0 }),
      off(205, { seq: 0 }),
    ]
    expect(await sessions(events)).toEqual(['d 0 10 other', 'd 100 110 other', 'd 200 205 other'])
  })

  test('are left aside where some events have none', async () => {
    expect(await sessions([on(10, { seq: 9 }), off(20), on(30, { seq: 2 }), off(40, { seq: 1 })])).toEqual([
      'd 10 20 other',
      'd 30 40 other',
    ])
  })

  test('never give a session less than length 0', async () => {
    expect(await sessions([on(12, { seq: 1 }), off(10, { seq: 1 })])).toEqual(['d 12 12 other'])
  })
})

test('a window cuts sessions at its borders, and keeps those that span it', async () => {
  const events = [
    ...[on(10), off(20)],
    ...[on(10, { device: 'e' }), off(35, { device: 'e', reason: 'lost' })],
    ...[on(40, { device: 'f' }), off(90, { device: 'f', reason: 'lost' })],
    ...[on(5, { device: 'g' }), off(95, { device: 'g' })],
    ...[on(35, { device: 'h' }), off(60, { device: 'h' })],
    ...[on(60, { device: 'i' }), off(61, { device: 'i' })],
    ...[on(20, { device: 'j' }), off(30, { device: 'j', reason: 'planned' })],
  ]
  const window = { from: sql`${at(30)}::timestamp`, until: sql`${at(60)}::timestamp` }
  expect(await sessions(events, window)).toEqual([
    'e <30 35 lost',
    'f 40 60> -',
    'g <30 60> -',
    'h 35 60> -',
    'j <30 30 planned',
  ])
})

/** The same told by a walk over the events, one device at a time. */
function walked(events: readonly Event[]): readonly string[] {
  const minutes = events.map(({ minute }) => minute)
  const [w0, w1] = [Math.min(...minutes), Math.max(...minutes)]
  const devices = [...new Set(events.map(({ device }) => device))]
  return devices.flatMap(device => walkedDevice(device, events, w0, w1)).toSorted()
}

function walkedDevice(device: string, events: readonly Event[], w0: number, w1: number): readonly string[] {
  const once = new Map<string, Event>()
  for (const event of events.filter(of => of.device === device && of.kind !== 'activity')) {
    const key = JSON.stringify([event.minute, event.kind, event.seq ?? null])
    const known = once.get(key)
    if (!known || (event.reason ?? '~') < (known.reason ?? '~')) once.set(key, event)
  }
  const told: string[] = []
  let opened: number | null = null
  let last: number | null = null
  for (const { kind, minute, reason } of inOrder([...once.values()])) {
    if (kind === 'connect') {
      if (opened !== null) told.push(`${device} ${opened} ${Math.max(opened, minute)} reconnect`)
      opened = minute
    } else {
      const start: number = opened ?? Math.min(last ?? w0, minute)
      const unseen = opened === null ? '<' : ''
      told.push(`${device} ${unseen}${start} ${Math.max(start, minute)} ${reason ?? 'other'}`)
      opened = null
    }
    last = minute
  }
  if (opened !== null) told.push(`${device} ${opened} ${w1}> -`)
  return told
}

function inOrder(events: readonly Event[]): readonly Event[] {
  const connectFirst = (a: Event, b: Event) => Number(b.kind === 'connect') - Number(a.kind === 'connect')
  const byTime = events.toSorted(
    (a, b) => a.minute - b.minute || (a.seq ?? 1e9) - (b.seq ?? 1e9) || connectFirst(a, b),
  )
  if (events.every(({ seq }) => seq !== null && seq !== undefined)) {
    let era = 0
    const eras = byTime.map((event, i) => {
      const before = byTime[i - 1]
      const step = (event.seq ?? 0) - (before?.seq ?? 0)
      const isAgain = step < 0 || (step === 0 && event.kind === 'connect')
      if (before && isAgain && event.minute - before.minute >= 30) era++
      return { event, era }
    })
    const order = (a: Event, b: Event) =>
      (a.seq ?? 0) - (b.seq ?? 0) || connectFirst(a, b) || a.minute - b.minute
    return eras.toSorted((a, b) => a.era - b.era || order(a.event, b.event)).map(({ event }) => event)
  }
  const ordered: Event[] = []
  let connected = false
  for (const minute of new Set(byTime.map(event => event.minute))) {
    const here = byTime.filter(event => event.minute === minute)
    const mixed = here.some(event => event.kind !== here[0]?.kind)
    ordered.push(...here.toSorted((a, b) => (mixed && connected ? -1 : 1) * connectFirst(a, b)))
    if (!mixed) connected = here[0]?.kind === 'connect'
  }
  return ordered
}

const anyEvent = fc.record({
  device: fc.constantFrom('a', 'b'),
  minute: fc.integer({ min: 0, max: 40 }),
  kind: fc.constantFrom('connect', 'disconnect', 'activity'),
  reason: fc.constantFrom('lost', 'planned', null),
} as const)
const timed = fc.array(anyEvent, { minLength: 1, maxLength: 25 })
const sequenced = fc.array(
  fc.record({
    ...{ device: fc.constant('a'), kind: fc.constantFrom('connect' as const, 'disconnect' as const) },
    ...{ minute: fc.integer({ min: 0, max: 300 }), seq: fc.integer({ min: 0, max: 6 }) },
  }),
  { minLength: 1, maxLength: 16 },
)

test('random events give what a walk over them gives, in whatever order they came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(timed, sequenced), fc.integer(), async (events: readonly Event[], salt) => {
      const given = await sessions(events)
      expect(given).toEqual(walked(events))
      const turned = events
        .toSorted((a, b) => ((a.minute * 31 + salt) % 7) - ((b.minute * 31 + salt) % 7))
        .toReversed()
      expect(await sessions([...turned, ...events.slice(0, 3)])).toEqual(given)
    }),
    { numRuns: 60, seed: 20260630 },
  )
}, 120_000)

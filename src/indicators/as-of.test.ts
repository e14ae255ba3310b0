import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noFilters } from '../domain/filter.ts'
import { asOfQuery, asOfResult } from './as-of.ts'
import { scope } from './scope.ts'
import { type Fixture, microseconds, Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

async function asOf(fixture: Fixture, filters = noFilters): Promise<string | null> {
  const time = await trials.asOf(scope(await trials.load(fixture), filters))
  return time === null ? null : new Date(time / 1000).toISOString()
}

/** What the query says of a fixture; `declared` is the time that the export gives itself, µs UTC. */
async function told(fixture: Fixture, declared: number | null = null) {
  const { tables } = scope(await trials.load(fixture), noFilters)
  const [row] = await trials.select(asOfQuery(tables, declared), asOfResult)
  const shown = (value: unknown) => (typeof value === 'number' ? new Date(value / 1000).toISOString() : null)
  return { as_of: shown(row?.as_of), later_rows: row?.later_rows, latest: shown(row?.latest) }
}

const event = (ts_event: string, ts_ingest: string | null = null) => ({
  ...{ platform_id: 'A', device_id: '1', kind: 'connect', ts_event, ts_ingest },
})
const snapshot = (as_of: string) => ({
  platform_id: 'A',
  device_id: '1',
  as_of,
  state: 'online',
  state_kind: 'session',
})
const batch = (window_end: string) => ({
  ...{
    batch_id: window_end,
    platform_id: 'A',
    source_id: 's',
    window_start: '2026-01-01T00:00:00Z',
    window_end,
  },
})

test('the last snapshot speaks before batches, batches before events', async () => {
  const events = { conn_event: [event('2026-07-03T00:00:00Z', '2026-07-03T00:00:01Z')] }
  const batches = { ...events, ingest_batch: [batch('2026-07-01T00:00:00Z')] }
  const snapshots = {
    ...batches,
    device_snapshot: [snapshot('2026-05-30T00:00:00Z'), snapshot('2026-06-30T00:00:00Z')],
  }
  expect(await asOf(snapshots)).toBe('2026-06-30T00:00:00.000Z')
  expect(await asOf(batches)).toBe('2026-07-01T00:00:00.000Z')
  expect(await asOf(events)).toBe('2026-07-03T00:00:01.000Z')
})

test('a clock in 2038 or 1970 does not win', async () => {
  const days = ['2026-03-01', '2026-04-15', '2026-06-01', '2026-06-30']
  const conn_event = [...days.map(day => event(`${day}T12:00:00Z`)), event('2038-01-19T03:14:07Z')]
  expect(await asOf({ conn_event })).toBe('2026-06-30T12:00:00.000Z')
  expect(
    await asOf({
      conn_event: [...conn_event, ...Array.from({ length: 9 }, () => event('1970-01-01T00:00:00Z'))],
    }),
  ).toBe('2026-06-30T12:00:00.000Z')
})

test('a board cut to a period speaks of that period', async () => {
  const fixture = { device_snapshot: [snapshot('2026-03-30T00:00:00Z'), snapshot('2026-06-30T00:00:00Z')] }
  expect(await asOf(fixture, { ...noFilters, to: '2026-04-30' })).toBe('2026-03-30T00:00:00.000Z')
})

test('monthly tables speak at the end of their last month, contracts of their last beginning or payment', async () => {
  const contract = [
    { contract_id: '1', platform_id: 'A', org_id: 'o', start: '2026-01-01', first_paid_at: '2026-02-03' },
    { contract_id: '2', platform_id: 'A', org_id: 'o', start: '2026-01-09', ended_at: '2027-01-01' },
  ]
  expect(await asOf({ contract })).toBe('2026-02-03T00:00:00.000Z')
  const community = [{ community_id: 'c', month: '2026-02-01' }]
  const asset_usage = [{ asset_id: 'a', month: '2026-04-01', consumer: 'o' }]
  expect(await asOf({ contract, community, asset_usage })).toBe('2026-04-30T23:59:59.999Z')
})

test('devices speak after events, and nothing says nothing', async () => {
  const device = [
    { platform_id: 'A', device_id: '1', created_at: '2026-02-01T00:00:00Z', activated_at: null },
  ]
  expect(await asOf({ device })).toBe('2026-02-01T00:00:00.000Z')
  expect(await asOf({})).toBeNull()
})

test('keeps every microsecond', async () => {
  const time = await trials.asOf(
    scope(await trials.load({ conn_event: [event('2026-06-30T00:00:00.123457Z')] }), noFilters),
  )
  expect(time).toBe(microseconds('2026-06-30T00:00:00Z') + 123457)
})

describe('a wrong year does not move the time of the data', () => {
  const dates = (n: number, day: (i: number) => Date) =>
    Array.from({ length: n }, (_, i) => day(i).toISOString())
  const daily = (n: number, from = '2026-01-01T00:00:00Z') =>
    dates(n, i => new Date(Date.parse(from) + i * 86_400_000))
  const monthly = (n: number, from = 2024) => dates(n, i => new Date(Date.UTC(from, i, 1)))

  test.each(['2027-06-30', '2038-01-19', '2099-12-31', '2106-02-07'])('of one batch in %s', async wrong => {
    const ends = daily(30)
    const late = `${wrong}T06:28:15Z`
    expect(await told({ ingest_batch: [...ends, late].map(batch) })).toEqual({
      as_of: '2026-01-30T00:00:00.000Z',
      later_rows: 1,
      latest: late.replace('Z', '.000Z'),
    })
  })

  test('nor do several, as long as they are fewer than half', async () => {
    const late = ['2038-01-19T00:00:00Z', '2038-01-20T00:00:00Z', '2106-01-01T00:00:00Z']
    const answer = await told({ ingest_batch: [...daily(4), ...late].map(batch) })
    expect(answer).toMatchObject({ as_of: '2026-01-04T00:00:00.000Z', later_rows: 3 })
  })

  test('reports that come once a quarter or a year are no faults of each other', async () => {
    const yearly = ['2023', '2024', '2025'].map(year => `${year}-12-31T00:00:00Z`)
    expect(await asOf({ ingest_batch: yearly.map(batch) })).toBe('2025-12-31T00:00:00.000Z')
    expect(await told({ ingest_batch: [...yearly, '2106-12-31T00:00:00Z'].map(batch) })).toMatchObject({
      as_of: '2025-12-31T00:00:00.000Z',
      later_rows: 1,
    })
    const quarters = ['03-31', '06-30', '09-30', '12-31'].map(day => `2025-${day}T00:00:00Z`)
    expect(await asOf({ ingest_batch: quarters.map(batch) })).toBe('2025-12-31T00:00:00.000Z')
  })

  test('nor does an event received, or a month', async () => {
    const conn_event = [...daily(9), '2099-01-01T00:00:00Z'].map(time => event('2026-01-01T00:00:00Z', time))
    expect(await told({ conn_event })).toMatchObject({ as_of: '2026-01-09T00:00:00.000Z', later_rows: 1 })
    const community = [...monthly(24), '2205-12-01T00:00:00Z'].map(month => ({
      community_id: 'c',
      month: month.slice(0, 10),
    }))
    expect(await told({ community })).toMatchObject({ as_of: '2025-12-31T23:59:59.999Z', later_rows: 1 })
  })

  test('lists may be silent for years, not for ever', async () => {
    const device = (created_at: string, i: number) => ({ platform_id: 'A', device_id: `${i}`, created_at })
    const campaigns = [...daily(5, '2020-03-01T00:00:00Z'), '2024-05-01T00:00:00Z']
    expect(await told({ device: campaigns.map(device) })).toMatchObject({
      as_of: '2024-05-01T00:00:00.000Z',
      later_rows: 0,
    })
    expect(await told({ device: [...campaigns, '2038-01-19T03:14:07Z'].map(device) })).toMatchObject({
      as_of: '2024-05-01T00:00:00.000Z',
      later_rows: 1,
    })
  })

  test('one row alone is believed, and a snapshot always is', async () => {
    expect(await asOf({ ingest_batch: [batch('2106-02-07T00:00:00Z')] })).toBe('2106-02-07T00:00:00.000Z')
    const device_snapshot = [...daily(9), '2106-02-07T00:00:00Z'].map(snapshot)
    expect(await told({ device_snapshot })).toMatchObject({
      as_of: '2106-02-07T00:00:00.000Z',
      later_rows: 0,
    })
  })
})

describe('an export that says its time', () => {
  const declared = microseconds('2026-03-15T00:00:00Z')
  const began = (window_start: string, window_end: string) => ({ ...batch(window_end), window_start })

  test('is believed up to the day after it, however many rows are later', async () => {
    const ingest_batch = [
      began('2026-03-14T00:00:00Z', '2026-03-15T00:00:00Z'),
      began('2026-03-15T00:00:00Z', '2026-03-16T00:00:00Z'),
      ...Array.from({ length: 9 }, (_, i) => began(`2026-03-2${i}T00:00:00Z`, `2026-03-2${i}T01:00:00Z`)),
    ]
    expect(await told({ ingest_batch }, declared)).toEqual({
      as_of: '2026-03-16T00:00:00.000Z',
      later_rows: 9,
      latest: '2026-03-28T01:00:00.000Z',
    })
  })

  test('stands by itself where all rows are later; a month under way is not later', async () => {
    expect(
      await told({ ingest_batch: [began('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z')] }, declared),
    ).toEqual({
      as_of: null,
      later_rows: 1,
      latest: '2026-05-02T00:00:00.000Z',
    })
    const community = ['2026-02-01', '2026-03-01'].map(month => ({ community_id: 'c', month }))
    expect(await told({ community }, declared)).toMatchObject({
      as_of: '2026-02-28T23:59:59.999Z',
      later_rows: 0,
    })
  })
})

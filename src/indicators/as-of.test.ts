import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../domain/filter.ts'
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

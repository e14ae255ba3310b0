import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFilters } from '../../domain/filter.ts'
import type { Row } from '../../domain/table.ts'
import { resolveInputs } from '../recipe.ts'
import { besides, type Fixture, Trials } from '../testing.ts'
import connectedDevices from './connected-devices.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const defaults = resolveInputs(connectedDevices.inputs, {})
const asOf = '2026-06-30T00:00:00Z'
const device = (platform_id: string, device_id: string, is_industrial: boolean | null = true, more = {}) => ({
  platform_id,
  device_id,
  is_industrial,
  ...more,
})
const event = (platform_id: string, device_id: string, kind: string, ts_event: string) => ({
  platform_id,
  device_id,
  kind,
  ts_event,
})
const seen = (platform_id: string, device_id: string, last_seen: string | null) => ({
  ...{ platform_id, device_id, last_seen, as_of: asOf },
  ...{ state: 'offline', state_kind: 'session' },
})

/**
 * The window is (2026-05-31, 2026-06-30]. Connected: A/1 (connect inside), A/3 (activity at its very end), B/1 (last
 * seen inside), B/2 (last seen inside; the same device id as A/2) = 4. Not: A/2 (at its open beginning), A/4
 * (disconnect only), A/7 (clock in 2038), C/1 (its platform exports no activity), A/5 (not industrial), A/6 (unknown).
 * Registered 10, industrial 8, of them on platforms with activity 7, unknown 1 of 10.
 */
const byHand: Fixture = {
  device: [
    ...['1', '2', '3', '4', '7'].map(id =>
      device('A', id, true, { province_code: '31', activated_at: asOf }),
    ),
    device('A', '5', false),
    device('A', '6', null),
    device('B', '1'),
    device('B', '2'),
    device('C', '1'),
  ],
  conn_event: [
    event('A', '1', 'connect', '2026-06-15T08:00:00Z'),
    event('A', '1', 'connect', '2026-06-15T08:00:00Z'),
    event('A', '2', 'activity', '2026-05-31T00:00:00Z'),
    event('A', '3', 'activity', '2026-06-30T00:00:00Z'),
    event('A', '4', 'disconnect', '2026-06-15T08:00:00Z'),
    event('A', '5', 'connect', '2026-06-15T08:00:00Z'),
    event('A', '6', 'connect', '2026-06-15T08:00:00Z'),
    event('A', '7', 'connect', '2038-01-19T03:14:07Z'),
  ],
  device_snapshot: [
    seen('B', '1', '2026-06-01T00:00:00Z'),
    seen('B', '2', '2026-06-29T00:00:00Z'),
    seen('C', '1', null),
  ],
}

test('counts the devices that a reader would count by hand', async () => {
  const { headline } = await trials.run(connectedDevices, byHand)
  expect(headline.value).toBe(4)
  expect(besides(headline)).toEqual({
    Registered: 10,
    Activated: 5,
    'Industrial devices': 8,
    'Not known to be industrial': 1 / 10,
  })
  expect(headline.basis).toMatchObject({ n: 7, share: 7 / 8 })
})

test('takes in devices of unknown kind and a longer window when asked to', async () => {
  const included = await trials.run(connectedDevices, byHand, { inputs: { unknown: 'include' } })
  expect(included.headline.value).toBe(5)
  const longer = await trials.run(connectedDevices, byHand, { inputs: { window: 31 } })
  expect(longer.headline.value).toBe(5)
})

const leftOut = (rows: readonly Row[]) =>
  rows.map(({ platform_id, device_id, why, last_time }) => [
    `${platform_id}/${device_id}`,
    why,
    last_time === null ? null : new Date(Number(last_time) / 1000).toISOString().slice(0, 10),
  ])

test('says of each of the six other devices why it is left out', async () => {
  const rows = await trials.detail(connectedDevices, 'not-counted', await trials.load(byHand))
  expect(leftOut(rows)).toEqual([
    ['C/1', 'silent_platform', null],
    ['A/6', 'kind_unknown', '2026-06-15'],
    ['A/7', 'after_as_of', null],
    ['A/2', 'before_window', '2026-05-31'],
    ['A/4', 'never', null],
    ['A/5', 'not_industrial', '2026-06-15'],
  ])
  expect(rows[0]).toMatchObject({ all_devices: 6, file_id: 'fixture', row_no: 10 })
  const bars = connectedDevices.details?.['not-counted']?.chart?.(rows, defaults)
  expect(bars?.rows.map(({ why, devices }) => [why, devices])).toContainEqual(['never', 1])
  expect(bars?.note).toBeUndefined()
  const some = connectedDevices.details?.['not-counted']?.chart?.(rows.slice(0, 2), defaults)
  expect(some?.note?.en).toBe('The first 2 of 6 devices left out')
})

test('tells devices whose snapshots a period leaves out from those of a silent platform', async () => {
  // Until 20 June: the snapshots of 30 June are out, so B/1 and B/2 are hidden, and A/3 was not active yet.
  const rows = await trials.detail(connectedDevices, 'not-counted', await trials.load(byHand), {
    filters: { ...noFilters, to: '2026-06-20' },
    asOf: '2026-06-20T00:00:00Z',
    inputs: { unknown: 'include' },
  })
  expect(leftOut(rows)).toEqual([
    ['C/1', 'silent_platform', null],
    ['B/1', 'outside_period', null],
    ['B/2', 'outside_period', null],
    ['A/3', 'never', null],
    ['A/4', 'never', null],
    ['A/7', 'never', null],
    ['A/5', 'not_industrial', '2026-06-15'],
  ])
})

test('gives the same total whatever it is grouped by', async () => {
  for (const by of ['platform', 'province', 'industry', 'protocol']) {
    expect((await trials.run(connectedDevices, byHand, { inputs: { by } })).headline.value).toBe(4)
  }
})

test('is not computable where a period leaves out the snapshots that most of the evidence is in', async () => {
  const { headline } = await trials.run(connectedDevices, byHand, {
    filters: { ...noFilters, to: '2026-06-20' },
    asOf: '2026-06-20T00:00:00Z',
  })
  // A/1 and A/2 by their events; B/1 and B/2 have last-seen times in the snapshots left out alone.
  expect(headline.value).toBe(2)
  expect(headline.basis).toMatchObject({ n: 5, share: 5 / 8 })
  const snapshotsAlone = { device: byHand.device ?? [], device_snapshot: byHand.device_snapshot ?? [] }
  const early = { filters: { ...noFilters, to: '2026-06-20' }, asOf: '2026-06-20T00:00:00Z' }
  const answer = await trials.run(connectedDevices, snapshotsAlone, early)
  expect(answer.headline).toMatchObject({ value: null, missing: ['device_snapshot'] })
})

test('names platforms that sit in other provinces than the one chosen', async () => {
  const { chart, rows } = await trials.run(
    connectedDevices,
    { ...byHand, platform: [{ platform_id: 'A', name: 'Alpha', province_code: '44' }] },
    { filters: { ...noFilters, provinces: ['31'] }, inputs: { by: 'platform' }, asOf },
  )
  expect(rows.map(({ group, platform_name }) => [group, platform_name])).toEqual([['A', 'Alpha']])
  const [bars] = chart.layers
  expect(bars?.mark === 'bar' && bars.y.labels).toEqual({ A: { zh: 'Alpha', en: 'Alpha' } })
})

test('shows the first fourteen groups and says what the others have', async () => {
  const many = Array.from({ length: 25 }, (_, i) => String(i + 10))
  const { chart } = await trials.run(
    connectedDevices,
    {
      device: many.map(code => device('A', code, true, { province_code: code })),
      conn_event: many.map(code => event('A', code, 'connect', '2026-06-15T08:00:00Z')),
    },
    { asOf },
  )
  expect(new Set(chart.rows.map(({ group }) => group)).size).toBe(14)
  expect(chart.note).toEqual({
    zh: '图中为前 14 个省份，共 25 个；其余 11 个合计占已连接设备的 44%',
    en: 'The first 14 of 25 provinces; the other 11 have 44% of connected devices',
  })
})

test('is not computable, with the reason, where nothing tells', async () => {
  const silent = { device: byHand.device ?? [] }
  expect((await trials.run(connectedDevices, silent)).headline).toMatchObject({
    value: null,
    missing: ['conn_event', 'device_snapshot.last_seen'],
  })
  const unknown = { ...byHand, device: [device('A', '1', null), device('B', '1', null)] }
  expect((await trials.run(connectedDevices, unknown)).headline).toMatchObject({
    value: null,
    missing: ['device.is_industrial'],
  })
})

const days = fc.integer({ min: 1, max: 60 }).map(day => new Date(Date.UTC(2026, 4, day)).toISOString())
const ids = { platform_id: fc.constantFrom('A', 'B', 'C'), device_id: fc.constantFrom('1', '2', '3', '4') }
const tables = fc.record({
  device: fc.uniqueArray(fc.record({ ...ids, is_industrial: fc.constantFrom(true, true, false, null) }), {
    minLength: 1,
    maxLength: 12,
    selector: ({ platform_id, device_id }) => platform_id + device_id,
  }),
  conn_event: fc.array(
    fc.record({ ...ids, ts_event: days, kind: fc.constantFrom('connect', 'disconnect', 'activity') }),
    { maxLength: 20 },
  ),
})

/** The definition again, device by device, on strings. */
function counted({ device, conn_event }: typeof tables extends fc.Arbitrary<infer T> ? T : never): number {
  return device.filter(
    ({ platform_id, device_id, is_industrial }) =>
      is_industrial === true &&
      conn_event.some(
        at =>
          at.platform_id === platform_id &&
          at.device_id === device_id &&
          at.kind !== 'disconnect' &&
          at.ts_event > '2026-05-31T00:00:00.000Z' &&
          at.ts_event <= '2026-06-30T00:00:00.000Z',
      ),
  ).length
}

test('equals a count device by device, in any order of rows and with every event twice', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async drawn => {
      const twice = {
        device: drawn.device.toReversed(),
        conn_event: [...drawn.conn_event, ...drawn.conn_event.toReversed()],
      }
      const plain = await trials.run(connectedDevices, drawn, { asOf })
      const mixed = await trials.run(connectedDevices, twice, { asOf })
      expect(mixed).toEqual(plain)
      if (plain.headline.value !== null) expect(plain.headline.value).toBe(counted(drawn))
    }),
    { seed: 1, numRuns: 10 },
  )
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { importBytes } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

// Built from the vendor's documentation; 1609459200000 ms is 2021-01-01T00:00:00Z.
const at = 1_609_459_200_000

test('attributes of one device are values at the time of their last change', async () => {
  const attributes = [
    { lastUpdateTs: at, key: 'active', value: true },
    { lastUpdateTs: at + 1000, key: 'inactivityTimeout', value: 600000 },
    { lastUpdateTs: at, key: 'firmware', value: '1.2.0' },
    { lastUpdateTs: at, key: 'accessToken', value: 'x' },
  ]
  const imported = await importBytes(engine, 'pump-7.json', JSON.stringify(attributes))
  expect(imported.id).toBe('thingsboard-attributes')
  const rows = await imported.rows('telemetry')
  expect(
    rows.slice(0, 3).map(row => [row.device_id, row.metric, row.ts_event, row.value_num, row.value_text]),
  ).toEqual([
    ['pump-7', 'active', '2021-01-01T00:00:00.000Z', null, 'true'],
    ['pump-7', 'inactivityTimeout', '2021-01-01T00:00:01.000Z', 600000, null],
    ['pump-7', 'firmware', '2021-01-01T00:00:00.000Z', null, '1.2.0'],
  ])
})

test('a table of entities gives snapshots of activity', async () => {
  const csv = `Entity name;active;lastActivityTime;lastConnectTime
A;true;${at};${at - 5000}
B;false;${at - 86_400_000};${at - 90_000_000}
C;false;0;0
D;;;
`
  const imported = await importBytes(engine, 'tb.csv', csv)
  expect(imported.id).toBe('thingsboard-attributes')
  expect(imported.counts).toEqual({ read: 4, accepted: 4, rejected: 0 })
  const as_of = '2021-01-01T00:00:00.000Z'
  const same = { platform_id: 'tb', as_of, state_kind: 'activity' }
  expect(await imported.rows('device_snapshot')).toEqual([
    { ...same, device_id: 'A', state: 'online', last_seen: as_of },
    { ...same, device_id: 'B', state: 'offline', last_seen: '2020-12-31T00:00:00.000Z' },
    { ...same, device_id: 'C', state: 'never', last_seen: null },
    { ...same, device_id: 'D', state: 'unknown', last_seen: null },
  ])
})

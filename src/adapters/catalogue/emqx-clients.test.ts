import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { importBytes } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

// Built from the vendor's documentation of `GET /clients`, versions 5 (ISO times) and 4 (times without a zone).
const client = {
  username: 'aip_user2',
  ip_address: '115.236.21.86',
  node: 'emqx@10.66.128.31',
  proto_name: 'MQTT',
  proto_ver: 5,
  keepalive: 60,
  is_bridge: false,
  created_at: '2023-09-15T09:36:20.871+00:00',
}
const data = [
  { ...client, clientid: 'on', connected: true, connected_at: '2023-09-15T09:36:20.871+00:00' },
  {
    ...client,
    clientid: 'off',
    connected: false,
    connected_at: '2023-09-15T09:00:00.000+00:00',
    disconnected_at: '2023-09-15T10:00:00.000+00:00',
  },
]

test('clients are devices with the state of their session', async () => {
  const page = { meta: { page: 1, limit: 50, hasnext: false, count: 2 }, data }
  const imported = await importBytes(engine, 'broker.json', JSON.stringify(page))
  expect(imported.id).toBe('emqx-clients')
  expect(imported.counts).toEqual({ read: 2, accepted: 2, rejected: 0 })
  expect(await imported.rows('device')).toEqual([
    { platform_id: 'broker', device_id: 'on', protocol: 'MQTT' },
    { platform_id: 'broker', device_id: 'off', protocol: 'MQTT' },
  ])
  // The latest time in the file is the disconnect at 10:00, so the list is not older than that.
  const as_of = '2023-09-15T10:00:00.000Z'
  const same = { platform_id: 'broker', as_of, state_kind: 'session', last_seen: as_of }
  expect(await imported.rows('device_snapshot')).toEqual([
    { ...same, device_id: 'on', state: 'online' },
    { ...same, device_id: 'off', state: 'offline' },
  ])
  expect(JSON.stringify(await imported.rows('device'))).not.toContain('aip_user2')
})

test('times without a zone and the time of the export are read in the chosen zone', async () => {
  const old = [
    { ...client, clientid: 'a', connected: true, connected_at: '2026-06-30 20:00:00', created_at: null },
    { ...client, clientid: 'b', connected: false, disconnected_at: '2026-06-30 19:00:00', created_at: null },
  ]
  const bytes = JSON.stringify({ code: 0, data: old })
  const imported = await importBytes(engine, 'x.json', bytes, { zone: '+08:00', as_of: '2026-07-01 08:00' })
  const rows = await imported.rows('device_snapshot')
  expect(rows.map(row => [row.as_of, row.state, row.last_seen])).toEqual([
    ['2026-07-01T00:00:00.000Z', 'online', '2026-07-01T00:00:00.000Z'],
    ['2026-07-01T00:00:00.000Z', 'offline', '2026-06-30T11:00:00.000Z'],
  ])
  const proposed = await importBytes(engine, 'x.json', bytes, { zone: '+08:00' })
  const seen = (await proposed.rows('device_snapshot')).map(row => [row.as_of, row.last_seen])
  expect(seen).toEqual([
    ['2026-06-30T12:00:00.000Z', '2026-06-30T12:00:00.000Z'],
    ['2026-06-30T12:00:00.000Z', '2026-06-30T11:00:00.000Z'],
  ])
})

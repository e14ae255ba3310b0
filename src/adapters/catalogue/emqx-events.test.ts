import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { findings, importBytes } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const ndjson = (...events: readonly object[]) => events.map(event => JSON.stringify(event)).join('\n')

// Built from the vendor's documentation (rule-sql-events-and-fields); 1756465154714 ms is 2025-08-29T10:59:14.714Z.
const at = 1_756_465_154_714
const common = {
  clientid: 'c_emqx',
  username: 'u_emqx',
  password: 'CANARY51b2',
  node: 'emqx@127.0.0.1',
  peername: '192.168.0.10:56431',
  sockname: '0.0.0.0:1883',
  proto_name: 'MQTT',
  proto_ver: 5,
}
const connected = { ...common, event: 'client.connected', keepalive: 60, connected_at: at, timestamp: at + 2 }
const disconnected = {
  ...common,
  event: 'client.disconnected',
  reason: 'keepalive_timeout',
  connected_at: at,
  disconnected_at: at + 90_000,
  timestamp: at + 90_003,
}

test('events of a rule keep the time of the event and the time it was told', async () => {
  const events = [
    connected,
    disconnected,
    { ...disconnected, reason: 'takenover', disconnected_at: null },
    { ...common, event: 'session.subscribed', topic: 't/a', timestamp: at + 7 },
    { ...common, event: 'message.dropped', reason: 'no_subscribers', timestamp: at },
  ]
  const imported = await importBytes(engine, 'broker.json', ndjson(...events))
  expect(imported.id).toBe('emqx-events')
  expect(imported.summary.droppedSecrets).toEqual(['password'])
  expect(await findings(engine, 'CANARY51b2')).toBe(0)
  expect(imported.counts).toEqual({ read: 5, accepted: 4, rejected: 1 })
  expect(imported.rejects).toMatchObject([{ row: 5, reason: 'not-allowed', value: 'message.dropped' }])
  const same = { platform_id: 'broker', device_id: 'c_emqx', node: 'emqx@127.0.0.1' }
  expect(await imported.rows('conn_event')).toEqual([
    {
      ...same,
      kind: 'connect',
      ts_event: '2025-08-29T10:59:14.714Z',
      ts_ingest: '2025-08-29T10:59:14.716Z',
      reason_raw: null,
      reason_class: null,
    },
    {
      ...same,
      kind: 'disconnect',
      ts_event: '2025-08-29T11:00:44.714Z',
      ts_ingest: '2025-08-29T11:00:44.717Z',
      reason_raw: 'keepalive_timeout',
      reason_class: 'keepalive',
    },
    {
      ...same,
      kind: 'disconnect',
      ts_event: '2025-08-29T11:00:44.717Z',
      ts_ingest: null,
      reason_raw: 'takenover',
      reason_class: 'duplicate_id',
    },
    {
      ...same,
      kind: 'activity',
      ts_event: '2025-08-29T10:59:14.721Z',
      ts_ingest: null,
      reason_raw: null,
      reason_class: null,
    },
  ])
})

test.each([
  ['a webhook of EMQX 4', { action: 'client_connected' }, { action: 'client_disconnected' }],
  [
    'topics with underscores',
    { event: '$events/client_connected' },
    { event: '$events/client_disconnected' },
  ],
  ['topics with slashes', { event: '$events/client/connected' }, { event: '$events/client/disconnected' }],
  ['messages of $SYS', {}, {}],
])('%s say the same', async (_, on, off) => {
  const events = [
    { clientid: 'c', keepalive: 60, connected_at: at, ...on },
    { clientid: 'c', reason: 'tcp_closed', disconnected_at: at + 1000, connected_at: at, ...off },
  ]
  const imported = await importBytes(engine, 'x.json', ndjson(...events))
  expect(imported.id).toBe('emqx-events')
  const rows = await imported.rows('conn_event')
  expect(rows.map(row => [row.kind, row.ts_event, row.reason_class])).toEqual([
    ['connect', '2025-08-29T10:59:14.714Z', null],
    ['disconnect', '2025-08-29T10:59:15.714Z', 'lost'],
  ])
})

test('an event without client or time is a reject', async () => {
  const events = [
    connected,
    { ...connected, clientid: '' },
    { ...connected, connected_at: null, timestamp: 0 },
  ]
  const imported = await importBytes(engine, 'x.json', ndjson(...events))
  expect(imported.rejects.map(({ row, reason }) => [row, reason])).toEqual([
    [2, 'missing-required'],
    [3, 'missing-required'],
  ])
})

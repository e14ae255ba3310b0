import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { recognise } from '../adapter.ts'
import { findings, importBytes, rawTable } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

// Built from the vendor's documentation (life-cycle-events); the times are 2026-06-30T12:00:00Z and later.
const t0 = 1_782_820_800_000
const client = {
  clientId: '186b5',
  thingName: 'exampleThing',
  principalIdentifier: '12345678901234567890123456789012',
  sessionIdentifier: 'a4666d2a7d844ae4ac5d7b38c9cb7967',
}
const connected = {
  ...client,
  timestamp: t0,
  eventType: 'connected',
  ipAddress: '192.0.2.0',
  versionNumber: 3,
}
const disconnected = {
  ...client,
  timestamp: t0 + 61_500,
  eventType: 'disconnected',
  clientInitiatedDisconnect: false,
  disconnectReason: 'MQTT_KEEP_ALIVE_TIMEOUT',
  versionNumber: 3,
}
const subscribed = {
  ...client,
  timestamp: t0 + 5,
  eventType: 'subscribed',
  topics: ['foo/bar', 'device/data'],
}
const failed = {
  ...client,
  timestamp: t0,
  eventType: 'connect_failed',
  connectFailureReason: 'AUTHORIZATION_FAILED',
}
const old = {
  ...disconnected,
  disconnectReason: undefined,
  clientInitiatedDisconnect: true,
  versionNumber: 4,
}
const strange = { ...disconnected, disconnectReason: 'SOMETHING_NEW', versionNumber: 5 }

const ndjson = (...events: readonly object[]) => events.map(event => JSON.stringify(event)).join('\n')

test('lifecycle events become connection events; a failed attempt is no connection', async () => {
  const events = [disconnected, connected, disconnected, subscribed, failed, old, strange]
  const imported = await importBytes(engine, 'fleet.json', ndjson(...events))
  expect(imported.id).toBe('aws-lifecycle-events')
  expect(imported.counts).toEqual({ read: 7, accepted: 6, rejected: 1 })
  expect(imported.rejects).toMatchObject([
    { row: 5, reason: 'not-allowed', column: 'eventType', value: 'connect_failed' },
  ])
  const rows = await imported.rows('conn_event')
  expect(rows[0]).toEqual({
    platform_id: 'fleet',
    device_id: '186b5',
    ts_event: '2026-06-30T12:01:01.500Z',
    kind: 'disconnect',
    reason_raw: 'MQTT_KEEP_ALIVE_TIMEOUT',
    reason_class: 'keepalive',
    session_id: 'a4666d2a7d844ae4ac5d7b38c9cb7967',
    seq: 3,
  })
  expect(rows.map(row => [row.kind, row.reason_class, row.seq])).toEqual([
    ['disconnect', 'keepalive', 3],
    ['connect', null, 3],
    ['disconnect', 'keepalive', 3],
    ['activity', null, null],
    ['disconnect', 'planned', 4],
    ['disconnect', 'other', 5],
  ])
  expect(rows[1]?.ts_event).toBe('2026-06-30T12:00:00.000Z')
})

test('the device may be the thing instead, for clients that have one', async () => {
  const bare = { ...connected, clientId: 'bare', thingName: undefined }
  const imported = await importBytes(engine, 'fleet.json', ndjson(connected, bare), { device: 'thingName' })
  expect((await imported.rows('conn_event')).map(row => row.device_id)).toEqual(['exampleThing', 'bare'])
})

test('principals and addresses go no further than the raw table', async () => {
  const imported = await importBytes(engine, 'x.json', ndjson({ ...connected, ipAddress: '203.0.113.77' }))
  const stored = JSON.stringify(await imported.rows('conn_event'))
  expect(stored).not.toContain('203.0.113.77')
  expect(await findings(engine, '203.0.113.77')).toBe(1)
})

test('tables of other events are not taken', () => {
  const row = { clientId: 'c', eventType: 'connected', timestamp: '1782820800000', sessionIdentifier: 's' }
  expect(recognise(rawTable('x', [row]))?.adapter.id).toBe('aws-lifecycle-events')
  for (const other of [
    { ...row, eventType: 'OrderPlaced' },
    { ...row, sessionIdentifier: undefined },
  ]) {
    const { sessionIdentifier, ...rest } = other
    const kept = sessionIdentifier === undefined ? rest : { ...rest, sessionIdentifier }
    expect(recognise(rawTable('x', [kept]))?.adapter.id).not.toBe('aws-lifecycle-events')
  }
})

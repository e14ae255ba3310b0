import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { findings, importBytes } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const planted = 'CANARY4e8b'
const none = '0001-01-01T00:00:00Z'
const keys = { primaryKey: `${planted}abc=`, secondaryKey: `${planted}def=` }

// Built from the vendor's documentation: the identity registry of the service API, `az iot hub device-identity list`,
// and twins as queries give them (MicrosoftDocs/azure-docs articles/iot-hub).
const identity = (deviceId: string, more: object) => ({
  deviceId,
  generationId: '638312345678901234',
  etag: 'MQ==',
  status: 'enabled',
  statusReason: null,
  statusUpdatedTime: none,
  connectionState: 'Disconnected',
  connectionStateUpdatedTime: none,
  lastActivityTime: none,
  cloudToDeviceMessageCount: 0,
  authentication: { symmetricKey: keys, x509Thumbprint: { primaryThumbprint: planted }, type: 'sas' },
  capabilities: { iotEdge: false },
  ...more,
})

test('identities give devices behind edge devices, and sessions; a zero time is no time', async () => {
  const scope = (edge: string) => `ms-azure-iot-edge://${edge}-638312345678901234`
  const imported = await importBytes(
    engine,
    'hub.json',
    JSON.stringify([
      identity('edge-1', {
        capabilities: { iotEdge: true },
        deviceScope: scope('edge-1'),
        parentScopes: [scope('edge-0')],
        connectionState: 'Connected',
        lastActivityTime: '2026-06-30T12:00:00.5210567Z',
      }),
      identity('leaf', { deviceScope: scope('edge-1'), parentScopes: [scope('edge-1')] }),
      identity('idle', { status: 'disabled', lastActivityTime: '2026-06-29T12:00:00Z' }),
    ]),
  )
  expect(imported.id).toBe('azure-iot-hub')
  expect(imported.summary.droppedSecrets).toEqual(['authentication'])
  expect(await findings(engine, planted)).toBe(0)
  const platform_id = 'hub'
  expect(await imported.rows('device')).toEqual([
    { platform_id, device_id: 'edge-1', parent_id: 'edge-0', node_type: 'gateway', admin_state: 'enabled' },
    { platform_id, device_id: 'leaf', parent_id: 'edge-1', node_type: 'child', admin_state: 'enabled' },
    { platform_id, device_id: 'idle', parent_id: null, node_type: 'direct', admin_state: 'disabled' },
  ])
  const snapshot = { platform_id, as_of: '2026-06-30T12:00:00.521Z', state_kind: 'session' }
  expect(await imported.rows('device_snapshot')).toEqual([
    { ...snapshot, device_id: 'edge-1', state: 'online', last_seen: '2026-06-30T12:00:00.521Z' },
    { ...snapshot, device_id: 'leaf', state: 'never', last_seen: null },
    { ...snapshot, device_id: 'idle', state: 'offline', last_seen: '2026-06-29T12:00:00.000Z' },
  ])
})

test('twins of devices and modules give devices alone, whatever their properties hold', async () => {
  const twin = (deviceId: string, more: object) => ({
    deviceId,
    etag: 'AAAAAAAAAAE=',
    deviceEtag: 'NTk=',
    status: 'enabled',
    statusUpdateTime: none,
    connectionState: 'Connected',
    lastActivityTime: '2026-06-30T12:00:00Z',
    cloudToDeviceMessageCount: 0,
    authenticationType: 'sas',
    x509Thumbprint: { primaryThumbprint: planted, secondaryThumbprint: null },
    modelId: 'dtmi:example:Thermostat;1',
    version: 2,
    tags: { site: 'x' },
    properties: {
      desired: { wifi: { password: planted }, $metadata: { $lastUpdated: '2026-01-01T00:00:00Z' } },
      reported: { connectionString: planted, $metadata: { $lastUpdated: '2026-01-01T00:00:00Z' } },
    },
    capabilities: { iotEdge: false },
    ...more,
  })
  const imported = await importBytes(
    engine,
    'twins.ndjson',
    [twin('a', {}), twin('a', { moduleId: '$edgeHub' })].map(row => JSON.stringify(row)).join('\n'),
  )
  expect(imported.id).toBe('azure-iot-hub')
  expect(await findings(engine, planted)).toBe(0)
  expect(imported.counts).toEqual({ read: 2, accepted: 1, rejected: 1 })
  expect(imported.rejects[0]).toMatchObject({ row: 2, reason: 'not-a-device', value: '$edgeHub' })
  expect(await imported.rows('device')).toEqual([
    {
      platform_id: 'twins',
      device_id: 'a',
      product: 'dtmi:example:Thermostat;1',
      node_type: 'direct',
      admin_state: 'enabled',
    },
  ])
})

test('a query for some columns as CSV gives sessions; without any real time it gives none', async () => {
  const csv = (time: string) =>
    `deviceId,connectionState,lastActivityTime\na,Connected,${time}\nb,Disconnected,${none}\n`
  const said = await importBytes(engine, 'query.csv', csv('2026-06-30T12:00:00Z'))
  expect(said.id).toBe('azure-iot-hub')
  expect((await said.rows('device_snapshot')).map(row => [row.device_id, row.state])).toEqual([
    ['a', 'online'],
    ['b', 'never'],
  ])
  const silent = await importBytes(engine, 'query.csv', csv(none))
  expect(silent.counts).toEqual({ read: 2, accepted: 2, rejected: 0 })
  expect(await silent.rows('device_snapshot')).toEqual([])
})

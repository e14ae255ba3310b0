import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { adapters, proposedOptions, recognise } from './adapter.ts'
import { loadText, proposedMapping, rawTable, rowsOf, stageRaw, type TextRow } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

async function importText(fileName: string, rows: readonly TextRow[], chosen: Record<string, string> = {}) {
  const raw = rawTable(fileName, rows)
  const found = recognise(raw)
  if (!found) throw new Error(`nobody knows ${fileName}`)
  const table = await loadText(engine, rows)
  const mapping = proposedMapping(found.adapter, raw, chosen)
  const zone = chosen.zone ?? proposedOptions(found.adapter, raw).zone ?? '+00:00'
  const staged = await stageRaw(engine, table, mapping, { zone })
  const devices = () => rowsOf(engine, `${table}_device`)
  const snapshots = () => rowsOf(engine, `${table}_device_snapshot`)
  return { id: found.adapter.id, mapping, devices, snapshots, table, ...staged }
}

test('the catalogue has one adapter per file, named as the file, with a source', () => {
  const files = readdirSync(new URL('catalogue', import.meta.url))
    .filter(file => !file.endsWith('.test.ts'))
    .map(file => file.replace(/\.ts$/, ''))
  expect(adapters.map(adapter => adapter.id)).toEqual(files.toSorted())
  for (const adapter of adapters) expect(adapter.source).not.toBe('')
})

test('a table that nobody knows is not recognised', () => {
  const strangers = [
    [{ id: '1', name: 'a', status: 'enabled' }],
    [{ id: '1', eTag: 'MA==', status: 'shipped' }],
    [{ 'id.id': '1', 'id.entityType': 'ASSET', createdTime: '0', name: 'a', type: 'b', active: 'true' }],
    [{ thingName: 'a', colour: 'red' }],
    [{ platform_id: 'P', a: '1', b: '2', c: '3' }],
    [{ device_id: 'D', product: 'x' }],
  ]
  for (const rows of strangers) expect(recognise(rawTable('devices.json', rows))).toBeNull()
})

// Field names: MicrosoftDocs/azure-docs articles/iot-hub/iot-hub-bulk-identity-mgmt.md and ExportImportDevice.cs;
// `authentication.*` never reaches the raw table, because the readers drop credentials.
describe('Azure IoT Hub devices.txt', () => {
  const scope = 'ms-azure-iot-edge://edge-1-638312345678901234'
  const rows = [
    { id: 'Device1', eTag: 'MA==', status: 'enabled', 'capabilities.iotEdge': 'false', deviceScope: null },
    { id: 'edge-1', eTag: 'MQ==', status: 'enabled', 'capabilities.iotEdge': 'true', deviceScope: scope },
    { id: 'leaf', eTag: 'Mg==', status: 'disabled', 'capabilities.iotEdge': 'false', deviceScope: scope },
    { id: 'edge-1', moduleId: '$edgeAgent', eTag: 'Mw==', status: 'enabled', 'capabilities.iotEdge': null },
  ]

  test('gives devices with their administrative state, and no connection state', async () => {
    const imported = await importText('hub-east.txt', rows)
    expect(imported.id).toBe('azure-iot-hub')
    const platform_id = 'hub-east'
    expect(await imported.devices()).toEqual([
      { platform_id, device_id: 'Device1', admin_state: 'enabled', node_type: 'direct', parent_id: null },
      { platform_id, device_id: 'edge-1', admin_state: 'enabled', node_type: 'gateway', parent_id: null },
      { platform_id, device_id: 'leaf', admin_state: 'disabled', node_type: 'child', parent_id: 'edge-1' },
    ])
    expect(imported.mapping.targets.map(target => target.table)).toEqual(['device'])
  })

  test('refuses modules, which repeat the id of their device', async () => {
    const { counts, rejects } = await importText('hub-east.txt', rows)
    expect(counts).toEqual({ read: 4, accepted: 3, rejected: 1 })
    expect(rejects).toEqual([{ row: 4, reason: 'not-a-device', column: 'moduleId', value: '$edgeAgent' }])
  })

  test('of the twin kind gives snapshots; 0001-01-01 is no time', async () => {
    const twin = { etag: 'AAA=', status: 'enabled', connectionState: 'Disconnected' }
    const imported = await importText('twins.json', [
      { ...twin, deviceId: 'a', lastActivityTime: '0001-01-01T00:00:00Z' },
      {
        ...twin,
        deviceId: 'b',
        lastActivityTime: '2026-06-30T12:00:00.5210567Z',
        connectionState: 'Connected',
      },
    ])
    const as_of = '2026-06-30T12:00:00.521Z'
    const same = { platform_id: 'twins', as_of, state_kind: 'session' }
    expect(await imported.snapshots()).toEqual([
      { ...same, device_id: 'a', state: 'never', last_seen: null },
      { ...same, device_id: 'b', state: 'online', last_seen: as_of },
    ])
  })
})

// Field names: aws/aws-cli awscli/examples/iot/search-index.rst and API_ThingConnectivity.html.
describe('AWS fleet index', () => {
  const thing = { thingId: '40da2e73-c6af-406e-b415-15acae538797', thingTypeName: 'LightBulb' }
  const rows = [
    {
      ...thing,
      thingName: 'on',
      'connectivity.connected': 'true',
      'connectivity.timestamp': '1782820800000',
    },
    {
      ...thing,
      thingName: 'off',
      'connectivity.connected': 'false',
      'connectivity.timestamp': '1782817200000',
    },
    { ...thing, thingName: 'new', 'connectivity.connected': 'false', 'connectivity.timestamp': null },
    { thingName: 'unindexed', 'connectivity.connected': null },
  ]
  const state = { platform_id: 'aws', state_kind: 'session', as_of: '2026-06-30T12:00:00.000Z' }

  test('tells connected, disconnected, never connected and not indexed apart', async () => {
    const imported = await importText('aws.json', rows)
    expect(imported.id).toBe('aws-fleet-index')
    expect(imported.counts).toEqual({ read: 4, accepted: 4, rejected: 0 })
    expect((await imported.devices()).map(({ device_id, product }) => [device_id, product])).toEqual([
      ['on', 'LightBulb'],
      ['off', 'LightBulb'],
      ['new', 'LightBulb'],
      ['unindexed', null],
    ])
    expect(await imported.snapshots()).toEqual([
      { ...state, device_id: 'on', state: 'online', last_seen: '2026-06-30T12:00:00.000Z' },
      { ...state, device_id: 'off', state: 'offline', last_seen: '2026-06-30T11:00:00.000Z' },
      { ...state, device_id: 'new', state: 'never', last_seen: null },
      { ...state, device_id: 'unindexed', state: 'unknown', last_seen: null },
    ])
  })

  test('without any time gives devices alone, until the person says when it was made', async () => {
    const timeless = rows.map(({ thingName }) => ({ ...thing, thingName, 'connectivity.connected': 'false' }))
    const silent = await importText('aws.json', timeless)
    expect(silent.mapping.targets.map(target => target.table)).toEqual(['device'])
    const said = await importText('aws.json', timeless, { as_of: '2026-07-01 08:00', zone: '+08:00' })
    const times = (await said.snapshots()).map(row => row.as_of)
    expect(times).toEqual(timeless.map(() => '2026-07-01T00:00:00.000Z'))
  })
})

// Field names: thingsboard/thingsboard DeviceInfo.java, Device.java; times are epoch milliseconds.
describe('ThingsBoard devices', () => {
  const device = {
    'id.entityType': 'DEVICE',
    createdTime: '1609459200000',
    type: 'default',
    deviceProfileName: 'thermostat',
    customerTitle: 'Customer A',
  }

  test('gives devices and their activity, which is no session', async () => {
    const imported = await importText('tb.json', [
      { ...device, 'id.id': 'u1', name: 'A4B72CCDFF33', active: 'true', 'additionalInfo.gateway': 'true' },
      { ...device, 'id.id': 'u2', name: 'B', active: 'false', createdTime: '1782820800000' },
    ])
    expect(imported.id).toBe('thingsboard-devices')
    const same = { platform_id: 'tb', org_id: 'Customer A', product: 'thermostat' }
    expect(await imported.devices()).toEqual([
      { ...same, device_id: 'u1', created_at: '2021-01-01T00:00:00.000Z', node_type: 'gateway' },
      { ...same, device_id: 'u2', created_at: '2026-06-30T12:00:00.000Z', node_type: null },
    ])
    const snapshot = { platform_id: 'tb', state_kind: 'activity', as_of: '2026-06-30T12:00:00.000Z' }
    expect(await imported.snapshots()).toEqual([
      { ...snapshot, device_id: 'u1', state: 'online' },
      { ...snapshot, device_id: 'u2', state: 'offline' },
    ])
  })
})

describe('canonical tables', () => {
  test('are known by their columns; the name of the file decides only between equals', () => {
    const proposal = (fileName: string, row: TextRow) => {
      const raw = rawTable(fileName, [row])
      const found = recognise(raw)
      return found && [found.adapter.id, proposedOptions(found.adapter, raw)]
    }
    const known = (table: string, zone = '+00:00') => ['canonical-table', { table, counter_kind: '', zone }]
    expect(proposal('x.csv', { platform_id: 'P', tier: '' })).toEqual(known('platform'))
    expect(proposal('platform.csv', { platform_id: 'P', device_id: 'D', product: '' })).toEqual(
      known('device'),
    )
    expect(proposal('x.csv', { 平台编号: 'P', 设备编号: 'D', 备注: '' })).toEqual(known('device', '+08:00'))
    const both = { platform_id: 'P', org_id: 'O', province_code: '', extra: '', other: '' }
    expect(proposal('organisation.csv', both)).toEqual(known('platform'))
    const equal = { platform_id: 'P', org_id: 'O', province_code: '', size: '' }
    expect(proposal('organisation.csv', equal)).toEqual(known('organisation'))
    expect(proposal('platform.csv', equal)).toEqual(known('platform'))
  })

  test('may bear Chinese headers and values, and times of China', async () => {
    const imported = await importText('设备.csv', [
      { 平台编号: 'P', 设备编号: 'D', 节点类型: '网关子设备', 注册时间: '2026/06/30 20:00', 工业设备: '是' },
    ])
    expect(await imported.devices()).toEqual([
      {
        platform_id: 'P',
        device_id: 'D',
        node_type: 'child',
        created_at: '2026-06-30T12:00:00.000Z',
        is_industrial: true,
      },
    ])
  })
})

import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleFileNames, sampleFiles } from '../../scripts/sample/sample-files.ts'
import type { Engine } from '../engine/engine.ts'
import { openTestEngine } from '../engine/testing.ts'
import { findings, importBytes } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const planted = 'CANARY7f3a'

// Built from the vendors' documentation (see catalogue.test.ts), with credentials where the vendors put them.
describe('an export with planted credentials', () => {
  test('of Azure IoT Hub leaves none of them in any table', async () => {
    const keys = { primaryKey: `${planted}abc=`, secondaryKey: `${planted}def=` }
    const lines = [
      { id: 'Device1', eTag: 'MA==', status: 'enabled', authentication: { symmetricKey: keys } },
      {
        id: 'Device2',
        eTag: 'MQ==',
        status: 'disabled',
        authentication: { symmetricKey: keys },
        tags: { site: 'x' },
      },
      {
        id: 'Device2',
        moduleId: 'm',
        eTag: 'MQ==',
        status: 'enabled',
        authentication: { symmetricKey: keys },
      },
    ]
    const imported = await importBytes(
      engine,
      'devices.txt',
      lines.map(line => JSON.stringify(line)).join('\n'),
    )
    expect(imported.id).toBe('azure-iot-hub')
    expect(imported.summary.droppedSecrets.join()).toContain('authentication')
    expect(imported.counts).toEqual({ read: 3, accepted: 2, rejected: 1 })
    expect((await imported.rows('device')).map(row => [row.device_id, row.admin_state])).toEqual([
      ['Device1', 'enabled'],
      ['Device2', 'disabled'],
    ])
    expect(await findings(engine, planted)).toBe(0)
    expect(await findings(engine, 'Device2')).toBeGreaterThan(0)
  })

  test('of ThingsBoard leaves none of them in any table', async () => {
    const device = (id: string, active: boolean) => ({
      id: { entityType: 'DEVICE', id },
      createdTime: 1782820800000,
      name: `name ${id}`,
      type: 'default',
      additionalInfo: { gateway: active, accessToken: planted },
      credentialsValue: planted,
      active,
    })
    const page = {
      data: [device('u1', true), device('u2', false)],
      totalPages: 1,
      totalElements: 2,
      hasNext: false,
    }
    const imported = await importBytes(engine, 'plant.json', JSON.stringify(page))
    expect(imported.id).toBe('thingsboard-devices')
    expect((await imported.rows('device_snapshot')).map(row => [row.device_id, row.state])).toEqual([
      ['u1', 'online'],
      ['u2', 'offline'],
    ])
    expect(await findings(engine, planted)).toBe(0)
  })
})

test('the documented answer of AWS search-index gives its things', async () => {
  const thing = (thingName: string, connectivity: object) => ({
    thingName,
    thingId: '40da2e73-c6af-406e-b415-15acae538797',
    thingTypeName: 'LightBulb',
    thingGroupNames: ['LightBulbs', 'DeadBulbs'],
    attributes: { model: '123', wattage: '75' },
    connectivity,
  })
  const things = [
    thing('MyLightBulb', { connected: false }),
    thing('ThirdBulb', { connected: true, timestamp: 1782820800123 }),
    thing('Lost', {
      connected: false,
      timestamp: 1782817200000,
      disconnectReason: 'MQTT_KEEP_ALIVE_TIMEOUT',
    }),
  ]
  const imported = await importBytes(engine, 'fleet.json', JSON.stringify({ things }))
  expect(imported.id).toBe('aws-fleet-index')
  expect(imported.counts).toEqual({ read: 3, accepted: 3, rejected: 0 })
  const seen = (await imported.rows('device_snapshot')).map(row => [row.device_id, row.state, row.last_seen])
  expect(seen).toEqual([
    ['MyLightBulb', 'never', null],
    ['ThirdBulb', 'online', '2026-06-30T12:00:00.123Z'],
    ['Lost', 'offline', '2026-06-30T11:00:00.000Z'],
  ])
})

test('a GB18030 CSV of Chinese headers gives canonical devices', async () => {
  // "平台编号,设备编号,省级区划代码\nP1,D1,广东\n" in GB18030.
  const hex =
    'c6bdcca8b1e0bac52cc9e8b1b8b1e0bac52ccaa1bcb6c7f8bbaeb4fac2eb0a' +
    '50312c44312cb9e3b6ab0a' +
    '50312c44322cb9e3b6ab0a'
  const imported = await importBytes(engine, '设备.csv', Uint8Array.from(Buffer.from(hex, 'hex')))
  expect(await imported.rows('device')).toEqual([
    { platform_id: 'P1', device_id: 'D1', province_code: '44' },
    { platform_id: 'P1', device_id: 'D2', province_code: '44' },
  ])
})

describe('the bundled sample', () => {
  const read = (file: string) => readFile(new URL(`../../resources/sample/${file}`, import.meta.url))
  /** The reasons and counts that the sample says it has planted in a file. */
  async function plantedRejects(file: string): Promise<object> {
    const { planted: faults } = JSON.parse(String(await read('datapackage.json'))).assay
    if (file === 'conn_event') return { 'missing-required': faults.events_in_1970 }
    return file === 'ingest_batch' ? { 'duplicate-key': faults.duplicate_batches } : {}
  }

  test.each(sampleFileNames)('has no rejects in %s but the faults planted there', async file => {
    const imported = await importBytes(engine, `${file}.arrow`, new Uint8Array(await read(`${file}.arrow`)))
    expect(imported.mapping.targets.map(target => target.table)).toEqual([sampleFiles[file]])
    expect(imported.counts.read).toBe(imported.summary.rowsRead)
    expect(imported.counts.accepted + imported.counts.rejected).toBe(imported.counts.read)
    const reasons = imported.rejectCounts.map(({ reason, rows }) => [reason, rows])
    expect(Object.fromEntries(reasons)).toEqual(await plantedRejects(file))
    expect(imported.unresolved).toEqual([])
  })
})

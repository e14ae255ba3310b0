import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { findings, importBytes } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const planted = 'CANARY91c2'

const importJson = (fileName: string, value: unknown, chosen: Record<string, string> = {}) =>
  importBytes(engine, fileName, JSON.stringify(value), chosen)

// Built from the vendor's documentation: ListDevices (iot_06_v5_0048) and ShowDevice (iot_06_v5_0055).
describe('Huawei Cloud IoTDA', () => {
  const listed = (node_id: string, gateway: string, status: string, more: object = {}) => ({
    app_id: 'jeQDJQZltU8iKgFFoW060F5SGZka',
    app_name: 'testAPP01',
    device_id: `p1_${node_id}`,
    node_id,
    gateway_id: `p1_${gateway}`,
    device_name: `name ${node_id}`,
    node_type: node_id === gateway ? 'GATEWAY' : 'ENDPOINT',
    description: 'watermeter device',
    fw_version: '1.1.0',
    sw_version: '1.1.0',
    product_id: 'p1',
    product_name: 'Thermometer',
    status,
    tags: [{ tag_key: 'site', tag_value: 'x' }],
    ...more,
  })
  const page = (devices: readonly object[]) => ({ devices, page: { count: devices.length, marker: '5c9' } })

  test('a page of devices gives places and administrative states, and no snapshot without a time', async () => {
    const imported = await importJson(
      'iotda.json',
      page([
        listed('gw', 'gw', 'ONLINE'),
        listed('leaf', 'gw', 'OFFLINE'),
        listed('alone', 'alone', 'FROZEN'),
      ]),
    )
    expect(imported.id).toBe('huawei-iotda')
    expect(imported.counts).toEqual({ read: 3, accepted: 3, rejected: 0 })
    const same = { platform_id: 'iotda', product: 'Thermometer' }
    const device = (id: string, node_type: string, admin_state: string, parent_id: string | null) => ({
      ...same,
      device_id: id,
      parent_id,
      node_type,
      admin_state,
    })
    expect(await imported.rows('device')).toEqual([
      device('p1_gw', 'gateway', 'enabled', null),
      device('p1_leaf', 'child', 'enabled', 'p1_gw'),
      device('p1_alone', 'direct', 'disabled', null),
    ])
    expect(imported.mapping.targets.map(({ table }) => table)).toEqual(['device'])
  })

  test('tells each status of the list, and that of pushed messages, at the time that the person gives', async () => {
    const statuses = ['ONLINE', 'OFFLINE', 'INACTIVE', 'ABNORMAL', 'FROZEN', 'FREEZED']
    const devices = statuses.map(status => listed(status, status, status))
    const imported = await importJson('iotda.json', page(devices), { as_of: '2026-06-30T20:00:00+08:00' })
    const seen = (await imported.rows('device_snapshot')).map(row => [
      row.device_id,
      row.state,
      row.state_kind,
    ])
    expect(seen).toEqual([
      ['p1_ONLINE', 'online', 'session'],
      ['p1_OFFLINE', 'offline', 'session'],
      ['p1_INACTIVE', 'never', 'session'],
      ['p1_ABNORMAL', 'unknown', 'session'],
      ['p1_FROZEN', 'unknown', 'session'],
      ['p1_FREEZED', 'unknown', 'session'],
    ])
    expect((await imported.rows('device_snapshot'))[0]?.as_of).toBe('2026-06-30T12:00:00.000Z')
  })

  test('details give times, also in the basic form of ISO 8601, and none of the credentials', async () => {
    const detail = (node_id: string, times: object) =>
      listed(node_id, node_id, 'OFFLINE', {
        auth_info: {
          auth_type: 'SECRET',
          secret: `${planted}1`,
          secondary_secret: `${planted}2`,
          fingerprint: `${planted}3`,
          secure_access: true,
        },
        secret: `${planted}4`,
        ...times,
      })
    const imported = await importJson('devices.json', [
      detail('a', { create_time: '20190303T081011Z', active_time: '2019-03-04T08:10:11.001Z' }),
      detail('b', { create_time: '20190305T081011Z', active_time: null }),
    ])
    expect(imported.summary.droppedSecrets).toEqual(['auth_info', 'secret'])
    expect(await findings(engine, planted)).toBe(0)
    expect((await imported.rows('device')).map(row => [row.created_at, row.activated_at])).toEqual([
      ['2019-03-03T08:10:11.000Z', '2019-03-04T08:10:11.001Z'],
      ['2019-03-05T08:10:11.000Z', null],
    ])
    // The latest time of the two rows is what the export cannot be older than.
    expect((await imported.rows('device_snapshot')).map(row => row.as_of)).toEqual([
      '2019-03-05T08:10:11.000Z',
      '2019-03-05T08:10:11.000Z',
    ])
  })

  test('refuses a status that is not documented, by name', async () => {
    const devices = Array.from({ length: 11 }, (_, i) =>
      listed(`d${i}`, `d${i}`, i === 4 ? 'SLEEPING' : 'ONLINE'),
    )
    const imported = await importJson('iotda.json', page(devices), { as_of: '2026-06-30' })
    expect(imported.counts).toEqual({ read: 11, accepted: 10, rejected: 1 })
    expect(imported.rejects).toEqual([{ row: 5, reason: 'not-allowed', column: 'status', value: 'SLEEPING' }])
  })
})

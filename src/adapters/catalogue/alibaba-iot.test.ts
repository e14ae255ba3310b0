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

// Built from the vendor's documentation: QueryDevice (69905), QueryDeviceByStatus (146129), BatchQueryDeviceDetail (123470).
describe('Alibaba Cloud IoT', () => {
  const device = (DeviceName: string, more: object) => ({
    DeviceName,
    DeviceSecret: `${planted}mz2Canp4`,
    ProductKey: 'a1BwAGV',
    ProductName: '路灯产品',
    IotId: `Q7uOhVRdZRRlDnTLv${DeviceName}`,
    Nickname: '智能路灯',
    NodeType: 0,
    ...more,
  })
  const answer = (list: string, devices: readonly object[]) => ({
    RequestId: '4D6D7F71-1C94-4160-8511-EFF4B8F0634D',
    Success: true,
    Data: { [list]: devices },
  })

  test('details give devices and sessions; Utc times come before Gmt times, which are those of China', async () => {
    // The documented pair: GmtCreate 2019-06-21 20:31:42 beside UtcCreate 2019-06-21T12:31:42.000Z.
    const both = { GmtCreate: '2019-06-21 20:31:42', UtcCreate: '2019-06-21T12:31:42.000Z' }
    const imported = await importJson(
      'aliyun.json',
      answer('Data', [
        device('light', {
          ...both,
          Status: 'ONLINE',
          GmtActive: '2019-06-21 20:33:00',
          UtcActive: '2019-06-21T12:33:00.000Z',
        }),
        device('gw', {
          GmtCreate: '2019-06-22 08:00:00',
          UtcCreate: '',
          Status: 'OFFLINE',
          NodeType: 1,
          GmtActive: '2019-06-22 09:00:00',
          UtcActive: null,
        }),
        device('new', { ...both, Status: 'UNACTIVE' }),
        device('off', { ...both, Status: 'DISABLE' }),
      ]),
    )
    expect(imported.id).toBe('alibaba-iot')
    expect(imported.summary.droppedSecrets.join()).toContain('DeviceSecret')
    expect(await findings(engine, planted)).toBe(0)
    const id = (DeviceName: string) => `Q7uOhVRdZRRlDnTLv${DeviceName}`
    const same = { platform_id: 'aliyun', product: '路灯产品', node_type: null, activated_at: null }
    const created_at = '2019-06-21T12:31:42.000Z'
    expect(await imported.rows('device')).toEqual([
      {
        ...same,
        device_id: id('light'),
        created_at,
        activated_at: '2019-06-21T12:33:00.000Z',
        admin_state: 'enabled',
      },
      {
        ...same,
        device_id: id('gw'),
        node_type: 'gateway',
        created_at: '2019-06-22T00:00:00.000Z',
        activated_at: '2019-06-22T01:00:00.000Z',
        admin_state: 'enabled',
      },
      { ...same, device_id: id('new'), created_at, admin_state: 'enabled' },
      { ...same, device_id: id('off'), created_at, admin_state: 'disabled' },
    ])
    // The latest time of the list is the activation of the gateway, 09:00 in China.
    const snapshot = {
      platform_id: 'aliyun',
      as_of: '2019-06-22T01:00:00.000Z',
      state_kind: 'session',
    }
    expect(await imported.rows('device_snapshot')).toEqual([
      { ...snapshot, device_id: id('light'), state: 'online' },
      { ...snapshot, device_id: id('gw'), state: 'offline' },
      { ...snapshot, device_id: id('new'), state: 'never' },
      { ...snapshot, device_id: id('off'), state: 'unknown' },
    ])
  })

  test.each(['DeviceInfo', 'SimpleDeviceInfo'])('the page %s is found in its wrapper', async list => {
    const listed = device('a', { DeviceStatus: 'ONLINE', UtcCreate: '2019-06-21T12:31:42.000Z' })
    const imported = await importJson('page.json', answer(list, [listed, { ...listed, IotId: 'b' }]))
    expect(imported.id).toBe('alibaba-iot')
    expect((await imported.rows('device_snapshot')).map(row => row.state)).toEqual(['online', 'online'])
  })

  test('the answer about one device is a device', async () => {
    const one = device('light', {
      Status: 'OFFLINE',
      UtcOnline: '2018-08-06T05:43:12.000Z',
      GmtOnline: '2018-08-06 13:43:12',
    })
    const imported = await importJson('one.json', { RequestId: 'x', Success: true, Data: one })
    expect(imported.id).toBe('alibaba-iot')
    expect(await imported.rows('device_snapshot')).toEqual([
      {
        platform_id: 'one',
        device_id: 'Q7uOhVRdZRRlDnTLvlight',
        as_of: '2018-08-06T05:43:12.000Z',
        state: 'offline',
        state_kind: 'session',
        last_seen: '2018-08-06T05:43:12.000Z',
      },
    ])
  })

  test('a sheet with the codes of queries, without IotId, is keyed by product and name', async () => {
    const lines = [
      'DeviceName,DeviceSecret,ProductKey,Status,GmtCreate,GmtOnline',
      `a,${planted},p1,1,2026-06-01 08:00:00,2026-06-30 20:00:00`,
      `b,${planted},p1,3,2026-06-01 08:00:00,2026-06-29 20:00:00`,
      `c,${planted},p1,0,2026-06-01 08:00:00,`,
      `a,${planted},p2,8,2026-06-01 08:00:00,2026-06-28 20:00:00`,
    ]
    const imported = await importBytes(engine, 'sheet.csv', lines.join('\n'))
    expect(imported.id).toBe('alibaba-iot')
    expect(await findings(engine, planted)).toBe(0)
    const seen = await imported.rows('device_snapshot')
    expect(seen.map(row => [row.device_id, row.state, row.last_seen])).toEqual([
      ['p1/a', 'online', '2026-06-30T12:00:00.000Z'],
      ['p1/b', 'offline', '2026-06-29T12:00:00.000Z'],
      ['p1/c', 'never', null],
      ['p2/a', 'unknown', '2026-06-28T12:00:00.000Z'],
    ])
  })
})

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

// Built from the sources: jetlinks-community DeviceExcelInfo.java, DeviceInstanceEntity.java, DeviceState.java, DeviceType.java.
describe('JetLinks', () => {
  const sheet = (product: string, type: string) => [
    `设备ID,设备名称,${product},${type}所属机构,父设备ID,状态,安装位置,secureKey`,
    `gw-1,网关,温控网关,${type && '网关设备,'}一厂,,在线,A座,${planted}`,
    `c-1,子设备,温度计,${type && '网关子设备,'}一厂,gw-1,离线,B座,${planted}`,
    `d-1,直连,电表,${type && '直连设备,'},,禁用,,${planted}`,
  ]

  test.each([
    ['产品名称', '设备类型,'],
    ['设备型号', ''],
  ])('the sheet with %s and "%s" gives devices; 禁用 says nothing for certain', async (product, type) => {
    const imported = await importBytes(engine, '设备.csv', sheet(product, type).join('\n'), {
      as_of: '2026-06-30 20:00',
    })
    expect(imported.id).toBe('jetlinks-devices')
    expect(imported.summary.droppedSecrets).toEqual(['secureKey'])
    expect(await findings(engine, planted)).toBe(0)
    const typed = (node_type: string) => (type ? { node_type } : {})
    expect(await imported.rows('device')).toEqual(
      [
        { device_id: 'gw-1', parent_id: null, product: '温控网关', org_id: '一厂', ...typed('gateway') },
        { device_id: 'c-1', parent_id: 'gw-1', product: '温度计', org_id: '一厂', ...typed('child') },
        { device_id: 'd-1', parent_id: null, product: '电表', org_id: null, ...typed('direct') },
      ].map(row => ({ platform_id: '设备', ...row })),
    )
    const as_of = '2026-06-30T12:00:00.000Z'
    expect(await imported.rows('device_snapshot')).toEqual(
      [
        { device_id: 'gw-1', state: 'online' },
        { device_id: 'c-1', state: 'offline' },
        { device_id: 'd-1', state: 'unknown' },
      ].map(row => ({ platform_id: '设备', as_of, ...row, state_kind: 'session' })),
    )
  })

  test('a page of the API gives devices with their times', async () => {
    const device = (id: string, state: string, text: string, registryTime: number | null) => ({
      id,
      name: `name ${id}`,
      productId: 'p',
      productName: '电表',
      configuration: { secureId: 'x', secureKey: planted },
      state: { text, value: state },
      deviceType: { text: '直连设备', value: 'device' },
      creatorId: '1199596756811550720',
      createTime: 1782000000000,
      registryTime,
    })
    const data = [device('1', 'online', '在线', 1782820800000), device('2', 'notActive', '禁用', null)]
    const imported = await importJson('jetlinks.json', {
      message: 'success',
      result: { pageIndex: 0, pageSize: 12, total: 2, data },
      status: 200,
      timestamp: 1782820900000,
    })
    expect(imported.id).toBe('jetlinks-devices')
    expect(await findings(engine, planted)).toBe(0)
    // 1782820800 s = 2026-06-30T12:00:00Z; 1782000000 s = 9.5 days (820800 s) earlier.
    const same = { platform_id: 'jetlinks', product: '电表', node_type: 'direct' }
    const created_at = '2026-06-21T00:00:00.000Z'
    const as_of = '2026-06-30T12:00:00.000Z'
    expect(await imported.rows('device')).toEqual([
      { ...same, device_id: '1', created_at, activated_at: as_of },
      { ...same, device_id: '2', created_at, activated_at: null },
    ])
    const seen = await imported.rows('device_snapshot')
    expect(seen.map(row => [row.as_of, row.state])).toEqual([
      [as_of, 'online'],
      [as_of, 'unknown'],
    ])
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { adapters, recognise } from '../adapter.ts'
import { importBytes, rawTable, type TextRow } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

// A list as operators send it: Chinese headers, times of China, states of several kinds in one column.
const list = `设备编号,设备名称,产品型号,所属企业,省份,通信协议,网关编号,状态,最后在线时间,注册时间
86133400000001,一号机床,M-300,甲公司,江苏省,OPC UA,,在线,2026-06-30 20:00:00,2025-01-03 08:05:00
86133400000002,二号机床,M-300,甲公司,江苏省,OPC UA,,离线,2026-06-29 08:00:00,2025-01-03 08:06:00
86133400000003,三号机床,M-300,甲公司,江苏省,OPC UA,,未激活,,2025-01-03 08:07:00
86133400000004,四号机床,M-300,甲公司,江苏省,OPC UA,,禁用,0000-00-00 00:00:00,2025-01-03 08:08:00
86133400000005,"水泵, 东",P-7,乙公司,广东,Modbus,86133400000001,ONLINE,2026/6/30 8:05,2025/1/3 8:05
86133400000006,水泵西,P-7,乙公司,广东,Modbus,86133400000001,,2026-06-28,2025-01-03
86133400000007,水泵南,P-7,乙公司,不存在省,Modbus,,检修,2026-06-28 00:00:00,2025-01-03
86133400000008,水泵北,P-7,乙公司,广东,Modbus,,在线 ,昨天,2025-01-03
,无编号,P-7,乙公司,广东,Modbus,,在线,2026-06-28 00:00:00,2025-01-03
86133400000001,重复,P-7,乙公司,广东,Modbus,,在线,2026-06-28 00:00:00,2025-01-03
86133400000010,十号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000011,十一号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000012,十二号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000013,十三号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000014,十四号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000015,十五号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000016,十六号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000017,十七号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000018,十八号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000019,十九号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
86133400000020,二十号,P-7,乙公司,广东,Modbus,,离线,2026-06-28 00:00:00,2025-01-03
`

describe('a Chinese device list', () => {
  test('gives devices, every row accounted for', async () => {
    const imported = await importBytes(engine, '江苏平台.csv', list)
    expect(imported.id).toBe('generic-devices')
    expect(imported.counts).toEqual({ read: 21, accepted: 17, rejected: 4 })
    expect(imported.rejects.map(({ row, reason, value }) => [row, reason, value])).toEqual([
      [7, 'not-allowed', '检修'],
      [8, 'not-a-time', '昨天'],
      [9, 'missing-required', null],
      [10, 'duplicate-key', '江苏平台 / 86133400000001'],
    ])
    const devices = await imported.rows('device')
    expect(devices[0]).toMatchObject({
      platform_id: '江苏平台',
      device_id: '86133400000001',
      product: 'M-300',
      protocol: 'OPC UA',
      province_code: '32',
      org_id: '甲公司',
      // 08:05 in +08:00 is five past midnight in UTC.
      created_at: '2025-01-03T00:05:00.000Z',
      admin_state: null,
    })
    expect(devices[3]).toMatchObject({ device_id: '86133400000004', admin_state: 'disabled' })
    expect(devices[4]).toMatchObject({ parent_id: '86133400000001', created_at: '2025-01-03T00:05:00.000Z' })
  })

  test('gives snapshots of the sessions at the latest time in the file', async () => {
    const imported = await importBytes(engine, 'p.csv', list)
    const snapshots = await imported.rows('device_snapshot')
    expect(snapshots.slice(0, 6).map(row => [row.device_id, row.state, row.last_seen])).toEqual([
      ['86133400000001', 'online', '2026-06-30T12:00:00.000Z'],
      ['86133400000002', 'offline', '2026-06-29T00:00:00.000Z'],
      ['86133400000003', 'never', null],
      ['86133400000004', 'unknown', null],
      ['86133400000005', 'online', '2026-06-30T00:05:00.000Z'],
      ['86133400000006', 'unknown', '2026-06-27T16:00:00.000Z'],
    ])
    const common = snapshots.map(row => [row.as_of, row.state_kind])
    expect(new Set(common.map(String))).toEqual(new Set(['2026-06-30T12:00:00.000Z,session']))
  })

  test('whose state the person calls administrative has no snapshots', async () => {
    const imported = await importBytes(engine, 'p.csv', list, { state_kind: 'admin' })
    expect(imported.mapping.targets.map(({ table }) => table)).toEqual(['device'])
    expect(imported.rejectCounts.find(({ reason }) => reason === 'not-allowed')?.rows).toBe(20 - 2)
  })
})

describe('the kind of state', () => {
  const proposal = (rows: readonly TextRow[]) => {
    const adapter = adapters.find(({ id }) => id === 'generic-devices')
    return adapter?.options.state_kind?.proposal(rawTable('x.csv', rows))
  }
  const of = (header: string, ...states: readonly string[]) =>
    states.map((state, i) => ({ device_id: `d${i}`, model: 'M', [header]: state }))

  test('is proposed by the words of the column', () => {
    expect(proposal(of('状态', '在线', '离线', '禁用'))).toBe('session')
    expect(proposal(of('状态', '启用', '禁用'))).toBe('admin')
    expect(proposal(of('是否启用', '1', '0'))).toBe('admin')
    expect(proposal(of('status', 'active', 'inactive'))).toBe('activity')
  })

  test('says what inactive means', async () => {
    const csv = `device_id,model,status,last_seen\na,M,inactive,2026-06-30T12:00:00Z\nb,M,active,2026-06-30T12:00:00Z\n`
    const states = async (state_kind: string) =>
      (await (await importBytes(engine, 'x.csv', csv, { state_kind })).rows('device_snapshot')).map(
        row => row.state,
      )
    expect(await states('activity')).toEqual(['offline', 'online'])
    expect(await states('session')).toEqual(['never', 'online'])
  })

  test('may be told by truth values', async () => {
    const csv = 'sn,型号,是否在线,最近通信时间\nA,M,1,2026-06-30 20:00\nB,M,0,2026-06-30 20:00\n'
    const rows = await (await importBytes(engine, 'x.csv', csv)).rows('device_snapshot')
    expect(rows.map(row => row.state)).toEqual(['online', 'offline'])
  })
})

test('a bare id is a device only where the table says what it is and how it lives', () => {
  const id = (row: TextRow) => recognise(rawTable('x.json', [{ id: '1', ...row }]))?.adapter.id
  expect(id({ name: 'a', productName: 'M', status: 'online', createTime: '2026-01-01' })).toBe(
    'generic-devices',
  )
  expect(id({ name: 'a', status: 'enabled' })).toBeUndefined()
  expect(id({ name: 'a', productName: 'M', createTime: '2026-01-01' })).toBeUndefined()
})

test('states over time give a snapshot per row, whose time is the row’s', async () => {
  const csv = `设备编号,时间,状态
D1,2026-06-30 20:00:00,在线
D2,2026-06-30 20:00:00,离线
D1,2026-06-30 20:10:00,离线
D2,2026-06-30 20:10:00,在线
D2,2026-06-30 20:10:00,在线
D1,,在线
D3,2026-06-30 20:10:00,未激活
D3,2026-06-30 20:20:00,升级中
`
  const imported = await importBytes(engine, 'p.csv', csv)
  expect(imported.mapping.targets.map(({ table }) => table)).toEqual(['device_snapshot'])
  expect(imported.rejects.map(({ row, reason }) => [row, reason])).toEqual([
    [5, 'duplicate-key'],
    [6, 'missing-required'],
    [8, 'not-allowed'],
  ])
  const rows = await imported.rows('device_snapshot')
  expect(rows.map(row => [row.device_id, row.as_of, row.state])).toEqual([
    ['D1', '2026-06-30T12:00:00.000Z', 'online'],
    ['D2', '2026-06-30T12:00:00.000Z', 'offline'],
    ['D1', '2026-06-30T12:10:00.000Z', 'offline'],
    ['D2', '2026-06-30T12:10:00.000Z', 'online'],
    ['D3', '2026-06-30T12:10:00.000Z', 'never'],
  ])
})

test('states over time are told without a second one of a device, unless more is said of it', () => {
  const row = (i: number) => ({ device_id: `d${i}`, timestamp: '2026-06-30T12:00:00Z', status: 'online' })
  const tables = (more: TextRow) => {
    const raw = rawTable(
      'x.csv',
      [1, 2, 3].map(i => ({ ...row(i), ...more })),
    )
    return recognise(raw)
      ?.adapter.map(raw, {})
      .targets.map(({ table }) => table)
  }
  expect(tables({})).toEqual(['device_snapshot'])
  expect(tables({ product: 'M' })).toEqual(['device', 'device_snapshot'])
})

test('a table whose devices repeat is no list of devices', () => {
  const rows = ['a', 'a', 'b'].map(device_id => ({ device_id, product: 'M', status: 'online', name: 'n' }))
  expect(recognise(rawTable('x.csv', rows))).toBeNull()
})

test('a column of activity is one of states, of the activity kind', async () => {
  const csv = '设备编号,产品,活跃状态,最后活跃时间\nd1,p,活跃,2026-01-01\nd2,p,不活跃,2026-01-02\n'
  const imported = await importBytes(engine, 'activity.csv', csv)
  const snapshots = await imported.rows('device_snapshot')
  expect(snapshots.map(({ device_id, state, state_kind }) => [device_id, state, state_kind])).toEqual([
    ['d1', 'online', 'activity'],
    ['d2', 'offline', 'activity'],
  ])
})

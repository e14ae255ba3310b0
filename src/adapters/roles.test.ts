import { describe, expect, test } from 'vitest'
import { looksLikeTime, plainHeader, rolesOf, splitUnit } from './roles.ts'
import { rawTable, type TextRow } from './testing.ts'

function roles(...rows: readonly TextRow[]): object {
  return Object.fromEntries(rolesOf(rawTable('x.csv', rows)))
}

describe('headers', () => {
  test.each([
    ['Device_ID', 'deviceid'],
    ['device-id', 'deviceid'],
    [' 设备 编号 ', '设备编号'],
    ['温度(℃)', '温度'],
    ['last.seen.at', 'lastseenat'],
  ])('%s is %s', (header, plain) => {
    expect(plainHeader(header)).toBe(plain)
  })

  test.each([
    ['温度(℃)', '温度', '℃'],
    ['压力（MPa）', '压力', 'MPa'],
    ['Flow [m³/h]', 'Flow', 'm³/h'],
    ['f(x) value', 'f(x) value', null],
    ['速度()', '速度', null],
    ['(kW)', '(kW)', null],
  ])('%s measures %s in %s', (header, label, unit) => {
    expect(splitUnit(header)).toEqual({ label, unit })
  })
})

test.each([
  ['2026-06-30 20:00:00', true],
  ['2026/6/3 8:05', true],
  ['2026-06-30T12:00:00.123456789Z', true],
  ['2026年6月3日 8时5分', true],
  ['1782820800', true],
  ['1782820800123456789', true],
  ['306', false],
  ['10/31/2016 11:07:15 PM', false],
  ['03-06-2026', false],
  ['online', false],
])('%s as a time: %s', (text, is) => {
  expect(looksLikeTime(text)).toBe(is)
})

describe('roles', () => {
  test('of a Chinese device list', () => {
    const row = {
      序号: '1',
      设备编号: 'D1',
      设备名称: '一号机床',
      产品型号: 'M-300',
      所属企业: '甲公司',
      省份: '江苏',
      在线状态: '在线',
      最后上线时间: '2026-06-30 08:00:00',
      注册时间: '2025/1/3 8:05',
      网关编号: 'G1',
    }
    expect(roles(row)).toEqual({
      device: '设备编号',
      name: '设备名称',
      product: '产品型号',
      organisation: '所属企业',
      province: '省份',
      state: '在线状态',
      lastSeen: '最后上线时间',
      created: '注册时间',
      parent: '网关编号',
    })
  })

  test('of an English event log; an event is told by its words', () => {
    const log = (action: string) => roles({ dev_id: 'a', ts: '1782820800000', action, reason: 'timeout' })
    expect(log('connected')).toEqual({ device: 'dev_id', time: 'ts', kind: 'action', reason: 'reason' })
    expect(log('opened ticket')).toEqual({ device: 'dev_id', time: 'ts', reason: 'reason' })
  })

  test('of a state column: online is a state, going online at a time an event', () => {
    const at = { 设备ID: 'a', 时间: '2026-06-30 08:00' }
    expect(roles({ ...at, 状态: '在线' })).toMatchObject({ state: '状态' })
    expect(roles({ ...at, 状态: '上线' })).toMatchObject({ kind: '状态' })
    expect(roles({ 设备ID: 'a', 状态: '上线' })).toMatchObject({ state: '状态' })
    expect(roles({ 设备ID: 'a', 运行状态: '停机', 状态: '加工中' })).toEqual({ device: '设备ID' })
  })

  test('of 单位: a unit by its values, else an organisation', () => {
    const at = { 设备ID: 'a', 采集时间: '2026-06-30 08:00', 测点: '温度', 值: '21.5' }
    expect(roles({ ...at, 单位: '℃' })).toMatchObject({ unit: '单位', metric: '测点', value: '值' })
    expect(roles({ ...at, 单位: '江苏某某机械有限公司' })).toMatchObject({ organisation: '单位' })
  })

  test('values veto names', () => {
    expect(roles({ device_id: '1.5', time: '306', status: '1', quality: '0.7', unit: '2' })).toEqual({})
    expect(roles({ time: 'morning', 'Created Date': '10/31/2016 11:07:15 PM' })).toEqual({})
  })

  test('0 and 1 are a state only where the header asks whether', () => {
    expect(roles({ sn: 'a', 是否在线: '1' })).toEqual({ device: 'sn', state: '是否在线' })
    expect(roles({ sn: 'a', status: '1' })).toEqual({ device: 'sn' })
  })

  test('the surest header of a role wins, and no header has two', () => {
    expect(roles({ device: 'Pump 1', deviceId: 'p1', deviceName: 'Pump 1' })).toEqual({
      device: 'deviceId',
      name: 'deviceName',
    })
    expect(roles({ deviceName: 'Pump 1' })).toEqual({ device: 'deviceName' })
  })
})

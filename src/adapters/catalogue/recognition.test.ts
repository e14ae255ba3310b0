import { describe, expect, test } from 'vitest'
import { adapters, recognise } from '../adapter.ts'
import { rawTable } from '../testing.ts'

describe('exports of other vendors', () => {
  const huawei = { device_id: 'd', node_id: 'n', gateway_id: 'd', product_id: 'p', status: 'ONLINE' }
  const alibaba = { DeviceName: 'a', ProductKey: 'p', IotId: 'i', Status: 'ONLINE' }
  const jetlinks = { 设备ID: 'd', 设备名称: 'n', 产品名称: 'p', 父设备ID: '', 状态: '禁用' }
  const own: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['huawei-iotda', huawei],
    ['alibaba-iot', alibaba],
    ['jetlinks-devices', jetlinks],
    ['azure-iot-hub', { deviceId: 'd', status: 'enabled', connectionState: 'Connected' }],
    ['azure-iot-hub', { id: 'd', eTag: 'MA==', status: 'enabled' }],
    ['iotdb', { Time: '2026-06-30T20:00:00.001+08:00', 'root.a.b.temperature': '1' }],
    ['iotdb', { Time: '1782820800000', Device: 'root.a.b', 'temperature(FLOAT)': '1' }],
    ['tdengine', { tbname: 'd1', ts: '1782820800000', current: '1', groupid: '2' }],
    [
      'aws-lifecycle-events',
      { clientId: 'c', eventType: 'connected', timestamp: '1782820800000', versionNumber: '1' },
    ],
    ['emqx-events', { clientid: 'c', event: 'client.connected', connected_at: '1782820800000', node: 'n' }],
    ['emqx-clients', { clientid: 'c', connected: 'true', connected_at: '1782820800000', proto_name: 'MQTT' }],
    ['thingsboard-telemetry', { $key: 'temperature', ts: '1609459200000', value: '25' }],
    ['thingsboard-telemetry', { entityName: 'A', ts: '1609459200000', key: 'temperature', value: '25' }],
    ['thingsboard-attributes', { lastUpdateTs: '1609459200000', key: 'active', value: 'true' }],
    ['thingsboard-attributes', { 'Entity name': 'A', active: 'true', lastActivityTime: '1609459200000' }],
    [
      'influxdb',
      { result: '', table: '0', _time: '2021-01-01T00:00:00Z', _value: '1', _field: 'f', host: 'h' },
    ],
    [
      'influxdb',
      { result: '', table: '0', _time: '2021-01-01T00:00:00Z', _measurement: 'm', host: 'h', used: '1' },
    ],
    ['tdengine', { devid: '0', location: 'beijing', ts: '1782820800000', temperature: '16' }],
  ]

  test.each(own)('%s alone is sure of its own', (id, row) => {
    const raw = rawTable('export.json', [row])
    expect(recognise(raw)?.adapter.id).toBe(id)
    const others = adapters.filter(adapter => adapter.id !== id).map(adapter => adapter.recognise(raw))
    expect(Math.max(...others)).toBeLessThan(0.6)
  })

  test.each([
    ['huawei-iotda', { ...huawei, status: 'shipped' }],
    ['huawei-iotda', { ...huawei, node_type: 'router' }],
    ['alibaba-iot', { ...alibaba, Status: 'sold' }],
    ['jetlinks-devices', { ...jetlinks, 状态: '维修中' }],
    ['jetlinks-devices', { id: '1', name: 'a', productName: 'p', state: 'online' }],
    ['azure-iot-hub', { id: '1', eTag: 'MA==', status: 'shipped' }],
  ])('%s does not take other values or too few columns', (id, row) => {
    const adapter = adapters.find(candidate => candidate.id === id)
    expect(adapter?.recognise(rawTable('export.json', [row]))).toBe(0)
  })
})

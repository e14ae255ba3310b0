import { describe, expect, test } from 'vitest'
import { adapters, recognise } from '../adapter.ts'
import { rawTable, type TextRow } from '../testing.ts'

const time = '2026-06-30T12:00:00Z'

describe('every adapter knows its own tables, before and after they are read as it asks', () => {
  const reading = { resourceName: 'r', valueType: 'Int8', value: '1', origin: '1602168089665565200' }
  const readings = '[{"resourceName":"r","valueType":"Int8","value":"1"}]'
  const messages = '[{"DataSetWriterId":1,"Payload":{"a":{"Value":1}}}]'
  const connection = 'features.ConnectionStatus.properties.status'
  const own: readonly (readonly [string, TextRow])[] = [
    ['edgex-events', { id: 'e', deviceName: 'd', origin: '1602168089665565200', readings }],
    ['edgex-events', { ...reading, deviceName: 'd' }],
    [
      'edgex-events',
      { deviceName: 'd', 'readings.resourceName': 'r', 'readings.valueType': 'Bool', origin: '1' },
    ],
    ['ditto-things', { thingId: 'a:b', policyId: 'a:b', [`${connection}.readyUntil`]: time }],
    ['opcua-pubsub', { MessageId: '1', MessageType: 'ua-data', PublisherId: 'p', Messages: messages }],
    ['opcua-pubsub', { DataSetWriterId: '1', SequenceNumber: '1', Timestamp: time, 'Payload.a.Value': '1' }],
    ['opcua-pubsub', { PublisherId: 'p', 'Messages.Payload.$key': 'a', 'Messages.Payload.Value': '1' }],
    ['opcua-pubsub', { NodeId: 'ns=2;s=a', 'Value.Value': '1', 'Value.SourceTimestamp': time }],
  ]

  test.each(own)('%s', (id, row) => {
    const raw = rawTable('export.json', [row])
    expect(recognise(raw)?.adapter.id).toBe(id)
    const others = adapters.filter(adapter => adapter.id !== id).map(adapter => adapter.recognise(raw))
    expect(Math.max(...others)).toBeLessThan(0.6)
  })
})

describe('generic adapters', () => {
  const row = {
    device_id: 'd',
    device_name: 'n',
    product: 'p',
    protocol: 'q',
    province: '江苏',
    customer: 'c',
    model: 'm',
  }
  const life = { status: 'online', last_seen: time, created_at: time, activated_at: time, gateway_id: 'g' }
  const measured = { timestamp: time, metric: 'm', value: '1', unit: 'V', quality: 'good' }
  const own: readonly (readonly [string, TextRow])[] = [
    ['generic-devices', { ...row, ...life }],
    ['generic-events', { device_id: 'd', timestamp: time, event: 'online', reason: 'r', session_id: 's' }],
    ['generic-telemetry', { device_id: 'd', ...measured }],
    ['generic-telemetry', { device_id: 'd', timestamp: time, temperature: '1', pressure: '2' }],
  ]

  test.each(own)('%s is never as sure as a vendor’s adapter', (id, known) => {
    const found = recognise(rawTable('export.csv', [known]))
    expect(found?.adapter.id).toBe(id)
    expect(found?.confidence).toBeGreaterThanOrEqual(0.3)
    expect(found?.confidence).toBeLessThanOrEqual(0.5)
  })

  test('leave canonical tables to their own adapter', () => {
    const canonical = { platform_id: 'P', device_id: 'd', metric: 'm', ts_event: time, value_num: '1' }
    expect(recognise(rawTable('x.csv', [canonical]))?.adapter.id).toBe('canonical-table')
  })

  test('do not take lists of places or persons', () => {
    expect(recognise(rawTable('x.csv', [{ sn: '1', name: '南京', province: '江苏' }]))).toBeNull()
    expect(
      recognise(rawTable('x.csv', [{ id: '1', name: '张三', company: '甲公司', status: 'active' }])),
    ).toBeNull()
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { recognise } from '../adapter.ts'
import { importBytes, rawTable } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const at = (second: number) => `2026-03-18T12:55:${second}.3313539Z`
const stamped = (Value: unknown, second: number) => ({
  Value,
  SourceTimestamp: at(second),
  ServerTimestamp: at(second + 1),
})

// Built from the documentation: OPC 10000-14 v1.05 7.2.5, OPC 10000-6 5.4.2.18, Azure/Industrial-IoT
// docs/opc-publisher/messageformats.md.
const delta = {
  DataSetWriterId: 1,
  SequenceNumber: 27,
  MetaDataVersion: { MajorVersion: 1, MinorVersion: 0 },
  MessageType: 'ua-deltaframe',
  Timestamp: at(30),
  Payload: {
    Running: stamped(true, 20),
    StepUp: stamped(23305, 21),
    Broken: { StatusCode: { Symbol: 'BadNoCommunication', Code: 2150694912 }, ServerTimestamp: at(22) },
    Numeric: { Value: '0.50', StatusCode: 0 },
    Axes: { Value: [1, 2.0] },
    Pose: { Value: { X: 1, Y: 2 }, SourceTimestamp: at(20) },
  },
}
const key = {
  ...delta,
  MessageType: 'ua-keyframe',
  SequenceNumber: 65535,
  Payload: { StepUp: stamped(1, 25) },
}
const alive = { DataSetWriterId: 1, SequenceNumber: 28, MessageType: 'ua-keepalive', Timestamp: at(31) }
const happened = {
  ...delta,
  MessageType: 'ua-event',
  SequenceNumber: 3,
  Payload: { Message: { Value: 'started' } },
}
const raw = {
  DataSetWriterId: 2,
  SequenceNumber: 1,
  Timestamp: at(40),
  Payload: { Level: 25.3, Mode: 'auto' },
}

const network = (...Messages: readonly object[]) => ({
  MessageId: '27',
  MessageType: 'ua-data',
  PublisherId: 'opc.tcp://plc:50000_70FB',
  Messages,
})
const messages = [network(delta, alive), network(key, happened), network(raw)]

describe('OPC UA network messages', () => {
  const forms = {
    'one per line': messages.map(message => JSON.stringify(message)).join('\n'),
    'as an array': JSON.stringify(messages, null, 2),
    'in one message': JSON.stringify(network(delta, alive, key, happened, raw), null, 1),
    'as tools of Azure show them': messages
      .map(body => JSON.stringify({ body, enqueuedTime: 'Fri' }))
      .join('\n'),
    'in a batch of them': JSON.stringify({ body: messages, enqueuedTime: 'Fri' }),
    'in lines of batches': messages.map(body => JSON.stringify({ body: [body] })).join('\n'),
  }

  test.each(Object.entries(forms))('%s give a row per field, every one accounted for', async (_, text) => {
    const imported = await importBytes(engine, 'plant.json', text)
    expect(imported.id).toBe('opcua-pubsub')
    // The keep-alive is the reader's reject: 6 fields + keep-alive + 1 + 1 event + 2.
    expect(imported.summary).toMatchObject({
      rowsRead: 11,
      rowsSent: 10,
      rejectCounts: { 'not-an-object': 1 },
    })
    expect(imported.counts).toEqual({ read: 10, accepted: 8, rejected: 2 })
    expect(imported.rejects.map(({ reason, value }) => [reason, value])).toEqual([
      ['not-allowed', '1'],
      ['not-allowed', 'ua-event'],
    ])
    const rows = await imported.rows('telemetry')
    const writer = 'opc.tcp://plc:50000_70FB/1'
    const other = 'opc.tcp://plc:50000_70FB/2'
    expect(rows.map(row => [row.device_id, row.metric, row.value_num ?? row.value_text, row.seq])).toEqual([
      [writer, 'Running', 'true', 27],
      [writer, 'StepUp', 23305, 27],
      [writer, 'Broken', null, 27],
      [writer, 'Numeric', 0.5, 27],
      [writer, 'Axes', '[1,2.0]'.replace('.0', ''), 27],
      [writer, 'StepUp', 1, 65535],
      [other, 'Level', 25.3, 1],
      [other, 'Mode', 'auto', 1],
    ])
    // Source, else server, else message.
    const seconds = [20, 21, 22, 30, 30, 25, 40, 40]
    expect(rows.map(row => row.ts_event)).toEqual(seconds.map(second => `2026-03-18T12:55:${second}.331Z`))
    const good = 'Good'
    expect(rows.map(row => row.quality)).toEqual([
      good,
      good,
      'BadNoCommunication',
      good,
      good,
      good,
      good,
      good,
    ])
    expect(rows.some(row => row.ts_ingest)).toBe(false)
  })

  test('may be told apart by publisher or writer alone', async () => {
    const text = JSON.stringify(messages)
    const devices = async (device: string) =>
      new Set(
        (await (await importBytes(engine, 'x.json', text, { device })).rows('telemetry')).map(
          row => row.device_id,
        ),
      )
    expect(await devices('publisher')).toEqual(new Set(['opc.tcp://plc:50000_70FB']))
    expect(await devices('writer')).toEqual(new Set(['1', '2']))
  })
})

test('data set messages alone, in reversible encoding', async () => {
  const field = (Value: object) => ({ Value, SourceTimestamp: at(20) })
  const lines = [
    { ...delta, DataSetWriterId: 'w', Payload: { A: field({ Type: 'Double', Body: 5.5 }) } },
    { ...delta, DataSetWriterId: 'w', Payload: { A: { Type: 11, Body: 6.5 } } },
    { ...delta, DataSetWriterId: 'w', Payload: { A: { UaType: 11, Value: 7.5 } } },
  ]
  const imported = await importBytes(engine, 'x.json', lines.map(line => JSON.stringify(line)).join('\n'))
  expect(imported.id).toBe('opcua-pubsub')
  expect((await imported.rows('telemetry')).map(row => [row.device_id, row.value_num])).toEqual([
    ['w', 5.5],
    ['w', 6.5],
    ['w', 7.5],
  ])
})

describe('samples of Azure OPC Publisher', () => {
  const sample = (name: string, Value: object, more: object = {}) => ({
    NodeId: `nsu=http://microsoft.com/Opc/OpcPlc/;s=${name}`,
    EndpointUrl: 'opc.tcp://opcplc:50000/',
    Value,
    ...more,
  })
  const full = {
    ApplicationUri: 'urn:OpcPlc:opcplc',
    DisplayName: 'StepUp',
    Timestamp: at(42),
    SequenceNumber: 120,
    ExtensionFields: { PublisherId: 'opc.tcp://opcplc:50000_D09D61EF', DataSetWriterId: '1000' },
  }
  const samples = [
    sample('StepUp', stamped(21713, 20), full),
    sample('StepUp', { Value: 28679, SourceTimestamp: at(21) }),
    sample('Bad', {
      StatusCode: { Symbol: 'BadNoCommunication', Code: 2150694912 },
      SourceTimestamp: at(22),
    }),
    sample('Old', { Value: 4, StatusCode: { Symbol: 'UncertainLastUsableValue' }, SourceTimestamp: at(23) }),
    { ...sample('Event', { EventId: 'JdRh', Message: 'started' }), NodeId: 'i=2253' },
  ]
  const forms = {
    'one per line': samples.map(one => JSON.stringify(one)).join('\n'),
    'as tools of Azure show them': samples.map(body => JSON.stringify({ body })).join('\n'),
    'in one batch': JSON.stringify({ body: samples, enqueuedTime: 'Fri' }),
    'in lines of batches': [samples.slice(0, 2), samples.slice(2)]
      .map(body => JSON.stringify({ body }))
      .join('\n'),
  }

  test.each(Object.entries(forms))('%s', async (_, text) => {
    const imported = await importBytes(engine, 'x.json', text)
    expect(imported.id).toBe('opcua-pubsub')
    expect(imported.counts).toEqual({ read: 5, accepted: 4, rejected: 1 })
    const node = 'nsu=http://microsoft.com/Opc/OpcPlc/;s='
    const rows = await imported.rows('telemetry')
    expect(rows.map(row => [row.device_id, row.metric, row.value_num, row.quality, row.ts_event])).toEqual([
      ['urn:OpcPlc:opcplc', `${node}StepUp`, 21713, 'Good', '2026-03-18T12:55:20.331Z'],
      ['opc.tcp://opcplc:50000/', `${node}StepUp`, 28679, 'Good', '2026-03-18T12:55:21.331Z'],
      ['opc.tcp://opcplc:50000/', `${node}Bad`, null, 'BadNoCommunication', '2026-03-18T12:55:22.331Z'],
      ['opc.tcp://opcplc:50000/', `${node}Old`, 4, 'UncertainLastUsableValue', '2026-03-18T12:55:23.331Z'],
    ])
  })
})

test('other messages are not known', () => {
  expect(recognise(rawTable('x.json', [{ MessageId: '1', Messages: '[{"text":"hello"}]' }]))).toBeNull()
  expect(recognise(rawTable('x.json', [{ NodeId: '17', 'Value.Value': '1' }]))).toBeNull()
  expect(recognise(rawTable('x.json', [{ 'Payload.a': '1', 'Payload.b': '2' }]))).toBeNull()
})

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

// Built from the vendor's documentation: edgexfoundry/edgex-go openapi/core-data.yaml.
function reading(resourceName: string, valueType: string, value: object, origin = '1602168089665565201') {
  return { deviceName: 'device-001', resourceName, profileName: 'p', origin, valueType, ...value }
}

function event(id: string, readings: readonly object[]) {
  const origin = '1602168089665565200'
  const tags = { Gateway: 'HoustonStore-000123', Latitude: { degrees: 25.0 } }
  return {
    apiVersion: 'v3',
    id,
    deviceName: 'device-001',
    profileName: 'p',
    sourceName: 's',
    origin,
    tags,
    readings,
  }
}

/** Origins are JSON numbers beyond 2^53, which JavaScript cannot write. */
function json(value: unknown, space?: number): string {
  return JSON.stringify(value, null, space).replaceAll(/"origin":( ?)"(\d+)"/g, '"origin":$1$2')
}

const events = [
  event('e1', [
    reading('temperature', 'Float32', { value: '39.5', units: 'degC' }),
    reading('count', 'Int8', { value: '-75' }, '1602168089665565999'),
    reading('running', 'Bool', { value: 'true' }),
    reading('serial', 'String', { value: '0012' }),
  ]),
  event('e2', [
    reading('energy', 'Uint64', { value: '18446744073709551615' }),
    reading('spectrum', 'Float32Array', { value: '[1.5, 2]' }),
    reading('photo', 'Binary', { binaryValue: 'AAEC', mediaType: 'image/png' }),
    reading('pose', 'Object', { objectValue: { x: 1, y: { z: 2 } } }),
    reading('broken', 'Float64', { value: 'n/a' }),
    reading('silent', 'Float64', {}),
  ]),
  event('e3', [{ resourceName: 'temperature', valueType: 'Float64', value: '3.140000e+00' }]),
]

const values = [
  ['temperature', 39.5, null, 'degC'],
  ['count', -75, null, null],
  ['running', null, 'true', null],
  ['serial', null, '0012', null],
  // 2^64 - 1 is no double: the nearest is 2^64.
  ['energy', 2 ** 64, null, null],
  ['spectrum', null, '[1.5, 2]', null],
  ['silent', null, null, null],
  ['temperature', 3.14, null, null],
]

describe('EdgeX events', () => {
  const page = { apiVersion: 'v3', statusCode: 200, totalCount: 3, events }
  const forms = {
    'one per line': events.map(one => json(one)).join('\n'),
    'as an array': json(events, 2),
    'in a page of the API': json(page, 1),
    'as requests on the message bus': events.map(one => json({ apiVersion: 'v3', event: one })).join('\n'),
  }

  test.each(Object.entries(forms))('%s give a row per reading, every one accounted for', async (_, text) => {
    const imported = await importBytes(engine, 'plant.json', text)
    expect(imported.id).toBe('edgex-events')
    expect(imported.counts).toEqual({ read: 11, accepted: 8, rejected: 3 })
    expect(imported.rejects.map(({ row, reason, value }) => [row, reason, value])).toEqual([
      [7, 'not-allowed', 'Binary'],
      [8, 'not-allowed', 'Object'],
      [9, 'not-a-number', 'n/a'],
    ])
    const rows = await imported.rows('telemetry')
    expect(rows.map(row => [row.metric, row.value_num, row.value_text, row.unit])).toEqual(values)
    expect(new Set(rows.map(row => `${row.platform_id} ${row.device_id}`))).toEqual(
      new Set(['plant device-001']),
    )
    // 1602168089 s = 2020-10-08T14:41:29Z; digits behind the microsecond are cut.
    expect(new Set(rows.map(row => row.ts_event))).toEqual(new Set(['2020-10-08T14:41:29.665Z']))
  })

  test('take the time of the event where a reading has none', async () => {
    const imported = await importBytes(engine, 'x.json', json(events))
    const times = imported.mapping.targets[0]?.columns.ts_event?.from
    expect(times).toEqual(['readings.origin', 'origin'])
  })
})

test('one event as a document, whose readings do not repeat the device', async () => {
  const readings = [{ resourceName: 'a', valueType: 'Int16', value: '7' }]
  const imported = await importBytes(engine, 'x.json', json(event('e', readings), 2))
  expect(imported.id).toBe('edgex-events')
  expect(await imported.rows('telemetry')).toEqual([
    {
      platform_id: 'x',
      device_id: 'device-001',
      metric: 'a',
      value_num: 7,
      ts_event: '2020-10-08T14:41:29.665Z',
    },
  ])
})

test('a page of readings', async () => {
  const readings = [reading('a', 'Int16', { value: '7' }), reading('b', 'String', { value: '7' })]
  const imported = await importBytes(engine, 'x.json', json({ apiVersion: 'v3', totalCount: 2, readings }))
  expect(imported.id).toBe('edgex-events')
  const rows = await imported.rows('telemetry')
  expect(rows.map(row => [row.metric, row.value_num, row.value_text])).toEqual([
    ['a', 7, null],
    ['b', null, '7'],
  ])
})

// Version 1 (Geneva): `device`, `name`, `created` in milliseconds.
test('readings of version 1', async () => {
  const lines = [1, 2].map(i => ({
    id: `r${i}`,
    created: 1602168089700,
    origin: '1602168089665565201',
    device: 'd',
    name: 'Humidity',
    value: `${i}`,
    valueType: 'Int64',
  }))
  const imported = await importBytes(engine, 'x.json', lines.map(line => json(line)).join('\n'))
  expect(imported.id).toBe('edgex-events')
  expect((await imported.rows('telemetry'))[1]).toEqual({
    platform_id: 'x',
    device_id: 'd',
    metric: 'Humidity',
    value_num: 2,
    ts_event: '2020-10-08T14:41:29.665Z',
    ts_ingest: '2020-10-08T14:41:29.700Z',
  })
})

test('readings of anything else are not known', () => {
  const text = '[{"date":"2026-06-30","kWh":"3"}]'
  expect(recognise(rawTable('x.json', [{ deviceName: 'a', readings: text }]))).toBeNull()
  const odd = { deviceName: 'a', resourceName: 'r', valueType: 'fast', value: '1', origin: '1' }
  expect(recognise(rawTable('x.json', [odd]))).toBeNull()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { recognise } from '../adapter.ts'
import { importBytes, rawTable } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

// Built from the vendor's documentation; 1609459200000 ms is 2021-01-01T00:00:00Z.
const at = 1_609_459_200_000
const values = (rows: readonly Record<string, unknown>[]) =>
  rows.map(row => [row.device_id, row.metric, row.ts_event, row.value_num ?? null, row.value_text ?? null])

test('the answer of the REST API is of the device that the file is named after', async () => {
  const series = {
    temperature: [
      { ts: at, value: '25' },
      { ts: at + 1500, value: '25.50' },
    ],
    state: [{ ts: at, value: 'running' }],
    on: [{ ts: at, value: 'true' }],
    late: [{ ts: 0, value: '1' }],
  }
  const imported = await importBytes(engine, 'pump-7.json', JSON.stringify(series))
  expect(imported.id).toBe('thingsboard-telemetry')
  expect(imported.counts).toEqual({ read: 5, accepted: 4, rejected: 1 })
  expect(imported.rejects).toMatchObject([{ row: 5, reason: 'missing-required', column: 'ts' }])
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['pump-7', 'temperature', '2021-01-01T00:00:00.000Z', 25, null],
    ['pump-7', 'temperature', '2021-01-01T00:00:01.500Z', 25.5, null],
    ['pump-7', 'state', '2021-01-01T00:00:00.000Z', null, 'running'],
    ['pump-7', 'on', '2021-01-01T00:00:00.000Z', null, 'true'],
  ])
})

test('a document of one series keeps its key', async () => {
  const imported = await importBytes(engine, 'd.json', JSON.stringify({ p: [{ ts: at, value: '1e3' }] }), {
    device_id: 'D1',
  })
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['D1', 'p', '2021-01-01T00:00:00.000Z', 1000, null],
  ])
})

test('rows may name their device', async () => {
  const csv = `entityName,ts,key,value\nA,${at},temperature,25\nB,${at},mode,auto\n,${at},mode,auto\n`
  const imported = await importBytes(engine, 'x.csv', csv)
  expect(imported.id).toBe('thingsboard-telemetry')
  expect(imported.counts).toEqual({ read: 3, accepted: 2, rejected: 1 })
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['A', 'temperature', '2021-01-01T00:00:00.000Z', 25, null],
    ['B', 'mode', '2021-01-01T00:00:00.000Z', null, 'auto'],
  ])
})

test('the CSV of a table of one entity has a column per key', async () => {
  const csv =
    'Timestamp;Entity name;temperature;mode\n2021-01-01 08:00:00;A;25;auto\n2021-01-01 08:00:10;A;;off\n'
  const imported = await importBytes(engine, 'x.csv', csv, { zone: '+08:00' })
  expect(imported.id).toBe('thingsboard-telemetry')
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['A', 'temperature', '2021-01-01T00:00:00.000Z', 25, null],
    ['A', 'mode', '2021-01-01T00:00:00.000Z', null, 'auto'],
    ['A', 'mode', '2021-01-01T00:00:10.000Z', null, 'off'],
  ])
})

test('without an entity the device of such a table is the person’s to say', async () => {
  const csv = 'Timestamp;temperature;humidity\n2021-01-01 08:00:00;25.1;40\n'
  const imported = await importBytes(engine, 'pump.csv', csv)
  expect(imported.id).toBe('thingsboard-telemetry')
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['pump', 'temperature', '2021-01-01T08:00:00.000Z', 25.1, null],
    ['pump', 'humidity', '2021-01-01T08:00:00.000Z', 40, null],
  ])
})

test('tables that only look alike are left to others', () => {
  const others = [
    { ts: 'yesterday', key: 'a', value: '1' },
    { ts: '1609459200', key: 'a', value: '1' },
    { Timestamp: 'Q1', revenue: '1' },
    { Timestamp: '2021-01-01 08:00:00', note: 'x' },
  ]
  for (const row of others)
    expect(recognise(rawTable('x.csv', [row]))?.adapter.id).not.toBe('thingsboard-telemetry')
})

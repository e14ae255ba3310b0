import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { adapters, proposedOptions } from '../adapter.ts'
import { importBytes, rawTable } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const values = (rows: readonly Record<string, unknown>[]) =>
  rows.map(row => [row.device_id, row.metric, row.ts_event, row.value_num ?? null, row.value_text ?? null])

// Built from the vendor's documentation of annotated CSV, in the shape of its air sensor sample.
const annotated = `#group,false,false,false,false,true,true,true
#datatype,string,long,dateTime:RFC3339,double,string,string,string
#default,_result,,,,,,
,result,table,_time,_value,_field,_measurement,sensor_id
,,0,2021-06-11T09:32:25Z,0.48,co,airSensors,TLM0100
,,0,2021-06-11T09:32:35.123456789Z,0.49,co,airSensors,TLM0100

#group,false,false,false,false,true,true,true
#datatype,string,long,dateTime:RFC3339,string,string,string,string
#default,_result,,,,,,
,result,table,_time,_value,_field,_measurement,sensor_id
,,1,2021-06-11T09:32:25Z,25,code,airSensors,TLM0101
,,1,,7,code,airSensors,TLM0101
`

test('annotated CSV gives telemetry by the declared types', async () => {
  const imported = await importBytes(engine, 'air.csv', annotated)
  expect(imported.id).toBe('influxdb')
  expect(proposedOptions(adapters.find(({ id }) => id === 'influxdb') ?? never(), imported.raw).tag).toBe(
    'sensor_id',
  )
  expect(imported.counts).toEqual({ read: 4, accepted: 3, rejected: 1 })
  expect(imported.rejects).toMatchObject([{ row: 4, reason: 'missing-required', column: '_time' }])
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['TLM0100', 'airSensors.co', '2021-06-11T09:32:25.000Z', 0.48, null],
    ['TLM0100', 'airSensors.co', '2021-06-11T09:32:35.123Z', 0.49, null],
    ['TLM0101', 'airSensors.code', '2021-06-11T09:32:25.000Z', null, '25'],
  ])
})

function never(): never {
  throw new Error('the catalogue has no influxdb')
}

test('line protocol gives telemetry, a row per field', async () => {
  // 1689253834000000000 ns is 2023-07-13T13:10:34Z.
  const lines = `# made by hand
weather,device=d1,site=a\\ b temp=82.5,count=3i,note="ok, \\"fine\\"",on=t 1689253834000000000
weather,device=d2 temp=-1e-1 1689253834123456789
weather,site=c temp=1 1689253834000000000
`
  const imported = await importBytes(engine, 'w.txt', lines)
  expect(imported.id).toBe('influxdb')
  expect(imported.counts).toEqual({ read: 6, accepted: 5, rejected: 1 })
  expect(imported.rejects).toMatchObject([{ reason: 'missing-required', column: 'device' }])
  const rows = values(await imported.rows('telemetry'))
  expect(rows).toEqual([
    ['d1', 'weather.temp', '2023-07-13T13:10:34.000Z', 82.5, null],
    ['d1', 'weather.count', '2023-07-13T13:10:34.000Z', 3, null],
    ['d1', 'weather.note', '2023-07-13T13:10:34.000Z', null, 'ok, "fine"'],
    ['d1', 'weather.on', '2023-07-13T13:10:34.000Z', null, expect.stringMatching(/^t(rue)?$/)],
    ['d2', 'weather.temp', '2023-07-13T13:10:34.123Z', -0.1, null],
  ])
  const whole = await importBytes(engine, 'w.txt', lines, { tag: '', device_id: 'station' })
  expect(whole.counts).toEqual({ read: 6, accepted: 6, rejected: 0 })
  expect(new Set((await whole.rows('telemetry')).map(row => row.device_id))).toEqual(new Set(['station']))
})

test('the same results without annotations; several of one field are told apart', async () => {
  const csv = `,result,table,_start,_stop,_time,_value,_field,_measurement,host
,mean,0,2021-01-01T00:00:00Z,2021-01-02T00:00:00Z,2021-01-01T01:00:00Z,1.5,used,mem,A
,max,1,2021-01-01T00:00:00Z,2021-01-02T00:00:00Z,2021-01-01T01:00:00Z,2,used,mem,A
`
  const imported = await importBytes(engine, 'x.csv', csv)
  expect(imported.id).toBe('influxdb')
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['A', 'mem.used (mean)', '2021-01-01T01:00:00.000Z', 1.5, null],
    ['A', 'mem.used (max)', '2021-01-01T01:00:00.000Z', 2, null],
  ])
})

test('pivoted results have a column per field', async () => {
  const csv = `,result,table,_time,_measurement,host,id,temperature,humidity
,,0,2021-01-01T01:00:00Z,room,A,7,20.5,40
,,0,2021-01-01T02:00:00Z,room,A,7,,41
`
  const imported = await importBytes(engine, 'x.csv', csv)
  expect(imported.id).toBe('influxdb')
  expect(values(await imported.rows('telemetry'))).toEqual([
    ['A', 'room.temperature', '2021-01-01T01:00:00.000Z', 20.5, null],
    ['A', 'room.humidity', '2021-01-01T01:00:00.000Z', 40, null],
    ['A', 'room.humidity', '2021-01-01T02:00:00.000Z', 41, null],
  ])
})

test('the tags of the file are the choices for the device', () => {
  const influxdb = adapters.find(({ id }) => id === 'influxdb')
  const raw = rawTable('x', [
    { _time: 't', _value: '1', _field: 'f', _measurement: 'm', area: 'x', host: 'h' },
  ])
  const { choices = [], proposal } = influxdb?.options.tag ?? never()
  const offered = typeof choices === 'function' ? choices(raw) : choices
  expect(offered.map(({ value }) => value)).toEqual(['', 'area', 'host'])
  expect(proposal(raw)).toBe('host')
  const two = rawTable('x', [{ _time: 't', _value: '1', _field: 'f', area: 'x', colour: 'h' }])
  expect(proposal(two)).toBe('')
})

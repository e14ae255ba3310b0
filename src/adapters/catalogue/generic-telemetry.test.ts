import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { openTestEngine } from '../../engine/testing.ts'
import { noSamples, sample } from '../../formats/testing.ts'
import { recognise } from '../adapter.ts'
import { importBytes, rawTable, type TextRow } from '../testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

describe('a long table', () => {
  test('in Chinese gives a value per row, every row accounted for', async () => {
    const csv = `设备编号,测点名称,采集时间,采集值,单位,质量码
D1,温度,2026-06-30 20:00:00,21.5,℃,192
D1,温度,2026-06-30 20:01:00,-0.25,℃,192
D1,运行模式,2026-06-30 20:00:00,自动,,192
D1,温度,2026-06-30 20:02:00,,℃,0
D1,压力,2026-06-30 20:00:00,1.2e3,kPa,192
D2,产量,2026/6/30 20:05,9007199254740993,件,192
D2,阀门,1782820800000,true,,192
D2,温度,2026-06-30 25:00:00,20,℃,192
,温度,2026-06-30 20:00:00,20,℃,192
D2,,2026-06-30 20:00:00,20,℃,192
D2,温度,2026-06-30T12:00:00Z,20,℃,192
`
    const imported = await importBytes(engine, 'plant.csv', csv)
    expect(imported.id).toBe('generic-telemetry')
    expect(imported.counts).toEqual({ read: 11, accepted: 8, rejected: 3 })
    expect(imported.rejects.map(({ row, reason }) => [row, reason])).toEqual([
      [8, 'not-a-time'],
      [9, 'missing-required'],
      [10, 'missing-required'],
    ])
    const rows = await imported.rows('telemetry')
    expect(rows.map(row => [row.metric, row.value_num, row.value_text, row.unit, row.ts_event])).toEqual([
      ['温度', 21.5, null, '℃', '2026-06-30T12:00:00.000Z'],
      ['温度', -0.25, null, '℃', '2026-06-30T12:01:00.000Z'],
      ['运行模式', null, '自动', null, '2026-06-30T12:00:00.000Z'],
      ['压力', 1200, null, 'kPa', '2026-06-30T12:00:00.000Z'],
      // 2^53 + 1 is no double: the nearest even one is 2^53.
      ['产量', 9007199254740992, null, '件', '2026-06-30T12:05:00.000Z'],
      ['阀门', null, 'true', null, '2026-06-30T12:00:00.000Z'],
      ['温度', 20, null, '℃', '2026-06-30T12:00:00.000Z'],
    ])
  })

  test('without device and metric takes what the person says', async () => {
    const csv = 'timestamp,value\n2013-12-02 21:15:00,73.96732207\n2013-12-02 21:20:00,74.93588199999998\n'
    const imported = await importBytes(engine, 'machine_temperature.csv', csv, { metric: 'temperature' })
    expect(imported.id).toBe('generic-telemetry')
    const same = {
      platform_id: 'machine_temperature',
      device_id: 'machine_temperature',
      metric: 'temperature',
    }
    expect(await imported.rows('telemetry')).toEqual([
      { ...same, ts_event: '2013-12-02T21:15:00.000Z', value_num: 73.96732207 },
      { ...same, ts_event: '2013-12-02T21:20:00.000Z', value_num: 74.93588199999998 },
    ])
  })
})

describe('a wide table', () => {
  const csv = `设备ID,时间,温度(℃),压力（MPa）,启停,备注,湿度
D1,2026-06-30 20:00:00,21.5,0.6,true,,
D1,2026-06-30 20:01:00,21.6,,false,,55
D2,2026-06-30 20:00:00,,,,,
D2,bad,1,2,true,,
D2,2026-06-30 20:01:00,,,,检修中,
D2,2026-06-30 20:02:00,,,,检修中,
`

  test('gives a row per cell, with metric and unit from the header', async () => {
    const imported = await importBytes(engine, 'line.csv', csv)
    expect(imported.id).toBe('generic-telemetry')
    expect(imported.counts).toEqual({ read: 6, accepted: 5, rejected: 1 })
    const rows = await imported.rows('telemetry')
    const shown = rows.map(row => [row.ts_event, row.metric, row.unit, row.value_num ?? row.value_text])
    const [first, second] = ['2026-06-30T12:00:00.000Z', '2026-06-30T12:01:00.000Z']
    expect(shown.toSorted()).toEqual(
      [
        [first, '温度', '℃', 21.5],
        [first, '压力', 'MPa', 0.6],
        [first, '启停', null, 'true'],
        [second, '温度', '℃', 21.6],
        [second, '启停', null, 'false'],
        [second, '湿度', null, 55],
      ].toSorted(),
    )
  })

  test('keeps a column that is empty at first, and leaves words and numbering out', () => {
    const row = {
      ts: '2026-06-30 20:00',
      device: 'a',
      speed: '1',
      note: 'x',
      late: null,
      rowId: '7',
      humid: '3',
    }
    const found = recognise(rawTable('x.csv', [row]))
    const mapping = found?.adapter.map(rawTable('x.csv', [row]), {})
    expect(mapping?.targets[0]?.cells?.map(({ column }) => column)).toEqual(['speed', 'late', 'humid'])
  })
})

test('a counter as high as an epoch number is a metric, another time is none', () => {
  const row = { ts: '1782820800', device: 'a', energy: '1782820800', updatedAt: '1782820800' }
  const raw = rawTable('x.csv', [row, row])
  const cells = recognise(raw)?.adapter.map(raw, {}).targets[0]?.cells
  expect(cells?.map(({ column }) => column)).toEqual(['energy'])
})

describe('is not seen in', () => {
  const unknown = (row: TextRow) => expect(recognise(rawTable('x.csv', [row, row]))).toBeNull()

  test('survival times, years, lists of times', () => {
    unknown({ inst: '3', time: '306', status: '1', age: '74' })
    unknown({ 'Country Name': 'Réunion', 'Country Code': 'REU', Year: '1989', Value: '838462813' })
    unknown({ id: '0', timestamp: '2020-01-01T15:00:00Z' })
    unknown({ timestamp: '2020-01-01T15:00:00Z', note: 'a', author: 'b', pages: '3' })
  })
})

describe.skipIf(noSamples)('files that others made (skipped where ../shared/samples is missing)', () => {
  test('NAB is telemetry, to the last row', async () => {
    const bytes = sample('csv/nab_machine_temperature_system_failure.csv')
    const imported = await importBytes(engine, 'nab_machine_temperature_system_failure.csv', bytes)
    expect(imported.id).toBe('generic-telemetry')
    const values = new TextDecoder().decode(bytes).trim().split('\n').slice(1)
    expect(imported.counts).toEqual({ read: values.length, accepted: values.length, rejected: 0 })
    const rows = await imported.rows('telemetry')
    expect(rows.map(row => row.value_num)).toEqual(values.map(line => Number(line.split(',')[1])))
  })

  test.each([
    'cn/addr.csv',
    'cn/provinces.csv',
    'survival/lung.csv',
    'survival/gbsg2.csv',
    'survival/waltons_dataset.csv',
    'parity/NYC311-5.csv',
    'parity/NYC311-5.jsonl',
    'frictionless-py/encoding-issue-274.csv',
    'frictionless-py/issue-1105-timezone.csv',
    'frictionless-py/duplicate-headers.csv',
    'frictionless-py/table.jsonl',
    'frictionless-py/leading-zeros.csv',
    'frictionless-datasets/csv/encodings/iso8859.csv',
    'frictionless-datasets/csv/separators/pipes.csv',
  ])('%s is nothing that the catalogue knows', async path => {
    await expect(importBytes(engine, path, sample(path))).rejects.toThrow('nobody knows')
  })
})

test('a dash in the cell of a sensor that said nothing does not cost its column', async () => {
  const csv = `设备编号,时间,温度(℃),压力[kPa]
d1,2026-06-30 08:00:00,25.5,"1,013.2"
d1,2026-06-30 08:00:10,无,101.3
d2,2026-06-30 08:00:00,-12.5,NaN
d2,2026-06-30 08:00:10,1e2,--
`
  const imported = await importBytes(engine, 'dash.csv', csv)
  expect(imported.counts).toEqual({ read: 4, accepted: 4, rejected: 0 })
  const rows = await imported.rows('telemetry')
  expect(rows.map(row => [row.device_id, row.metric, row.value_num, row.value_text, row.unit])).toEqual([
    ['d1', '温度', 25.5, undefined, '℃'],
    ['d1', '压力', 1013.2, undefined, 'kPa'],
    ['d1', '压力', 101.3, undefined, 'kPa'],
    ['d2', '温度', -12.5, undefined, '℃'],
    ['d2', '温度', 100, undefined, '℃'],
  ])
})

test('a word among the numbers of a sensor is kept as text', async () => {
  const readings = ['1', '2', 'ERR', '4', '5', '6']
  const lines = readings.map((reading, i) => `d1,2026-06-30T08:00:0${i}Z,${reading},${i}`)
  const imported = await importBytes(engine, 'err.csv', `device_id,time,temp,press\n${lines.join('\n')}\n`)
  const rows = await imported.rows('telemetry')
  const temp = rows.filter(({ metric }) => metric === 'temp')
  expect(temp.map(row => [row.value_num, row.value_text])).toEqual([
    [1, null],
    [2, null],
    [null, 'ERR'],
    [4, null],
    [5, null],
    [6, null],
  ])
})

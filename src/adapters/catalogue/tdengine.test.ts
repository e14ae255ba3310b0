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

const importCsv = async (lines: readonly string[], chosen: Record<string, string> = {}) => {
  const imported = await importBytes(engine, 'meters.csv', `${lines.join('\n')}\n`, chosen)
  const rows = (await imported.rows('telemetry')).map(row => [
    row.device_id,
    row.metric,
    row.ts_event,
    row.value_num ?? row.value_text,
  ])
  return { ...imported, telemetry: rows }
}

describe('TDengine', () => {
  // The shape of taosdata/TDengine 2.0/importSampleData/data/sensor_info.csv, with values of our own.
  test('a flattened super-table: tags before ts, measurements after it, blanks after the commas', async () => {
    const imported = await importCsv([
      'devid,location,color,devgroup,ts,temperature,humidity',
      '0, beijing, white, 0, 1782820800000, 16, 19.405',
      '0, beijing, white, 0, 1782820801000, 22, 14.377',
      '1, shanghai, black, 1, 1782820800000, 24, 10.921',
    ])
    expect(imported.id).toBe('tdengine')
    expect(imported.counts).toEqual({ read: 3, accepted: 3, rejected: 0 })
    expect(imported.telemetry).toEqual([
      ['0', 'temperature', '2026-06-30T12:00:00.000Z', 16],
      ['0', 'humidity', '2026-06-30T12:00:00.000Z', 19.405],
      ['0', 'temperature', '2026-06-30T12:00:01.000Z', 22],
      ['0', 'humidity', '2026-06-30T12:00:01.000Z', 14.377],
      ['1', 'temperature', '2026-06-30T12:00:00.000Z', 24],
      ['1', 'humidity', '2026-06-30T12:00:00.000Z', 10.921],
    ])
  })

  // As shellDumpFieldToFile of taosdata/TDengine writes: quoted times of the client's zone, NULL, quoted text.
  const meters = [
    '"tbname","ts","current","voltage","phase","groupid","location"',
    '"d1001","2026-06-30 20:00:00.000",10.3,219,NULL,2,"California.SanFrancisco"',
    '"d1002","2026-06-30 20:00:00.001",NULL,220,0.23,3,"California.LosAngeles"',
  ]

  test('select tbname, *: the device is the sub-table, NULL is no value, times are those of China', async () => {
    const imported = await importCsv(meters)
    expect(imported.id).toBe('tdengine')
    expect(imported.telemetry).toEqual([
      ['d1001', 'current', '2026-06-30T12:00:00.000Z', 10.3],
      ['d1001', 'voltage', '2026-06-30T12:00:00.000Z', 219],
      ['d1002', 'voltage', '2026-06-30T12:00:00.001Z', 220],
      ['d1002', 'phase', '2026-06-30T12:00:00.001Z', 0.23],
    ])
  })

  test('the person says which columns are measured, which is the device, and the zone', async () => {
    const { telemetry } = await importCsv(meters, {
      device: 'location',
      metrics: 'voltage, groupid',
      zone: '+00:00',
    })
    expect(telemetry).toEqual([
      ['California.SanFrancisco', 'voltage', '2026-06-30T20:00:00.000Z', 219],
      ['California.SanFrancisco', 'groupid', '2026-06-30T20:00:00.000Z', 2],
      ['California.LosAngeles', 'voltage', '2026-06-30T20:00:00.001Z', 220],
      ['California.LosAngeles', 'groupid', '2026-06-30T20:00:00.001Z', 3],
    ])
  })

  test('a measurement that is absent in the first rows is imported where it comes', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `d1,${1782820800000 + i},1,${i === 59 ? 7 : 'NULL'}`)
    const { telemetry } = await importCsv(['tbname,_time,a,late', ...rows])
    expect(telemetry.filter(([, metric]) => metric === 'late')).toEqual([
      ['d1', 'late', '2026-06-30T12:00:00.059Z', 7],
    ])
    expect(telemetry).toHaveLength(61)
  })

  const time = '1782820800000'
  test.each([
    [{ ts: time, temperature: '1' }],
    [{ device_id: 'd', ts: time, temperature: '1' }],
    [{ device_id: 'd', site: 'x', ts: 'soon', temperature: '1' }],
    [{ device_id: 'd', site: 'x', ts: time, key: 'temperature', value: '1' }],
    [{ device_id: 'd', site: 'x', ts: time, event: 'online' }],
  ])('does not take %o', row => {
    expect(recognise(rawTable('meters.csv', [row]))?.adapter.id).not.toBe('tdengine')
  })
})

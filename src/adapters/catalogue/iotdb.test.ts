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

// Built from the documentation: apache/iotdb-docs Data-Import-Tool_apache.md and the writer ExportDataTree.java.
const importCsv = async (lines: readonly string[], chosen: Record<string, string> = {}) => {
  const imported = await importBytes(engine, 'dump0_0.csv', `${lines.join('\n')}\n`, chosen)
  const rows = (await imported.rows('telemetry')).map(row => [
    row.device_id,
    row.metric,
    row.ts_event,
    row.value_num ?? row.value_text,
  ])
  return { ...imported, telemetry: rows }
}

describe('IoTDB', () => {
  const first = '2026-06-30T12:00:00.001Z'
  const second = '2026-06-30T12:00:00.002Z'

  test.each([
    ['with types', 'Time,root.test.t1.str(TEXT),root.test.t2.str(TEXT),root.test.t2.var(INT32)'],
    ['without types', 'Time,root.test.t1.str,root.test.t2.str,root.test.t2.var'],
  ])('aligned by time %s: the device is the path, the metric its last node', async (_, header) => {
    const imported = await importCsv([
      header,
      '2026-06-30T20:00:00.001+08:00,"hello world","123\\,abc",100',
      '2026-06-30T20:00:00.002+08:00,"x",,',
    ])
    expect(imported.id).toBe('iotdb')
    expect(imported.counts).toEqual({ read: 2, accepted: 2, rejected: 0 })
    expect(imported.telemetry).toEqual([
      ['root.test.t1', 'str', first, 'hello world'],
      ['root.test.t2', 'str', first, '123,abc'],
      ['root.test.t2', 'var', first, 100],
      ['root.test.t1', 'str', second, 'x'],
    ])
  })

  test('aligned by device: the column has the path; a metric that a device lacks gives no row', async () => {
    const imported = await importCsv([
      'Time,Device,str(TEXT),var(INT32),on(BOOLEAN)',
      '2026-06-30T20:00:00.001+08:00,root.test.t1,"007",,true',
      '2026-06-30T20:00:00.001+08:00,root.test.t2,"123\\,abc",100,',
      '2026-06-30T20:00:00.002+08:00,root.test.t1,"",-2.50,false',
    ])
    expect(imported.id).toBe('iotdb')
    expect(imported.telemetry).toEqual([
      ['root.test.t1', 'str', first, '007'],
      ['root.test.t1', 'on', first, 'true'],
      ['root.test.t2', 'str', first, '123,abc'],
      ['root.test.t2', 'var', first, 100],
      ['root.test.t1', 'var', second, -2.5],
      ['root.test.t1', 'on', second, 'false'],
    ])
  })

  test.each([
    ['ms', '1782820800001'],
    ['us', '1782820800001000'],
    ['ns', '1782820800001000999'],
    ['a format of the person, read as time of China', '2026-06-30 20:00:00.001'],
  ])('times in %s', async (_, time) => {
    const { telemetry } = await importCsv(['Time,root.ln.wf01.wt01.temperature', `${time},25.96`])
    expect(telemetry).toEqual([['root.ln.wf01.wt01', 'temperature', first, 25.96]])
  })

  test('quoted nodes keep their dots; a metric loses its quotes, a device does not', async () => {
    const { telemetry } = await importCsv([
      'Time,root.a.`b.c`,root.a.`www.x`.`y``z`(DOUBLE)',
      '2026-06-30T12:00:00.001Z,1,2',
    ])
    expect(telemetry).toEqual([
      ['root.a', 'b.c', first, 1],
      ['root.a.`www.x`', 'y`z', first, 2],
    ])
  })

  test('a row without a readable time is refused with all its values', async () => {
    const imported = await importCsv([
      'Time,root.a.b.c,root.a.b.d',
      'soon,1,2',
      '2026-06-30T12:00:00.001Z,3,4',
    ])
    expect(imported.counts).toEqual({ read: 2, accepted: 1, rejected: 1 })
    expect(imported.rejects).toEqual([{ row: 1, reason: 'not-a-time', column: 'Time', value: 'soon' }])
    expect(imported.telemetry.map(row => row[3])).toEqual([3, 4])
  })

  test.each([
    [{ Time: '1782820800001', 'avg(root.a.b.c)': '1' }],
    [{ Time: '1782820800001', temperature: '1' }],
    [{ time: '1782820800001', region: 'north', device_id: 'd1', temperature: '1' }],
    [{ Time: '1782820800001', Device: 'pump 7', temperature: '1' }],
    [{ Time: '1782820800001', 'root.a': '1' }],
  ])('does not take %o', row => {
    expect(recognise(rawTable('dump0_0.csv', [row]))?.adapter.id).not.toBe('iotdb')
  })
})

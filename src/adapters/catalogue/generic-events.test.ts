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

test('a Chinese log of connections gives events, every row accounted for', async () => {
  const log = `设备ID,事件类型,发生时间,接收时间,断开原因,会话编号
D1,上线,2026-06-30 20:00:00,2026-06-30 20:00:01,,s1
D1,下线,2026-06-30 21:00:00,2026-06-30 21:00:01,心跳超时,s1
D2,设备上线,1782820800000,1782820801000,,s2
D2, 离线 ,1782824400123,,正常断开,s2
D1,心跳,2026/6/30 22:00,,,s1
D3,CONNECTED,2026-06-30T12:00:00Z,,,s3
D3,disconnected,2026-06-30T12:30:00+00:00,,kicked,s3
D3,disconnected,2026-06-30T12:30:00+00:00,,kicked,s3
D4,重启,2026-06-30 20:00:00,,,s4
D5,上线,1970-01-01 08:00:00,,,s5
,上线,2026-06-30 20:00:00,,,s6
D6,,2026-06-30 20:00:00,,,s7
D7,上线,2026-06-30 20:00:00,,,s8
D8,上线,2026-06-30 20:00:00,,,s8
D9,上线,2026-06-30 20:00:00,,,s9
`
  const imported = await importBytes(engine, 'plant.csv', log)
  expect(imported.id).toBe('generic-events')
  expect(imported.counts).toEqual({ read: 15, accepted: 11, rejected: 4 })
  expect(imported.rejects.map(({ row, reason, column, value }) => [row, reason, column, value])).toEqual([
    [9, 'not-allowed', '事件类型', '重启'],
    [10, 'missing-required', '发生时间', '1970-01-01 08:00:00'],
    [11, 'missing-required', '设备ID', null],
    [12, 'missing-required', '事件类型', null],
  ])
  const events = await imported.rows('conn_event')
  expect(events.slice(0, 8).map(row => [row.device_id, row.kind, row.ts_event, row.reason_raw])).toEqual([
    ['D1', 'connect', '2026-06-30T12:00:00.000Z', null],
    ['D1', 'disconnect', '2026-06-30T13:00:00.000Z', '心跳超时'],
    ['D2', 'connect', '2026-06-30T12:00:00.000Z', null],
    ['D2', 'disconnect', '2026-06-30T13:00:00.123Z', '正常断开'],
    ['D1', 'activity', '2026-06-30T14:00:00.000Z', null],
    ['D3', 'connect', '2026-06-30T12:00:00.000Z', null],
    ['D3', 'disconnect', '2026-06-30T12:30:00.000Z', 'kicked'],
    ['D3', 'disconnect', '2026-06-30T12:30:00.000Z', 'kicked'],
  ])
  expect(events.slice(0, 8).map(row => row.reason_class)).toEqual([
    ...[null, 'keepalive', null, 'planned', null, null, 'planned', 'planned'],
  ])
  expect(events[0]).toMatchObject({
    platform_id: 'plant',
    session_id: 's1',
    ts_ingest: '2026-06-30T12:00:01.000Z',
  })
})

test('a column of platforms comes before the option', async () => {
  const csv =
    'platform,device_id,event,timestamp\nP1,a,online,2026-06-30T12:00:00Z\nP2,a,offline,2026-06-30T12:00:00Z\n'
  const rows = await (await importBytes(engine, 'x.csv', csv, { platform_id: 'no' })).rows('conn_event')
  expect(rows.map(row => [row.platform_id, row.kind])).toEqual([
    ['P1', 'connect'],
    ['P2', 'disconnect'],
  ])
})

test('a log of anything else is not known', () => {
  const row = { device_id: 'a', event: 'door opened', timestamp: '2026-06-30T12:00:00Z' }
  expect(recognise(rawTable('x.csv', [row]))).toBeNull()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { fateCounts, fateCountsResult, fateRows, fateRowsResult, isComparable } from './difference.ts'
import { Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

async function pair() {
  const device = (device_id: string, protocol: string | null, admin_state: string | null = null) => ({
    ...{ platform_id: 'P', device_id, protocol, admin_state },
  })
  const older = await trials.load({
    device: [device('1', 'MQTT', 'enabled'), device('2', 'MQTT'), device('3', null), device('4', 'HTTP')],
  })
  const newer = await trials.load({
    device: [
      device('1', 'OPC UA', 'disabled'),
      device('2', 'MQTT'),
      device('3', 'MQTT'),
      device('5', 'HTTP'),
    ],
  })
  return { table: 'device', older: older.device ?? [], newer: newer.device ?? [] } as const
}

test('tells what appeared, vanished, changed and stayed', async () => {
  // 5 is new, 4 is gone, 1 and 3 have other values, 2 is as it was.
  const counts = await trials.select(fateCounts([await pair()]), fateCountsResult)
  expect(Object.fromEntries(counts.map(({ fate, rows }) => [fate, rows]))).toEqual({
    appeared: 1,
    changed: 2,
    unchanged: 1,
    vanished: 1,
  })
})

test('names each thing and what changed of it', async () => {
  const rows = await trials.select(fateRows(await pair()), fateRowsResult)
  expect(rows.map(row => Object.values(row))).toEqual([
    ['appeared', 'P / 5', null],
    ['changed', 'P / 1', 'protocol: MQTT → OPC UA; admin_state: enabled → disabled'],
    ['changed', 'P / 3', 'protocol: ∅ → MQTT'],
    ['vanished', 'P / 4', null],
  ])
})

test('events have no key by which one could be found again', () => {
  expect(isComparable('conn_event')).toBe(false)
  expect(isComparable('device')).toBe(true)
})

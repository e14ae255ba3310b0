import fc from 'fast-check'
import type { Cells, Fixture } from './testing.ts'

/** A row of telemetry of a fixture; `minute` counts from 2026-06-01T00:00Z. */
export const reading = (
  device_id: string,
  minute: number,
  value_num: number | null,
  more: Cells = {},
): Cells => ({
  ...{ platform_id: 'A', device_id, metric: 'temperature', value_num },
  ts_event: new Date(Date.UTC(2026, 5, 1, 0, minute)).toISOString(),
  ...more,
})

/**
 * 9 rows. Device 1 of A: minute 1 three times alike; minute 2 as 1 and as 2; minute 3 as the number 5 and the text "5".
 * Device 2 of A and device 1 of B at minute 1. Distinct keys with values: 1 + 2 + 2 + 1 + 1 = 7; keys: 5, of which 2 conflict.
 */
export const telemetryByHand = [
  ...[1, 1, 1].map(value => reading('1', 1, value)),
  ...[reading('1', 2, 1), reading('1', 2, 2)],
  ...[reading('1', 3, 5), reading('1', 3, null, { value_text: '5' })],
  ...[reading('2', 1, 1), reading('1', 1, 1, { platform_id: 'B' })],
]

/** A batch of a fixture, one a day from 2026-06-01. */
const batch = (day: number, source_id: string, counts: Cells): Cells => ({
  ...{ batch_id: `b${day}`, platform_id: 'A', source_id },
  window_start: new Date(Date.UTC(2026, 5, 1 + day)).toISOString(),
  window_end: new Date(Date.UTC(2026, 5, 2 + day)).toISOString(),
  ...counts,
})

/**
 * Records within the window: not known (first value of a counter), 300 (its increment), 50 (as received), 200, 10, and 100 (as
 * received). Copies: 3 of 300, 1 of 50, 5 of 200, 0 of 100; 20 of 10 cannot be. Keys in conflict: 2 of 50 − 1 − 2 = 47,
 * 4 of 200 − 5 − 4 = 191, 1 of 100 − 1 = 99; not told by the others. Late: 30 of 300, 5 of 50, 20 of 100.
 */
export const batchesByHand = [
  batch(0, 'meter', { records: 500, counter_kind: 'cumulative', dup_exact: 1 }),
  batch(1, 'meter', { records: 800, counter_kind: 'cumulative', dup_exact: 3, late: 30 }),
  batch(2, 'meter', {
    records: 860,
    received: 50,
    counter_kind: 'cumulative',
    dup_exact: 1,
    dup_conflict: 2,
    late: 5,
  }),
  batch(3, 'log', { records: 200, received: 190, counter_kind: 'delta', dup_exact: 5, dup_conflict: 4 }),
  batch(4, 'log', { records: 10, dup_exact: 20, late: 11 }),
  batch(5, 'log', { received: 100, dup_exact: 0, dup_conflict: 1, late: 20 }),
]

/** Few devices, minutes and values, so that rows repeat. */
export const drawnReadings: fc.Arbitrary<readonly Cells[]> = fc.array(
  fc
    .tuple(fc.constantFrom('1', '2', '3'), fc.nat(2), fc.option(fc.nat(1)), fc.constantFrom('A', 'B'))
    .map(([device, minute, value, platform_id]) => reading(device, minute, value, { platform_id })),
  { minLength: 1, maxLength: 40 },
)

/** Key of a row -> the different values seen under it. */
export function valuesByKey(rows: readonly Cells[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { platform_id, device_id, metric, ts_event, value_num, value_text } of rows) {
    const key = JSON.stringify([platform_id, device_id, metric, ts_event])
    const values = found.get(key) ?? new Set()
    found.set(key, values.add(JSON.stringify([value_num ?? null, value_text ?? null])))
  }
  return found
}

export const both: Fixture = { telemetry: telemetryByHand, ingest_batch: batchesByHand }

import { asOf, day, hour, instant, minute, second, toMillisecond } from './calendar.ts'
import type { ConnectionEvent } from './connections.ts'
import type { Plant } from './planted.ts'
import type { Random } from './random.ts'

/** The last second of a signed 32-bit clock, and the first: what devices without a set clock send. */
export const endOf32Bit = instant('2038-01-19T03:14:07Z')
export const epoch = 0

/** Times at either end of the 32-bit clock, which no device can have meant. */
export function isSentinel(time: number): boolean {
  return time === endOf32Bit || time === epoch
}

/** An extra row in a device's series: a true row once more, or a sign of life with a clock that was never set. */
export function drawExtra(
  draw: Random,
  trueRow: ConnectionEvent,
  seq: number,
  plant: Plant,
): ConnectionEvent {
  if (draw.chance(0.7)) {
    plant.add('duplicate_events')
    return trueRow
  }
  const future = draw.chance(0.5)
  plant.add(future ? 'events_in_2038' : 'events_in_1970')
  return { ...trueRow, ...lifeSign, seq, ts_event: future ? endOf32Bit : epoch }
}

const lifeSign = { kind: 'activity', reason_raw: null, reason_class: null } as const

/** The same row late or with a clock some minutes fast, where such a fault is due and stays before `asOf`. */
export function disturb(draw: Random, row: ConnectionEvent, plant: Plant): ConnectionEvent {
  const ingest = row.ts_ingest ?? row.ts_event
  const point = draw.uniform()
  if (point < 0.012) {
    const late = toMillisecond(ingest + draw.between(hour, 3 * day))
    if (late >= asOf) return row
    plant.add('late_events')
    return { ...row, ts_ingest: late }
  }
  const ahead = toMillisecond(ingest + draw.between(minute + second, 15 * minute))
  if (point > 0.016 || ahead >= asOf) return row
  plant.add('events_ahead_of_ingest')
  return { ...row, ts_event: ahead }
}

/** Counts the rows that are earlier than the same device's row before them in the file. */
export function countDisorder(rows: readonly ConnectionEvent[], plant: Plant): void {
  const latest = new Map<string, number>()
  for (const { device_id, ts_event } of rows) {
    if (isSentinel(ts_event)) continue
    if (ts_event < (latest.get(device_id) ?? 0)) plant.add('out_of_order_events')
    latest.set(device_id, ts_event)
  }
}

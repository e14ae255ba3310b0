import type { CanonicalRow } from './canonical-row.ts'
import { groupBy } from './group-by.ts'

/**
 * Indicators in plain TypeScript over rows that an import would accept, each by another algorithm than its recipe's SQL.
 * Shares and ratios lie between 0 and 1; a value over no rows is NaN.
 */

type Device = CanonicalRow<'device'>
type Batch = CanonicalRow<'ingest_batch'>

/** What is known about devices' connections. */
export interface ConnectionRows {
  readonly device: readonly Device[]
  readonly device_snapshot: readonly CanonicalRow<'device_snapshot'>[]
  readonly conn_event: readonly CanonicalRow<'conn_event'>[]
}

const day = 86_400_000_000

function tally<T>(items: readonly T[], keyOf: (item: T) => string | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** CON-17 over platforms: the chance that two devices, drawn with replacement, are on one platform. */
export function deviceConcentration(devices: readonly Device[]): {
  readonly hhi: number
  readonly normalised: number
  readonly effective: number
} {
  const sizes = [...tally(devices, ({ platform_id }) => platform_id).values()]
  const pairs = sizes.reduce((sum, size) => sum + size * size, 0)
  const hhi = pairs / (devices.length * devices.length)
  return { hhi, normalised: (sizes.length * hhi - 1) / (sizes.length - 1), effective: 1 / hhi }
}

/** CON-18 over platforms with at least one device: half the mean absolute difference relative to the mean. */
export function deviceGini(devices: readonly Device[]): number {
  const sizes = [...tally(devices, ({ platform_id }) => platform_id).values()]
  let differences = 0
  for (const a of sizes) for (const b of sizes) differences += Math.abs(a - b)
  return differences / (2 * sizes.length * devices.length)
}

/** CON-16: exp of the entropy, as N over the geometric mean of counts; devices of unknown protocol are left out. */
export function protocolDiversity(devices: readonly Device[]): number {
  const counts = [...tally(devices, ({ protocol }) => protocol).values()]
  const total = counts.reduce((sum, count) => sum + count, 0)
  const logs = counts.reduce((sum, count) => sum + count * Math.log(count), 0)
  return total / Math.exp(logs / total)
}

/**
 * CON-01: the industrial devices with a connect or activity, or a `last_seen`, in (asOf - days, asOf]. Devices of which it
 * is not known whether they are industrial are left out.
 */
export function connectedDevices(
  { device, device_snapshot, conn_event }: ConnectionRows,
  asOf: number,
  days = 30,
): readonly Device[] {
  const lately = (time: number | null) => time !== null && time > asOf - days * day && time <= asOf
  const heard = new Set<string>()
  for (const event of conn_event)
    if (event.kind !== 'disconnect' && lately(event.ts_event)) heard.add(deviceKey(event))
  for (const snapshot of device_snapshot) if (lately(snapshot.last_seen)) heard.add(deviceKey(snapshot))
  return device.filter(one => one.is_industrial === true && heard.has(deviceKey(one)))
}

/** Ids of devices are unique on their platform only. */
export function deviceKey({ platform_id, device_id }: Pick<Device, 'platform_id' | 'device_id'>): string {
  return JSON.stringify([platform_id, device_id])
}

/** CON-19: mainland provinces with a connected device, and their share of 31. */
export function regionCoverage(
  rows: ConnectionRows,
  asOf: number,
): { readonly provinces: number; readonly share: number } {
  const outside = new Set(['71', '81', '82'])
  const covered = tally(connectedDevices(rows, asOf), ({ province_code }) => province_code)
  const provinces = [...covered.keys()].filter(code => !outside.has(code)).length
  return { provinces, share: provinces / 31 }
}

/** AGG-03: of what was expected, what is not missing; batches without both numbers are left out. */
export function completeness(batches: readonly Batch[]): number {
  let expectedAll = 0
  let missing = 0
  for (const { expected, received } of batches) {
    if (expected === null || received === null || expected === 0) continue
    expectedAll += expected
    missing += Math.max(0, expected - received)
  }
  return 1 - missing / expectedAll
}

/**
 * AGG-04: a source of a platform exists from the month of its first batch to its platform's last month; the share of
 * those months with a batch that holds records. A batch belongs to the month in which its window starts.
 */
export function matrixDensity(batches: readonly Batch[]): number {
  const bySource = groupBy(batches, ({ platform_id, source_id }) => JSON.stringify([platform_id, source_id]))
  const byPlatform = groupBy(batches, ({ platform_id }) => platform_id)
  let existing = 0
  let withData = 0
  for (const mine of bySource.values()) {
    const ours = byPlatform.get(mine[0]?.platform_id ?? '') ?? mine
    const last = Math.max(...ours.map(monthOf))
    existing += last - Math.min(...mine.map(monthOf)) + 1
    withData += new Set(mine.filter(({ records }) => (records ?? 0) > 0).map(monthOf)).size
  }
  return withData / existing
}

/** Months since the year 0, UTC. */
function monthOf({ window_start }: Batch): number {
  const start = new Date(window_start / 1000)
  return start.getUTCFullYear() * 12 + start.getUTCMonth()
}

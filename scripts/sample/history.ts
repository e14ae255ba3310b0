import type { Batch, Series } from './batches.ts'
import { begin, day, monthStart, toMillisecond } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { DeviceLife } from './devices.ts'
import type { PlatformProfile } from './platforms.ts'
import type { Random } from './random.ts'

type Snapshot = CanonicalRow<'device_snapshot'>

/** Months before the year that are told of: a quarter, to be compared with the same quarter a year later. */
export const monthsBefore = 3

/** What the sources that existed brought before the year: whole months of increments, without planted faults. */
export function makeBatchHistory(draw: Random, series: readonly Series[]): readonly Batch[] {
  const existing = series.filter(({ firstMonth }) => firstMonth === 0)
  return existing
    .flatMap(one => {
      const level = draw.between(0.7, 1.02)
      return Array.from({ length: monthsBefore }, (_, i) => makeMonth(draw, one, i - monthsBefore, level))
    })
    .map((row, i) => ({ batch_id: `H${i + 1}`, ...row }))
}

function makeMonth(draw: Random, series: Series, month: number, level: number): Omit<Batch, 'batch_id'> {
  const [start, end] = [monthStart(month), monthStart(month + 1)]
  const expected = Math.max(20, Math.round((series.rate * level * (end - start)) / (30 * day)))
  const received = Math.ceil(expected * draw.between(0.97, 1))
  return {
    platform_id: series.platform_id,
    source_id: series.source_id,
    window_start: start,
    window_end: end,
    records: received,
    bytes: Math.round(received * series.recordSize),
    expected: series.saysExpected ? expected : null,
    received,
    dup_exact: Math.floor(received * draw.uniform() ** 6 * 0.02),
    dup_conflict: Math.floor(received * draw.uniform() ** 8 * 0.004),
    late: Math.floor(received * draw.uniform() ** 5 * 0.05),
    counter_kind: 'delta',
  }
}

/** The snapshot that some platforms took a year before: what was registered then and not yet gone. */
export function makeSnapshotHistory(
  draw: Random,
  fleets: readonly { readonly platform: PlatformProfile; readonly devices: readonly DeviceLife[] }[],
  latest: readonly Snapshot[],
): readonly Snapshot[] {
  const lastSeen = new Map(latest.map(one => [key(one), one.last_seen]))
  return fleets.flatMap(({ platform, devices }) => {
    if (platform.snapshot !== 'session' || !draw.chance(0.09)) return []
    return devices
      .filter(({ row }) => (row.created_at ?? begin) < begin && (row.retired_at ?? begin) >= begin)
      .map(life => snapshotBefore(draw, life, lastSeen.get(key(life.row)) ?? null))
  })
}

/** A device that fell silent before the year was last seen then, too. */
function snapshotBefore(draw: Random, life: DeviceLife, latest: number | null): Snapshot {
  const { platform_id, device_id } = life.row
  const recent = toMillisecond(begin - draw.uniform() ** 3 * Math.min(40 * day, begin - life.start))
  const place = { platform_id, device_id, as_of: begin, state_kind: 'session' } as const
  const isUnknown = draw.chance(0.025)
  if (life.start >= begin || life.fate === 'never') return { ...place, state: 'never', last_seen: null }
  const last_seen = life.fate === 'silent' ? latest : recent
  const isOnline = last_seen !== null && last_seen > begin - 2 * day
  return { ...place, state: isUnknown ? 'unknown' : isOnline ? 'online' : 'offline', last_seen }
}

function key({ platform_id, device_id }: Pick<Snapshot, 'platform_id' | 'device_id'>): string {
  return `${platform_id} ${device_id}`
}

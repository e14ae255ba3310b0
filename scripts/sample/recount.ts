import { asOf, begin, day, hour, minute } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { groupBy } from './group-by.ts'
import type { PlantedCounts } from './planted.ts'
import { recountTelemetry } from './recount-telemetry.ts'

type ConnectionEvent = CanonicalRow<'conn_event'>
type Batch = CanonicalRow<'ingest_batch'>

/** The files of a sample that carry planted faults. */
export interface FaultyRows {
  readonly conn_event: readonly ConnectionEvent[]
  readonly conn_event_incident: readonly ConnectionEvent[]
  readonly ingest_batch: readonly Batch[]
  readonly telemetry: readonly CanonicalRow<'telemetry'>[]
  readonly usage: readonly CanonicalRow<'usage'>[]
  readonly platform_link: readonly CanonicalRow<'platform_link'>[]
}

/** Counts the planted faults from the rows alone, knowing nothing of how they were made. */
export function recount(rows: FaultyRows): PlantedCounts {
  return {
    ...recountEvents(rows.conn_event),
    ...recountBatches(rows.ingest_batch),
    flapping_devices: byDevice(rows.conn_event_incident).filter(flaps).length,
    ...recountTelemetry(rows.telemetry),
    usage_totals_beside: totalsBeside(rows.usage),
    mirrored_links: mirrored(rows.platform_link),
  }
}

/** Six connects and disconnects, the first and the last of which are no more than ten minutes apart. */
function flaps(events: readonly ConnectionEvent[]): boolean {
  const times = events
    .filter(({ kind }) => kind !== 'activity')
    .map(({ ts_event }) => ts_event)
    .sort((a, b) => a - b)
  return times.some((time, i) => (times[i + 5] ?? Number.POSITIVE_INFINITY) - time <= 10 * minute)
}

function totalsBeside(usage: FaultyRows['usage']): number {
  const byMonth = groupBy(usage, one => `${one.subject_kind} ${one.subject_id} ${one.month}`)
  return [...byMonth.values()].filter(
    rows => rows.some(({ org_id }) => org_id === '*') && rows.some(({ org_id }) => org_id !== '*'),
  ).length
}

function mirrored(links: FaultyRows['platform_link']): number {
  const told = new Set(links.map(({ from, to, kind }) => `${from} ${to} ${kind}`))
  return links.filter(({ from, to, kind }) => from < to && told.has(`${to} ${from} ${kind}`)).length
}

const endOf32Bit = 2_147_483_647_000_000

function recountEvents(events: readonly ConnectionEvent[]) {
  const distinct = [...new Map(events.map(event => [JSON.stringify(event), event])).values()]
  const timely = distinct.filter(({ ts_event }) => ts_event !== 0 && ts_event !== endOf32Bit)
  const delays = timely.map(({ ts_event, ts_ingest }) => (ts_ingest ?? ts_event) - ts_event)
  return {
    duplicate_events: events.length - distinct.length,
    late_events: delays.filter(delay => delay > hour).length,
    out_of_order_events: byDevice(events.filter(({ ts_event }) => ts_event !== 0 && ts_event !== endOf32Bit))
      .flatMap(neighbours)
      .filter(([before, after]) => after.ts_event < before.ts_event).length,
    events_ahead_of_ingest: delays.filter(delay => delay < -minute).length,
    events_in_2038: distinct.filter(({ ts_event }) => ts_event === endOf32Bit).length,
    events_in_1970: distinct.filter(({ ts_event }) => ts_event === 0).length,
    missing_disconnects: byDevice(timely)
      .map(mine => mine.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0)))
      .flatMap(neighbours)
      .filter(([before, after]) => after.kind === 'connect' && before.kind !== 'disconnect').length,
  }
}

function recountBatches(rows: readonly Batch[]) {
  const batches = [...new Map(rows.map(row => [row.batch_id, row])).values()]
  const series = [...groupBy(batches, ({ platform_id, source_id }) => `${platform_id} ${source_id}`).values()]
  const platforms = [...groupBy(batches, ({ platform_id }) => platform_id).values()]
  const steps = series.flatMap(neighbours)
  const measured = batches.filter(({ expected, received }) => expected !== null && received !== null)
  const ratios = measured.map(({ expected, received }) => (received ?? 0) / (expected ?? 1))
  return {
    duplicate_batches: rows.length - batches.length,
    counter_resets: steps.filter(
      ([before, after]) => isCumulative(after) && (after.records ?? 0) < (before.records ?? 0),
    ).length,
    empty_batches: batches.filter(({ records }) => records === 0).length,
    missing_batches: steps.reduce((sum, [before, after]) => sum + windowsBetween(before, after), 0),
    short_batches: ratios.filter(ratio => ratio > 0 && ratio < 0.97).length,
    burst_batches: ratios.filter(ratio => ratio > 1).length,
    late_sources: series.filter(mine => mine.every(({ window_start }) => window_start > begin)).length,
    early_ending_platforms: platforms.filter(mine => mine.every(({ window_end }) => window_end < asOf))
      .length,
  }
}

function isCumulative({ counter_kind }: Batch): boolean {
  return counter_kind === 'cumulative'
}

/** Whole windows of the first batch's length (a week, else a month) that fit between two batches. */
function windowsBetween(before: Batch, after: Batch): number {
  const gap = after.window_start - before.window_end
  const isWeekly = before.window_end - before.window_start === 7 * day
  return Math.round(gap / (isWeekly ? 7 * day : 30.4 * day))
}

function byDevice(events: readonly ConnectionEvent[]): readonly (readonly ConnectionEvent[])[] {
  return [...groupBy(events, ({ platform_id, device_id }) => `${platform_id} ${device_id}`).values()]
}

function neighbours<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.slice(1).map((item, i) => [items[i] ?? item, item])
}

import { hour, minute } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { groupBy } from './group-by.ts'
import type { PlantedCounts } from './planted.ts'

type Reading = CanonicalRow<'telemetry'>
type TelemetryFaults = Pick<PlantedCounts, Extract<keyof PlantedCounts, `telemetry_${string}`>>

/** The planted faults of telemetry, from its rows alone; a device's readings are put in order by its own clock. */
export function recountTelemetry(rows: readonly Reading[]): TelemetryFaults {
  const keys = [...groupBy(rows, keyOf).values()]
  const valuesOf = (mine: readonly Reading[]) =>
    new Set(mine.map(one => one.value_num ?? one.value_text)).size
  const delays = rows.map(({ ts_event, ts_ingest }) => (ts_ingest ?? ts_event) - ts_event)
  const runs = runsOf(rows)
  return {
    telemetry_duplicates: rows.length - keys.reduce((sum, mine) => sum + valuesOf(mine), 0),
    telemetry_conflicts: keys.filter(mine => valuesOf(mine) > 1).length,
    telemetry_late: delays.filter(delay => delay > hour).length,
    telemetry_ahead: delays.filter(delay => delay < -minute).length,
    telemetry_lost_messages: runs.reduce((sum, run) => sum + lostIn(run), 0),
    telemetry_seq_resets: runs.filter(({ begins }) => begins === 'reset').length,
    telemetry_seq_wraps: runs.filter(({ begins }) => begins === 'wrap').length,
    telemetry_counter_resets: countDrops(rows.filter(({ metric }) => metric === 'energy')),
  }
}

function keyOf({ platform_id, device_id, metric, ts_event }: Reading): string {
  return JSON.stringify([platform_id, device_id, metric, ts_event])
}

interface Run {
  readonly begins: 'device' | 'reset' | 'wrap'
  readonly seqs: readonly number[]
}

/** The distinct sequence numbers of each device in order of time, parted where they fall. */
function runsOf(rows: readonly Reading[]): readonly Run[] {
  return byDevice(rows).flatMap(mine => {
    const seqs = [...new Map(mine.map(one => [one.ts_event, one.seq ?? 0])).values()]
    const falls = seqs.flatMap((seq, i) => (i > 0 && seq < (seqs[i - 1] ?? 0) ? [i] : []))
    return [0, ...falls].map((start, i): Run => {
      const begins = start === 0 ? 'device' : seqs[start - 1] === 65_535 ? 'wrap' : 'reset'
      return { begins, seqs: seqs.slice(start, falls[i]) }
    })
  })
}

function lostIn({ seqs }: Run): number {
  return (seqs.at(-1) ?? 0) - (seqs[0] ?? 0) + 1 - seqs.length
}

function countDrops(counter: readonly Reading[]): number {
  return byDevice(counter).flatMap(mine =>
    mine.filter((one, i) => (one.value_num ?? 0) < (mine[i - 1]?.value_num ?? 0)),
  ).length
}

function byDevice(rows: readonly Reading[]): readonly (readonly Reading[])[] {
  return [...groupBy(rows, ({ platform_id, device_id }) => `${platform_id} ${device_id}`).values()].map(
    mine => mine.toSorted((a, b) => a.ts_event - b.ts_event),
  )
}

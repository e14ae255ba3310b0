import { asOf, day, hour, minute, second, toMillisecond } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Plant } from './planted.ts'
import { at, type Random } from './random.ts'

export type Reading = CanonicalRow<'telemetry'>
type Snapshot = CanonicalRow<'device_snapshot'>

/** A device that sends telemetry up to the time at which it was last heard of. */
export interface Reporter extends Pick<Reading, 'platform_id' | 'device_id'> {
  readonly until: number
  readonly interval: number
  /** Device clock less true time at the first message, and what it gains in each microsecond. */
  readonly offset: number
  readonly drift: number
  /** Its clock is more than a minute fast in every message. */
  readonly isFast: boolean
  /** Its 16-bit sequence number passes 65,535 half way. */
  readonly wraps: boolean
  readonly metrics: readonly string[]
}

/** A message carries one row for each metric; all of them have its times and its sequence number. */
interface Message {
  readonly time: number
  readonly seq: number
  /** The first or last message of a run of sequence numbers, whose loss nothing would tell. */
  readonly isEdge: boolean
  readonly values: readonly (number | string)[]
}

/** More would not fit the 16-bit index of the dictionary of device ids. */
const mostReporters = 20_000

export const telemetryUnits: Readonly<Record<string, string | null>> = {
  temperature: '℃',
  vibration: 'mm/s',
  energy: 'kWh',
  status: null,
}
export const telemetryQualities = ['GOOD', 'UNCERTAIN', 'BAD'] as const
const statuses = ['running', 'idle', 'alarm'] as const

/** Devices that were online at the end, spread evenly over what is given; every twentieth has a fast clock, one a wrap. */
export function chooseReporters(
  draw: Random,
  snapshots: readonly Snapshot[],
  wanted: number,
): readonly Reporter[] {
  const online = snapshots.filter(
    ({ state, last_seen }) => state === 'online' && (last_seen ?? 0) > asOf - 12 * hour,
  )
  const count = Math.min(wanted, mostReporters, online.length)
  return Array.from({ length: count }, (_, i) => {
    const { platform_id, device_id, last_seen } = at(online, Math.floor((i * online.length) / count))
    const isFast = i % 20 === 7
    return {
      platform_id,
      device_id,
      until: last_seen ?? asOf,
      interval: draw.pick([30, 60, 60, 120]) * minute,
      offset: toMillisecond(draw.between(...offsetRange(draw, isFast))),
      drift: draw.between(-2e-5, 2e-5),
      isFast,
      wraps: i % 20 === 3,
      metrics: ['temperature', draw.chance(0.3) ? 'status' : 'vibration', 'energy'],
    }
  })
}

function offsetRange(draw: Random, isFast: boolean): [from: number, to: number] {
  if (isFast) return [100 * second, 200 * second]
  return draw.chance(0.8) ? [-4 * second, 4 * second] : [-30 * second, 30 * second]
}

/** The rows of one device in order of arrival, from so many messages; faults are planted in some of them. */
export function readingsOf(
  draw: Random,
  reporter: Reporter,
  messages: number,
  plant: Plant,
): readonly Reading[] {
  const sent = sendMessages(draw, reporter, messages, plant)
  return sent
    .flatMap(message => exportMessage(draw, reporter, message, at(sent, 0).time, plant))
    .sort((a, b) => (a.ts_ingest ?? 0) - (b.ts_ingest ?? 0))
}

function sendMessages(draw: Random, reporter: Reporter, count: number, plant: Plant): readonly Message[] {
  const interval = Math.min(reporter.interval, (14 * day) / count)
  const starts = drawStarts(draw, reporter, count, plant)
  const meters = openMeters(draw, reporter.metrics, plant)
  let seq = reporter.wraps ? 65_536 - Math.floor(count / 2) : draw.integer(0, 30_000)
  return Array.from({ length: count }, (_, i) => {
    seq = i === 0 ? seq : starts.has(i) ? 0 : seq + 1
    const jitter = draw.between(-0.02, 0.02) * interval
    return {
      time: toMillisecond(reporter.until - (count - 1 - i) * interval - Math.abs(jitter)),
      seq,
      isEdge: i === 0 || i === count - 1 || starts.has(i) || starts.has(i + 1),
      values: meters(starts.get(i) === 'restart'),
    }
  })
}

/** The messages at which sequence numbers begin anew: the device restarted, or its counter wrapped. */
function drawStarts(
  draw: Random,
  { wraps }: Reporter,
  count: number,
  plant: Plant,
): ReadonlyMap<number, 'restart' | 'wrap'> {
  const starts = new Map<number, 'restart' | 'wrap'>()
  if (wraps && count > 4) {
    starts.set(Math.floor(count / 2), 'wrap')
    plant.add('telemetry_seq_wraps')
    return starts
  }
  for (let i = 3; i < count - 3; i++) {
    if (starts.has(i - 1) || starts.has(i - 2) || !draw.chance(0.012)) continue
    starts.set(i, 'restart')
    plant.add('telemetry_seq_resets')
  }
  return starts
}

/** What the metrics measure, message after message; the energy counter falls back to zero at some restarts. */
function openMeters(
  draw: Random,
  metrics: readonly string[],
  plant: Plant,
): (restarted: boolean) => readonly (number | string)[] {
  let temperature = draw.between(25, 70)
  let energy = draw.between(500, 90_000)
  return restarted => {
    temperature += draw.between(-0.8, 0.8)
    const isReset = energy > 10 && draw.chance(restarted ? 0.5 : 0.002)
    if (isReset) plant.add('telemetry_counter_resets')
    energy = isReset ? draw.between(0, 0.4) : energy + draw.between(0.5, 3)
    const second =
      metrics[1] === 'status' ? draw.pick(statuses) : hundredths(Math.min(draw.lognormal(2, 0.4), 12))
    return [hundredths(temperature), second, hundredths(energy)]
  }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100
}

/** The message as exported: in time, late, twice, with a conflicting value, or not at all. */
function exportMessage(
  draw: Random,
  reporter: Reporter,
  message: Message,
  first: number,
  plant: Plant,
): readonly Reading[] {
  const point = draw.uniform()
  const delay = Math.min(draw.lognormal(0.6, 0.9), 6) * second
  const late = draw.between(65 * minute, 8 * hour)
  if (point < 0.015 && !message.isEdge) {
    plant.add('telemetry_lost_messages')
    return []
  }
  const isLate = point >= 0.015 && point < 0.03 && message.time + late < asOf
  const rows = rowsOf(draw, reporter, message, first, message.time + (isLate ? late : delay))
  plant.add('telemetry_late', isLate ? rows.length : 0)
  const extra = isLate ? [] : repeat(draw, rows, point, plant)
  plant.add('telemetry_ahead', reporter.isFast && !isLate ? rows.length + extra.length : 0)
  return [...rows, ...extra]
}

function rowsOf(
  draw: Random,
  { platform_id, device_id, offset, drift, metrics }: Reporter,
  { time, seq, values }: Message,
  first: number,
  arrival: number,
): readonly Reading[] {
  const ts_event = toMillisecond(time + offset + drift * (time - first))
  return metrics.map((metric, i) => {
    const value = at(values, i)
    return {
      platform_id,
      device_id,
      metric,
      ts_event,
      ts_ingest: toMillisecond(arrival),
      value_num: typeof value === 'number' ? value : null,
      value_text: typeof value === 'string' ? value : null,
      quality: draw.weighted([
        ['GOOD', 96],
        ['UNCERTAIN', 3],
        ['BAD', 1],
      ]),
      unit: telemetryUnits[metric] ?? null,
      seq,
    }
  })
}

/** The whole message sent again, or one of its values told otherwise; the energy counter never conflicts. */
function repeat(draw: Random, rows: readonly Reading[], point: number, plant: Plant): readonly Reading[] {
  const again = draw.integer(2, 8) * second
  const arriveLater = (row: Reading) => ({ ...row, ts_ingest: (row.ts_ingest ?? row.ts_event) + again })
  if (point >= 0.03 && point < 0.045) {
    plant.add('telemetry_duplicates', rows.length)
    return rows.map(arriveLater)
  }
  if (point < 0.045 || point >= 0.055) return []
  plant.add('telemetry_conflicts')
  const row = arriveLater(at(rows, draw.integer(0, 1)))
  if (row.value_text !== null) return [{ ...row, value_text: row.value_text === 'idle' ? 'running' : 'idle' }]
  return [{ ...row, value_num: hundredths((row.value_num ?? 0) + draw.between(0.5, 5)) }]
}

import { asOf, begin, day, monthStart, months } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Plant } from './planted.ts'
import type { PlatformProfile } from './platforms.ts'
import { at, type Random } from './random.ts'
import { sourceKinds } from './vocabulary.ts'

export type Batch = CanonicalRow<'ingest_batch'>

/** One source as one platform collects it. */
export interface Series {
  readonly platform_id: string
  readonly source_id: string
  readonly cadence: 'month' | 'week'
  readonly counter_kind: Batch['counter_kind']
  /** Records expected in a month of thirty days; null where the platform does not say. */
  readonly rate: number
  readonly saysExpected: boolean
  readonly recordSize: number
  /** First and last month with a window, 0 = July 2025. */
  readonly firstMonth: number
  readonly lastMonth: number
}

interface Window {
  readonly start: number
  readonly end: number
}

/** Six in ten platforms have one to four sources of their own; 24 more sources are collected by several platforms each. */
export function makeSeries(
  draw: Random,
  platforms: readonly PlatformProfile[],
  plant: Plant,
): readonly Series[] {
  const collecting = platforms.filter(() => draw.chance(0.6)).map(({ row }) => row.platform_id)
  const lastMonths = new Map(collecting.map(id => [id, drawLastMonth(draw, plant)]))
  const own = collecting.flatMap(id =>
    chooseKinds(draw).map(kind => ({ platform_id: id, source_id: `${id}-${kind}` })),
  )
  const shared = sharedSources().flatMap(source_id =>
    chooseSome(draw, collecting, draw.integer(4, 14)).map(platform_id => ({ platform_id, source_id })),
  )
  const byPlatform = [...own, ...shared].sort(
    (a, b) => Number(a.platform_id > b.platform_id) - Number(a.platform_id < b.platform_id),
  )
  return byPlatform.map(pair => drawSeries(draw, pair, lastMonths.get(pair.platform_id) ?? months - 1, plant))
}

/** The batches of all series in order of platform, source and time, a few of them twice. */
export function makeBatches(draw: Random, series: readonly Series[], plant: Plant): readonly Batch[] {
  const rows: Batch[] = []
  for (const one of series) {
    const windows = dropSome(draw, windowsOf(one), plant)
    const ids = windows.map((_, i) => `B${String(rows.length + i + 1).padStart(6, '0')}`)
    rows.push(...fillWindows(draw, one, windows, ids, plant))
  }
  return repeatSome(draw, rows, plant)
}

function chooseKinds(draw: Random): readonly string[] {
  return chooseSome(
    draw,
    sourceKinds,
    draw.weighted([
      [1, 30],
      [2, 35],
      [3, 22],
      [4, 13],
    ]),
  )
}

function sharedSources(): readonly string[] {
  return sourceKinds.flatMap(kind => ['01', '02', '03'].map(number => `SRC-${kind}-${number}`))
}

function chooseSome<T>(draw: Random, from: readonly T[], count: number): readonly T[] {
  const left = [...from]
  return Array.from({ length: count }, () => at(left.splice(draw.integer(0, left.length - 1), 1), 0))
}

function drawLastMonth(draw: Random, plant: Plant): number {
  if (!draw.chance(0.06)) return months - 1
  plant.add('early_ending_platforms')
  return draw.integer(5, 9)
}

function drawSeries(
  draw: Random,
  pair: Pick<Series, 'platform_id' | 'source_id'>,
  lastMonth: number,
  plant: Plant,
): Series {
  const isLate = draw.chance(0.15)
  if (isLate) plant.add('late_sources')
  return {
    ...pair,
    cadence: draw.chance(0.12) ? 'week' : 'month',
    counter_kind: draw.weighted([
      ['delta', 70],
      ['cumulative', 26],
      [null, 4],
    ]),
    rate: Math.round(draw.lognormal(400_000, 1.2)),
    saysExpected: draw.chance(0.94),
    recordSize: draw.between(60, 900),
    firstMonth: isLate ? draw.integer(1, lastMonth - 1) : 0,
    lastMonth,
  }
}

/** Whole months or weeks of the series, the last one cut at `asOf`. */
function windowsOf({ cadence, firstMonth, lastMonth }: Series): readonly Window[] {
  const from = monthStart(firstMonth)
  const until = Math.min(monthStart(lastMonth + 1), asOf)
  if (cadence === 'month') {
    return Array.from({ length: lastMonth - firstMonth + 1 }, (_, i) => ({
      start: monthStart(firstMonth + i),
      end: Math.min(monthStart(firstMonth + i + 1), until),
    }))
  }
  const first = Math.ceil((from - begin) / (7 * day))
  const last = Math.floor((until - begin) / (7 * day))
  return Array.from({ length: last - first }, (_, i) => ({
    start: begin + (first + i) * 7 * day,
    end: begin + (first + i + 1) * 7 * day,
  }))
}

/** Never the first or the last: a missing window is one between others. */
function dropSome(draw: Random, windows: readonly Window[], plant: Plant): readonly Window[] {
  return windows.filter((_, i) => {
    if (i === 0 || i === windows.length - 1 || !draw.chance(0.025)) return true
    plant.add('missing_batches')
    return false
  })
}

/** Counters are cumulative or not; expected, received, duplicates and late ones are always of the window alone. */
function fillWindows(
  draw: Random,
  series: Series,
  windows: readonly Window[],
  ids: readonly string[],
  plant: Plant,
): readonly Batch[] {
  let counter = 0
  return windows.map(({ start, end }, i) => {
    const expected = Math.max(20, Math.round((series.rate * (end - start)) / (30 * day)))
    const received = drawReceived(draw, series, expected, plant)
    counter = series.counter_kind === 'cumulative' ? advance(draw, counter, received, plant) : received
    return {
      batch_id: at(ids, i),
      platform_id: series.platform_id,
      source_id: series.source_id,
      window_start: start,
      window_end: end,
      records: counter,
      bytes: Math.round(counter * series.recordSize),
      expected: series.saysExpected ? expected : null,
      received,
      dup_exact: Math.floor(received * draw.uniform() ** 6 * 0.02),
      dup_conflict: Math.floor(received * draw.uniform() ** 8 * 0.004),
      late: Math.floor(received * draw.uniform() ** 5 * 0.05),
      counter_kind: series.counter_kind,
    }
  })
}

/** A window that brings records adds them to the counter, or finds it set back to zero. */
function advance(draw: Random, counter: number, received: number, plant: Plant): number {
  if (counter <= received || !draw.chance(0.03)) return counter + received
  plant.add('counter_resets')
  return received
}

function drawReceived(draw: Random, series: Series, expected: number, plant: Plant): number {
  const point = draw.uniform()
  if (point < 0.015 && series.counter_kind !== 'cumulative') {
    plant.add('empty_batches')
    return 0
  }
  if (point < 0.1) return shorten(draw, series, expected, plant)
  if (point > 0.975) {
    if (series.saysExpected) plant.add('burst_batches')
    return Math.ceil(expected * draw.between(1.05, 1.6))
  }
  return Math.ceil(expected * draw.between(0.98, 1))
}

function shorten(draw: Random, series: Series, expected: number, plant: Plant): number {
  if (series.saysExpected) plant.add('short_batches')
  return Math.max(1, Math.floor(expected * draw.between(0.5, 0.96)))
}

function repeatSome(draw: Random, rows: readonly Batch[], plant: Plant): readonly Batch[] {
  return rows.flatMap(row => {
    if (!draw.chance(0.0015)) return [row]
    plant.add('duplicate_batches')
    return [row, row]
  })
}

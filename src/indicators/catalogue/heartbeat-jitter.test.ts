import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import heartbeatJitter from './heartbeat-jitter.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const time = (second: number) => new Date(Date.UTC(2026, 5, 1) + second * 1000).toISOString()
const beat = (device_id: string, second: number, more: Cells = {}): Cells => ({
  ...{ platform_id: 'A', device_id, metric: 'm', ts_event: time(second) },
  ...more,
})
/** Heartbeats with these intervals between them (s). */
function beats(device_id: string, intervals: readonly number[], from = 0): readonly Cells[] {
  const times = [
    from,
    ...intervals.map((_, i) => intervals.slice(0, i + 1).reduce((sum, apart) => sum + apart, from)),
  ]
  return times.map(second => beat(device_id, second))
}
const event = (device_id: string, second: number, kind: string): Cells => ({
  ...{ platform_id: 'A', device_id, ts_event: time(second), kind },
})
const even = Array.from({ length: 10 }, () => 60)
/** Sorted 50 55 60 60 60 60 65 70 80 100: median 60; deviations 0 0 0 0 5 5 10 10 20 40: median 5. */
const uneven = [60, 55, 100, 60, 70, 60, 50, 65, 60, 80]
/** Median 100, deviations ten times 0 or 20: five and five, their median 10. */
const shaky = [100, 120, 100, 80, 100, 120, 100, 80, 100, 120]

test('is the median over devices of 1.4826 · MAD / median: of 0, 1.4826 · 5/60 and 1.4826 · 10/100', async () => {
  const fixture: Fixture = {
    telemetry: [
      ...beats('1', even),
      ...beats('2', uneven),
      ...beats('2', uneven).map(row => ({ ...row, metric: 'n' })),
      ...beats('3', shaky),
      ...beats('4', [10, 20, 30]),
    ],
  }
  const { headline, rows } = await trials.run(heartbeatJitter, fixture)
  expect(headline.value).toBeCloseTo((1.4826 * 5) / 60, 14)
  expect(headline.basis).toMatchObject({ n: 3, share: 3 / 4 })
  expect(besides(headline)).toEqual({ 'Devices judged': 3, 'Devices with heartbeats': 4, Intervals: 33 })
  expect(headline.interval).toBeUndefined()
  expect(rows).toMatchObject([
    { group: 'A', judged_devices: 3, median_interval_s: 60, table_name: 'telemetry' },
  ])
  const devices = await trials.detail(heartbeatJitter, 'devices', await trials.load(fixture))
  expect(devices.map(row => [row.device_id, row.intervals])).toEqual([
    ['3', 10],
    ['2', 10],
    ['1', 10],
  ])
  expect(devices[0]?.jitter).toBeCloseTo(0.14826, 14)
})

test('leaves out intervals across a connect or a disconnect', async () => {
  // Ten intervals of 60 s, then two hours away, then ten more: the two hours are no interval.
  const telemetry = [...beats('1', even), ...beats('1', even, 8000)]
  const conn_event = [event('1', 0, 'connect'), event('1', 600, 'disconnect'), event('1', 8000, 'connect')]
  const apart = await trials.run(heartbeatJitter, { telemetry, conn_event })
  expect(besides(apart.headline).Intervals).toBe(20)
  const together = await trials.run(heartbeatJitter, { telemetry })
  expect(besides(together.headline).Intervals).toBe(21)
})

test('takes activity where there is no telemetry, and the ingest time when asked to', async () => {
  const activity = beats('1', uneven).map(({ metric: _, ...row }) => ({
    ...row,
    kind: 'activity',
    ts_ingest: row.ts_event ?? null,
    ts_event: time(Math.floor((Date.parse(String(row.ts_event)) - Date.UTC(2026, 5, 1)) / 1000 / 2)),
  }))
  // Event times here are halves rounded down, so that their intervals differ from those of the ingest times.
  const { headline } = await trials.run(
    heartbeatJitter,
    { conn_event: activity },
    { inputs: { clock: 'ts_ingest' } },
  )
  expect(headline.value).toBeCloseTo((1.4826 * 5) / 60, 14)
  const own = await trials.run(heartbeatJitter, { conn_event: activity })
  expect(own.headline.value).not.toBeCloseTo((1.4826 * 5) / 60, 3)
})

test('groups by product, and holds the median between order statistics of six devices', async () => {
  const fleet = Array.from({ length: 6 }, (_, i) => `${i}`)
  const fixture = {
    device: fleet.map(device_id => ({
      platform_id: 'A',
      device_id,
      product: Number(device_id) < 2 ? 'p' : 'q',
    })),
    // MAD of ten intervals alternating 100 and 100 + 2i is i, their median 100 + i.
    telemetry: fleet.flatMap(id =>
      beats(
        id,
        shaky.map((_, j) => 100 + (j % 2) * 2 * Number(id)),
      ),
    ),
  }
  const { headline, rows } = await trials.run(heartbeatJitter, fixture, { inputs: { by: 'product' } })
  expect(rows.map(row => [row.group, row.judged_devices])).toEqual([
    ['q', 4],
    ['p', 2],
  ])
  expect(headline.interval).toMatchObject({ low: 0 })
  expect(headline.interval?.high).toBeCloseTo((1.4826 * 5) / 105, 14)
  expect(headline.value).toBeCloseTo((1.4826 * (2 / 102 + 3 / 103)) / 2, 14)
})

test('names what is missing', async () => {
  const missing = async (fixture: Fixture, inputs = {}) =>
    (await trials.run(heartbeatJitter, fixture, { inputs })).headline.missing
  expect(await missing({})).toEqual(['telemetry', 'conn_event'])
  expect(await missing({ telemetry: beats('1', [60, 60]) }, { table: 'telemetry' })).toEqual(['telemetry'])
  const undated = { telemetry: beats('1', even) }
  expect(await missing(undated, { table: 'telemetry', clock: 'ts_ingest' })).toEqual(['telemetry.ts_ingest'])
})

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2
}

const fleets = fc.array(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 16 }), {
  minLength: 1,
  maxLength: 5,
})

test('equals plain TypeScript; scaling all intervals or the order of rows changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fleets, async drawn => {
      const jitters = drawn
        .filter(({ length }) => length >= 5)
        .map(intervals => {
          const middle = median(intervals)
          return (1.4826 * median(intervals.map(each => Math.abs(each - middle)))) / middle
        })
      const telemetry = drawn.flatMap((intervals, d) => beats(String(d), intervals))
      const value = (await trials.run(heartbeatJitter, { telemetry }, { inputs: { least: 5 } })).headline
        .value
      if (jitters.length === 0) expect(value).toBeNull()
      else expect(value).toBeCloseTo(median(jitters), 12)
      const slower = drawn.flatMap((intervals, d) =>
        beats(
          String(d),
          intervals.map(each => each * 60),
        ),
      )
      const turned = { telemetry: slower.toReversed() }
      const again = (await trials.run(heartbeatJitter, turned, { inputs: { least: 5 } })).headline.value
      expect(again ?? -1).toBeCloseTo(value ?? -1, 12)
    }),
    { numRuns: 8 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quantile } from '../../statistics/statistics.ts'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import ingestLatency from './ingest-latency.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'
const start = Date.UTC(2026, 5, 1)
const time = (second: number) => new Date(start + second * 1000).toISOString()
/** A record sent at a second; it says when by a clock that is `skew` seconds ahead, and arrives `delay` seconds later. */
const record = (device_id: string, second: number, delay: number, skew = 0, more: Cells = {}): Cells => ({
  ...{ platform_id: 'A', device_id, metric: 'm' },
  ...{ ts_event: time(second + skew), ts_ingest: time(second + delay) },
  ...more,
})
const run = (fixture: Fixture, inputs = {}) => trials.run(ingestLatency, fixture, { asOf, inputs })

/**
 * Device 1 is an hour ahead, device 2 half a minute behind. Above the least delay of each (1 s, 2 s): 0 1 2 3 4 and
 * 0 10 20 30 40. Sorted: 0 0 1 2 3 4 10 20 30 40: P50 = 3.5; P95: h = 9.55, 30 + 0.55 · 10; P99: h = 9.91, 39.1.
 */
const byHand: Fixture = {
  telemetry: [0, 1, 2, 3, 4].flatMap(i => [
    record('1', i * 60, 1 + i, 3600),
    record('2', i * 60, 2 + 10 * i, -30),
  ]),
}

test('takes quantiles above the least difference of each device: P95 = 35.5 s', async () => {
  const { headline, rows } = await run(byHand)
  expect(headline.value).toBeCloseTo(35.5, 12)
  expect(besides(headline)['P50 (s)']).toBeCloseTo(3.5, 12)
  expect(besides(headline)['P99 (s)']).toBeCloseTo(39.1, 12)
  expect(headline.basis).toMatchObject({ n: 10, share: 1 })
  expect(headline.interval).toBeUndefined()
  expect(rows).toMatchObject([{ platform_id: 'A', devices: 2, records: 10, latency_p50: 3.5 }])
  expect((await run(byHand, { quantile: 'p50' })).headline.value).toBeCloseTo(3.5, 12)
})

test('corrects nothing when asked to: device 1 seems to send from the future', async () => {
  // 1 … 5 less 3600, and 32, 42 … 72: the middle of ten lies between −3595 and 32.
  const { headline } = await run(byHand, { correct: 'none', quantile: 'p50' })
  expect(headline.value).toBeCloseTo((-3595 + 32) / 2, 9)
})

test('corrects day by day, so that a clock set once does no harm', async () => {
  const telemetry = [0, 1, 2].flatMap(i => [
    record('1', i * 60, 1 + i, 0),
    record('1', 86_400 + i * 60, 1 + i, 7200),
  ])
  expect((await run({ telemetry }, { quantile: 'p50' })).headline.value).toBeGreaterThan(3600)
  expect((await run({ telemetry }, { correct: 'day', quantile: 'p50' })).headline.value).toBeCloseTo(1, 12)
})

test('corrects a drift of 100 s a day to what was put in', async () => {
  // 160 records ten minutes apart; every tenth arrives at once, the others up to 9 s later. The clock loses 0.7 s in
  // 600 s, so that of each second that a record is under way 0.7/600 s count as drift: 4.5 s · (1 − 0.7/600).
  const telemetry = Array.from({ length: 160 }, (_, i) => record('1', i * 600, i % 10, -i * 0.7))
  const { headline } = await run({ telemetry }, { correct: 'drift', quantile: 'p50' })
  expect(headline.value).toBeCloseTo(4.5 * (1 - 0.7 / 600), 6)
  expect((await run({ telemetry }, { quantile: 'p50' })).headline.value).toBeGreaterThan(40)
})

test('leaves out impossible times, rows without an ingest time and devices with a single record', async () => {
  const telemetry = [
    ...(byHand.telemetry ?? []),
    record('1', 0, 0, 0, { ts_event: '2099-01-01T00:00:00Z' }),
    record('1', 0, 0, 0, { ts_event: '1999-01-01T00:00:00Z' }),
    record('1', 0, 0, 0, { ts_ingest: null }),
    record('3', 0, 500),
  ]
  const { headline } = await run({ telemetry })
  expect(headline.value).toBeCloseTo(35.5, 12)
  expect(headline.basis).toMatchObject({ n: 10, share: 10 / 14 })
  expect(besides(headline)).toMatchObject({
    'Records with both times': 13 / 14,
    'Records with an impossible time (left out)': 2,
  })
})

test('names what is missing', async () => {
  expect((await run({})).headline.missing).toEqual(['conn_event', 'telemetry'])
  const silent = { telemetry: [record('1', 0, 0, 0, { ts_ingest: null })] }
  expect((await run(silent, { records: 'telemetry' })).headline.missing).toEqual(['telemetry.ts_ingest'])
})

test('shows devices, the slowest first', async () => {
  const rows = await trials.detail(ingestLatency, 'devices', await trials.load(byHand), { asOf })
  expect(rows.map(row => [row.device_id, row.records, row.latency_p50, row.latency_max])).toEqual([
    ['2', 5, 20, 40],
    ['1', 5, 2, 4],
  ])
})

test('devices that are all alike give no interval; unlike ones give one that holds the value', async () => {
  const fleet = (delay: (d: number, i: number) => number) => ({
    telemetry: Array.from({ length: 12 }, (_, d) =>
      Array.from({ length: 10 }, (_, i) => record(String(d), i * 60, i === 0 ? 0 : delay(d, i))),
    ).flat(),
  })
  const alike = (
    await run(
      fleet((_, i) => i),
      { quantile: 'p50' },
    )
  ).headline
  expect(alike.interval).toBeUndefined()
  const unlike = (
    await run(
      fleet((d, i) => i * (d + 1)),
      { quantile: 'p50' },
    )
  ).headline
  expect(unlike.interval?.low ?? 1e9).toBeLessThan(unlike.value ?? 0)
  expect(unlike.interval?.high ?? 0).toBeGreaterThan(unlike.value ?? 1e9)
})

const fleets = fc.array(
  fc.record({
    skew: fc.integer({ min: -5000, max: 5000 }),
    delays: fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 2, maxLength: 15 }),
  }),
  { minLength: 1, maxLength: 5 },
)

test('equals type 7 in plain TypeScript, whatever the offsets of the clocks and the order of rows', async () => {
  await fc.assert(
    fc.asyncProperty(fleets, fc.constantFrom('p50', 'p95', 'p99'), async (drawn, p) => {
      const telemetry = drawn.flatMap(({ skew, delays }, d) =>
        delays.map((ms, i) => record(String(d), i, ms / 1000, skew)),
      )
      const expected = drawn.flatMap(({ delays }) => delays.map(ms => (ms - Math.min(...delays)) / 1000))
      const value = (await run({ telemetry: telemetry.toReversed() }, { quantile: p })).headline.value
      expect(value).toBeCloseTo(quantile(expected, Number(p.slice(1)) / 100) ?? -1, 9)
    }),
    { numRuns: 10 },
  )
})

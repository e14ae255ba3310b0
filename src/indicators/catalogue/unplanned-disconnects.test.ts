import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import unplannedDisconnects from './unplanned-disconnects.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const time = (minute: number) => new Date(Date.UTC(2026, 5, 1, 0, minute)).toISOString()
const off = (platform_id: string, device_id: string, minute: number, reason_class: string | null): Cells => ({
  ...{ platform_id, device_id, ts_event: time(minute), kind: 'disconnect', reason_class },
})

/**
 * A/1: lost, lost, planned; A/2: keepalive, retired, unknown; B/1: error, other; the first lost comes twice.
 * Unplanned 2 + 1 + 1 = 4 of 8 events, 7 of known reason. A connect is not among them.
 */
const byHand: Fixture = {
  conn_event: [
    off('A', '1', 0, 'lost'),
    off('A', '1', 0, 'lost'),
    off('A', '1', 5, 'lost'),
    off('A', '1', 9, 'planned'),
    off('A', '2', 0, 'keepalive'),
    off('A', '2', 1, 'retired'),
    off('A', '2', 2, null),
    off('B', '1', 0, 'error'),
    off('B', '1', 1, 'other'),
    { platform_id: 'A', device_id: '1', ts_event: time(7), kind: 'connect' },
  ],
}

test('counts lost, keepalive and error: 4 of 8 events, a repeated delivery once', async () => {
  const { headline, rows } = await trials.run(unplannedDisconnects, byHand)
  expect(headline.value).toBe(4 / 8)
  expect(headline.basis).toMatchObject({ n: 7, share: 7 / 8 })
  expect(besides(headline)).toEqual({
    'Unplanned disconnects': 4,
    Disconnects: 8,
    'Of unknown reason': 1 / 8,
    'Share among known reasons': 4 / 7,
    'Repeated deliveries (left out)': 1,
  })
  expect(rows.slice(0, 2).map(row => [row.platform_id, row.reason, row.disconnects, row.share])).toEqual([
    ['A', 'lost', 2, 2 / 6],
    ['A', 'keepalive', 1, 1 / 6],
  ])
  // Residuals k − n/2 of A/1, A/2, B/1: 0.5, −0.5, 0; standard error √(3/2 · 0.5) / 8.
  expect(rows[0]?.standard_error).toBeCloseTo(Math.sqrt(0.75) / 8, 14)
  // t(0.975, 2) = 4.30265272975; logit 0; half width t · se / 0.25.
  const half = (4.302652729749464 * Math.sqrt(0.75)) / 8 / 0.25
  expect(headline.interval?.low).toBeCloseTo(1 / (1 + Math.exp(half)), 11)
  expect(headline.interval?.high).toBeCloseTo(1 / (1 + Math.exp(-half)), 11)
})

test('a delivery that gives another reason is the same event, of the class first by the alphabet', async () => {
  // Lost comes before planned, other before retired and before no reason: 1 unplanned of 2.
  const { headline } = await trials.run(unplannedDisconnects, {
    conn_event: [
      off('A', '1', 0, 'planned'),
      off('A', '1', 0, 'lost'),
      off('A', '2', 0, null),
      off('A', '2', 0, 'retired'),
      off('A', '2', 0, 'other'),
    ],
  })
  expect(headline.value).toBe(1 / 2)
  expect(besides(headline)['Repeated deliveries (left out)']).toBe(3)
})

test('leaves unknown reasons out when asked to: 4 of 7', async () => {
  const { headline } = await trials.run(unplannedDisconnects, byHand, { inputs: { unknown: 'exclude' } })
  expect(headline.value).toBe(4 / 7)
})

test('is not computable, rather than zero, without a known reason or without disconnects', async () => {
  const unknown = { conn_event: [off('A', '1', 0, null), off('A', '1', 1, null)] }
  expect((await trials.run(unplannedDisconnects, unknown)).headline).toMatchObject({
    value: null,
    missing: ['conn_event.reason_class'],
  })
  const connects = { conn_event: [{ platform_id: 'A', device_id: '1', ts_event: time(7), kind: 'connect' }] }
  expect((await trials.run(unplannedDisconnects, connects)).headline).toMatchObject({
    value: null,
    missing: ['conn_event'],
  })
})

const classes = ['planned', 'keepalive', 'lost', 'error', 'duplicate_id', 'retired', 'other', null] as const
const events = fc.array(
  fc.tuple(fc.constantFrom('A', 'B'), fc.constantFrom('1', '2', '3'), fc.constantFrom(...classes)),
  { minLength: 1, maxLength: 30 },
)

test('equals a count in plain TypeScript, lies in [0, 1], ignores order and deliveries', async () => {
  await fc.assert(
    fc.asyncProperty(events, async drawn => {
      const rows = drawn.map(([platform, device, reason], i) => off(platform, device, i, reason))
      const { headline } = await trials.run(unplannedDisconnects, { conn_event: rows })
      const known = drawn.filter(([, , reason]) => reason !== null)
      const bad = drawn.filter(([, , reason]) => /^(keepalive|lost|error|duplicate_id)$/.test(reason ?? ''))
      expect(headline.value).toBe(known.length === 0 ? null : bad.length / drawn.length)
      const again = { conn_event: [...rows.toReversed(), ...rows.slice(0, 3)] }
      expect((await trials.run(unplannedDisconnects, again)).headline.value).toBe(headline.value)
      for (const end of [headline.interval?.low, headline.interval?.high]) {
        if (typeof end === 'number') expect(end > 0 && end < 1).toBe(true)
      }
    }),
    { numRuns: 10 },
  )
})

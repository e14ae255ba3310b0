import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import mttr from './connection-mttr.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

/** Hours after midnight of Monday, 1 June 2026. */
const time = (hour: number) => new Date(Date.UTC(2026, 5, 1) + hour * 3.6e6).toISOString()
const event = (device_id: string, hour: number, kind: string, reason_class: string | null = null): Cells => ({
  ...{ platform_id: 'P', device_id, ts_event: time(hour), kind, reason_class },
})

/**
 * The window of P is 0 to 40 h. a: out 10–20 (keepalive). b: out 25 to a time unknown before 35, then from 35 on (open for 5 h).
 * c: planned 4–6, out 9–10 (error), no reason from 11.
 */
const byHand: Fixture = {
  conn_event: [
    event('z', 0, 'activity'),
    event('a', 10, 'disconnect', 'keepalive'),
    event('a', 20, 'connect'),
    event('b', 10, 'connect'),
    event('b', 25, 'disconnect', 'lost'),
    event('b', 35, 'disconnect', 'lost'),
    event('c', 0, 'connect'),
    event('c', 4, 'disconnect', 'planned'),
    event('c', 6, 'connect'),
    event('c', 9, 'disconnect', 'error'),
    event('c', 10, 'connect'),
    event('c', 11, 'disconnect'),
    event('z', 40, 'activity'),
  ],
}

test('divides 11 h of completed outages by 2', async () => {
  const { headline } = await trials.run(mttr, byHand, { inputs: { keepalive: 1200 } })
  expect(headline.value).toBeCloseTo(5.5, 13)
  expect(headline.basis).toMatchObject({ n: 2, share: 0.5 })
  const beside = besides(headline)
  expect(beside['Open outages']).toBe(1)
  expect(beside['Outages whose end was not seen (left out)']).toBe(1)
  // S: 1 to 1 h, 2/3 to 10 h (5 h censored), then 0: 1 + 9·2/3 = 7.
  expect(beside['Restricted mean (h), open ones too']).toBeCloseTo(7, 12)
  expect(beside['Median (h), open ones too']).toBe(10)
  expect(beside['With lost links 1.5 keepalives earlier']).toBeCloseTo(5.75, 12)
})

test('counts planned ends where asked, and names what is missing', async () => {
  const all = await trials.run(mttr, byHand, { inputs: { causes: 'all' } })
  expect(all.headline.value).toBeCloseTo(13 / 3, 13)
  expect((await trials.run(mttr, {})).headline).toMatchObject({ value: null })
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besides, type Cells, type Fixture, Trials } from '../testing.ts'
import connectedDevices from './connected-devices.ts'
import modelsPerDevices from './models-per-devices.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const asOf = '2026-06-30T00:00:00Z'

/** Models and devices of a platform; the first `seen` devices connected in June. */
function platform(platform_id: string, models: number, devices: number, seen: number): Fixture {
  const ids = Array.from({ length: devices }, (_, i) => `d${i}`)
  return {
    platform: [{ platform_id, name: `平台${platform_id}` }],
    model: Array.from({ length: models }, (_, i) => ({ platform_id, model_id: `${platform_id}${i}` })),
    device: ids.map(device_id => ({ platform_id, device_id, is_industrial: true })),
    conn_event: ids
      .slice(0, seen)
      .map(device_id => ({ platform_id, device_id, ts_event: '2026-06-20T00:00:00Z', kind: 'connect' })),
  }
}

function together(parts: readonly Fixture[]): Fixture {
  const rows = (table: keyof Fixture): readonly Cells[] => parts.flatMap(part => part[table] ?? [])
  const names = ['platform', 'model', 'device', 'conn_event'] as const
  return Object.fromEntries(names.map(table => [table, rows(table)]))
}

test('is 10,000 times the models over the connected devices: 6 to 4', async () => {
  // A: 3 models, 2 of 5 connected. B: 3 models, none. C: no model, 2 of 2.
  const fixture = together([platform('A', 3, 5, 2), platform('B', 3, 0, 0), platform('C', 0, 2, 2)])
  const { headline, rows, chart } = await trials.run(modelsPerDevices, fixture, { asOf })
  expect(headline.value).toBe((6 / 4) * 10_000)
  expect(headline.basis).toMatchObject({ n: 7, share: 1 })
  expect(besides(headline)).toMatchObject({
    Models: 6,
    'Connected devices (CON-01)': 4,
    'On platforms that have both': (3 / 2) * 10_000,
    'Models on platforms without a connected device': 3 / 6,
  })
  expect(rows.map(row => [row.platform_id, row.models, row.connected, row.models_per_devices])).toEqual([
    ['A', 3, 2, 15_000],
    ['B', 3, 0, null],
    ['C', 0, 2, 0],
  ])
  expect(chart.rows).toHaveLength(2)
})

test('names what is missing', async () => {
  const missing = async (fixture: Fixture) =>
    (await trials.run(modelsPerDevices, fixture, { asOf })).headline.missing
  expect(await missing(platform('A', 0, 3, 3))).toEqual(['model'])
  expect(await missing(platform('A', 3, 0, 0))).toEqual(['device'])
  expect(await missing(platform('A', 3, 3, 0))).toEqual(['conn_event', 'device_snapshot.last_seen'])
})

test('divides by exactly what CON-01 counts, and doubles with the models', async () => {
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 0, max: 3 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(sizes, { minLength: 1, maxLength: 4 }), async drawn => {
      const make = (times: number) =>
        together(drawn.map(([models, seen, idle], i) => platform(`P${i}`, times * models, seen + idle, seen)))
      const connected = (await trials.run(connectedDevices, make(1), { asOf })).headline.value ?? 0
      const models = drawn.reduce((sum, [own]) => sum + own, 0)
      const value = (await trials.run(modelsPerDevices, make(1), { asOf })).headline.value ?? 0
      expect(value).toBeCloseTo((models / connected) * 10_000, 8)
      const doubled = (await trials.run(modelsPerDevices, make(2), { asOf })).headline.value
      expect(doubled).toBeCloseTo(2 * value, 8)
    }),
    { numRuns: 6 },
  )
})

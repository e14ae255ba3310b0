import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../sql/sql.ts'
import { clusteredLimits, clusteredRates } from './clustered.ts'
import { Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const result = {
  platform_id: 'text',
  k: 'number',
  n: 'number',
  rate: 'number',
  devices: 'integer',
  standard_error: 'number',
} as const

test('takes devices as the units: 3 of 10 in three devices, standard error √(3/2 · 1.46) / 10', async () => {
  // A: 2 of 4, 1 of 3, 0 of 3; R = 0.3; residuals 0.8, 0.1, −0.9; their squares 0.64 + 0.01 + 0.81 = 1.46.
  // B: 1 of 2 in one device: no standard error. A device without records does not count.
  const units = sql`(values ('A', 2, 4), ('A', 1, 3), ('A', 0, 3), ('B', 1, 2), ('B', 0, 0)) as u(platform_id, k, n)`
  const rows = await trials.select(
    sql`with ${clusteredRates(units)} select * from by_platform order by platform_id`,
    result,
  )
  expect(rows[0]).toMatchObject({ platform_id: 'A', k: 3, n: 10, rate: 0.3, devices: 3 })
  expect(rows[0]?.standard_error).toBeCloseTo(Math.sqrt(1.5 * 1.46) / 10, 14)
  expect(rows[1]).toMatchObject({ rate: 0.5, devices: 1, standard_error: null })
  const [whole] = await trials.select(
    sql`with ${clusteredRates(units)} select null::varchar as platform_id, * from overall`,
    result,
  )
  // R = 4/12; residuals 2 − 4/3, 1 − 1, 0 − 1, 1 − 2/3.
  expect(whole?.rate).toBe(4 / 12)
  expect(whole?.standard_error).toBeCloseTo(Math.sqrt((4 / 3) * (4 / 9 + 0 + 1 + 1 / 9)) / 12, 14)
})

test('the interval is symmetric in the logit and lies in (0, 1); none without spread', () => {
  // t(0.975, 4) = 2.7764451052 (tables); logit 0.3 = ln(3/7); half width = t · 0.05 / 0.21.
  const limits = clusteredLimits({ rate: 0.3, standardError: 0.05, units: 5 })
  const half = (2.7764451051977987 * 0.05) / 0.21
  expect(limits?.low).toBeCloseTo(1 / (1 + (7 / 3) * Math.exp(half)), 12)
  expect(limits?.high).toBeCloseTo(1 / (1 + (7 / 3) * Math.exp(-half)), 12)
  expect(clusteredLimits({ rate: 0, standardError: 0, units: 5 })).toBeNull()
  expect(clusteredLimits({ rate: 0.3, standardError: null, units: 1 })).toBeNull()
  expect(clusteredLimits({ rate: null, standardError: null, units: 0 })).toBeNull()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { asNumber } from '../domain/table.ts'
import { join, sql } from '../sql/sql.ts'
import { seededRandom, studentQuantile } from '../statistics/statistics.ts'
import { quantileLimits } from './quantile-interval.ts'
import { Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

type Records = readonly (readonly [device: number, value: number])[]

const result = { estimate: 'number', n: 'integer', low: 'number', high: 'number' } as const

async function limits(records: Records, p: number) {
  const given = sql`(values ${join(records.map(([d, value]) => sql`(${d}, ${value}::double)`))}) as v(d, value)`
  const [row] = await trials.select(
    sql`with ${quantileLimits(given, p)} select * from quantile_limits`,
    result,
  )
  return { low: asNumber(row?.low), high: asNumber(row?.high), estimate: asNumber(row?.estimate) }
}

/** The same with Student's exact quantile; devices numbered from 0. */
function woodruff(records: Records, p: number, estimate: number) {
  const devices = [...new Set(records.map(([d]) => d))]
  const sums = devices.map(d => {
    const own = records.filter(([of]) => of === d)
    return { size: own.length, below: own.filter(([, value]) => value <= estimate).length }
  })
  const n = records.length
  const ratio = sums.reduce((sum, { below }) => sum + below, 0) / n
  const squares = sums.reduce((sum, { size, below }) => sum + (below - ratio * size) ** 2, 0)
  const m = devices.length
  const half = (studentQuantile(0.975, m - 1) * Math.sqrt((squares * m) / (m - 1))) / n
  const sorted = records.map(([, value]) => value).toSorted((a, b) => a - b)
  return {
    low: sorted[Math.floor(n * (p - half)) - 1] ?? null,
    high: p + half < 1 ? (sorted[Math.floor(n * (p + half))] ?? null) : null,
  }
}

test.each([
  [12, 0.5],
  [40, 0.95],
  [15, 0.99],
])(
  'with %i devices and p = %d equals the ranks told from clusters in plain TypeScript',
  async (devices, p) => {
    const random = seededRandom(`${devices} ${p}`)
    const records = Array.from({ length: devices }, (_, d) =>
      Array.from(
        { length: 5 + random.below(30) },
        () => [d, (d + 1) * -Math.log(1 - random.uniform())] as const,
      ),
    ).flat()
    const { low, high, estimate } = await limits(records, p)
    expect({ low, high }).toEqual(woodruff(records, p, estimate ?? 0))
    if (low !== null) expect(low).toBeLessThanOrEqual(estimate ?? 0)
    if (high !== null) expect(high).toBeGreaterThanOrEqual(estimate ?? 0)
  },
)

test('gives none for nine devices, and none where devices are all alike', async () => {
  const alike = (devices: number) =>
    Array.from({ length: devices * 10 }, (_, i) => [Math.floor(i / 10), i % 10] as const)
  expect(await limits(alike(12), 0.5)).toEqual({ low: null, high: null, estimate: 4.5 })
  const nine = alike(9).map(([d, value]) => [d, value * (d + 1)] as const)
  expect(await limits(nine, 0.5)).toMatchObject({ low: null, high: null })
})

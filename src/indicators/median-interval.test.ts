import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { join, sql } from '../sql/sql.ts'
import { medianLimits } from './median-interval.ts'
import { Trials } from './testing.ts'

let trials: Trials
beforeAll(async () => {
  trials = await Trials.open()
})
afterAll(() => trials.engine.close())

const result = { n: 'integer', median: 'number', low: 'number', high: 'number' } as const

async function limits(values: readonly number[]) {
  const given = sql`(values ${join(values.map(value => sql`(${value})`))}) as v(value)`
  const [row] = await trials.select(sql`with ${medianLimits(given)} select * from middle`, result)
  return [row?.n, row?.median, row?.low, row?.high]
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

// Tables of the sign test: n = 6: 2/64 = 3.1 %; 10: 2 · 11/1024 = 2.1 %; 20: r = 6 (4.1 %); 100: r = 40 (3.5 %).
test.each([
  [5, null, null],
  [6, 1, 6],
  [10, 2, 9],
  [20, 6, 15],
  [100, 40, 61],
])('of %i values: from the %s-th to the %s-th', async (n, low, high) => {
  expect(await limits(upTo(n))).toEqual([n, (n + 1) / 2, low, high])
})

test('a hundred thousand values: near n/2 ± 0.98 √n', async () => {
  const given = sql`(select unnest(range(1, 100001)) as value)`
  const [row] = await trials.select(sql`with ${medianLimits(given)} select * from middle`, result)
  expect(Math.abs(Number(row?.low) - (50_000 - 0.98 * Math.sqrt(100_000)))).toBeLessThan(2)
  expect(Number(row?.low) + Number(row?.high)).toBe(100_001)
})

/** C(n, i) / 2^n summed in exact integers. */
function rank(n: number): number | null {
  let [choose, sum, r] = [1n, 1n, 0]
  while (sum * 40n <= 2n ** BigInt(n)) {
    r++
    choose = (choose * BigInt(n - r + 1)) / BigInt(r)
    sum += choose
  }
  return r === 0 ? null : r
}

test('equals ranks from exact integers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async n => {
      const r = rank(n)
      expect(await limits(upTo(n))).toEqual([n, (n + 1) / 2, r, r === null ? null : n + 1 - r])
    }),
    { numRuns: 12 },
  )
})

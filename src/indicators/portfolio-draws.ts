import { quantile, seededRandom } from '../statistics/statistics.ts'
import type { Portfolio } from './portfolio.ts'
import type { Shares } from './portfolio-distance.ts'

/** What a statistic with one number a portfolio, the last one for all together, does over draws. */
export interface Draws {
  /** Draws made. */
  readonly replicates: number
  readonly of: readonly Spread[]
}

export interface Spread {
  readonly mean: number
  readonly sd: number
  /** Ends of the middle 95 %: quantiles (type 7), or mean ± 1.96 sd of fewer than 100 draws. */
  readonly low: number
  readonly high: number
  /** Share of draws below a value, those equal to it counting half. */
  readonly below: (value: number) => number
}

/**
 * Redraws portfolios of the same sizes with a fixed seed:
 * - `bootstrap`: each from its own items with replacement: how far the value moves when items come and go
 * - `allotment`: the items of all dealt out anew: what chance alone makes of portfolios of these sizes
 */
export function draws(
  portfolios: readonly Portfolio[],
  how: 'bootstrap' | 'allotment',
  statistic: (drawn: readonly Shares[]) => ArrayLike<number>,
  replicates: number,
): Draws {
  const random = seededRandom(`portfolios ${how}`)
  const items = portfolios.map(itemsOf)
  const pool = Int32Array.from(items.flatMap(own => [...own]))
  const tally = tallier(pool.reduce((most, place) => Math.max(most, place), -1) + 1)
  const found: ArrayLike<number>[] = []
  for (let i = 0; i < replicates; i++) {
    if (how === 'allotment') shuffle(pool, random.below)
    found.push(statistic((how === 'allotment' ? cut(pool, items) : items.map(resample)).map(tally)))
  }
  const count = found[0]?.length ?? 0
  return { replicates, of: Array.from({ length: count }, (_, k) => spread(found.map(each => each[k] ?? 0))) }

  function resample(own: Int32Array): Int32Array {
    return own.map(() => own[random.below(own.length)] ?? 0)
  }
}

/** One place of a class an item. */
function itemsOf({ counts }: Portfolio): Int32Array {
  return Int32Array.from([...counts].flatMap(([place, count]) => new Array<number>(count).fill(place)))
}

function shuffle(items: Int32Array, below: (count: number) => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = below(i + 1)
    const [a = 0, b = 0] = [items[i], items[j]]
    items[i] = b
    items[j] = a
  }
}

function cut(pool: Int32Array, sizes: readonly Int32Array[]): readonly Int32Array[] {
  let start = 0
  return sizes.map(({ length }) => {
    start += length
    return pool.subarray(start - length, start)
  })
}

/** Counts by place with one array for all draws; the classes in the order in which they come. */
function tallier(places: number): (items: Int32Array) => Shares {
  const counts = new Int32Array(places)
  const seen = new Int32Array(places)
  return items => {
    let kinds = 0
    for (const place of items) {
      const count = counts[place] ?? 0
      if (count === 0) seen[kinds++] = place
      counts[place] = count + 1
    }
    const found = seen.slice(0, kinds)
    const shares = Float64Array.from(found, place => (counts[place] ?? 0) / items.length)
    for (const place of found) counts[place] = 0
    return { places: found, shares }
  }
}

function spread(values: readonly number[]): Spread {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1))
  const below = (value: number) =>
    values.reduce((sum, each) => sum + (each < value ? 1 : each === value ? 0.5 : 0), 0) / n
  const end = (p: number, z: number) => (n < 100 ? mean + z * sd : (quantile(values, p) ?? mean))
  return { mean, sd, low: end(0.025, -1.96), high: end(0.975, 1.96), below }
}

/** Draws: fewer where there are many pairs to compare in each, for a figure that takes seconds is not looked at. */
export function replicatesFor(platforms: number): number {
  const pairs = (platforms * (platforms - 1)) / 2
  return Math.min(200, Math.max(20, Math.floor(600_000 / Math.max(1, pairs))))
}

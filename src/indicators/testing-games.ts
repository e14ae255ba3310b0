import fc from 'fast-check'
import type { Fixture } from './testing.ts'

/** One batch in a coverage game: which source brought how much, from which platform, in which month (0 = January). */
export interface Contribution {
  readonly source: string
  readonly platform: keyof typeof places
  readonly month: number
  readonly records: number
  readonly bytes: number
}

/** Industry and province of each platform; A and E share theirs, the last two are not fully known. */
const places = {
  A: ['34', '31'],
  B: ['35', '31'],
  C: ['34', '44'],
  E: ['34', '31'],
  noProvince: ['34', null],
  noIndustry: [null, '31'],
} as const

/** The canonical tables in which a game is found. */
export function gameFixture(game: readonly Contribution[]): Fixture {
  return {
    platform: Object.entries(places).map(([platform_id, [, province_code]]) => ({
      ...{ platform_id, province_code, org_id: `operator of ${platform_id}` },
    })),
    organisation: Object.entries(places).map(([platform, [industry_code]]) => ({
      ...{ org_id: `operator of ${platform}`, industry_code },
    })),
    ingest_batch: game.map(({ source, platform, month, records, bytes }, i) => ({
      ...{
        batch_id: String(i),
        platform_id: platform,
        source_id: source,
        records,
        bytes,
        counter_kind: 'delta',
      },
      window_start: new Date(Date.UTC(2026, month, 2)).toISOString(),
      window_end: new Date(Date.UTC(2026, month, 3)).toISOString(),
    })),
  }
}

/** Small games with at least one contribution whose cell is known. */
export const games: fc.Arbitrary<readonly Contribution[]> = fc
  .array(
    fc.record({
      source: fc.constantFrom('s1', 's2', 's3', 's4', 's5'),
      platform: fc.constantFrom('A', 'B', 'C', 'E', 'noProvince', 'noIndustry'),
      month: fc.integer({ min: 0, max: 2 }),
      records: fc.integer({ min: 0, max: 9 }),
      bytes: fc.integer({ min: 1, max: 99 }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map(drawn => [...drawn, { source: 's1', platform: 'A', month: 0, records: 1, bytes: 1 }])

export type Weight = 'equal' | 'records' | 'bytes'

/** What each source adds to a coalition, averaged over all orders in which the sources may join: no closed form. */
export function byAllOrders(game: readonly Contribution[], weight: Weight): ReadonlyMap<string, number> {
  const worth = coalitionWorth(game, weight)
  const orders = permutations([...new Set(game.map(({ source }) => source))])
  const sums = new Map<string, number>()
  for (const order of orders) {
    order.forEach((source, i) => {
      const gained = worth(order.slice(0, i + 1)) - worth(order.slice(0, i))
      sums.set(source, (sums.get(source) ?? 0) + gained / orders.length)
    })
  }
  return sums
}

/** What the whole loses without each source. */
export function byLeavingOut(game: readonly Contribution[], weight: Weight): ReadonlyMap<string, number> {
  const worth = coalitionWorth(game, weight)
  const sources = [...new Set(game.map(({ source }) => source))]
  return new Map(
    sources.map(source => [source, worth(sources) - worth(sources.filter(other => other !== source))]),
  )
}

function coalitionWorth(
  game: readonly Contribution[],
  weight: Weight,
): (sources: readonly string[]) => number {
  const known = game.filter(
    ({ platform, records }) => records > 0 && places[platform].every(part => part !== null),
  )
  const cell = ({ platform, month }: Contribution) => [...places[platform], month].join('/')
  const weights = new Map<string, number>()
  for (const each of known) {
    const more = weight === 'equal' ? 1 : (weights.get(cell(each)) ?? 0) + each[weight]
    weights.set(cell(each), more)
  }
  const all = [...weights.values()].reduce((a, b) => a + b, 0)
  return sources => {
    const covered = new Set(known.filter(({ source }) => sources.includes(source)).map(cell))
    return [...covered].reduce((sum, each) => sum + (weights.get(each) ?? 0), 0) / all
  }
}

function permutations(items: readonly string[]): readonly (readonly string[])[] {
  if (items.length < 2) return [items]
  return items.flatMap(first =>
    permutations(items.filter(item => item !== first)).map(rest => [first, ...rest]),
  )
}

/**
 * Sources a, b and c over four cells: the first covered by a and b, the second by a, the third by all three, the
 * fourth by c; and a fifth contribution whose province is not known.
 */
export const threeSources: readonly Contribution[] = [
  { source: 'a', platform: 'A', month: 0, records: 10, bytes: 1 },
  { source: 'b', platform: 'E', month: 0, records: 10, bytes: 1 },
  { source: 'a', platform: 'B', month: 0, records: 10, bytes: 1 },
  { source: 'a', platform: 'C', month: 0, records: 10, bytes: 1 },
  { source: 'b', platform: 'C', month: 0, records: 10, bytes: 1 },
  { source: 'c', platform: 'C', month: 0, records: 10, bytes: 1 },
  { source: 'c', platform: 'A', month: 1, records: 30, bytes: 1 },
  { source: 'b', platform: 'noProvince', month: 1, records: 10, bytes: 1 },
]

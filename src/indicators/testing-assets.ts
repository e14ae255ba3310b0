import fc from 'fast-check'
import type { Cells } from './testing.ts'

/** An asset of a fixture. */
export const asset = (asset_id: string, domain: string | null, bytes: number | null): Cells => ({
  ...{ asset_id, platform_id: 'A', domain, bytes },
})

/** A row of usage of a fixture; `month` as `2026-06`. */
export const use = (asset_id: string, month: string, more: Cells = { calls: 3 }): Cells => ({
  ...{ asset_id, month: `${month}-01`, consumer: 'c', ...more },
})

/**
 * At 2026-06-30 the last 90 days begin with 1 April, the last 180 days with 1 January.
 * A: June. B: April alone, whose first instant is that of the 90 days. C: March. D: never, bytes not known.
 * E: June, but with no call and no byte. F: July, after the time of the data. G: June, amounts not known. H: November 2025.
 * X is used and not listed.
 */
export const byHand = {
  data_asset: [
    ...[asset('A', '生产', 100), asset('B', '生产', 50), asset('C', '管理', 30), asset('D', null, null)],
    ...[asset('E', '管理', 20), asset('F', '生产', 10), asset('G', '生产', 5), asset('H', '生产', 40)],
  ],
  asset_usage: [
    ...[use('A', '2026-06'), use('B', '2026-04'), use('C', '2026-03'), use('H', '2025-11')],
    ...[use('E', '2026-06', { calls: 0, bytes_out: 0 }), use('F', '2026-07'), use('G', '2026-06', {})],
    use('X', '2026-05'),
  ],
}

export interface DrawnAssets {
  readonly asOf: string
  readonly days: number
  readonly assets: readonly {
    readonly id: string
    readonly bytes: number
    readonly months: readonly number[]
  }[]
}

/** Months count from January 2025. */
export const monthOf = (month: number) => new Date(Date.UTC(2025, month, 1)).toISOString().slice(0, 7)

/** Assets with the months in which they were used, a time of the data and a length of window. */
export const drawnAssets: fc.Arbitrary<DrawnAssets> = fc.record({
  asOf: fc.integer({ min: 300, max: 600 }).map(day => new Date(Date.UTC(2025, 0, 1 + day, 7)).toISOString()),
  days: fc.integer({ min: 1, max: 250 }),
  assets: fc
    .array(
      fc.record({
        bytes: fc.integer({ min: 1, max: 1000 }),
        months: fc.uniqueArray(fc.integer({ min: 0, max: 22 }), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map(list => list.map((drawn, i) => ({ id: `a${i}`, ...drawn }))),
})

/** The tables of drawn assets; an asset that is not listed has usage in every month, so that the window is covered. */
export function tablesOf({ assets }: DrawnAssets) {
  const every = Array.from({ length: 23 }, (_, month) => use('elsewhere', monthOf(month)))
  return {
    data_asset: assets.map(({ id, bytes }) => asset(id, '生产', bytes)),
    asset_usage: [
      ...assets.flatMap(({ id, months }) => months.map(month => use(id, monthOf(month)))),
      ...every,
    ],
  }
}

/** Hour by hour from the time of the data back to the begin of the window: is one of them in a month of use? */
export function usedByHours({ asOf, days }: DrawnAssets, months: readonly number[]): boolean {
  const used = new Set(months.map(monthOf))
  for (let hour = 0; hour < days * 24; hour++) {
    if (used.has(new Date(Date.parse(asOf) - hour * 3_600_000).toISOString().slice(0, 7))) return true
  }
  return false
}

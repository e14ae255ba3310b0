import type { Series } from './batches.ts'
import { monthStart, months } from './calendar.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { Organisation } from './organisations.ts'
import type { Choices, Random } from './random.ts'

export type Asset = CanonicalRow<'data_asset'>
export type AssetUsage = CanonicalRow<'asset_usage'>

const domains: Choices<Asset['domain']> = [
  ['生产', 42],
  ['运维', 24],
  ['管理', 19],
  ['研发', 10],
  ['外部', 5],
]
const levels: Choices<string | null> = [
  ['一级', 62],
  ['二级', 30],
  ['三级', 5],
  [null, 3],
]
const periods: Choices<string> = [
  ['2025-07/2026-06', 60],
  ['2025-07/2025-12', 16],
  ['2026-01/2026-06', 16],
  ['2024-01/2026-06', 8],
]

/** Data assets made from what the sources bring; costs and prices in 元, prices mostly unknown. */
export function makeAssets(draw: Random, series: readonly Series[], count: number): readonly Asset[] {
  return Array.from({ length: count }, (_, i) => {
    const { platform_id, source_id, rate, recordSize } = draw.pick(series)
    const records = Math.round(rate * draw.between(0.05, 6))
    const bytes = Math.round(records * recordSize)
    return {
      asset_id: `A${String(i + 1).padStart(4, '0')}`,
      platform_id,
      source_id: draw.chance(0.96) ? source_id : null,
      domain: draw.weighted(domains),
      level: draw.weighted(levels),
      records,
      bytes,
      period: draw.weighted(periods),
      cost_capture: Math.round(draw.lognormal(28_000, 0.9)),
      cost_storage: Math.round(200 + bytes / 2_000_000),
      cost_maintenance: draw.chance(0.93) ? Math.round(draw.lognormal(6_000, 0.8)) : null,
      price: draw.chance(0.3) ? Math.round(draw.lognormal(60_000, 1)) : null,
    }
  })
}

/** Who used which asset in which month; three assets in ten are never used. */
export function makeUsage(
  draw: Random,
  assets: readonly Asset[],
  consumers: readonly Organisation[],
): readonly AssetUsage[] {
  return assets.flatMap(asset => (draw.chance(0.3) ? [] : usageOf(draw, asset, consumers)))
}

function usageOf(draw: Random, asset: Asset, consumers: readonly Organisation[]): readonly AssetUsage[] {
  const sold = asset.price !== null
  const users = new Set(
    Array.from({ length: 1 + Math.floor(draw.uniform() ** 3 * 3) }, () => draw.pick(consumers).org_id),
  )
  return [...users].flatMap(consumer => {
    const first = draw.integer(0, months - 1)
    const last = Math.min(months - 1, first + draw.integer(0, 5))
    return Array.from({ length: last - first + 1 }, (_, i) => {
      const calls = Math.ceil(draw.lognormal(40, 1.3))
      const revenue = sold && draw.chance(0.5) ? Math.round(draw.lognormal(900, 0.8)) : 0
      const month = monthStart(first + i)
      return {
        asset_id: asset.asset_id,
        month,
        consumer,
        calls,
        bytes_out: calls * draw.integer(2_000, 900_000),
        revenue,
      }
    })
  })
}

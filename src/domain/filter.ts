/** What the whole board is narrowed to. Empty lists and nulls mean: everything. */
export interface Filters {
  readonly platforms: readonly string[]
  /** GB/T 2260 province codes. */
  readonly provinces: readonly string[]
  readonly tiers: readonly string[]
  /** Whole days, `YYYY-MM-DD`, both inclusive, UTC. */
  readonly from: string | null
  readonly to: string | null
}

export const noFilters: Filters = { platforms: [], provinces: [], tiers: [], from: null, to: null }

export type FilterName = 'platform' | 'province' | 'tier' | 'period'

/** The filters that are set. */
export function activeFilters(filters: Filters): readonly FilterName[] {
  const active: FilterName[] = []
  if (filters.platforms.length > 0) active.push('platform')
  if (filters.provinces.length > 0) active.push('province')
  if (filters.tiers.length > 0) active.push('tier')
  if (filters.from !== null || filters.to !== null) active.push('period')
  return active
}

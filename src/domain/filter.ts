import type { Phrase } from './phrase.ts'

/** What the whole board is narrowed to. Empty lists and nulls mean: everything. */
export interface Filters {
  readonly platforms: readonly string[]
  /** GB/T 2260 province codes. */
  readonly provinces: readonly string[]
  /** Divisions of GB/T 4754, two digits. */
  readonly industries: readonly string[]
  readonly tiers: readonly string[]
  readonly ownerships: readonly string[]
  readonly sizes: readonly string[]
  /** Whole days, `YYYY-MM-DD`, both inclusive, UTC. */
  readonly from: string | null
  readonly to: string | null
}

export const noFilters: Filters = {
  platforms: [],
  provinces: [],
  industries: [],
  tiers: [],
  ownerships: [],
  sizes: [],
  from: null,
  to: null,
}

/** The filters that choose among values, and the list that each one keeps. */
export const listFilters = {
  platform: 'platforms',
  province: 'provinces',
  industry: 'industries',
  tier: 'tiers',
  ownership: 'ownerships',
  size: 'sizes',
} as const satisfies Readonly<Record<string, keyof Filters>>

export type ListFilter = keyof typeof listFilters
export type FilterName = ListFilter | 'period'

/** What the filters are called. */
export const filterNames: Readonly<Record<FilterName, Phrase>> = {
  platform: { zh: '平台', en: 'Platform' },
  province: { zh: '省份', en: 'Province' },
  industry: { zh: '行业', en: 'Industry' },
  tier: { zh: '梯度', en: 'Tier' },
  ownership: { zh: '所有制', en: 'Ownership' },
  size: { zh: '规模', en: 'Size' },
  period: { zh: '时段', en: 'Period' },
}

/** In the order in which they stand on the screen. */
export const listNames = Object.keys(listFilters) as readonly ListFilter[]

/** The filters that are set. */
export function activeFilters(filters: Filters): readonly FilterName[] {
  const lists = listNames.filter(name => filters[listFilters[name]].length > 0)
  return filters.from === null && filters.to === null ? lists : [...lists, 'period']
}

/** The filters of which only those named are set. */
export function onlyFilters(filters: Filters, names: readonly FilterName[]): Filters {
  const dropped = listNames
    .filter(name => !names.includes(name))
    .map(name => [listFilters[name], []] as const)
  const { from, to } = names.includes('period') ? filters : noFilters
  return { ...filters, ...Object.fromEntries(dropped), from, to }
}

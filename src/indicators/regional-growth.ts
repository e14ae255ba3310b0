import { asNumber, type Row, type Value } from '../domain/table.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { type ShiftShareParts, shiftShare } from '../statistics/statistics.ts'
import { instant } from './instant.ts'
import type { Tables } from './recipe.ts'
import { isCounted } from './target-series.ts'

/** What a person may set about the growth that is taken apart. */
export const growthInputs = {
  years: {
    kind: 'number',
    name: { zh: '观察年数', en: 'Years observed' },
    unit: { zh: '年', en: 'years' },
    min: 0.5,
    max: 10,
    step: 0.5,
    default: 1,
  },
} as const

/** The columns of `growthCells`. */
export const cellColumns = {
  province_code: 'text',
  industry_code: 'text',
  tier: 'text',
  registered: 'integer',
  dated: 'integer',
  stock_before: 'integer',
  stock_after: 'integer',
} as const

/**
 * One row for each province, industry division and tier of platforms (null: not known): devices registered, those with an
 * activation time, and those in stock (activated and not yet retired) `years` before a time and at it.
 */
export function growthCells(
  { device, whole }: Tables,
  { years, counted }: { readonly years: number; readonly counted: string },
  asOf: number,
): Sql {
  const end = instant(asOf)
  const start = sql`(${end} - to_months(${Math.round(years * 12)}))`
  const stockAt = (time: Sql) =>
    sql`count(*) filter (activated_at <= ${time} and (retired_at is null or retired_at > ${time}))`
  return sql`
    select province_code::varchar as province_code, left(industry_code::varchar, 2) as industry_code, tier,
      count(*) as registered, count(activated_at) as dated, ${stockAt(start)} as stock_before, ${stockAt(end)} as stock_after
    from (select *, platform_id::varchar as platform from ${device} where ${isCounted(counted)})
      left join (
        select platform_id::varchar as platform, min(tier::varchar) as tier from ${whole.platform} group by 1
      ) using (platform)
    group by 1, 2, 3 order by 1, 2, 3`
}

/** Stands for what is not known; not a code. */
const unknown = ''

/** A group of cells with its part of the whole change and the terms of shift-share. */
export interface GroupGrowth extends ShiftShareParts {
  /** Null: not known. */
  readonly group: string | null
  readonly share: number | null
}

/** The groups by a column of the cells, most growth first; empty where nothing was in stock before. */
export function groupGrowth(cells: readonly Row[], column: 'province_code' | 'tier'): readonly GroupGrowth[] {
  const rows = cells.map(cell => ({
    region: text(cell[column]),
    industry: text(cell.industry_code),
    before: asNumber(cell.stock_before) ?? 0,
    after: asNumber(cell.stock_after) ?? 0,
  }))
  const regions = shiftShare(rows)?.regions ?? []
  const all = rows.reduce((sum, { before }) => sum + before, 0)
  return regions
    .map(parts => ({
      ...parts,
      group: parts.region === unknown ? null : parts.region,
      share: parts.before / all,
    }))
    .toSorted((a, b) => b.change - a.change || (a.region < b.region ? -1 : 1))
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : unknown
}

export const termColumns = {
  stock_before: 'integer',
  stock_after: 'integer',
  change: 'integer',
  group_growth: 'number',
  stock_share: 'number',
  contribution: 'number',
  national_term: 'number',
  industry_term: 'number',
  local_term: 'number',
} as const

/** The cells of `termColumns`. */
export function termCells(of: GroupGrowth): readonly Value[] {
  const { before, after, change, contribution, national, industry, local, share } = of
  const growth = before > 0 ? change / before : null
  return [before, after, change, growth, share, contribution, national, industry, local]
}

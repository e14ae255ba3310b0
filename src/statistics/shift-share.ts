/** One industry in one region, before and after; values in one unit, none below 0. */
export interface ShiftShareRow {
  readonly region: string
  readonly industry: string
  readonly before: number
  readonly after: number
}

/** The parts of a region's change, in the unit of the values; they sum to it. */
export interface ShiftShareParts {
  readonly region: string
  readonly before: number
  readonly after: number
  readonly change: number
  /** x₀·g: what growth like that of the whole would have brought. */
  readonly national: number
  /** Σ x₀·(g_k − g): from its industries growing faster or slower than the whole. */
  readonly industry: number
  /** Σ x₀·(g_ik − g_k): from growing faster or slower than the same industries elsewhere. */
  readonly local: number
  /** Its part of the whole change; null where the whole did not change. */
  readonly contribution: number | null
}

export interface ShiftShare {
  /** g, the growth of the whole, as a ratio to before. */
  readonly growth: number
  /** g_k by industry; null for one that had nothing before. What it brings counts as local. */
  readonly industryGrowth: ReadonlyMap<string, number | null>
  /** In the order in which the regions first appear. */
  readonly regions: readonly ShiftShareParts[]
}

/**
 * Classical shift-share (Dunn 1960, Papers in Regional Science 6, 97–112). Rows of the same region and industry are
 * added up. Null where nothing was there before. RangeError where a value is negative or not finite.
 */
export function shiftShare(rows: readonly ShiftShareRow[]): ShiftShare | null {
  const whole = totalOf(rows)
  if (
    !Number.isFinite(whole.before + whole.after) ||
    rows.some(({ before, after }) => before < 0 || after < 0)
  )
    throw new RangeError('values must be finite and not below 0')
  const growth = growthOf(whole)
  if (growth === null) return null
  const industryGrowth = new Map(
    [...groupedBy(rows, row => row.industry)].map(([industry, of]) => [industry, growthOf(totalOf(of))]),
  )
  const regions = [...groupedBy(rows, row => row.region)].map(([region, of]) =>
    partsOf(region, of, growth, industryGrowth, whole.after - whole.before),
  )
  return { growth, industryGrowth, regions }
}

function partsOf(
  region: string,
  rows: readonly ShiftShareRow[],
  growth: number,
  industryGrowth: ReadonlyMap<string, number | null>,
  wholeChange: number,
): ShiftShareParts {
  const { before, after } = totalOf(rows)
  const change = after - before
  const national = before * growth
  const withIndustries = sum(rows.map(row => row.before * (industryGrowth.get(row.industry) ?? 0)))
  return {
    ...{ region, before, after, change, national },
    industry: withIndustries - national,
    local: change - withIndustries,
    contribution: wholeChange === 0 ? null : change / wholeChange,
  }
}

function groupedBy(
  rows: readonly ShiftShareRow[],
  key: (row: ShiftShareRow) => string,
): ReadonlyMap<string, readonly ShiftShareRow[]> {
  const groups = new Map<string, ShiftShareRow[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group === undefined) groups.set(key(row), [row])
    else group.push(row)
  }
  return groups
}

interface BeforeAfter {
  readonly before: number
  readonly after: number
}

function totalOf(rows: readonly BeforeAfter[]): BeforeAfter {
  return { before: sum(rows.map(row => row.before)), after: sum(rows.map(row => row.after)) }
}

/** Null from nothing, or from so little that the ratio is no finite number. */
function growthOf({ before, after }: BeforeAfter): number | null {
  const ratio = after / before
  return Number.isFinite(ratio) ? ratio - 1 : null
}

function sum(values: readonly number[]): number {
  return values.reduce((whole, value) => whole + value, 0)
}

import { asNumber, type Row, row } from '../domain/table.ts'
import { nationalScopes } from '../domain/target.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { apportion } from '../statistics/statistics.ts'
import type { Context, Tables } from './recipe.ts'
import { growthCells } from './regional-growth.ts'
import { connectedDevices, influentialPlatforms } from './required-growth.ts'

export const weightColumns = {
  indicator: 'text',
  province_code: 'text',
  weight: 'number',
  base_value: 'number',
  target_value: 'number',
} as const

export const allocationColumns = {
  indicator: 'text',
  province_code: 'text',
  weight: 'number',
  weight_share: 'number',
  allocated: 'integer',
  target_increase: 'integer',
  base_value: 'number',
  target_value: 'number',
} as const

/** Shares out the increase of each national target among provinces; rows are (indicator, province_code, weight, target). */
export function allocationRows(rows: readonly Row[]): readonly Row[] {
  const indicators = [...new Set(rows.map(({ indicator }) => indicator ?? null))]
  return indicators.flatMap(indicator => {
    const own = rows.filter(one => one.indicator === indicator)
    const [base, target] = [asNumber(own[0]?.base_value), asNumber(own[0]?.target_value)]
    if (base === null || target === null) return []
    const increase = Math.round(target - base)
    const weights = own.map(({ weight }) => Math.max(0, asNumber(weight) ?? 0))
    if (!Number.isSafeInteger(increase) || increase < 0) return []
    const parts = apportion(increase, weights)
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    return (parts ?? []).map((part, i) => {
      const weight = weights[i] ?? 0
      const cells = [
        indicator,
        own[i]?.province_code ?? null,
        weight,
        weight / all,
        part,
        increase,
        base,
        target,
      ]
      return row(Object.keys(allocationColumns), cells)
    })
  })
}

/** The weight of each known province for each national target, and the target. */
export function allocationWeights(
  tables: Tables,
  {
    years,
    counted,
    allocation,
  }: { readonly years: number; readonly counted: string; readonly allocation: string },
  { asOf }: Context,
): Sql {
  const gained = allocation === 'growth' ? sql`sum(stock_after) - sum(stock_before)` : sql`sum(stock_after)`
  return sql`
    with goal as (
      select indicator, base_value, target_value from ${tables.plan_target}
      where scope in ${nationalScopes} and base_value is not null and target_value is not null
      qualify row_number() over (partition by indicator order by scope = 'national' desc, target_date, target_value, base_value) = 1
    ), cell as (${growthCells(tables, { years, counted }, asOf)}),
    weighed as (
      select ${connectedDevices} as indicator, province_code, greatest(0, ${gained})::double as weight
      from cell where province_code is not null group by province_code
      union all
      select ${influentialPlatforms}, province_code::varchar, count(*) filter (is_influential)::double
      from ${tables.platform} where province_code is not null group by 2
    )
    select indicator, province_code, weight, base_value, target_value
    from weighed join goal using (indicator) order by indicator, province_code`
}

import { join, type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'

/** Plan targets that Assay knows by name, as `plan_target.indicator` writes them. */
export const connectedDevices = 'connected_devices'
export const influentialPlatforms = 'influential_platforms'

/**
 * Relation with the rows and columns of `plan_target`, once for each assumption about the base, and:
 * - `base_percent`; `base` = base_value x base_percent / 100. Only a base that is a floor is assumed to be above 100%.
 * - `years`: from base to target date, whole years counted by the calendar and the rest as a share of its year
 * - `growth`: (target / base)^(1 / years) - 1, a ratio a year; `per_year`: (target - base) / years
 * The last two are null where base or years are absent or not positive.
 */
export function requiredGrowth({ plan_target }: Tables, basePercents: readonly number[] = [100]): Sql {
  const percents = join(basePercents.map(percent => sql`${percent}`))
  return sql`(
    with assumed as (
      select plan_target.*, base_percent, base_value * base_percent / 100 as base, ${yearsBetween} as years
      from ${plan_target} as plan_target, (select unnest([${percents}]) as base_percent)
      where base_percent = 100 or base_is_floor
    ), sound as (select *, base > 0 and target_value >= 0 and years > 0 as is_sound from assumed)
    select * exclude (is_sound),
      case when is_sound then power(target_value / base, 1 / years) - 1 end as growth,
      case when is_sound then (target_value - base) / years end as per_year
    from sound
  )`
}

const wholeYears = sql`datesub('year', base_date, target_date)`
const anniversary = sql`(base_date + to_years(${wholeYears}::integer))::date`
const nextAnniversary = sql`(base_date + to_years(${wholeYears}::integer + 1))::date`

const yearsBetween = sql`(
  ${wholeYears} + date_diff('day', ${anniversary}, target_date) / date_diff('day', ${anniversary}, ${nextAnniversary})
)`

import type { Phrase } from '../domain/phrase.ts'
import { provinces } from '../domain/province.ts'
import { asNumber, type Row, type Value } from '../domain/table.ts'
import {
  isNational,
  type Measure,
  measureName,
  measures,
  nationalScope,
  nationalScopes,
  scopeName,
} from '../domain/target.ts'
import { type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'
import { requiredGrowth } from './required-growth.ts'

export const measureIds = Object.keys(measures) as readonly Measure[]

const provinceCodes = provinces.map(({ code }) => code)

/** Whose target gives the headline; among its targets the national one, else the first by scope. */
export const targetInput = {
  kind: 'choice',
  name: { zh: '首要目标', en: 'Headline target' },
  choices: {
    connected_devices: measures.connected_devices.name,
    influential_platforms: measures.influential_platforms.name,
    penetration: measures.penetration.name,
  },
  default: 'connected_devices',
} as const

/** Of targets in SQL, the one that gives the headline comes first. */
export function headlineFirst(measure: string): Sql {
  return sql`indicator = ${measure} desc, scope in ${nationalScopes} desc, scope = ${nationalScope} desc, indicator, scope`
}

/**
 * CTE `target`: the targets of the three measures, one row for each indicator and scope, and one without target where the
 * chosen measure has none. Columns of `plan_target`, and
 * - `no`: 1 for the headline; `is_set`: false where there is no target
 * - `years` from base to target; `required`: growth a year at the published base
 * - `scope_kind`: national, province, platform, or organisation (any other scope)
 */
export function chosenTargets(tables: Tables, measure: string): Sql {
  const { whole } = tables
  return sql`wanted as (
      select indicator, scope, base_date, base_value, base_is_floor, target_date, target_value, years,
        case when isfinite(growth) then growth end as required
      from ${requiredGrowth(tables)} as required
      where indicator in ${measureIds} and scope is not null
      qualify row_number() over (
        partition by indicator, scope order by growth nulls last, target_date, target_value, base_date) = 1
    ), listed as (
      select *, true as is_set from wanted
      union all by name
      select ${measure} as indicator, ${nationalScope} as scope, false as is_set
      where not exists (select 1 from wanted where indicator = ${measure})
    ), known_platform as (
      select platform_id::varchar as platform_id from ${whole.platform}
      union
      select platform_id::varchar from ${whole.device}
    ), target as materialized (
      select row_number() over (order by ${headlineFirst(measure)}) as no, *,
        case when scope in ${nationalScopes} then 'national' when scope in ${provinceCodes} then 'province'
          when scope in (select platform_id from known_platform) then 'platform' else 'organisation' end as scope_kind
      from listed
    )`
}

/** The name of a scope within a sentence. */
export function scopeInPhrase(scope: Value | undefined): Phrase {
  return isNational(scope) ? { zh: '全国', en: 'national' } : scopeName(scope)
}

/** "Connected industrial devices, national". */
export function targetName({ indicator, scope }: Row): Phrase {
  const [measure, where] = [measureName(indicator), scopeInPhrase(scope)]
  return { zh: `${measure.zh}（${where.zh}）`, en: `${measure.en}, ${where.en}` }
}

/** The rows of the target that gives the headline. */
export function headlineRows(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ is_headline }) => is_headline === true)
}

/** `2028-12-31` of a date column; null without one, and outside the years 1 to 9999. */
export function dayOf(date: Value | undefined): string | null {
  const microseconds = asNumber(date)
  if (microseconds === null || Math.abs(microseconds) > 8.64e18) return null
  const written = new Date(microseconds / 1000).toISOString()
  return /^\d{4}-/.test(written) && !written.startsWith('0000') ? written.slice(0, 10) : null
}

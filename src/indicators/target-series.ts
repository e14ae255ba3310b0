import { type Sql, sql } from '../sql/sql.ts'
import { datedPlatforms } from './dated-platforms.ts'
import { enterprises, mergedSpans, platformUse, usualEnterprises } from './enterprise-use.ts'
import { instant } from './instant.ts'
import type { Tables } from './recipe.ts'

/** Which devices count towards a target of connected industrial devices. */
export const countedInput = {
  kind: 'choice',
  name: { zh: '计入的设备', en: 'Devices counted' },
  choices: {
    industrial: { zh: '工业设备，以及未注明者', en: 'Industrial, and those not said to be otherwise' },
    known: { zh: '仅注明为工业设备者', en: 'Only those said to be industrial' },
    all: { zh: '全部设备', en: 'All' },
  },
  default: 'industrial',
} as const

/** The condition on `device` that stands behind the input. */
export function isCounted(counted: string): Sql {
  if (counted === 'all') return sql`true`
  return counted === 'known' ? sql`is_industrial` : sql`is_industrial is distinct from false`
}

/** CTE `point` (i, time): a time and as many months before it as given. */
export function monthsBefore(asOf: number, months: number): Sql {
  return sql`point as (
      select i, ${instant(asOf)} - to_months(${months} - i::integer) as time from generate_series(0, ${months}) as g(i)
    )`
}

/** CTE `point` (i, time): the last instants of the last complete months up to a time. */
export function monthEnds(asOf: number, months: number): Sql {
  return sql`point as (
      select i, date_trunc('month', ${instant(asOf)} + interval 1 microsecond) - to_months(${months - 1} - i::integer)
        - interval 1 microsecond as time
      from range(${months}) as g(i)
    )`
}

/**
 * CTE `observed` (no, i, time, stock, population, judged) from the CTEs `target` and `point`: what the data holds of each
 * target's measure in its scope; one row without time for a target of which it holds nothing.
 * - devices: activated by the time and not yet retired, of all registered; `judged` have an activation time
 * - platforms: flagged as influential in each dated export (the points are those of the exports), of all listed
 * - penetration: the share of organisations that apply a platform (of the scope, where that is one), of all
 */
export function observedStock(tables: Tables, counted: string): Sql {
  return sql`${deviceLives(tables, counted)}, ${applications(tables)},
    span as materialized (select no, start, finish from device_life union all select no, start, finish from merged),
    change as (
      select no, start as time, 1 as change from span
      union all
      select no, finish, -1 from span where finish < timestamp 'infinity'
    ),
    placed as (
      select no, i, sum(change) as change from change asof join point on change.time <= point.time group by no, i
    ),
    counted as (
      select no, i, time, population, judged, indicator = 'penetration' as is_share,
        coalesce(sum(change) over (partition by no order by i), 0) as stock
      from population join target using (no) cross join point left join placed using (no, i)
    ),
    ${exportedPlatforms(tables)},
    known as (
      select no, i, time, population, judged,
        case when is_share then case when population > 0 then stock / population end else stock end::double as stock
      from counted
      union all by name
      select no, i, time, population, judged, stock::double as stock from exported
    ),
    observed as materialized (select target.no, known.* exclude (no) from target left join known using (no))`
}

const inScope = sql`(scope_kind = 'national' or (scope_kind = 'province' and province_code = scope)
        or (scope_kind = 'platform' and platform_id = scope) or (scope_kind = 'organisation' and org_id = scope))`

function deviceLives({ device }: Tables, counted: string): Sql {
  return sql`own_device as materialized (
      select no, activated_at as start, coalesce(retired_at, timestamp 'infinity') as finish
      from target join (
        select platform_id::varchar as platform_id, province_code::varchar as province_code, org_id, activated_at, retired_at
        from ${device} where ${isCounted(counted)}
      ) on indicator = 'connected_devices' and ${inScope}
    ),
    device_life as (select * from own_device where start < finish)`
}

function applications(tables: Tables): Sql {
  return sql`enterprise as materialized (
      select no, org_id, case when scope_kind = 'platform' then scope end as platform_id
      from target join ${enterprises(tables, usualEnterprises)} as listed on indicator = 'penetration'
        and (scope_kind in ('national', 'platform') or (scope_kind = 'province' and province_code = scope))
    ),
    application as (
      select no, org_id, start, finish
      from enterprise join ${platformUse(tables, usualEnterprises)} as used using (org_id)
      where enterprise.platform_id is null or enterprise.platform_id = used.platform_id
    ),
    ${mergedSpans(sql`application`, sql`no, org_id`)},
    population as (
      select target.no, count(own_device.no) as population, count(start) as judged
      from target left join own_device using (no) where indicator = 'connected_devices' group by target.no
      union all
      select target.no, count(enterprise.no), count(enterprise.no)
      from target left join enterprise using (no) where indicator = 'penetration' group by target.no
    )`
}

/** Exports without any word on influence tell nothing. */
function exportedPlatforms(tables: Tables): Sql {
  return sql`export_row as materialized (
      ${datedPlatforms(tables, sql`province_code::varchar as province_code, org_id, is_influential`)}
    ),
    exported as (
      select no, row_number() over (partition by no order by time) - 1 as i, time,
        count(*) filter (is_influential) as stock, count(*) as population, count(is_influential) as judged
      from target join export_row on indicator = 'influential_platforms' and ${inScope}
      group by no, time having count(is_influential) > 0
    )`
}

import { type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { Tables } from './recipe.ts'

/**
 * CTEs up to `life`: the life of each device from its activation (µs; see `lifetimeCurves`). It enters at the age it had at the
 * first export or snapshot of its platform, because lists omit what was deleted before; it ends when it was retired, or
 * vanished from the lists of its platform, else it is censored at the last export or snapshot, or at `asOf`.
 * Exports of one UTC day are one list. A platform tells of ends where it gives any retirement time, or two lists.
 *
 * `device_life` has one row a device; `life` those that can be judged as grp '', and all from age 0 as 'activation'.
 */
export function deviceLives({ device, whole, history }: Tables, asOf: number, vanished: string): Sql {
  return sql`listing as materialized (
      select platform_id::varchar as platform_id, device_id::varchar as device_id, max(export_as_of::date) as last_list
      from ${history.device} where export_as_of <= ${instant(asOf)} group by all
    ), list as (
      select distinct platform_id::varchar as platform_id, export_as_of::date as list_day,
        max(export_as_of) over (partition by platform_id, export_as_of::date) as list_time
      from ${history.device} where export_as_of <= ${instant(asOf)}
    ), look as (
      select platform_id, list_time as look_time from list
      union all
      select platform_id::varchar, as_of from ${whole.device_snapshot} where as_of <= ${instant(asOf)}
    ), looked as (
      select platform_id, min(look_time) as first_look, max(look_time) as last_look from look group by 1
    ), telling as (
      select platform_id::varchar as platform_id, bool_or(retired_at is not null) as gives_ends from ${whole.device} group by 1
    ), listed_twice as (
      select platform_id from list group by 1 having count(*) > 1
    ), missed as (
      select listing.platform_id, device_id, max(list_time) filter (list_day = last_list) as last_listed,
        min(list_time) filter (list_day > last_list) as first_missed
      from listing join list using (platform_id) group by all
    ), dated as (
      select device.platform_id::varchar as platform_id, activated_at, retired_at, first_missed,
        coalesce(first_look, ${instant(asOf)}) as first_look,
        least(${instant(asOf)}, coalesce(last_look, ${instant(asOf)})) as last_look,
        coalesce(gives_ends, false) or listed_twice.platform_id is not null as tells, ${vanishedAt(vanished)} as vanished_at
      from ${device} as device
        left join looked on looked.platform_id = device.platform_id::varchar
        left join telling on telling.platform_id = device.platform_id::varchar
        left join listed_twice on listed_twice.platform_id = device.platform_id::varchar
        left join missed on missed.platform_id = device.platform_id::varchar and missed.device_id = device.device_id::varchar
    ), device_life as materialized (
      select *, retired_at <= ${instant(asOf)} or (retired_at is null and vanished_at is not null) as is_event,
        epoch_us(greatest(activated_at, first_look)) - epoch_us(activated_at) as entry,
        epoch_us(case when retired_at <= ${instant(asOf)} then retired_at when retired_at is null then coalesce(vanished_at, last_look)
          else last_look end) - epoch_us(activated_at) as finish
      from dated
    ), life as (
      select '' as grp, entry, finish, coalesce(is_event, false) as is_event from device_life where tells and activated_at is not null
      union all
      select 'activation', 0, finish, coalesce(is_event, false) from device_life where tells and activated_at is not null
    )`
}

/** When a device ended that a later list of its platform no longer has: some time between the two lists. */
function vanishedAt(vanished: string): Sql {
  if (vanished === 'ignore') return sql`null::timestamp`
  if (vanished === 'late') return sql`first_missed`
  return sql`case when first_missed is not null then
      make_timestamp((epoch_us(last_listed) + epoch_us(first_missed)) // 2) end`
}

import { type Sql, sql } from '../sql/sql.ts'
import { instant } from './instant.ts'
import type { InputValues, Tables } from './recipe.ts'

/** What a person may set about the lives of devices. */
export const lifeInputs = {
  vanished: {
    kind: 'choice',
    name: { zh: '从后一次清单中消失的设备', en: 'Devices that vanish from a later list' },
    choices: {
      middle: { zh: '退役于两次清单的中点', en: 'Retired half way between the two lists' },
      late: { zh: '退役于首次缺席的清单', en: 'Retired at the first list without them' },
      ignore: { zh: '视为仍在', en: 'Taken as still there' },
    },
    default: 'middle',
  },
  silent: {
    kind: 'choice',
    name: { zh: '看不出退役的平台', en: 'Platforms that tell of no ends' },
    choices: {
      exclude: { zh: '其设备不计入', en: 'Their devices are left out' },
      include: { zh: '视为无一退役', en: 'Taken as without any retirement' },
    },
    default: 'exclude',
  },
} as const

/**
 * CTEs up to `device_life`, one row a device: its life from its activation (`entry`, `finish` in µs; see `lifetimeCurves`). It
 * enters at the age it had at the first export or snapshot of its platform, because lists omit what was deleted before; it ends
 * when it was retired, or vanished from the lists of its platform, else it is censored at the last export or snapshot, or at
 * `asOf`. Exports of one UTC day are one list. `tells`: its platform gives any retirement time, or two lists; `is_judged`:
 * it has an activation time and its end would be told of, or is taken to be.
 */
export function deviceLives(
  { device, whole, history }: Tables,
  asOf: number,
  { vanished, silent }: InputValues<typeof lifeInputs>,
): Sql {
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
          else last_look end) - epoch_us(activated_at) as finish,
        activated_at is not null and (tells or ${silent === 'include'}) as is_judged
      from dated
    )`
}

/** CTE `life`, after `device_life`: the lives that can be judged as grp '', and all of them from age 0 as 'activation'. */
export const livesTogether: Sql = sql`life as (
      select '' as grp, entry, finish, coalesce(is_event, false) as is_event from device_life where is_judged
      union all
      select 'activation', 0, finish, coalesce(is_event, false) from device_life where is_judged
    )`

/**
 * CTE `life`, after `device_life`: the lives that can be judged by the quarter (UTC) of activation, `2025-04-01`, and all of
 * them from age 0 as `2025-04-01 activation`.
 */
export const livesByQuarter: Sql = sql`quarterly as (
      select date_trunc('quarter', activated_at)::date::varchar as grp, entry, finish, coalesce(is_event, false) as is_event
      from device_life where is_judged
    ), life as (
      select * from quarterly
      union all
      select grp || ' activation', 0, finish, is_event from quarterly
    )`

/** When a device ended that a later list of its platform no longer has: some time between the two lists. */
function vanishedAt(vanished: string): Sql {
  if (vanished === 'ignore') return sql`null::timestamp`
  if (vanished === 'late') return sql`first_missed`
  return sql`case when first_missed is not null then
      make_timestamp((epoch_us(last_listed) + epoch_us(first_missed)) // 2) end`
}

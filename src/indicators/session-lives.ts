import { type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'

/** More curves than this cannot be told apart. */
export const mostCurves = 6

/**
 * CTEs `session_life` and `life`, after `told`: the length of each session as a life (µs; see `lifetimeCurves`). One that began before the
 * period enters at the age it had when the period began; one that lasts longer than the period, or is open, is censored
 * there. Sessions of unseen beginning stay out, but where `windowStarts` is set those open at w0 count from there.
 *
 * `life` has all of them as grp '', and those of the first groups again, as '=' with the group's value.
 */
export function sessionLives({ whole, period }: Tables, by: string, windowStarts: boolean): Sql {
  const before = period.until ? sql`start < ${period.until}` : sql`true`
  const since = period.from ? sql`ended >= ${period.from}` : sql`true`
  const seen = period.until ? sql`not is_open and ended < ${period.until}` : sql`not is_open`
  return sql`session_life as not materialized (
      select platform_id, device_id, cause, start_unseen or (since_window and ${!windowStarts}) as is_unseen,
        greatest(0, epoch_us(opens) - epoch_us(start)) as entry,
        greatest(0, epoch_us(least(ended, closes)) - epoch_us(start)) as finish, ${seen} as is_event
      from told join watch using (platform_id) where ${before} and ${since}
    ), platform_tier as (
      select platform_id::varchar as platform_id, min(tier::varchar) as tier from ${whole.platform} group by 1
    ), device_protocol as (
      select platform_id::varchar as platform_id, device_id::varchar as device_id, min(protocol::varchar) as protocol
      from ${whole.device} group by all
    ), grouped_life as (
      select ${groupValue(by)} as grp, entry, finish, is_event from session_life
        left join platform_tier using (platform_id) left join device_protocol using (platform_id, device_id)
      where not is_unseen and ${by !== 'all'}
    ), first_group as (
      select grp from grouped_life group by grp order by count(*) desc, grp limit ${mostCurves}
    ), life as (
      select '' as grp, entry, finish, is_event from session_life where not is_unseen
      union all
      select '=' || grp, entry, finish, is_event from grouped_life semi join first_group using (grp)
    )`
}

function groupValue(by: string): Sql {
  if (by === 'platform') return sql`platform_id`
  return by === 'tier' ? sql`coalesce(tier, 'unknown')` : sql`coalesce(protocol, 'unknown')`
}

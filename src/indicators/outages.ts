import { type Sql, sql } from '../sql/sql.ts'
import { keepaliveInput, keepaliveLag } from './availability.ts'
import { unplannedCauses } from './failures.ts'
import { toldSessions, watchedDevices, watchWindows } from './observation.ts'
import type { InputValues, Tables } from './recipe.ts'
import { withinPeriod } from './within-period.ts'

export const outageInputs = {
  causes: {
    kind: 'choice',
    name: { zh: '中断起于', en: 'An outage begins with' },
    choices: {
      unplanned: { zh: '非计划断连', en: 'An unplanned disconnect' },
      untold: { zh: '非计划断连，以及原因为其他或未知者', en: 'That, or one of other or unknown reason' },
      all: { zh: '除退役外的任何断连', en: 'Any disconnect but retirement' },
    },
    default: 'unplanned',
  },
  horizon: {
    kind: 'number',
    name: { zh: '限制均值的上限', en: 'Restricted mean up to' },
    unit: { zh: '小时', en: 'h' },
    min: 1,
    max: 8760,
    default: 168,
  },
  keepalive: keepaliveInput,
} as const

export type OutageInputs = InputValues<typeof outageInputs>

/** Causes with which an outage begins; what only the next connect shows has no length. */
function beginning({ causes }: OutageInputs): readonly string[] {
  if (causes === 'unplanned') return unplannedCauses
  return [...unplannedCauses, 'other', ...(causes === 'all' ? ['planned'] : [])]
}

/**
 * CTEs up to `outage`, one row an outage that began in the period: platform_id, device_id, `began`, `ended` (the next connect, or
 * where it is still open the end of what was observed of the device), `cause`, `state` (`completed`, `open`, or `unseen` where a
 * second disconnect shows that the device came back at a time unknown), `length` in µs (null where unseen), and `lag`: by how
 * much it may have begun earlier (µs). A device with another session open is not out.
 */
export function outages(tables: Tables, given: OutageInputs): Sql {
  const lag = sql`${BigInt(Math.round(keepaliveLag(given)))}`
  return sql`${watchWindows(tables)}, ${toldSessions(tables)}, ${watchedDevices(tables, { entry: 'window' })},
    connected as (
      select platform_id, device_id, max(ended) over so_far as began,
        arg_max(struct_pack(cause := coalesce(cause, ''), start := start, unseen := start_unseen),
          (ended, start, coalesce(session_id, ''), coalesce(cause, ''))) over so_far as last,
        lead(start) over placed as back_at, lead(start_unseen) over placed as back_unseen
      from told
      window placed as (partition by platform_id, device_id order by start, ended, session_id nulls first, cause nulls first),
        so_far as (partition by platform_id, device_id order by start, ended, session_id nulls first, cause nulls first
          rows between unbounded preceding and current row)
    ), down as (
      select platform_id, device_id, began, last.cause as cause, last.unseen as unseen, last.start as start, left_at,
        coalesce(back_unseen, false) as back_unseen,
        coalesce(back_at <= left_at and ${withinPeriod(sql`back_at`, tables)}, false) as is_back, back_at
      from connected join device_watch using (platform_id, device_id)
      where began between entered and left_at and ${withinPeriod(sql`began`, tables)}
        and (back_at is null or back_at >= began) and last.cause in ${beginning(given)}
    ), outage as materialized (
      select platform_id, device_id, began, case when not back_unseen and is_back then back_at when not back_unseen then left_at end as ended,
        cause, case when back_unseen then 'unseen' when is_back then 'completed' else 'open' end as state,
        case when not back_unseen then epoch_us(case when is_back then back_at else left_at end) - epoch_us(began) end as length,
        case when cause in ('keepalive', 'lost') and not unseen
          then least(${lag}, epoch_us(began) - epoch_us(start)) else 0 end as lag
      from down
    )`
}

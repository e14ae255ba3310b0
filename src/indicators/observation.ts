import { name, type Sql, sql } from '../sql/sql.ts'
import type { InputValues, Tables } from './recipe.ts'
import { sessionsFrom } from './sessions.ts'

/** What a person may set about how long, and in which state, a device was observed. */
export const observationInputs = {
  entry: {
    kind: 'choice',
    name: { zh: '设备的观察起点', en: 'A device is observed from' },
    choices: {
      activation: {
        zh: '激活时间（没有则首次连接或断开）',
        en: 'Activation, else its first connect or disconnect',
      },
      window: { zh: '平台观察窗的起点', en: 'The beginning of its platform’s window' },
    },
    default: 'activation',
  },
  unseen: {
    kind: 'choice',
    name: { zh: '两次断开之间未见连接的时段', en: 'Time between two disconnects without a connect' },
    choices: {
      exclude: { zh: '未知，不计入', en: 'Unknown, left out' },
      online: { zh: '视为在线', en: 'Taken as online' },
    },
    default: 'exclude',
  },
} as const

export type ObservationInputs = InputValues<typeof observationInputs>

const END = name('end')

/** Days without any event after which what follows is taken for a clock fault; as for the time of the data. */
const longestSilence = 92

/**
 * CTE `watch`, one row a platform: the window from its first to its last event (`w0`, `w1`), and that window cut by the
 * period (`opens`, `closes`). Devices' clocks run wild (1970, 2038), and one such event would make the window decades
 * long: from the day of the median event, days with events are followed both ways until a gap of more than 92 days.
 * Whatever the filters, all events of a platform tell how long it was watched.
 */
export function watchWindows({ whole, period: { from, until } }: Tables): Sql {
  return sql`heard_day as (
      select platform_id::varchar as platform_id, ts_event::date as day, count(*) as events, min(ts_event) as first,
        max(ts_event) as last
      from ${whole.conn_event} where platform_id is not null and ts_event is not null group by all
    ), heard_gap as (
      select *, day - lag(day) over placed > ${longestSilence} as leap, sum(events) over placed as so_far,
        sum(events) over (partition by platform_id) as all_events
      from heard_day window placed as (partition by platform_id order by day)
    ), heard_stretch as (
      select *, sum(coalesce(leap, false)::integer) over (partition by platform_id order by day) as stretch_no
      from heard_gap
    ), heard_middle as (
      select platform_id, arg_min(stretch_no, day) as stretch_no from heard_stretch
      where so_far * 2 >= all_events group by platform_id
    ), watch as materialized (
      select platform_id, min(first) as w0, max(last) as w1,
        greatest(min(first), ${from ?? sql`min(first)`}) as opens, least(max(last), ${until ?? sql`max(last)`}) as closes
      from heard_stretch join heard_middle using (platform_id, stretch_no) group by platform_id
    )`
}

/**
 * CTE `told`, after `watch`: the sessions of the devices in scope, uncut, from the events within their platform's window:
 * platform_id, device_id, session_id, start, ended, cause (null where open), `is_open`, `is_last` of its device
 * (of those alike in time by session id, then by cause, none first); `start_unseen` where it began unseen after an earlier
 * disconnect, `since_window` where it was open at w0. Open sessions last to w1.
 */
export function toldSessions({ anytime }: Tables): Sql {
  const events = sql`(
      select event.* from ${anytime.conn_event} as event join watch on event.platform_id::varchar = watch.platform_id
      where ts_event between w0 and w1
    )`
  return sql`told as materialized (
      select platform_id, device_id, session_id, case when since_window then w0 else start end as start,
        case when is_open then w1 else ended end as ended, cause, is_open, is_last,
        start_truncated and not since_window as start_unseen, since_window
      from (
        select platform_id::varchar as platform_id, device_id::varchar as device_id, session_id::varchar as session_id,
          start, ${END} as ended, end_cause::varchar as cause, end_censored as is_open, start_truncated,
          lead(start) over placed is null as is_last,
          start_truncated and lag(start) over placed is null as since_window
        from (${sessionsFrom(events)})
        window placed as (
          partition by platform_id, device_id
          order by start, ${END}, session_id nulls first, end_cause nulls first
        )
      ) join watch using (platform_id)
    )`
}

/**
 * CTE `device_watch`, after `told`: one row a device with a session, observed from `entered` to `left_at` (µs UTC as
 * timestamps, left_at > entered): from activation or its first connect (w0 where it began with a disconnect, so that it was
 * online then), within its platform's window, to retirement or the window's end. Events before its activation, or after its
 * retirement, tell that it was there; nothing tells of the time before both, whatever its first session.
 */
export function watchedDevices({ whole }: Tables, { entry }: Pick<ObservationInputs, 'entry'>): Sql {
  const entered =
    entry === 'window'
      ? sql`opens`
      : sql`greatest(opens, case when activated_at is null then first_start else least(activated_at, first_event) end)`
  return sql`registered as (
      select platform_id::varchar as platform_id, device_id::varchar as device_id, min(activated_at) as activated_at,
        max(retired_at) as retired_at
      from ${whole.device} group by all
    ), heard as (
      select platform_id, device_id, min(start) as first_start, min(case when since_window then ended else start end) as first_event,
        max(case when is_open then start else ended end) as last_heard, bool_or(is_last and cause = 'retired') as is_retired
      from told group by platform_id, device_id
    ), device_watch as materialized (
      select platform_id, device_id, ${entered} as entered, least(closes, case
          when retired_at is not null then greatest(retired_at, last_heard) when is_retired then last_heard end) as left_at
      from heard join watch using (platform_id) left join registered using (platform_id, device_id)
      where left_at > entered
    )`
}

/**
 * CTE `piece` (or another name), after `device_watch`: disjoint stretches of time from `began` to `finished` in which a device
 * was connected (`is_known`), or may have been: its session began unseen. Sessions that overlap (a takeover told late)
 * count once. Where `lag` is given (µs), lost links ended so much earlier, but not before their session began.
 */
export function onlinePieces(called: string, { unseen }: Pick<ObservationInputs, 'unseen'>, lag = 0): Sql {
  const ended =
    lag === 0
      ? sql`ended`
      : sql`case when not start_unseen and cause in ('keepalive', 'lost') then greatest(start, ended - to_microseconds(${BigInt(Math.round(lag))})) else ended end`
  return sql`${name(called)} as materialized (
      with cut as (
        select platform_id, device_id, greatest(start, entered) as began, least(${ended}, left_at) as finished,
          ${unseen === 'online'} or not start_unseen as is_known
        from told join device_watch using (platform_id, device_id)
      ), placed as (
        select *, max(finished) over (
          partition by platform_id, device_id order by began, is_known desc, finished
          rows between unbounded preceding and 1 preceding
        ) as covered
        from cut where finished > began
      )
      select platform_id, device_id, greatest(began, covered) as began, finished, is_known
      from placed where covered is null or finished > covered
    )`
}

/**
 * CTE `device_time`, after pieces: one row a device with known time: `up` and `exposure` (µs; up ≤ exposure), `unknown`
 * left out of both.
 */
export function deviceTimes(pieces: string, called = 'device_time'): Sql {
  return sql`${name(called)} as materialized (
      with spent as (
        select platform_id, device_id, sum(epoch_us(finished) - epoch_us(began)) filter (is_known) as up,
          sum(epoch_us(finished) - epoch_us(began)) filter (not is_known) as unknown
        from ${name(pieces)} group by platform_id, device_id
      )
      select platform_id, device_id, coalesce(up, 0)::bigint as up, coalesce(unknown, 0)::bigint as unknown,
        (epoch_us(left_at) - epoch_us(entered) - coalesce(unknown, 0))::bigint as exposure
      from device_watch left join spent using (platform_id, device_id)
      where exposure > 0
    )`
}

/** Hours of a sum of microseconds. */
export function inHours(microseconds: Sql): Sql {
  return sql`(${microseconds}) / 3.6e9`
}

import { canonicalTable } from '../domain/canonical.ts'
import { join, type Sql, sql } from '../sql/sql.ts'

/** The stretch of time that sessions are told of; UTC, null where the data itself sets the end. */
export interface SessionWindow {
  readonly from: Sql | null
  /** The first instant after it. */
  readonly until: Sql | null
}

const always: SessionWindow = { from: null, until: null }

/**
 * A SELECT with the columns of `session`, from a relation with those of `conn_event`. Per device, from each connect to
 * what follows it in the broker's order:
 * - a disconnect, with its reason class as the cause (`other` where it has none);
 * - another connect: the session ended there unseen, cause `reconnect`;
 * - nothing: `end_censored`, its end the last event of the platform (w1), no cause.
 * A disconnect without a connect ends a session that began unseen: `start_truncated`, its start the first event of the
 * platform (w0) or the device's disconnect before. Activity opens and ends nothing, but tells that the platform was seen.
 *
 * Sessions that reach out of a given window are cut at its borders and marked like those of w0 and w1, so that a session
 * that spans the window is there too. A clock that runs backwards gives length 0, never less.
 */
export function sessionsFrom(connEvents: Sql, { from, until }: SessionWindow = always): Sql {
  const first = from ?? sql`timestamp '-infinity'`
  const after = until ?? sql`timestamp 'infinity'`
  return sql`
    with ${orderedEvents(connEvents)}, ${sessionEnds()}, observed as (
      select platform_id, min(ts_event) as w0, max(ts_event) as w1 from ${connEvents} group by platform_id
    ), whole as (
      select platform_id, device_id, session_id, opened is null as truncated, closed is null as censored, cause,
        coalesce(opened, least(coalesce(before, w0), closed)) as began,
        greatest(coalesce(closed, w1), opened) as ended
      from stretch join device using (d) join observed using (platform_id)
    )
    select platform_id, device_id, session_id, greatest(began, ${first}) as start, least(ended, ${after}) as ${END},
      truncated or began < ${first} as start_truncated, censored or ended >= ${after} as end_censored,
      case when not (censored or ended >= ${after}) then cause end as end_cause,
      null::varchar as file_id, null::bigint as row_no
    from whole where ended >= ${first} and began < ${after}`
}

const END = sql`"end"`

/** The reason classes by the alphabet: ten million events carry the number of one, which is small. */
const reasons = sql`[${join(
  Object.keys(canonicalTable('conn_event').columns.reason_class?.values ?? {})
    .toSorted()
    .map(reason => sql`${reason}`),
)}]`
const reasonNumber = (reason: Sql): Sql => sql`list_position(${reasons}, ${reason})::utinyint`

/**
 * CTEs up to `positioned`: connects and disconnects, repeated deliveries once, with their order `n` within a device.
 * The order is that of the sequence numbers where all events of a device have one, else of time. AWS gives a connect and
 * its disconnect the same number, and starts again at 0 when a device was away for about an hour: after half an hour of
 * silence a smaller number, or a connect with the same one, opens a new `era`.
 *
 * What is alike in all of that stands in the order of the session ids; of deliveries that give different reasons the first
 * class by the alphabet counts. So anybody finds the same sessions again.
 *
 * Devices go by a number `d`, which sorts faster than their names; what only numbered devices and ties at one instant
 * need is worked out for those alone. Nothing that has all events is kept beside its one reader: DuckDB would else hold ten
 * million of them to the end of the statement.
 */
function orderedEvents(connEvents: Sql): Sql {
  return sql`spoken as not materialized (
    select * from ${connEvents} where kind in ('connect', 'disconnect')
  ), device as materialized (
    select platform_id, device_id, count(*) = count(seq) as sequenced, (row_number() over ())::integer as d
    from spoken group by platform_id, device_id
  ), timed as materialized (${deliveries(sql`not sequenced`)}), tie as (
    select d, ts_event, count(session_id) = count(*) and min(session_id) = max(session_id) as one_session
    from timed group by d, ts_event having bool_or(connects) and not bool_and(connects)
  ), intricate as (
    select *, true as sequenced, false as mixed, false as one_session from (${deliveries(sql`sequenced`)})
    union all by name
    select timed.*, false as sequenced, tie.d is not null as mixed, coalesce(one_session, false) as one_session
    from timed left join tie using (d, ts_event) where d in (select d from tie)
  ), unravelled as (
    select d, sequenced, connects, ts_event, seq, session_id, reason, mixed, one_session,
      coalesce(lag(${stateAfter} ignore nulls) over timely, false) as was_connected,
      sequenced and ts_event - lag(ts_event) over timely >= interval 30 minutes
        and (seq < lag(seq) over timely or (connects and seq = lag(seq) over timely)) as restarts
    from intricate window timely as (partition by d order by ts_event, seq, not connects, session_id)
  ), ranked as (
    select d, sequenced, connects, ts_event, seq, session_id, reason, ${secondInTie} as second,
      sum(coalesce(restarts, false)::integer) over (
        partition by d order by ts_event, seq, not connects, session_id
      ) as era
    from unravelled
    union all by name
    select *, false as sequenced, not connects as second, 0 as era from timed where d not in (select d from tie)
  ), positioned as (
    select d, connects, ts_event, session_id, reason, row_number() over placed as n,
      lag(case when connects then session_id end, 1 ignore nulls) over placed as open_id,
      lag(case when connects then session_id end, 2 ignore nulls) over placed as superseded_id
    from ranked
    window placed as (
      partition by d order by era, case when sequenced then seq end,
        case when not sequenced then ts_event end, second, ts_event, seq, session_id
    )
  )`
}

/** SELECT of the events of some devices, each once however often it was delivered. */
function deliveries(ofDevices: Sql): Sql {
  return sql`select d, kind = 'connect' as connects, ts_event, seq, session_id,
      coalesce(min(${reasonNumber(sql`reason_class::varchar`)}), ${reasonNumber(sql`'other'`)}) as reason
    from spoken join device using (platform_id, device_id) where ${ofDevices} group by all`
}

/**
 * Whether a device is connected after an instant. A connect and a disconnect at the same instant leave it as it was,
 * except for a session of length 0, which leaves it disconnected; null where it stays as it was.
 */
const stateAfter = sql`case when not mixed then connects when one_session then false end`

/** Of a connect and a disconnect at once the disconnect comes first where another session was open. */
const secondInTie = sql`case when mixed and was_connected and not one_session then connects else not connects end`

/**
 * CTEs up to `stretch`: one row per session. A disconnect of the session before the open one (a takeover, told late)
 * does not end the open one.
 */
function sessionEnds(): Sql {
  return sql`neighbours as (
    select *, lag(connects) over placed as connects_before, lag(ts_event) over placed as ts_before,
      lead(connects) over placed as connects_after, lead(ts_event) over placed as ts_after,
      lead(reason) over placed as reason_after, lead(session_id) over placed as id_after
    from positioned
    where connects or not coalesce(session_id = superseded_id and session_id <> open_id, false)
    window placed as (partition by d order by n)
  ), stretch as (
    select d, case when not connects then ts_before end as before, case when connects then ts_event end as opened,
      case when connects then ts_after else ts_event end as closed,
      case when not connects then ${reasons}[reason] when connects_after then 'reconnect' else ${reasons}[reason_after] end as cause,
      coalesce(session_id, case when connects and not connects_after then id_after end) as session_id
    from neighbours where connects or not coalesce(connects_before, false)
  )`
}

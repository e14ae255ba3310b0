import { type Sql, sql } from '../sql/sql.ts'

const dayLength = 86_400_000_000n

/**
 * CTE `online_day`, after `device_watch` and pieces `piece`: for each day (UTC) with any exposure the `up` and `exposure` of all
 * devices in µs. Stretches are not laid out day by day: each day needs how many began and ended before it, and when in
 * the day the others did, so the cost is that of the stretches and not of their length.
 */
export const onlineDays: Sql = sql`turn as (
      select began as at_time, 1 as exposed, 0 as up from (select entered as began from device_watch)
      union all select left_at, -1, 0 from device_watch
      union all select began, -(not is_known)::integer, is_known::integer from piece
      union all select finished, (not is_known)::integer, -is_known::integer from piece
    ), day_turn as (
      select at_time::date as day, sum(exposed) as exposed, sum(up) as up,
        sum(exposed * (epoch_us(at_time) - epoch_us(at_time::date::timestamp))) as exposed_late,
        sum(up * (epoch_us(at_time) - epoch_us(at_time::date::timestamp))) as up_late
      from turn group by day
    ), every_day as (
      select unnest(generate_series(min(day)::timestamp, max(day)::timestamp, interval 1 day))::date as day from day_turn
    ), online_day as (
      select day, sum(coalesce(exposed, 0)) over so_far * ${dayLength} - coalesce(exposed_late, 0) as exposure,
        sum(coalesce(up, 0)) over so_far * ${dayLength} - coalesce(up_late, 0) as up
      from every_day left join day_turn using (day)
      window so_far as (order by day)
    )`

/**
 * CTEs up to `snapshot_day` and `snapshot_device`, from snapshots at or before a time: for platforms with states alone. The
 * kind of state is session where the data has it, else activity. Each snapshot stands for the time to its neighbours
 * (half the way to each) in the snapshots of its platform, scaled so that a platform's snapshots weigh 1 on the mean;
 * `never` and `unknown` states, and devices not yet activated or already retired, weigh nothing.
 */
export function snapshotShares(snapshots: Sql, devices: Sql, until: Sql): Sql {
  return sql`state as (
      select platform_id::varchar as platform_id, device_id::varchar as device_id, as_of, state::varchar as state,
        state_kind::varchar as state_kind
      from ${snapshots} where as_of <= ${until} and platform_id is not null
    ), state_chosen as (
      select case when bool_or(state_kind = 'session') then 'session'
        when bool_or(state_kind = 'activity') then 'activity' end as kind
      from state
    ), snapshot_time as (
      select distinct platform_id, as_of from state, state_chosen where state_kind = kind
    ), snapshot_reach as (
      select *, (epoch_us(lead(as_of, 1, as_of) over placed) - epoch_us(lag(as_of, 1, as_of) over placed))::double as reach
      from snapshot_time window placed as (partition by platform_id order by as_of)
    ), snapshot_weight as (
      select platform_id, as_of, case when sum(reach) over whole_platform > 0
        then reach * count(*) over whole_platform / sum(reach) over whole_platform else 1 end as weight
      from snapshot_reach window whole_platform as (partition by platform_id)
    ), judged as (
      select platform_id, device_id, as_of::date as day, weight, state = 'online' as is_up
      from state join snapshot_weight using (platform_id, as_of), state_chosen
      where state_kind = kind and state in ('online', 'offline') and not exists (
        select 1 from ${devices} as device
        where device.platform_id::varchar = state.platform_id and device.device_id::varchar = state.device_id
          and (activated_at > as_of or retired_at <= as_of)
      )
    ), snapshot_day as (
      select day, sum(weight) filter (is_up) as up, sum(weight) as exposure from judged group by day
    ), snapshot_device as (
      select platform_id, device_id, coalesce(sum(weight) filter (is_up), 0) as up, sum(weight) as exposure
      from judged group by all
    )`
}

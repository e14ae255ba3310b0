import { type Sql, sql } from '../sql/sql.ts'
import { normalQuantile } from '../statistics/statistics.ts'

/** The curve is given where it passes each of so many levels of survival, exactly as it stands there. */
const levels = 250

/** A curve reaches a share where it comes this near: products of many factors carry rounding errors. */
const near = 1e-10

/** What a figure shows ends where less than this is left. */
const shownLeft = 0.05

/**
 * Numbers at risk are given at multiples of a power of ten, nine steps or more. An axis has at most six steps of 1, 2, 3 or 5
 * times a power of ten, so that each of its ticks has its number.
 */
const fewestMarks = 9

/**
 * The Kaplan–Meier curve with delayed entry as SQL, for millions of lives: at t a life is at risk where entry < t ≤ finish, and
 * from the very beginning where its entry is 0; limits are log-log with Greenwood's variance (Klein & Moeschberger 2003,
 * 4.2–4.3, 4.6). The same as `survivalCurve` of the statistics, which needs every distinct duration in memory.
 *
 * CTEs from `life` (grp text, entry, finish in µs, is_event; see `usableLives`) to `curve`: one row a group and moment, with
 * `events`, `censored`, `entered`, `at_risk` just before, `survival`, `low`, `high`. Where all at risk ended the curve is 0 for
 * ever, and `high` stays as it was.
 */
export const lifetimeCurves: Sql = sql`usable as not materialized (
      select grp, entry, finish, is_event from life
      where entry >= 0 and finish >= 0 and (entry = 0 or finish > entry)
    ), moment as (
      select grp, moment, count(*) filter (what = 'event')::integer as events,
        count(*) filter (what = 'censoring')::integer as censored, count(*) filter (what = 'entry')::integer as entered
      from (
        select grp, finish as moment, case when is_event then 'event' else 'censoring' end as what from usable
        union all
        select grp, entry, 'entry' from usable where entry > 0
        union all
        select distinct grp, 0, 'beginning' from usable
      ) group by grp, moment
    ), started as (
      select grp, count(*) filter (entry = 0) as started, count(*) filter (entry > 0) as coming from usable group by grp
    ), risk as (
      select grp, moment, events, censored, entered, started::integer as started,
        (coming - sum(entered) over so_far)::integer as yet_to_come,
        (started + sum(entered - events - censored) over so_far - (entered - events - censored))::integer as at_risk
      from moment join started using (grp)
      window so_far as (partition by grp order by moment rows unbounded preceding)
    ), over_at as (
      select grp, min(moment) as over_at from risk where events > 0 and events = at_risk group by grp
    ), hazard as (
      select risk.*, moment >= coalesce(over_at, moment + 1) as is_over,
        sum(case when events > 0 and moment < coalesce(over_at, moment + 1)
          then -ln((at_risk - events)::double / at_risk) else 0 end) over so_far as hazard,
        sum(case when events > 0 and moment < coalesce(over_at, moment + 1)
          then events / (at_risk::double * (at_risk - events)) else 0 end) over so_far as variance
      from risk left join over_at using (grp)
      window so_far as (partition by grp order by moment rows unbounded preceding)
    ), curve as materialized (
      select grp, moment, events, censored, entered, at_risk, yet_to_come, started,
        case when is_over then 0 else exp(-hazard) end as survival,
        case when is_over then 0 when hazard = 0 then 1
          else exp(-hazard * exp(${normalQuantile(0.975)} * sqrt(variance) / hazard)) end as low,
        case when hazard = 0 then 1 else exp(-hazard / exp(${normalQuantile(0.975)} * sqrt(variance) / hazard)) end as high
      from hazard
    )`

/**
 * CTE `curve_summary`, after `curve`, one row a group: `lives`, `ended`, the median and its limits (µs; the first time at which
 * at most a half survives; Brookmeyer & Crowley 1982), `seen_from` (from when on anybody was at risk), `emptied` (when nobody was
 * left though others came later), `last_moment`; at `horizon` (µs) the survival, its limits and the lives at risk,
 * null after the last moment unless the curve has reached 0.
 */
export function curveSummary(horizon: number): Sql {
  const at = sql`${BigInt(Math.round(horizon))}`
  return sql`curve_summary as (
      select grp, lives, ended, median, median_low, median_high, seen_from, emptied, last_moment,
        case when known then horizon_survival end as horizon_survival, case when known then horizon_low end as horizon_low,
        case when known then horizon_high end as horizon_high, case when known then horizon_at_risk end as horizon_at_risk
      from (
        select *, last_moment >= ${at} or horizon_survival = 0 as known from (
          select grp, any_value(started) + sum(entered) as lives, sum(events) as ended,
            min(moment) filter (survival <= ${0.5 + near}) as median, min(moment) filter (low <= ${0.5 + near}) as median_low,
            min(moment) filter (high <= ${0.5 + near}) as median_high,
            case when any_value(started) > 0 then 0 else min(moment) filter (entered > 0) end as seen_from,
            min(moment) filter (
              (events > 0 and events = at_risk and yet_to_come + entered > 0)
              or (at_risk > 0 and at_risk - events - censored + entered = 0 and yet_to_come > 0)
            ) as emptied,
            max(moment) as last_moment, arg_max(survival, moment) filter (moment <= ${at}) as horizon_survival,
            arg_max(low, moment) filter (moment <= ${at}) as horizon_low,
            arg_max(high, moment) filter (moment <= ${at}) as horizon_high,
            coalesce(arg_min(at_risk, moment) filter (moment >= ${at}), 0) as horizon_at_risk
          from curve group by grp
        )
      )
    )`
}

/**
 * CTE `curve_point`, after `curve`: what a figure and a table need of the curves: grp, `moment`, survival, low, high, at_risk; `marked`
 * (the number at risk at round times, null elsewhere), and `shown_until`, beyond which less than 5 % of each group is left.
 * `unit` is the unit of the axis in µs, in which the times of the numbers at risk are round.
 */
export function curvePoints(unit: number): Sql {
  return sql`shown as (
      select max(reached) as shown_until from (
        select coalesce(min(moment) filter (survival <= ${shownLeft}), max(moment)) as reached from curve group by grp
      )
    ), mark_step as (
      select shown_until, power(10, floor(log10(greatest(shown_until, 1) / ${unit * fewestMarks}))) * ${unit} as step from shown
    ), mark as (
      select grp, round(nth * step)::bigint as moment
      from mark_step, range(0, ${100 * fewestMarks}) as steps(nth), (select distinct grp from curve)
      where nth * step <= shown_until
    ), beside_mark as (
      select grp, moment, survival, low, high, at_risk from curve semi join (
        select grp, unnest([min(moment), max(moment)]) as moment from curve, mark_step group by grp, floor((moment + 0.5) / step)
      ) using (grp, moment)
    ), marked as (
      select mark.grp, mark.moment, coalesce(later.at_risk, 0) as marked from mark
      asof left join beside_mark as later on mark.grp = later.grp and mark.moment <= later.moment
    ), thinned as (
      select grp, moment, survival, low, high, at_risk from curve semi join (
        select grp, min(moment) as moment from curve group by grp, floor(survival * ${levels})
        union all
        select grp, max(moment) from curve group by grp
      ) using (grp, moment)
    ), curve_point as (
      select grp, moment, survival, low, high, at_risk, null::bigint as marked from thinned
      union all
      select marked.grp, marked.moment, survival, low, high, marked, marked
      from marked asof join beside_mark as here on marked.grp = here.grp and marked.moment >= here.moment
    )`
}

/**
 * CTE `curve_mean`, after `curve`, one row a group: the mean life up to `tau` (µs), or to the last moment where that comes first, as
 * `restricted_to`; the area under the curve with its standard error (Klein & Moeschberger 2003, 4.5), in µs.
 */
export function restrictedMeans(tau: number): Sql {
  return sql`reach as (
      select grp, least(max(moment), ${BigInt(Math.round(tau))}) as restricted_to from curve group by grp
    ), strip as (
      select grp, moment, restricted_to, events, at_risk,
        survival * (least(lead(moment, 1, restricted_to) over placed, restricted_to) - moment) as area
      from curve join reach using (grp) where moment <= restricted_to
      window placed as (partition by grp order by moment)
    ), remaining as (
      select *, sum(area) over (partition by grp order by moment desc rows unbounded preceding) as area_after from strip
    ), curve_mean as (
      select grp, any_value(restricted_to) as restricted_to, sum(area) as restricted_mean,
        sqrt(sum(case when events > 0 and events < at_risk
          then area_after * area_after * events / (at_risk::double * (at_risk - events)) else 0 end)) as restricted_error
      from remaining group by grp
    )`
}

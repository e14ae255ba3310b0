import type { Phrase } from '../domain/phrase.ts'
import { asNumber, type Row } from '../domain/table.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { studentQuantile } from '../statistics/statistics.ts'
import { confidence } from './headline.ts'
import type { Interval } from './recipe.ts'

/**
 * CTEs `by_platform` and `overall` from a relation with one row a device (platform_id, k, n: k of n of its records have a
 * property): the ratio Σk / Σn as `rate`, the sums `k` and `n`, the number of `devices`, and the `standard_error` of the
 * rate. Records of one device are alike, so devices are the units: the linearised variance of a ratio of sums,
 * m/(m−1) · Σ(k_d − R n_d)² / (Σ n_d)² for m devices (Cochran 1977, Sampling Techniques, 3rd ed., 6.3 and 9A.3); null
 * for a single device. `by_platform` has one row a platform with any record, `overall` one row, null without records.
 */
export function clusteredRates(units: Sql): Sql {
  return sql`unit as (
    select platform_id::varchar as platform_id, k::double as k, n::double as n from ${units} where n > 0
  ), platform_total as (
    select platform_id as of_platform, sum(k) / sum(n) as ratio, sum(n) as whole from unit group by 1
  ), by_platform as (
    select platform_id, ${measures}
    from unit join platform_total on platform_id is not distinct from of_platform group by platform_id
  ), total as (
    select sum(k) / sum(n) as ratio, sum(n) as whole from unit
  ), overall as (
    select ${measures} from unit, total
  )`
}

/** Of devices beside the `ratio` and the `whole` of their group. */
const measures = sql`sum(k) as k, sum(n) as n, any_value(ratio) as rate, count(*) as devices,
      case when count(*) > 1 then
        sqrt(sum((k - ratio * n) * (k - ratio * n)) * count(*) / (count(*) - 1)) / any_value(whole)
      end as standard_error`

interface Estimate {
  readonly rate: number | null
  readonly standardError: number | null
  /** Number of devices. */
  readonly units: number
}

/**
 * The limits that hold the rate with 95 % confidence, symmetric on the logit scale, with Student's t of m − 1 degrees of
 * freedom; null where there is no spread to go by (one device, all alike, a rate of 0 or 1).
 */
export function clusteredLimits({ rate, standardError, units }: Estimate) {
  if (rate === null || standardError === null || units < 2) return null
  if (rate <= 0 || rate >= 1 || standardError <= 0) return null
  const half = (studentQuantile(0.975, units - 1) * standardError) / (rate * (1 - rate))
  const centre = Math.log(rate / (1 - rate))
  return { low: logistic(centre - half), high: logistic(centre + half) }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

const method: Phrase = {
  zh: '以设备为整群的比率估计，logit 尺度，t 分布',
  en: 'Ratio estimate with devices as clusters, logit scale, Student’s t',
}

/** The interval of a headline from the figures that every row repeats. */
export function clusteredInterval(estimate: Estimate): Interval | null {
  return confidence(clusteredLimits(estimate), method)
}

/** The estimate that a row carries in the given columns. */
export function estimateIn(
  row: Row | undefined,
  rate: string,
  standardError: string,
  units: string,
): Estimate {
  return {
    rate: asNumber(row?.[rate]),
    standardError: asNumber(row?.[standardError]),
    units: asNumber(row?.[units]) ?? 0,
  }
}

import type { Phrase } from '../domain/phrase.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { normalQuantile } from '../statistics/statistics.ts'

/** Fewer devices than this do not tell how devices differ. */
const fewest = 10

/**
 * CTE `quantile_limits`, one row, from a relation (d, value) of records of devices d: the `estimate` of the p-quantile
 * (type 7) and limits that hold it with 95 % confidence: the quantiles at p ± t·s, s the standard error of the share of
 * records below the estimate with devices as clusters (Woodruff 1952, J. Amer. Statist. Assoc. 47:635; Cochran 1977,
 * 9A.3), t Student's quantile of m − 1 degrees of freedom by its expansion (Abramowitz & Stegun 26.7.5). Null below
 * ten devices, where all devices are alike, and where p ± t·s leaves (0, 1); the ranks are rounded outwards.
 */
export function quantileLimits(values: Sql, p: number): Sql {
  return sql`estimated as (
      select quantile_cont(value, ${p}) as estimate, count(*) as n from ${values}
    ), cluster as (
      select count(*)::double as size, count(*) filter (value <= estimate)::double as below
      from ${values}, estimated group by d
    ), share as (
      select sum(below) / sum(size) as ratio from cluster
    ), spread as (
      select case when count(*) >= ${fewest} then ${student(sql`(count(*) - 1)`)} *
          sqrt(sum((below - ratio * size) * (below - ratio * size)) * count(*) / (count(*) - 1)) / sum(size)
        end as half
      from cluster, share
    ), ranked as (
      select value, row_number() over (order by value) as place from ${values}
      where (select half > 0 from spread)
    ), quantile_limits as (
      select estimate, n,
        (select value from ranked where place = (select floor(n * (${p} - half)) from spread, estimated)) as low,
        (select value from ranked
          where place = (select floor(n * (${p} + half)) + 1 from spread, estimated where ${p} + half < 1)) as high
      from estimated
    )`
}

/** t(0.975; f) to 1e-4 from f = 9 on, to 1e-8 from 100 on. */
function student(f: Sql): Sql {
  const z = normalQuantile(0.975)
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return sql`(${z} + ${first} / ${f} + ${second} / ${f} ** 2 + ${third} / ${f} ** 3)`
}

export const quantileMethod: Phrase = {
  zh: '伍德拉夫（Woodruff）区间，以设备为整群',
  en: 'Woodruff, with devices as clusters',
}

import type { Phrase } from '../domain/phrase.ts'
import { type Sql, sql } from '../sql/sql.ts'

/**
 * CTE `middle`, one row from a relation with a column `value` (null: left out): `n`, the `median` (type 7) and the limits
 * `low`, `high` that hold the true median with at least 95 % confidence whatever the distribution, values being
 * independent: the r-th value from either end, r the largest with P(B ≤ r − 1) ≤ 0.025, B binomial of n and ½ (Hahn &
 * Meeker 1991, Statistical Intervals, 5.2). Below six values there are no such limits: null.
 */
export function medianLimits(values: Sql): Sql {
  return sql`sorted as (
      select value::double as value, row_number() over (order by value) as place from ${values} where value is not null
    ), size as (
      select count(*) as n, quantile_cont(value, 0.5) as median from sorted
    ), tail as (
      select r, sum(exp(lgamma(n + 1) - lgamma(r) - lgamma(n - r + 2) - n * ln(2))) over (order by r) as below
      from (select n, unnest(range(1, n // 2 + 1)) as r from size)
    ), middle as (
      select n, median, (select value from sorted where place = reach.r) as low,
        (select value from sorted where place = n + 1 - reach.r) as high
      from size, (select max(r) as r from tail where below <= 0.025) as reach
    )`
}

export const medianMethod: Phrase = {
  zh: '中位数的次序统计量区间（二项分布，不依赖分布形式）',
  en: 'Order statistics of the median (binomial, distribution-free)',
}

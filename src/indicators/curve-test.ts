import { asNumber, type Row, row, type ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { type LogRank, logRank } from '../statistics/statistics.ts'
import { type Beside, figure } from './headline.ts'
import { mostCurves } from './session-lives.ts'

const places = Array.from({ length: mostCurves }, (_, i) => i + 1)

/** The share of those at risk that the group of a place has. */
const share = (place: number): Sql => name(`share_${place}`)

/**
 * CTEs `group_test`, one row a group of `curve` but ''; `place` (from 1), `observed_ends` and `expected_ends` (those were all
 * groups alike), and `all_covariances` (one row): the sums of a log-rank test, as the text of a list of k × k numbers, row by
 * row. A life is at risk at t where entry < t ≤ finish, so that delayed entry counts.
 */
export const logRankSums: Sql = sql`compared as (
      select grp, row_number() over (order by grp) as place from (select distinct grp from curve where grp <> '')
    ), end_time as (
      select moment, sum(events)::double as d from curve where grp <> '' group by moment having d > 0
    ), at_end as (
      select compared.grp, place, end_time.moment, d, coalesce(later.at_risk, 0)::double as m
      from end_time cross join compared
        asof left join (select grp, moment, at_risk from curve) as later
          on compared.grp = later.grp and end_time.moment <= later.moment
    ), pooled as (
      select moment, any_value(d) as d, sum(m) as n, case when n > 1 then any_value(d) * (n - any_value(d)) / (n - 1) else 0 end as c,
        ${join(
          places.map(i => sql`coalesce(any_value(m) filter (place = ${i}), 0) / sum(m) as ${share(i)}`),
          ', ',
        )}
      from at_end group by moment
    ), expectation as (
      select grp, place, sum(at_end.d * m / n) as expected_ends from at_end join pooled using (moment) group by all
    ), group_test as (
      select compared.grp as grp, place, sum(events)::bigint as observed_ends, any_value(coalesce(expected_ends, 0)) as expected_ends
      from compared join curve on compared.grp = curve.grp left join expectation using (place) group by all
    ), all_covariances as (
      select [${join(
        places.flatMap(i =>
          places.map(
            j =>
              sql`coalesce(sum(c * ${share(i)} * (${i === j ? sql`1` : sql`0`} - ${share(j)})), 0)::double`,
          ),
        ),
        ', ',
      )}]::varchar as covariances from pooled
    )`

/** Columns that `withLogRank` gives in the place of `covariances`. */
export const logRankColumns = {
  log_rank: 'number',
  log_rank_df: 'integer',
  log_rank_p: 'number',
} as const satisfies Readonly<Record<string, ValueType>>

/** The rows with the test of `group_test` and `all_covariances` (columns place, observed_ends, expected_ends, covariances). */
export function withLogRank(rows: readonly Row[]): readonly Row[] {
  const test = testOf(rows)
  return rows.map(({ covariances: _, place: _place, ...given }) =>
    row(
      [...Object.keys(given), ...Object.keys(logRankColumns)],
      [...Object.values(given), test?.statistic ?? null, test?.df ?? null, test?.p ?? null],
    ),
  )
}

function testOf(rows: readonly Row[]): LogRank | null {
  const groups = new Map(rows.flatMap(each => (each.place == null ? [] : [[Number(each.place), each]])))
  const ordered = [...groups].toSorted(([a], [b]) => a - b).map(([, each]) => each)
  const cells: readonly number[] = JSON.parse(String(rows[0]?.covariances ?? '[]'))
  return logRank({
    observed: ordered.map(each => asNumber(each.observed_ends) ?? 0),
    expected: ordered.map(each => asNumber(each.expected_ends) ?? 0),
    covariances: ordered.map((_, i) => ordered.map((_each, j) => cells[i * mostCurves + j] ?? 0)),
  })
}

/** The test's figures beside a headline; none where there is no test. */
export function logRankBesides(rows: readonly Row[]): readonly Beside[] {
  return [
    [{ zh: '各曲线的对数秩检验 χ²', en: 'Log-rank χ² of the curves' }, figure(rows, 'log_rank'), 'decimal'],
    [{ zh: '其自由度', en: 'Its degrees of freedom' }, figure(rows, 'log_rank_df'), 'integer'],
    [
      { zh: '其 p 值（视各会话独立）', en: 'Its p (sessions taken as independent)' },
      figure(rows, 'log_rank_p'),
      'decimal',
    ],
  ]
}

import { asNumber, type Row, row, type ValueType } from '../domain/table.ts'
import { join, name, type Sql, sql } from '../sql/sql.ts'
import { type LogRank, logRank } from '../statistics/statistics.ts'
import { type Beside, figure } from './headline.ts'
import { mostCurves } from './session-lives.ts'

const places = Array.from({ length: mostCurves }, (_, i) => i + 1)

/** A list with an entry for the group of each place. */
const ofPlaces = (entry: (place: number) => Sql): Sql => join(places.map(entry))

/** A column of the group of a place. */
const of = (what: 'at_risk' | 'change' | 'share', place: number): Sql => name(`${what}_${place}`)

/** The sum of the covariances of the numbers of ends of two groups, over all moments. */
const covariance = (i: number, j: number): Sql =>
  sql`coalesce(sum(c * ${of('share', i)} * (${i === j ? sql`1` : sql`0`} - ${of('share', j)})), 0)::double`

/**
 * CTEs `group_test`, one row a group of `curve` but ''; `place` (from 1), `observed_ends` and `expected_ends` (those were all
 * groups alike), and `all_covariances` (one row): the sums of a log-rank test, as the text of a list of k × k numbers, row by
 * row. A life is at risk at t where entry < t ≤ finish, so that delayed entry counts.
 */
export const logRankSums: Sql = sql`compared as (
      select grp, row_number() over (order by grp) as place from (select distinct grp from curve where grp <> '')
    ), change as (
      select moment, sum(events)::double as d, ${ofPlaces(
        i => sql`coalesce(sum(entered - events - censored) filter (place = ${i}), 0) as ${of('change', i)},
          coalesce(max(at_risk) filter (place = ${i} and moment = 0), 0) as ${of('at_risk', i)}`,
      )}
      from curve join compared using (grp) group by moment
    ), together as (
      select moment, d, ${ofPlaces(
        i =>
          sql`(sum(${of('at_risk', i)} + ${of('change', i)}) over so_far - ${of('change', i)})::double as ${of('at_risk', i)}`,
      )}
      from change window so_far as (order by moment rows unbounded preceding)
    ), pooled as (
      select d, list_sum([${ofPlaces(i => of('at_risk', i))}]) as n, case when n > 1 then d * (n - d) / (n - 1) else 0 end as c,
        ${ofPlaces(i => sql`${of('at_risk', i)} / n as ${of('share', i)}`)}
      from together where d > 0
    ), pooled_sums as (
      select [${ofPlaces(i => sql`sum(d * ${of('share', i)})`)}] as expected,
        [${join(places.flatMap(i => places.map(j => covariance(i, j))))}]::varchar as covariances
      from pooled
    ), group_test as (
      select compared.grp as grp, place, sum(events)::bigint as observed_ends,
        coalesce(any_value(expected[place]), 0) as expected_ends
      from compared join curve on compared.grp = curve.grp, pooled_sums group by all
    ), all_covariances as (
      select covariances from pooled_sums
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

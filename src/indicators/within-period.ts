import { type Sql, sql } from '../sql/sql.ts'
import type { Tables } from './recipe.ts'

/** Whether a moment lies before the end of the period, whose bound is the first instant after it. */
export function withinPeriod(moment: Sql, { period: { until } }: Pick<Tables, 'period'>): Sql {
  return until === null ? sql`true` : sql`${moment} < ${until}`
}

import { type Sql, sql } from '../sql/sql.ts'

/** The names of the two tables between raw and canonical: every raw row typed, and the refused ones with reasons. */
export interface StagingTables {
  readonly staged: Sql
  readonly refused: Sql
}

/** The relation of rows that nothing refuses, usable after `from`. */
export function accepted({ staged, refused }: StagingTables): Sql {
  return sql`(select * from ${staged} anti join ${refused} using (ordinal))`
}

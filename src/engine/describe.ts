import { type Sql, sql } from '../sql/sql.ts'
import { decodeRows } from './decode.ts'
import type { Link } from './link.ts'
import type { StoredColumn } from './projection.ts'
import { type Connection, run } from './statement.ts'

/** The columns of a statement's result without running it, duplicates included. */
export async function describe(
  link: Link,
  connection: Connection,
  statement: Sql,
  signal: AbortSignal,
): Promise<readonly StoredColumn[]> {
  const text = sql`select column_name, column_type from (describe ${statement}\n)`.text
  const rows = decodeRows(await run(link, connection, text, signal), { name: 'text', type: 'text' })
  return rows.map(({ name, type }) => ({ name: String(name), type: String(type) }))
}

import type { Sql } from '../sql/sql.ts'
import { decodeRows } from './decode.ts'
import type { Link } from './link.ts'
import { type Connection, run } from './statement.ts'

/** The single whole number that a statement gives. */
export async function count(
  at: { readonly link: Link; readonly connection: Connection; readonly signal: AbortSignal },
  statement: Sql,
): Promise<number> {
  const rows = decodeRows(await run(at.link, at.connection, statement.text, at.signal), { n: 'integer' })
  return Number(rows[0]?.['n'] ?? Number.NaN)
}

import { type Sql, sql } from '../sql/sql.ts'
import { decodeRows } from './decode.ts'
import type { StoredColumn } from './projection.ts'
import { run, type Session } from './statement.ts'

/** The columns of a statement's result, duplicates included, without running it. The values of ENUMs are left out. */
export async function storedColumns(session: Session, statement: Sql): Promise<readonly StoredColumn[]> {
  const type = sql`case when starts_with(column_type, 'ENUM(') then 'ENUM' else column_type end`
  const text = sql`select column_name, ${type} from (describe ${statement}\n)`.text
  const rows = decodeRows(await run(session, text), { name: 'text', type: 'text' })
  return rows.map(({ name, type }) => ({ name: String(name), type: String(type) }))
}

/** How many rows a relation has. */
export async function countRows(session: Session, relation: Sql): Promise<number> {
  const counted = await run(session, sql`select count(*) from ${relation}`.text)
  return Number(decodeRows(counted, { n: 'integer' })[0]?.n)
}

import type { Link } from './link.ts'
import { never, run, withConnection } from './statement.ts'

/**
 * Makes the database that all tables are kept in: in memory like the one that duckdb-wasm opens, but its blocks are
 * compressed, which only ATTACH can ask for (DuckDB 1.4.3). 8 million connection events take 0.2 GB there and not 1.2.
 * Must come before the lock.
 */
export async function attachStore(link: Link): Promise<void> {
  await withConnection(link, never, session => run(session, "ATTACH ':memory:' AS assay (COMPRESS)"))
}

import type { Alias } from '../domain/alias.ts'
import { canonicalSources } from '../domain/workspace.ts'
import type { Engine } from '../engine/engine.ts'
import { name, sql } from '../sql/sql.ts'
import type { Store } from './store.ts'

const mostAliases = 20_000

/**
 * What names stand for, the first entry of a name holds: decisions of the open import, earlier ones, then the alias
 * tables of the workspace. A table that cannot be read any more gives none.
 */
export async function aliasesInUse(engine: Engine, store: Store): Promise<readonly Alias[]> {
  const { history, importing } = store.getState()
  const tables = canonicalSources(history.present).alias ?? []
  const loaded: Alias[] = []
  for (const table of tables) loaded.push(...(await aliasesOf(engine, table)))
  return [...(importing?.aliases.toReversed() ?? []), ...history.present.aliases, ...loaded]
}

async function aliasesOf(engine: Engine, table: string): Promise<readonly Alias[]> {
  const result = { kind: 'text', raw: 'text', canonical: 'text', approved_by: 'text' } as const
  const statement = sql`select kind, raw, canonical, approved_by from ${name(table)} order by row_no`
  const rows = await engine.query(statement, result, new AbortController().signal, mostAliases)
  if (!rows.ok) return []
  return rows.value.rows.map(row => ({
    kind: String(row.kind),
    raw: String(row.raw),
    canonical: String(row.canonical),
    approvedBy: row.approved_by === null ? table : String(row.approved_by),
  }))
}

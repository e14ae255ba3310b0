import { type CanonicalName, canonicalNames } from '../../domain/canonical.ts'
import { type Result, success } from '../../domain/failure.ts'
import type { Table } from '../../domain/table.ts'
import { canonicalSources, type Workspace } from '../../domain/workspace.ts'
import type { Engine } from '../../engine/engine.ts'
import {
  type Fate,
  fateCounts,
  fateCountsResult,
  fateRows,
  fateRowsResult,
  fates,
  isComparable,
  type TablePair,
} from '../../indicators/indicator.ts'

/** What became of the things of one table between two exports. */
export interface TableFates extends Readonly<Record<Fate, number>> {
  readonly table: CanonicalName
}

/** The tables that both datasets have, and whose rows can be found again. */
function pairs(workspace: Workspace, older: string, newer: string): readonly TablePair[] {
  const of = (id: string) =>
    canonicalSources({ ...workspace, datasets: workspace.datasets.filter(dataset => dataset.id === id) })
  const [before, after] = [of(older), of(newer)]
  return canonicalNames.flatMap(table => {
    const [a, b] = [before[table], after[table]]
    return a === undefined || b === undefined || !isComparable(table) ? [] : [{ table, older: a, newer: b }]
  })
}

/** Lays one dataset beside a later one: how many things appeared, vanished, changed or stayed, by table. */
export async function compareExports(
  engine: Engine,
  workspace: Workspace,
  older: string,
  newer: string,
  signal: AbortSignal,
): Promise<Result<readonly TableFates[]>> {
  const compared = pairs(workspace, older, newer)
  if (compared.length === 0) return success([])
  const answer = await engine.query(fateCounts(compared), fateCountsResult, signal)
  if (!answer.ok) return answer
  const counted = (table: CanonicalName, fate: Fate) =>
    Number(answer.value.rows.find(row => row.table === table && row.fate === fate)?.rows ?? 0)
  return success(
    compared.map(({ table }) => {
      const [appeared, vanished, changed, unchanged] = fates.map(fate => counted(table, fate))
      return {
        table,
        appeared: appeared ?? 0,
        vanished: vanished ?? 0,
        changed: changed ?? 0,
        unchanged: unchanged ?? 0,
      }
    }),
  )
}

/** The things of one table that did not stay as they were. */
export async function comparedRows(
  engine: Engine,
  workspace: Workspace,
  older: string,
  newer: string,
  table: CanonicalName,
  signal: AbortSignal,
): Promise<Result<Table & { readonly truncated: boolean }>> {
  const pair = pairs(workspace, older, newer).find(candidate => candidate.table === table)
  if (pair === undefined) return success({ columns: [], rows: [], truncated: false })
  return engine.query(fateRows(pair), fateRowsResult, signal)
}

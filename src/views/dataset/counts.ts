import type { ImportedFile, RejectReason } from '../../domain/file.ts'
import type { Dataset } from '../../domain/workspace.ts'

export function rejectedRows(dataset: Dataset): number {
  return dataset.files.reduce((sum, file) => sum + file.rowsRejected, 0)
}

export function tableRows(dataset: Dataset): number {
  return dataset.tables.reduce((sum, table) => sum + table.rows, 0)
}

/** Rejected rows by reason over several files, the most frequent first. */
export function rejectsByReason(
  files: readonly Pick<ImportedFile, 'rejectCounts'>[],
): readonly (readonly [reason: RejectReason, rows: number])[] {
  const sums = new Map<RejectReason, number>()
  for (const { rejectCounts } of files) {
    for (const [reason, rows] of Object.entries(rejectCounts) as [RejectReason, number][]) {
      sums.set(reason, (sums.get(reason) ?? 0) + rows)
    }
  }
  return [...sums].sort(([, a], [, b]) => b - a)
}

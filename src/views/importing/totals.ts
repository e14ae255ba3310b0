import type { ImportItem } from '../../workbench/workbench.ts'

/** Rows and files of an import so far. */
export interface Totals {
  readonly files: number
  readonly failed: number
  readonly read: number
  readonly accepted: number
  readonly rejected: number
}

export function totals(items: readonly ImportItem[]): Totals {
  const sum = (pick: (item: ImportItem) => number | undefined) =>
    items.reduce((total, item) => total + (pick(item) ?? 0), 0)
  return {
    files: items.length,
    failed: items.filter(item => item.progress.stage === 'failed').length,
    read: sum(item => item.counts?.rowsRead),
    accepted: sum(item => item.counts?.rowsAccepted),
    rejected: sum(item => item.counts?.rowsRejected),
  }
}

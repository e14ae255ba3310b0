import type { ImportItem } from '../../workbench/workbench.ts'

/** Rows and files of an import so far. */
export interface Totals {
  /** Files and tables that are taken in, the failed ones among them. */
  readonly files: number
  readonly failed: number
  readonly leftOut: number
  /** Files of the workspace that make room for new ones. */
  readonly replaced: number
  readonly read: number
  readonly accepted: number
  readonly rejected: number
}

export function totals(items: readonly ImportItem[]): Totals {
  const included = items.filter(item => item.included)
  const sum = (pick: (item: ImportItem) => number | undefined) =>
    included.reduce((total, item) => total + (pick(item) ?? 0), 0)
  const failed = included.filter(item => item.progress.stage === 'failed')
  return {
    files: included.length,
    failed: failed.length,
    leftOut: items.length - included.length,
    replaced: included.filter(item => item.replaces !== null && !failed.includes(item)).length,
    read: sum(item => item.counts?.rowsRead),
    accepted: sum(item => item.counts?.rowsAccepted),
    rejected: sum(item => item.counts?.rowsRejected),
  }
}

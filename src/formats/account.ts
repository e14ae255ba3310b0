import type { Doubt, ReadSummary, Reject, RejectReason } from '../domain/file.ts'
import { limits } from './input.ts'

/** Counts rows while a file is read: every row is either sent or rejected, and every reject has a reason. */
export class Account {
  rowsSent = 0
  private rowsRejected = 0
  private readonly counts: Partial<Record<RejectReason, number>> = {}
  private readonly listed: Reject[] = []

  /** `value` is cut to 80 characters. */
  reject(row: number, reason: RejectReason, column: string | null, value: string | null): void {
    this.rowsRejected++
    this.counts[reason] = (this.counts[reason] ?? 0) + 1
    if (this.listed.length < limits.listedRejects)
      this.listed.push({ row, reason, column, value: value === null ? null : value.slice(0, 80) })
  }

  get rejected(): number {
    return this.rowsRejected
  }

  close(
    sha256: string,
    bytes: number,
    found: { readonly droppedSecrets: readonly string[]; readonly doubts: readonly Doubt[] },
  ): ReadSummary {
    return {
      sha256,
      bytes,
      rowsRead: this.rowsSent + this.rowsRejected,
      rowsSent: this.rowsSent,
      rejectCounts: this.counts,
      rejects: this.listed,
      droppedSecrets: found.droppedSecrets,
      doubts: found.doubts,
    }
  }
}

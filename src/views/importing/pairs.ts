import type { Inspection, Reject, RejectReason } from '../../domain/file.ts'
import type { Row, Table } from '../../domain/table.ts'

/** A row of the file, and what became of it in one canonical table. */
export interface Pair {
  /** Counts from 1 in the file's own order of data rows. */
  readonly row: number
  /** Null where the reader could not split the row into columns. */
  readonly raw: Inspection['preview'][number] | null
  readonly stored: readonly Row[]
  readonly reject: Reject | null
  /** False where the first stored rows end before this row: nothing is known of it. */
  readonly known: boolean
}

/** Rows with these reasons never become cells, so the preview goes on without them. */
const unreadable: readonly RejectReason[] = [
  'wrong-field-count',
  'unpaired-quote',
  'not-json',
  'not-an-object',
]

/** At most as many pairs as the preview has rows. `storedLimit`: as many stored rows are known at most. */
export function pairs(
  preview: Inspection['preview'],
  stored: Table,
  rejects: readonly Reject[],
  storedLimit = 50,
): readonly Pair[] {
  const byRow = rowsByNumber(stored)
  const refused = new Map(rejects.toReversed().map(reject => [reject.row, reject]))
  const knownTo = stored.rows.length < storedLimit ? Infinity : Math.max(0, ...byRow.keys())
  const made: Pair[] = []
  for (let row = 1, taken = 0; taken < preview.length && made.length < preview.length; row++) {
    const reject = refused.get(row) ?? null
    const isLost = reject !== null && unreadable.includes(reject.reason)
    const raw = isLost ? null : (preview[taken++] ?? null)
    made.push({ row, raw, stored: byRow.get(row) ?? [], reject, known: row <= knownTo })
  }
  return made
}

function rowsByNumber({ rows }: Table): ReadonlyMap<number, readonly Row[]> {
  const found = new Map<number, Row[]>()
  for (const row of rows) {
    const number = Number(row.row_no)
    const there = found.get(number)
    if (there === undefined) found.set(number, [row])
    else there.push(row)
  }
  return found
}

/** True where each row of the file gave one stored row at most: both sides can stand line by line. */
export function isLineByLine(made: readonly Pair[]): boolean {
  return made.every(({ stored }) => stored.length <= 1)
}

/** The row of the file with a number, where it is among the first rows. */
export function previewRow(
  preview: Inspection['preview'],
  rejects: readonly Reject[],
  row: number,
): Inspection['preview'][number] | null {
  return pairs(preview, { columns: [], rows: [] }, rejects).find(pair => pair.row === row)?.raw ?? null
}

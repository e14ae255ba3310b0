import type { Inspection } from '../../domain/file.ts'

/** What a line of a file's head is for the table: `aside` is a comment, or an instruction to a spreadsheet. */
export type LineKind = 'aside' | 'skipped' | 'header' | 'data'

export interface HeadLine {
  readonly kind: LineKind
  readonly cells: readonly (string | null)[]
  /** Lines above it that count as rows: what `skipRows` would be for the table to begin here; null for `aside`. */
  readonly above: number | null
}

/** The head of a file with what each line is. Comment lines and Excel's `sep=` count for nothing. */
export function headLines({ head, layout, dialect }: Inspection): readonly HeadLine[] {
  const { skipRows = 0, headerRows = 0 } = layout ?? {}
  let above = 0
  return head.map((cells, at) => {
    if (isAside(cells, at, dialect)) return { kind: 'aside', cells, above: null }
    const own = above++
    const kind = own < skipRows ? 'skipped' : own < skipRows + headerRows ? 'header' : 'data'
    return { kind, cells, above: own }
  })
}

function isAside(cells: readonly (string | null)[], at: number, dialect: Inspection['dialect']): boolean {
  if (dialect === null) return false
  const [first] = cells
  if (at === 0 && /^sep=/i.test(first ?? '')) return true
  return dialect.comment !== '' && cells.length === 1 && first?.startsWith(dialect.comment) === true
}

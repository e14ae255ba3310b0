import type { Reject } from '../../domain/file.ts'
import type { ImportItem, ItemCounts } from '../../workbench/workbench.ts'
import type { RemedyPlace } from '../file/advice.ts'
import { RejectBrowser, type RejectedRow } from '../file/RejectBrowser.tsx'
import { labelOf } from './label.ts'
import { previewRow } from './pairs.ts'
import { rawColumnsOf } from './sources.ts'

interface FileRejectsProps {
  readonly item: ImportItem
  readonly counts: ItemCounts | null
  readonly onRemedy: (place: RemedyPlace) => void
}

/** The rejects of a file on its way in, with the file's first rows and its mapping at hand. */
export function FileRejects({ item, counts, onRemedy }: FileRejectsProps) {
  const rejects = counts?.rejects ?? []
  return (
    <RejectBrowser
      label={labelOf(item)}
      counts={counts?.rejectCounts ?? {}}
      rejects={rejects}
      rowOf={reject => rowOf(item, rejects, reject)}
      columnsOf={column => rawColumnsOf(item, column)}
      onRemedy={onRemedy}
    />
  )
}

function rowOf({ inspection }: ImportItem, rejects: readonly Reject[], { row }: Reject): RejectedRow | null {
  if (inspection === null) return null
  const values = previewRow(inspection.preview, rejects, row)
  return values === null ? null : { columns: inspection.columns, values }
}

import { useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { type Reject, type RejectReason, rejectReasons } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { row } from '../../domain/table.ts'
import { rejectsByReason } from '../dataset/counts.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import type { GridColumn } from '../table/cell.ts'
import { DataTable } from '../table/DataTable.tsx'
import './file.css'

interface RejectBrowserProps {
  readonly counts: Readonly<Partial<Record<RejectReason, number>>>
  readonly rejects: readonly Reject[]
}

const columns: readonly GridColumn[] = [
  { name: 'row', type: 'integer', title: { zh: '行号', en: 'Row' } },
  { name: 'reason', type: 'text', title: { zh: '原因', en: 'Reason' }, labels: rejectReasons },
  { name: 'column', type: 'text', title: { zh: '列', en: 'Column' } },
  { name: 'value', type: 'text', title: { zh: '原值', en: 'Value' } },
]

const names = columns.map(column => column.name)

/** The rows that were not taken over, by reason; all are counted, the first 10,000 are listed. */
export function RejectBrowser({ counts, rejects }: RejectBrowserProps) {
  const say = useSay()
  const language = useLanguage()
  const [only, setOnly] = useState<RejectReason | null>(null)
  const reasons = rejectsByReason([{ rejectCounts: counts }])
  const total = reasons.reduce((sum, [, rows]) => sum + rows, 0)
  if (total === 0)
    return <p className="muted">{say({ zh: '没有被拒绝的行。', en: 'No row was rejected.' })}</p>
  const listed = rejects.filter(reject => only === null || reject.reason === only)
  const number = (rows: number) => formatCount(rows, language)
  return (
    <div className="rejects">
      <ToggleButtonGroup
        className="reasons"
        aria-label={say({ zh: '按原因筛选', en: 'Show one reason' })}
        selectedKeys={only === null ? [] : [only]}
        onSelectionChange={keys => setOnly(reasons.find(([reason]) => keys.has(reason))?.[0] ?? null)}
      >
        {reasons.map(([reason, rows]) => (
          <ToggleButton key={reason} id={reason} className="reason">
            {say(rejectReasons[reason])} <strong>{number(rows)}</strong>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {total > rejects.length && (
        <p className="muted">
          {say({
            zh: `共拒绝 ${number(total)} 行，下面列出前 ${number(rejects.length)} 行。`,
            en: `${number(total)} rows were rejected; the first ${number(rejects.length)} are listed.`,
          })}
        </p>
      )}
      <DataTable
        label={{ zh: '被拒绝的行', en: 'Rejected rows' }}
        columns={columns}
        rows={listed.map(reject => row(names, [reject.row, reject.reason, reject.column, reject.value]))}
      />
    </div>
  )
}

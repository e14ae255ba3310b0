import { Download } from 'lucide-react'
import { useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { type Reject, type RejectReason, rejectReasons } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { Action } from '../controls/Action.tsx'
import { rejectsByReason } from '../dataset/counts.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import type { RemedyPlace } from './advice.ts'
import { RejectDetail } from './RejectDetail.tsx'
import { RejectTable } from './RejectTable.tsx'
import './file.css'
import './rejects.css'

/** A row of the file as it stands there. */
export interface RejectedRow {
  readonly columns: readonly string[]
  readonly values: readonly (string | null)[]
}

interface RejectBrowserProps {
  /** The file's label, which names the exported list. */
  readonly label: string
  readonly counts: Readonly<Partial<Record<RejectReason, number>>>
  readonly rejects: readonly Reject[]
  /** The row where it is among the first ones; absent where the file is not at hand. */
  readonly rowOf?: (reject: Reject) => RejectedRow | null
  /** The columns of the file that a canonical column comes from. */
  readonly columnsOf?: (column: string) => readonly string[]
  /** Leads to where rows can be healed; absent where nothing can be changed. */
  readonly onRemedy?: (place: RemedyPlace) => void
}

/** The rows that were not taken over, by reason; all are counted, the first 10,000 are listed. */
export function RejectBrowser(props: RejectBrowserProps) {
  const { label, counts, rejects } = props
  const say = useSay()
  const workbench = useWorkbench()
  const [only, setOnly] = useState<RejectReason | null>(null)
  const [chosen, setChosen] = useState<Reject | null>(null)
  const reasons = rejectsByReason([{ rejectCounts: counts }])
  const total = reasons.reduce((sum, [, rows]) => sum + rows, 0)
  if (total === 0)
    return <p className="muted">{say({ zh: '没有被拒绝的行。', en: 'No row was rejected.' })}</p>
  const reason = reasons.some(([known]) => known === only) ? only : null
  const listed = rejects.filter(reject => reason === null || reject.reason === reason)
  const open = chosen !== null && listed.includes(chosen) ? chosen : (listed[0] ?? null)
  return (
    <div className="rejects">
      <div className="rejects-head">
        <Reasons reasons={reasons} only={reason} onChange={setOnly} />
        <span className="spread" />
        <Action
          label={{ zh: '导出 CSV…', en: 'Export as CSV…' }}
          icon={Download}
          disabled={listed.length === 0}
          onPress={() => void workbench.exportRejects(label, listed)}
        />
      </div>
      <Listed total={reason === null ? total : (counts[reason] ?? 0)} listed={listed.length} />
      <div className="rejects-body">
        <RejectTable key={reason} rejects={listed} chosen={open} onChoose={setChosen} />
        {open !== null && <RejectDetail {...props} reject={open} />}
      </div>
    </div>
  )
}

interface ReasonsProps {
  readonly reasons: ReturnType<typeof rejectsByReason>
  readonly only: RejectReason | null
  readonly onChange: (only: RejectReason | null) => void
}

function Reasons({ reasons, only, onChange }: ReasonsProps) {
  const say = useSay()
  const language = useLanguage()
  return (
    <ToggleButtonGroup
      className="reasons"
      aria-label={say({ zh: '按原因筛选', en: 'Show one reason' })}
      selectedKeys={only === null ? [] : [only]}
      onSelectionChange={keys => onChange(reasons.find(([reason]) => keys.has(reason))?.[0] ?? null)}
    >
      {reasons.map(([reason, rows]) => (
        <ToggleButton key={reason} id={reason} className="reason">
          {say(rejectReasons[reason])} <strong>{formatCount(rows, language)}</strong>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

function Listed({ total, listed }: { total: number; listed: number }) {
  const say = useSay()
  const language = useLanguage()
  if (total <= listed) return null
  const [all, first] = [formatCount(total, language), formatCount(listed, language)]
  const words: Phrase = {
    zh: `显示 ${all} 行中的前 ${first} 行。所有行都已计数。`,
    en: `Showing ${first} of ${all} rows; all are counted.`,
  }
  return <p className="muted">{say(words)}</p>
}

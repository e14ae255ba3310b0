import { Lightbulb } from 'lucide-react'
import { type Reject, rejectReasons } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { Action } from '../controls/Action.tsx'
import { useLanguage, useSay } from '../surroundings.ts'
import { adviceFor, placeWords, type RemedyPlace } from './advice.ts'
import type { RejectedRow } from './RejectBrowser.tsx'
import { RejectValue } from './RejectTable.tsx'

interface RejectDetailProps {
  readonly reject: Reject
  readonly rowOf?: (reject: Reject) => RejectedRow | null
  readonly columnsOf?: (column: string) => readonly string[]
  readonly onRemedy?: (place: RemedyPlace) => void
}

/** One rejected row: why, what to do, and the row as it stands in the file where it is at hand. */
export function RejectDetail({ reject, rowOf, columnsOf, onRemedy }: RejectDetailProps) {
  const say = useSay()
  const language = useLanguage()
  const row = formatCount(reject.row, language)
  const { words, place } = adviceFor(reject.reason)
  return (
    <aside className="reject-detail" aria-label={say({ zh: '所选的行', en: 'The chosen row' })}>
      <h3>{say({ zh: `第 ${row} 行`, en: `Row ${row}` })}</h3>
      <p>
        {say(rejectReasons[reject.reason])}
        {reject.column !== null && (
          <>
            {' · '}
            <code>{reject.column}</code>
          </>
        )}
      </p>
      <p className="reject-value">
        <RejectValue value={reject.value} />
      </p>
      <div className="reject-advice">
        <Lightbulb aria-hidden />
        <span>
          {onRemedy === undefined && place !== null && say(nextTime)}
          {say(words)}
        </span>
      </div>
      {place !== null && onRemedy !== undefined && (
        <Action label={placeWords[place]} onPress={() => onRemedy(place)} />
      )}
      {rowOf !== undefined && (
        <WholeRow
          row={rowOf(reject)}
          marked={reject.column === null ? [] : (columnsOf?.(reject.column) ?? [reject.column])}
        />
      )}
    </aside>
  )
}

/** What is imported already is healed by importing the file again. */
const nextTime = { zh: '重新导入该文件时：', en: 'When the file is imported again: ' }

function WholeRow({ row, marked }: { row: RejectedRow | null; marked: readonly string[] }) {
  const say = useSay()
  if (row === null) {
    return (
      <p className="muted">
        {say({
          zh: '该行不在文件的前几行之内，或无法分成各列。',
          en: 'The row is not among the first rows of the file, or cannot be split into columns.',
        })}
      </p>
    )
  }
  return (
    <dl className="reject-cells">
      {row.columns.map((column, at) => (
        <div key={column} className={marked.includes(column) ? 'reject-cell reject-marked' : 'reject-cell'}>
          <dt>
            <code>{column}</code>
          </dt>
          <dd>
            <RejectValue value={row.values[at] ?? null} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

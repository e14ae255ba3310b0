import { Undo2 } from 'lucide-react'
import type { Alias } from '../../domain/alias.ts'
import { type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import { formatCount } from '../../domain/format.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import { IconAction } from '../controls/Action.tsx'
import { Badge } from '../controls/Badge.tsx'
import { valueText } from '../file/coded-values.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import type { NameLine } from './names.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { ValuePicker } from './ValuePicker.tsx'

/** One name: where it stands, what it costs, what it stands for. */
export function NameRow({ line, disabled }: { line: NameLine; disabled: boolean }) {
  const say = useSay()
  const { column, value, tables, decision } = line
  const declared = canonicalTable((tables[0] ?? 'device') as CanonicalName).columns[column]
  const place = useKeptPlace(decision !== null, disabled)
  return (
    <tr ref={place}>
      <th scope="row">
        <code className="names-value">{value}</code>
      </th>
      <td>
        {say(declared?.name ?? same(column))}
        <code className="names-column muted">{tables.map(table => `${table}.${column}`).join(' ')}</code>
      </td>
      <td>
        <Effect line={line} />
      </td>
      <td>
        {decision === null ? (
          <ValuePicker line={line} disabled={disabled} />
        ) : (
          <Decision line={line} decision={decision} disabled={disabled} />
        )}
      </td>
    </tr>
  )
}

function Effect({ line }: { line: NameLine }) {
  const say = useSay()
  const language = useLanguage()
  if (line.decision !== null) return <Badge text={{ zh: '已决定', en: 'decided' }} tone="good" />
  const rows = formatCount(line.rows, language)
  const row = line.rows === 1 ? 'row' : 'rows'
  const words: Phrase = line.rejected
    ? { zh: `拒绝 ${rows} 行`, en: `${rows} ${row} rejected` }
    : { zh: `${rows} 行留空`, en: `${rows} ${row} left empty` }
  return <span className={line.rejected ? 'names-rejected' : 'names-empty'}>{say(words)}</span>
}

interface DecisionProps {
  readonly line: NameLine
  readonly decision: Alias
  readonly disabled: boolean
}

function Decision({ line: { column, tables }, decision, disabled }: DecisionProps) {
  const say = useSay()
  const language = useLanguage()
  const workbench = useWorkbench()
  const words = valueText(tables[0] ?? '', column, decision.canonical, language)
  const by = decision.approvedBy
  return (
    <span className="names-decision">
      <strong>{words}</strong>
      <span className="muted">
        {by === 'person'
          ? say({ zh: '由您决定', en: 'decided by you' })
          : say({ zh: `由 ${by} 决定`, en: `decided by ${by}` })}
      </span>
      <IconAction
        label={{ zh: `撤销对 ${decision.raw} 的决定`, en: `Take back the decision on ${decision.raw}` }}
        icon={Undo2}
        disabled={disabled}
        onPress={() => void workbench.decideName(decision.kind, decision.raw, null)}
      />
    </span>
  )
}

import { KeyRound, Link2Off, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Doubt } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { doubtWords } from './words.ts'
import './file.css'

interface RemarksProps {
  readonly doubts: readonly Doubt[]
  readonly droppedSecrets: readonly string[]
  readonly unresolved?: Readonly<Record<string, number>>
}

/** What a careful person should know about a file: doubts, dropped secrets, values left empty. */
export function Remarks({ doubts, droppedSecrets, unresolved = {} }: RemarksProps) {
  const say = useSay()
  const language = useLanguage()
  const left = Object.entries(unresolved).filter(([, values]) => values > 0)
  if (doubts.length + droppedSecrets.length + left.length === 0) return null
  return (
    <ul className="remarks">
      {doubts.map(doubt => (
        <Remark key={`${doubt.kind} ${doubt.column ?? ''}`} icon={<TriangleAlert aria-hidden />}>
          {say(doubtWords(doubt))}
        </Remark>
      ))}
      {droppedSecrets.length > 0 && (
        <Remark icon={<KeyRound aria-hidden />}>
          {say({
            zh: '含密钥的列在存储之前已丢弃：',
            en: 'Columns with credentials, dropped before storing: ',
          })}
          <code>{droppedSecrets.join(language === 'zh' ? '、' : ', ')}</code>
        </Remark>
      )}
      {left.map(([column, values]) => (
        <Remark key={column} icon={<Link2Off aria-hidden />}>
          <code>{column}</code>
          {say({
            zh: `：${formatCount(values, language)} 个值无法对应，已留空`,
            en: `: ${formatCount(values, language)} values could not be resolved and were left empty`,
          })}
        </Remark>
      ))}
    </ul>
  )
}

function Remark({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="remark">
      {icon}
      <span>{children}</span>
    </li>
  )
}

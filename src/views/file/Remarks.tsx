import { KeyRound, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Doubt } from '../../domain/file.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { doubtWords } from './words.ts'
import './file.css'

interface RemarksProps {
  readonly doubts: readonly Doubt[]
  readonly droppedSecrets: readonly string[]
}

/** What a careful person should know about a file: doubts, dropped secrets. */
export function Remarks({ doubts, droppedSecrets }: RemarksProps) {
  const say = useSay()
  const language = useLanguage()
  if (doubts.length + droppedSecrets.length === 0) return null
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

import { CircleHelp, KeyRound, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Doubt } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { doubtWords } from './words.ts'
import './file.css'

interface RemarksProps {
  readonly doubts: readonly Doubt[]
  readonly droppedSecrets: readonly string[]
  /** Names that stand for nothing known and wait for a decision. */
  readonly unknownNames?: { readonly count: number; readonly onShow: () => void }
}

/** What a careful person should know about a file: doubts, unknown names, dropped secrets. */
export function Remarks({ doubts, droppedSecrets, unknownNames }: RemarksProps) {
  const say = useSay()
  const language = useLanguage()
  const unknown = unknownNames?.count ?? 0
  if (doubts.length + droppedSecrets.length + unknown === 0) return null
  return (
    <ul className="remarks">
      {doubts.map(doubt => (
        <Remark key={`${doubt.kind} ${doubt.column ?? ''}`} icon={<TriangleAlert aria-hidden />}>
          {say(doubtWords(doubt))}
        </Remark>
      ))}
      {unknown > 0 && unknownNames !== undefined && (
        <Remark icon={<CircleHelp aria-hidden />}>
          <UnknownNames {...unknownNames} />
        </Remark>
      )}
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

function UnknownNames({ count, onShow }: { count: number; onShow: () => void }) {
  const say = useSay()
  const language = useLanguage()
  const number = formatCount(count, language)
  return (
    <>
      {say({
        zh: `${number} 个名称不对应任何已知的规范取值。`,
        en: `${number} ${count === 1 ? 'name stands' : 'names stand'} for no known value. `,
      })}
      <Button className="remark-link" onPress={onShow}>
        {say({ zh: '说明它们代表什么', en: 'Say what they stand for' })}
      </Button>
    </>
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

import { CircleHelp, KeyRound, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Doubt } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { doubtWords } from './words.ts'
import './file.css'

interface RemarksProps {
  readonly doubts: readonly Doubt[]
  readonly droppedSecrets: readonly string[]
  /** Names that stood for nothing known when the file came in: their cells are absent. */
  readonly absent?: Phrase | null
  /** Names that stand for nothing known and wait for a decision. */
  readonly unknownNames?: { readonly count: number; readonly onShow: () => void }
  /** Options whose answer would bring more tables. */
  readonly questions?: { readonly names: readonly Phrase[]; readonly onShow: () => void }
}

/** What a careful person should know about a file: doubts, unknown names, dropped secrets. */
export function Remarks({ doubts, droppedSecrets, absent = null, unknownNames, questions }: RemarksProps) {
  const say = useSay()
  const language = useLanguage()
  const unknown = unknownNames?.count ?? 0
  const asked = questions?.names.length ?? 0
  if (doubts.length + droppedSecrets.length + unknown + asked === 0 && absent === null) return null
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
      {absent !== null && (
        <Remark icon={<CircleHelp aria-hidden />}>
          {say({
            zh: '没有对应的规范取值，已存为空值（行数）：',
            en: 'Stand for no known value, stored as absent (rows): ',
          })}
          {say(absent)}
        </Remark>
      )}
      {asked > 0 && questions !== undefined && (
        <Remark icon={<CircleHelp aria-hidden />}>
          <Questions {...questions} />
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

function Questions({ names, onShow }: { names: readonly Phrase[]; onShow: () => void }) {
  const say = useSay()
  const zh = names.map(name => name.zh).join('、')
  const en = names.map(name => name.en).join(', ')
  return (
    <>
      {say({
        zh: `“${zh}”还没有填写；填写后文件可以得到更多的表。`,
        en: `Not answered: ${en}. With an answer the file gives more tables. `,
      })}
      <Button className="remark-link" onPress={onShow}>
        {say({ zh: '去填写', en: 'Answer it' })}
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

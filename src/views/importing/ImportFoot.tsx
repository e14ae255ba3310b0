import { useState } from 'react'
import { Button } from 'react-aria-components'
import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { type ConfirmRefusal, confirmRefusal, type ImportSession } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { type Totals, totals } from './totals.ts'

interface ImportFootProps {
  readonly session: ImportSession
  readonly onChoose: (id: string) => void
}

/** What confirming would do in numbers, and the decision. */
export function ImportFoot({ session, onChoose }: ImportFootProps) {
  const say = useSay()
  const workbench = useWorkbench()
  const refusal = confirmRefusal(session)
  const sums = totals(session.items)
  return (
    <footer className="import-foot">
      <div className="import-sums">
        <Rows sums={sums} />
        <Rest session={session} sums={sums} onChoose={onChoose} />
      </div>
      <span className="spread" />
      {refusal !== null && <span className="import-refusal muted">{say(refusals[refusal])}</span>}
      <CancelAction />
      <Action
        label={{ zh: '确认导入', en: 'Confirm import' }}
        kind="primary"
        disabled={refusal !== null}
        onPress={() => void workbench.confirmImport()}
      />
    </footer>
  )
}

/** What is being done has to come to its end first, which may take a moment. */
function CancelAction() {
  const workbench = useWorkbench()
  const [leaving, setLeaving] = useState(false)
  const cancel = () => {
    setLeaving(true)
    void workbench.cancelImport().finally(() => setLeaving(false))
  }
  const label: Phrase = leaving ? { zh: '正在取消…', en: 'Cancelling…' } : { zh: '取消导入', en: 'Cancel' }
  return <Action label={label} disabled={leaving} onPress={cancel} />
}

const refusals: Readonly<Record<ConfirmRefusal, Phrase>> = {
  busy: { zh: '全部读完后可确认', en: 'Confirm once all is read' },
  nothing: { zh: '没有可导入的内容', en: 'There is nothing to take in' },
}

function Rows({ sums: { files, read, accepted, rejected } }: { sums: Totals }) {
  const say = useSay()
  const language = useLanguage()
  const count = (value: number) => formatCount(value, language)
  return (
    <strong>
      {say({
        zh: `${count(files)} 个文件，共读取 ${count(read)} 行 = 接受 ${count(accepted)} + 拒绝 ${count(rejected)}`,
        en: `${count(files)} ${files === 1 ? 'file' : 'files'}, ${count(read)} rows read = ${count(accepted)} accepted + ${count(rejected)} rejected`,
      })}
    </strong>
  )
}

/** What does not come in, or goes out for it; a failure leads to its file. */
function Rest({ session, sums, onChoose }: ImportFootProps & { sums: Totals }) {
  const say = useSay()
  const { failed, leftOut, replaced } = sums
  const first = session.items.find(({ included, progress }) => included && progress.stage === 'failed')
  const words: Phrase[] = []
  if (leftOut > 0) words.push({ zh: `${leftOut} 个不导入`, en: `${leftOut} left out` })
  if (replaced > 0)
    words.push({
      zh: `替换工作区中的 ${replaced} 个文件`,
      en: `${replaced} ${replaced === 1 ? 'takes' : 'take'} the place of a file in the workspace`,
    })
  if (failed + words.length === 0) return null
  return (
    <span className="import-rest">
      {first !== undefined && (
        <Button className="import-failures" onPress={() => onChoose(first.id)}>
          {say({ zh: `${failed} 个未能读取`, en: `${failed} could not be read` })}
        </Button>
      )}
      {words.map(phrase => (
        <span key={phrase.en} className="muted">
          {say(phrase)}
        </span>
      ))}
    </span>
  )
}

import { useState } from 'react'
import { formatCount } from '../../domain/format.ts'
import type { ImportSession } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { SyntheticBadge } from '../controls/Badge.tsx'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { FileDetail } from './FileDetail.tsx'
import { FileList } from './FileList.tsx'
import { totals } from './totals.ts'
import './importing.css'
import './page.css'

/** What is about to come in: every file, how it is read, and what it gives; nothing is kept before Import. */
export function ImportPage() {
  const session = useWorkbenchState(state => state.importing)
  return session === null ? null : <Preview session={session} />
}

function Preview({ session }: { session: ImportSession }) {
  const say = useSay()
  const [chosen, setChosen] = useState<string | null>(null)
  const item = session.items.find(({ id }) => id === chosen) ?? session.items[0]
  return (
    <div className="import">
      <header className="import-head">
        <h1 className="ellipsis">
          {say({ zh: `导入预览：${session.name}`, en: `Import preview: ${session.name}` })}
        </h1>
        {session.synthetic && <SyntheticBadge />}
        <p className="muted">
          {say({
            zh: '请核对每个文件的识别方式与对应关系。确认之前，工作区不会有任何改变。',
            en: 'Check how each file is read and mapped. Nothing changes in the workspace before you confirm.',
          })}
        </p>
      </header>
      <FileList items={session.items} chosen={item?.id ?? null} onChoose={setChosen} />
      <div className="import-detail scrolling">
        {item !== undefined && <FileDetail key={item.id} item={item} />}
      </div>
      <Decision session={session} />
    </div>
  )
}

function Decision({ session }: { session: ImportSession }) {
  const say = useSay()
  const language = useLanguage()
  const workbench = useWorkbench()
  const { files, failed, read, accepted, rejected } = totals(session.items)
  const count = (value: number) => formatCount(value, language)
  const failures = { zh: `，${failed} 个未能读取`, en: `, ${failed} could not be read` }
  return (
    <footer className="import-foot">
      <p>
        <strong>
          {say({
            zh: `${files} 个文件，共读取 ${count(read)} 行 = 接受 ${count(accepted)} + 拒绝 ${count(rejected)}`,
            en: `${files} ${files === 1 ? 'file' : 'files'}, ${count(read)} rows read = ${count(accepted)} accepted + ${count(rejected)} rejected`,
          })}
        </strong>
        {failed > 0 && <span className="import-failures">{say(failures)}</span>}
      </p>
      <span className="spread" />
      <Action label={{ zh: '取消导入', en: 'Cancel' }} onPress={() => void workbench.cancelImport()} />
      <Action
        label={session.busy ? { zh: '正在读取…', en: 'Reading…' } : { zh: '确认导入', en: 'Confirm import' }}
        kind="primary"
        disabled={session.busy || files === failed}
        onPress={() => void workbench.confirmImport()}
      />
    </footer>
  )
}

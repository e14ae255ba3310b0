import { FilePlus2, FileUp } from 'lucide-react'
import type { ImportSession } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { SyntheticBadge } from '../controls/Badge.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { SessionProgress } from './SessionProgress.tsx'

/** The name of an import, how far it is, and the ways to bring in more. */
export function ImportHead({ session }: { session: ImportSession }) {
  const say = useSay()
  const workbench = useWorkbench()
  return (
    <header className="import-head">
      <div className="import-title">
        <h1 className="ellipsis">
          {say({ zh: `导入预览：${session.name}`, en: `Import preview: ${session.name}` })}
        </h1>
        {session.synthetic && <SyntheticBadge />}
        <span className="spread" />
        <Action
          label={{ zh: '添加文件…', en: 'Add files…' }}
          icon={FilePlus2}
          kind="quiet"
          onPress={() => void workbench.chooseFiles('files')}
        />
        <Action
          label={{ zh: '载入对应关系…', en: 'Load saved mapping…' }}
          icon={FileUp}
          kind="quiet"
          disabled={session.items.length === 0}
          onPress={() => void workbench.loadMapping()}
        />
      </div>
      <div className="import-news" role="status">
        {session.busy ? <SessionProgress session={session} /> : <Reminder />}
      </div>
    </header>
  )
}

function Reminder() {
  const say = useSay()
  return (
    <p className="muted ellipsis">
      {say({
        zh: '请核对每个文件的识别方式与对应关系。确认之前，工作区不会有任何改变。',
        en: 'Check how each file is read and mapped. Nothing changes in the workspace before you confirm.',
      })}
    </p>
  )
}

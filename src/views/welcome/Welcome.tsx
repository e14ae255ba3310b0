import { FilePlus2, FolderPlus, Loader, Sparkles } from 'lucide-react'
import { Action } from '../controls/Action.tsx'
import { FailureNote } from '../failure/FailureNote.tsx'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { Reads } from './Reads.tsx'
import './welcome.css'

/** The first run, and every time there is no data: what this is, what it reads, and the ways in. */
export function Welcome() {
  const say = useSay()
  return (
    <div className="welcome">
      <div className="welcome-words">
        <h1>
          {say({
            zh: '您的工业互联网平台数据，连接了什么，价值几何？',
            en: 'What is connected to your platform, and what is its data worth?',
          })}
        </h1>
        <p className="welcome-lead">
          {say({
            zh: '把平台导出的文件拖到窗口的任意位置。Assay 会识别文件、展示对应关系，经您确认后计算各项指标，每个数字都可追溯到公式、SQL 和源文件。',
            en: 'Drop a platform’s export anywhere on this window. Assay recognises it, shows you how it is read, and once you confirm computes its indicators; every number leads back to its formula, its SQL and its source file.',
          })}
        </p>
      </div>
      <DropPlace />
      <Reads />
    </div>
  )
}

function DropPlace() {
  const say = useSay()
  const engine = useWorkbenchState(state => state.engine)
  const workbench = useWorkbench()
  const waiting = engine.status !== 'ready'
  return (
    <section className="welcome-drop" aria-label={say({ zh: '导入数据', en: 'Bring data in' })}>
      <p className="welcome-invitation">
        {say({ zh: '将文件或文件夹拖到这里', en: 'Drop files or folders here' })}
      </p>
      <div className="welcome-actions">
        <Action
          label={{ zh: '选择文件', en: 'Choose files' }}
          icon={FilePlus2}
          kind="primary"
          disabled={waiting}
          onPress={() => void workbench.chooseFiles('files')}
        />
        <Action
          label={{ zh: '选择文件夹', en: 'Choose a folder' }}
          icon={FolderPlus}
          disabled={waiting}
          onPress={() => void workbench.chooseFiles('folder')}
        />
        <Action
          label={{ zh: '打开内置示例（合成数据）', en: 'Open the bundled sample (synthetic)' }}
          icon={Sparkles}
          disabled={waiting}
          onPress={() => void workbench.openSample('sample')}
        />
      </div>
      <div className="welcome-engine">
        {engine.status === 'failed' ? (
          <FailureNote failure={engine.failure} />
        ) : (
          <EngineLine waiting={waiting} />
        )}
      </div>
    </section>
  )
}

function EngineLine({ waiting }: { waiting: boolean }) {
  const say = useSay()
  if (!waiting) {
    return (
      <span className="muted">
        {say({
          zh: '数据不离开本机，也不需要网络。',
          en: 'Nothing leaves this machine, and no network is needed.',
        })}
      </span>
    )
  }
  return (
    <span className="welcome-waiting muted" role="status">
      <Loader aria-hidden />
      {say({ zh: '分析引擎正在启动，约需 2 秒…', en: 'The engine is starting; it takes about two seconds…' })}
    </span>
  )
}

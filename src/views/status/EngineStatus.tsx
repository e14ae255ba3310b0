import { useSay, useWorkbenchState } from '../surroundings.ts'

/** The engine in one line: its version, or what it is doing instead of working. */
export function EngineStatus() {
  const say = useSay()
  const engine = useWorkbenchState(state => state.engine)
  if (engine.status === 'starting') {
    return <EngineItem tone="busy" text={say({ zh: '引擎启动中…', en: 'Engine is starting…' })} />
  }
  if (engine.status === 'reloading') {
    const text = say({ zh: '引擎已更换，正在重新载入数据…', en: 'Engine replaced, loading the data again…' })
    return <EngineItem tone="busy" text={text} detail={engine.detail} />
  }
  if (engine.status === 'failed') {
    return <EngineItem tone="bad" text={say({ zh: '引擎无法启动', en: 'Engine failed to start' })} />
  }
  const { info } = engine
  return <EngineItem tone="good" text={`${info.engine} ${info.version} · ${info.bundle}`} />
}

/** How the engine runs: its threads, and whether the page is isolated, without which it has only one. */
export function EngineDetails() {
  const say = useSay()
  const engine = useWorkbenchState(state => state.engine)
  if (engine.status !== 'ready') return null
  const { threads } = engine.info
  const isolation = engine.isolated
    ? { zh: '页面已隔离', en: 'isolated' }
    : { zh: '页面未隔离，使用单线程引擎', en: 'not isolated, single-threaded engine' }
  return (
    <>
      <span className="status-item status-spare">
        {say({ zh: `${threads} 线程`, en: threads === 1 ? '1 thread' : `${threads} threads` })}
      </span>
      <span className={`status-item ${engine.isolated ? 'status-spare' : 'status-warning'}`}>
        {say(isolation)}
      </span>
    </>
  )
}

function EngineItem({
  tone,
  text,
  detail,
}: {
  tone: 'good' | 'busy' | 'bad'
  text: string
  detail?: string
}) {
  return (
    <span className="status-item" role="status" {...(detail === undefined ? {} : { title: detail })}>
      <span className={`status-light status-light-${tone}`} aria-hidden />
      {text}
    </span>
  )
}

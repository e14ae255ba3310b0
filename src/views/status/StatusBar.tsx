import { CircleAlert, ShieldCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { formatBytes, formatCount, formatTime } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { laterRowsWords } from '../../workbench/workbench.ts'
import { tableRows } from '../dataset/counts.ts'
import {
  type RefusedRequests,
  useLanguage,
  useSay,
  useSurroundings,
  useWorkbench,
  useWorkbenchState,
} from '../surroundings.ts'
import { EngineDetails, EngineStatus } from './EngineStatus.tsx'
import './status.css'

/** The line at the bottom: what computes, what is loaded, on what it runs, and that nothing goes out. */
export function StatusBar() {
  const language = useLanguage()
  const rows = useWorkbenchState(state =>
    state.history.present.datasets.reduce((sum, one) => sum + tableRows(one), 0),
  )
  const count = formatCount(rows, language)
  return (
    <footer className="status">
      <div className="status-work">
        <EngineStatus />
        <Computing />
        {rows > 0 && <Item text={{ zh: `已载入 ${count} 行`, en: `${count} rows loaded` }} />}
        <Memory />
        <EngineDetails />
      </div>
      <DataTime />
      <Runtime />
      <Offline />
    </footer>
  )
}

function DataTime() {
  const say = useSay()
  const asOf = useWorkbenchState(state => state.asOf)
  const laterRows = useWorkbenchState(state => state.laterRows)
  if (asOf === null) return null
  const text = { zh: `数据时点 ${formatTime(asOf)}`, en: `Data as of ${formatTime(asOf)}` }
  if (laterRows === null) return <Item text={text} spare />
  return (
    <span className="status-item status-spare status-warning" title={say(laterRowsWords(laterRows, asOf))}>
      <CircleAlert aria-hidden />
      {say(text)}
    </span>
  )
}

/** Which work is under way, and the way to stop it; the place is taken only while there is some. */
function Computing() {
  const say = useSay()
  const workbench = useWorkbench()
  const busy = useWorkbenchState(({ results }) => Object.values(results).filter(one => one.computing).length)
  if (busy === 0) return null
  return (
    <span className="status-item" role="status">
      {say({
        zh: `正在计算 ${busy} 项指标`,
        en: `Computing ${busy} ${busy === 1 ? 'indicator' : 'indicators'}`,
      })}
      <Button className="status-stop" onPress={() => workbench.stopComputing()}>
        {say({ zh: '停止', en: 'Stop' })}
      </Button>
    </span>
  )
}

function Item({ text, spare = false }: { text: Phrase; spare?: boolean }) {
  const say = useSay()
  return <span className={`status-item ${spare ? 'status-spare' : ''}`}>{say(text)}</span>
}

function Memory() {
  const language = useLanguage()
  const memory = useWorkbenchState(({ engine }) => (engine.status === 'ready' ? engine.memory : null))
  if (memory === null || memory === 0) return null
  const size = formatBytes(memory, language)
  return <Item text={{ zh: `引擎内存 ${size}`, en: `Engine memory ${size}` }} spare />
}

function Runtime() {
  const say = useSay()
  const { machine } = useSurroundings()
  if (machine.shippingRuntime)
    return <Item text={{ zh: `Electron ${machine.electron}`, en: `Electron ${machine.electron}` }} />
  const detail = {
    zh: `Assay 随附的运行时是 Electron ${machine.shippedElectron}，当前为 ${machine.electron}，仅供开发与试用。`,
    en: `Assay ships with Electron ${machine.shippedElectron}; this is ${machine.electron}, for development and trials only.`,
  }
  return (
    <span className="status-item status-warning" title={say(detail)}>
      <CircleAlert aria-hidden />
      {say({
        zh: `开发运行时 Electron ${machine.electron}`,
        en: `Development runtime, Electron ${machine.electron}`,
      })}
    </span>
  )
}

/** Asks the network guard every few seconds; a refusal is shown, never hidden. */
function Offline() {
  const say = useSay()
  const { refusals } = useSurroundings()
  const [refused, setRefused] = useState<RefusedRequests>({ count: 0, last: [] })
  useEffect(() => {
    const ask = () => void refusals().then(setRefused, () => undefined)
    ask()
    const timer = setInterval(ask, 5000)
    return () => clearInterval(timer)
  }, [refusals])
  const none = refused.count === 0
  const detail = none
    ? {
        zh: '数据不离开本机；所有对外请求都会被拒绝。',
        en: 'Nothing leaves this machine; every request out is refused.',
      }
    : { zh: `已拒绝：\n${refused.last.join('\n')}`, en: `Refused:\n${refused.last.join('\n')}` }
  return (
    <span className={`status-item ${none ? 'status-good' : 'status-warning'}`} title={say(detail)}>
      <ShieldCheck aria-hidden />
      {none
        ? say({ zh: '离线 · 对外请求 0', en: 'Offline · 0 requests out' })
        : say({
            zh: `离线 · 已拒绝 ${refused.count} 次对外请求`,
            en: `Offline · ${refused.count} ${refused.count === 1 ? 'request' : 'requests'} refused`,
          })}
    </span>
  )
}

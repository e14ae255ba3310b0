import { CircleCheck, CircleX, TriangleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import type { Notice } from '../../workbench/workbench.ts'
import { IconAction } from '../controls/Action.tsx'
import { failureWords } from '../failure/words.ts'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import './notices.css'

const icons = { good: CircleCheck, warning: TriangleAlert, bad: CircleX } as const

/** Milliseconds that good news stays; warnings and failures stay until they are dismissed. */
const goodNewsStays = 5000

/** What just happened, in a corner; read out by screen readers. */
export function Notices() {
  const say = useSay()
  const notices = useWorkbenchState(state => state.notices)
  return (
    // The attribute keeps React Aria (3.53) from hiding the region while a dialog is open.
    <section
      data-react-aria-top-layer="true"
      className="notices"
      aria-live="polite"
      aria-label={say({ zh: '通知', en: 'Notices' })}
    >
      {notices.map(notice => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function Toast({ notice }: { notice: Notice }) {
  const say = useSay()
  const workbench = useWorkbench()
  const { id, tone, text, failure } = notice
  useEffect(() => {
    if (tone !== 'good') return
    const timer = setTimeout(() => workbench.dismissNotice(id), goodNewsStays)
    return () => clearTimeout(timer)
  }, [workbench, id, tone])
  const Icon = icons[tone]
  const words = failure === undefined ? null : failureWords(failure)
  return (
    <div className={`toast toast-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon aria-hidden />
      <div className="toast-words">
        <strong>{say(text)}</strong>
        {words !== null && <span>{say(words.what)}</span>}
        {words?.where !== undefined && <span className="muted">{say(words.where)}</span>}
        {words !== null && <span className="muted">{say(words.todo)}</span>}
      </div>
      <IconAction
        label={{ zh: '关闭通知', en: 'Dismiss' }}
        icon={X}
        onPress={() => workbench.dismissNotice(id)}
      />
    </div>
  )
}

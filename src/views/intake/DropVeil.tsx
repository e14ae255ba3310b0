import { FileDown } from 'lucide-react'
import type { Phrase } from '../../domain/phrase.ts'
import { useSay, useWorkbenchState } from '../surroundings.ts'
import './intake.css'

const opening: Phrase = { zh: '松开即可读取并预览', en: 'Drop to read and preview' }
const joining: Phrase = { zh: '松开即加入当前导入', en: 'Drop to add to this import' }

/** Says what a drop will do, while files hang over the window. */
export function DropVeil() {
  const say = useSay()
  const isOpen = useWorkbenchState(state => state.importing !== null)
  return (
    <div className="drop-veil" role="status">
      <div className="drop-frame">
        <FileDown aria-hidden />
        <strong>{say(isOpen ? joining : opening)}</strong>
        <span className="muted">
          {say({
            zh: '文件、文件夹和 ZIP、gzip 压缩包都可以。在您确认之前，不会加入工作区；数据不离开本机。',
            en: 'Files, folders, ZIP or gzip archives. Nothing joins the workspace before you confirm; nothing leaves this machine.',
          })}
        </span>
      </div>
    </div>
  )
}

import { FileDown } from 'lucide-react'
import { useSay } from '../surroundings.ts'
import './intake.css'

/** Says what a drop will do, while files hang over the window. */
export function DropVeil() {
  const say = useSay()
  return (
    <div className="drop-veil" role="status">
      <div className="drop-frame">
        <FileDown aria-hidden />
        <strong>{say({ zh: '松开即可读取并预览', en: 'Drop to read and preview' })}</strong>
        <span className="muted">
          {say({
            zh: '文件和文件夹都可以。在您确认之前，不会加入工作区；数据不离开本机。',
            en: 'Files or folders. Nothing joins the workspace before you confirm; nothing leaves this machine.',
          })}
        </span>
      </div>
    </div>
  )
}

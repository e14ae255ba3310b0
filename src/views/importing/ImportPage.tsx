import { LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import type { ImportSession } from '../../workbench/workbench.ts'
import { useSay, useWorkbenchState } from '../surroundings.ts'
import { FileDetail } from './FileDetail.tsx'
import { FileList } from './FileList.tsx'
import { ImportFoot } from './ImportFoot.tsx'
import { ImportHead } from './ImportHead.tsx'
import './importing.css'
import './page.css'

/** What is about to come in: every file, how it is read, and what it gives; nothing is kept before Import. */
export function ImportPage() {
  const session = useWorkbenchState(state => state.importing)
  return session === null ? null : <Preview session={session} />
}

function Preview({ session }: { session: ImportSession }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const item = session.items.find(({ id }) => id === chosen) ?? session.items[0]
  return (
    <div className="import">
      <ImportHead session={session} />
      {item === undefined ? (
        <Opening />
      ) : (
        <>
          <FileList items={session.items} chosen={item.id} onChoose={setChosen} />
          <div className="import-detail scrolling">
            <FileDetail key={item.id} item={item} />
          </div>
        </>
      )}
      <ImportFoot session={session} onChoose={setChosen} />
    </div>
  )
}

/** While archives are opened nobody knows what is in them. */
function Opening() {
  const say = useSay()
  return (
    <div className="import-opening muted">
      <LoaderCircle aria-hidden />
      {say({ zh: '正在查看文件…', en: 'Looking at the files…' })}
    </div>
  )
}

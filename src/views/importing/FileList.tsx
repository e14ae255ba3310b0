import { CircleCheck, CircleX, Clock, LoaderCircle, TriangleAlert } from 'lucide-react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { formatBytes, formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { Progress } from './Progress.tsx'

interface FileListProps {
  readonly items: readonly ImportItem[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** The files of an import, each with how far it is. */
export function FileList({ items, chosen, onChoose }: FileListProps) {
  const say = useSay()
  return (
    <ListBox
      className="import-files scrolling"
      aria-label={say({ zh: '文件', en: 'Files' })}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={keys => {
        const [key] = keys
        if (key !== undefined) onChoose(String(key))
      }}
    >
      {items.map(item => (
        <ListBoxItem key={item.id} id={item.id} textValue={item.name} className="import-file">
          <FileLine item={item} />
        </ListBoxItem>
      ))}
    </ListBox>
  )
}

const icons = {
  waiting: Clock,
  reading: LoaderCircle,
  mapping: LoaderCircle,
  ready: CircleCheck,
  empty: TriangleAlert,
  failed: CircleX,
} as const

function FileLine({ item }: { item: ImportItem }) {
  const say = useSay()
  const language = useLanguage()
  const { stage } = item.progress
  const sign = stage === 'ready' && nothingAccepted(item) ? 'empty' : stage
  const Icon = icons[sign]
  const short = item.name.split('/').at(-1) ?? item.name
  return (
    <>
      <Icon className={`import-sign import-${sign}`} aria-hidden />
      <div className="import-line">
        <span className="import-name ellipsis" title={item.name}>
          {short}
        </span>
        <span className="muted">
          {formatBytes(item.bytes, language)} · {say(stageWords(item, language))}
        </span>
        {stage === 'reading' && <Progress item={item} />}
      </div>
    </>
  )
}

/** Read to the end without a row to show for it: not a failure, but nothing to be pleased about. */
function nothingAccepted({ counts }: ImportItem): boolean {
  return counts !== null && counts.rowsAccepted === 0
}

function stageWords({ progress, counts }: ImportItem, language: 'zh' | 'en'): Phrase {
  const count = (rows: number) => formatCount(rows, language)
  switch (progress.stage) {
    case 'waiting':
      return { zh: '等待中', en: 'waiting' }
    case 'reading':
      return { zh: `已读 ${count(progress.rows)} 行`, en: `${count(progress.rows)} rows read` }
    case 'mapping':
      return { zh: '正在对应到规范表…', en: 'mapping…' }
    case 'failed':
      return { zh: '未能导入', en: 'not imported' }
    case 'ready':
      return counts === null || counts.rowsRejected === 0
        ? { zh: `${count(counts?.rowsRead ?? 0)} 行`, en: `${count(counts?.rowsRead ?? 0)} rows` }
        : {
            zh: `${count(counts.rowsRead)} 行，拒绝 ${count(counts.rowsRejected)}`,
            en: `${count(counts.rowsRead)} rows, ${count(counts.rowsRejected)} rejected`,
          }
  }
}

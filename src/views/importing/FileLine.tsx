import { Check, CircleCheck, CircleMinus, CircleX, Clock, LoaderCircle, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { baseName } from '../../domain/file.ts'
import { formatBytes, formatCount } from '../../domain/format.ts'
import type { Language, Phrase } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Badge } from '../controls/Badge.tsx'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { Progress } from './Progress.tsx'

interface FileLineProps {
  readonly item: ImportItem
  /** Whether files of other data packages, or loose ones, stand in the same list. */
  readonly namesPackage: boolean
  readonly chosen: boolean
  readonly onChoose: (id: string) => void
}

/**
 * One table on its way in: how far it is, what is to be known of it, and whether it is taken in. Of all lines the chosen
 * one alone is on the way of the Tab key; arrows lead to the others.
 */
export const FileLine = memo(function FileLine({ item, namesPackage, chosen, onChoose }: FileLineProps) {
  const say = useSay()
  const language = useLanguage()
  return (
    <li className="import-file" data-item={item.id} data-selected={chosen} data-included={item.included}>
      <button
        type="button"
        className="import-choose"
        tabIndex={chosen ? 0 : -1}
        aria-current={chosen}
        onClick={() => onChoose(item.id)}
      >
        <Sign item={item} />
        <span className="import-line">
          <span className="import-name ellipsis" title={item.name}>
            {baseName(item.name)}
            {item.part !== null && <span className="import-part"> › {item.part.id}</span>}
          </span>
          <span className="muted ellipsis">
            {formatBytes(item.bytes, language)} · {say(stageWords(item, language))}
          </span>
          <Marks item={item} dataPackage={namesPackage ? item.dataPackage : null} />
        </span>
      </button>
      <Included item={item} chosen={chosen} />
      {item.progress.stage === 'reading' && <Progress item={item} />}
    </li>
  )
})

const icons = {
  waiting: Clock,
  reading: LoaderCircle,
  mapping: LoaderCircle,
  ready: CircleCheck,
  empty: TriangleAlert,
  failed: CircleX,
  out: CircleMinus,
} as const

function Sign({ item }: { item: ImportItem }) {
  const sign = signOf(item)
  const Icon = icons[sign]
  return <Icon className={`import-sign import-${sign}`} aria-hidden />
}

/** Read to the end without a row to show for it is no failure, but nothing to be pleased about. */
function signOf({ included, progress, counts }: ImportItem): keyof typeof icons {
  if (!included) return 'out'
  return progress.stage === 'ready' && counts?.rowsAccepted === 0 ? 'empty' : progress.stage
}

function Marks({ item, dataPackage }: { item: ImportItem; dataPackage: string | null }) {
  const say = useSay()
  const { replaces, savedMapping, archive, part } = item
  const isHidden = part !== null && part.visibility !== 'visible'
  const isPlain = replaces === null && savedMapping === null && archive === null && dataPackage === null
  if (isPlain && !isHidden) return null
  return (
    <span className="import-marks">
      {replaces !== null && <Badge tone="accent" text={replacesWords(replaces.file)} />}
      {savedMapping !== null && (
        <span title={savedMapping}>
          <Badge tone="good" text={{ zh: '沿用上次的设置', en: 'same as last time' }} />
        </span>
      )}
      {isHidden && <Badge text={{ zh: '隐藏的工作表', en: 'hidden sheet' }} />}
      {dataPackage !== null && (
        <span className="import-archive ellipsis" title={dataPackage}>
          {say({ zh: `属于“${dataPackage}”`, en: `of ${dataPackage}` })}
        </span>
      )}
      {archive !== null && (
        <span className="import-archive ellipsis" title={archive.name}>
          {say({ zh: `来自 ${baseName(archive.name)}`, en: `from ${baseName(archive.name)}` })}
        </span>
      )}
    </span>
  )
}

function replacesWords(file: string): Phrase {
  return { zh: `替换 ${baseName(file)}`, en: `replaces ${baseName(file)}` }
}

/** Takes the table in or leaves it out. */
function Included({ item, chosen }: { item: ImportItem; chosen: boolean }) {
  const say = useSay()
  const workbench = useWorkbench()
  const name = item.part === null ? baseName(item.name) : item.part.id
  return (
    <label className="import-tick">
      <input
        type="checkbox"
        className="only-heard"
        aria-label={say({ zh: `导入 ${name}`, en: `Take in ${name}` })}
        tabIndex={chosen ? 0 : -1}
        checked={item.included}
        onChange={({ target }) => void workbench.reviseImport(item.id, { included: target.checked })}
      />
      <span className="tick-box" aria-hidden>
        {item.included && <Check />}
      </span>
    </label>
  )
}

function stageWords({ included, progress, counts, part }: ImportItem, language: Language): Phrase {
  const count = (rows: number) => formatCount(rows, language)
  if (!included) {
    if (part?.rows === 0) return { zh: '空表', en: 'empty' }
    return { zh: '不导入', en: 'left out' }
  }
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
      return rowWords(counts?.rowsRead ?? 0, counts?.rowsRejected ?? 0, count)
  }
}

function rowWords(read: number, rejected: number, count: (rows: number) => string): Phrase {
  const rows = { zh: `${count(read)} 行`, en: `${count(read)} ${read === 1 ? 'row' : 'rows'}` }
  if (rejected === 0) return rows
  return { zh: `${rows.zh}，拒绝 ${count(rejected)}`, en: `${rows.en}, ${count(rejected)} rejected` }
}

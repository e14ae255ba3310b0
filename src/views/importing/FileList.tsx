import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { canonicalTable } from '../../domain/canonical.ts'
import { formatCount } from '../../domain/format.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import type { ImportItem, Workbench } from '../../workbench/workbench.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { FileLine } from './FileLine.tsx'
import { type Group, type GroupId, groupsOf, type Places, placesOf } from './groups.ts'
import { reached } from './reached.ts'
import './list.css'

interface FileListProps {
  readonly items: readonly ImportItem[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/**
 * The tables of an import by what they are, each with how far it is and whether it is taken in. Plain elements, each
 * line drawn again only when its own item changes: with hundreds of files a line changes many times a second.
 */
export function FileList({ items, chosen, onChoose }: FileListProps) {
  const say = useSay()
  const frame = useRef<HTMLElement>(null)
  const groups = useGroups(items)
  const namesPackage = new Set(items.map(({ dataPackage }) => dataPackage)).size > 1
  useEffect(() => {
    if (chosen !== null) lineOf(frame.current, chosen)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const onKeyDown = (event: KeyboardEvent) => {
    const order = groups.flatMap(group => group.items.map(({ id }) => id))
    const next = reached(order, chosen, event.key)
    if (next === null) return
    event.preventDefault()
    onChoose(next)
    lineOf(frame.current, next)?.querySelector('button')?.focus()
  }
  return (
    <nav
      ref={frame}
      className="import-files scrolling"
      aria-label={say({ zh: '文件', en: 'Files' })}
      onKeyDown={onKeyDown}
    >
      {groups.map(group => (
        <section key={group.id} className="import-group">
          <GroupHead group={group} />
          <ul>
            {group.items.map(item => (
              <FileLine
                key={item.id}
                item={item}
                namesPackage={namesPackage}
                chosen={item.id === chosen}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function lineOf(frame: HTMLElement | null, id: string): Element | null {
  return frame?.querySelector(`[data-item="${CSS.escape(id)}"]`) ?? null
}

function useGroups(items: readonly ImportItem[]): readonly Group[] {
  const language = useLanguage()
  const { adapters } = useWorkbench()
  const [kept, setKept] = useState<Places>(new Map())
  const places = placesOf(items, kept)
  if (places !== kept) setKept(places)
  return useMemo(
    () => groupsOf(items, places, id => groupName(id, adapters)[language]),
    [items, places, adapters, language],
  )
}

const groupNames: Readonly<Record<string, Phrase>> = {
  reading: { zh: '等待读取', en: 'Being read' },
  failed: { zh: '未能读取', en: 'Could not be read' },
  raw: { zh: '未识别，保留为原始表', en: 'Not recognised, kept as raw tables' },
  'left-out': { zh: '不导入', en: 'Left out' },
}

function groupName(id: GroupId, adapters: Workbench['adapters']): Phrase {
  const named = groupNames[id]
  if (named !== undefined) return named
  const adapter = id.slice('adapter '.length)
  return adapters.find(candidate => candidate.id === adapter)?.name ?? same(adapter)
}

function GroupHead({ group }: { group: Group }) {
  const say = useSay()
  const language = useLanguage()
  const { adapters } = useWorkbench()
  const feeds = group.tables
    .map(table => say(canonicalTable(table).name))
    .join(language === 'zh' ? '、' : ', ')
  return (
    <h2 className="import-group-head">
      <span className="import-group-name">
        <span className="ellipsis">{say(groupName(group.id, adapters))}</span>
        <span className="import-group-count">{formatCount(group.items.length, language)}</span>
      </span>
      {group.id.startsWith('adapter ') && feeds !== '' && (
        <span className="import-group-feeds ellipsis" title={feeds}>
          {`→ ${feeds}`}
        </span>
      )}
    </h2>
  )
}

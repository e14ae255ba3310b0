import { useEffect, useRef, useState } from 'react'
import { Collection, GridList, GridListHeader, GridListItem, GridListSection } from 'react-aria-components'
import { canonicalTable } from '../../domain/canonical.ts'
import { fileLabel } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import type { ImportItem, Workbench } from '../../workbench/workbench.ts'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import { FileLine } from './FileLine.tsx'
import { type Group, type GroupId, groupsOf, type Places, placesOf } from './groups.ts'
import './list.css'

interface FileListProps {
  readonly items: readonly ImportItem[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** The tables of an import by what they are, each with how far it is and whether it is taken in. */
export function FileList({ items, chosen, onChoose }: FileListProps) {
  const say = useSay()
  const language = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen === null) return
    frame.current?.querySelector(`[data-key="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <GridList
      ref={frame}
      className="import-files scrolling"
      aria-label={say({ zh: '文件', en: 'Files' })}
      items={useGroups(items)}
      dependencies={[language]}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={keys => {
        const [key] = keys
        if (key !== undefined) onChoose(String(key))
      }}
    >
      {group => (
        <GridListSection id={group.id} className="import-group">
          <GroupHead group={group} />
          <Collection items={group.items} dependencies={[language]}>
            {item => (
              <GridListItem textValue={labelOf(item)} className="import-file">
                <FileLine item={item} />
              </GridListItem>
            )}
          </Collection>
        </GridListSection>
      )}
    </GridList>
  )
}

export function labelOf({ name, part }: ImportItem): string {
  return fileLabel({ name, part: part?.id ?? null })
}

function useGroups(items: readonly ImportItem[]): readonly Group[] {
  const say = useSay()
  const { adapters } = useWorkbench()
  const [kept, setKept] = useState<Places>(new Map())
  const places = placesOf(items, kept)
  if (places !== kept) setKept(places)
  return groupsOf(items, places, id => say(groupName(id, adapters)))
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
    <GridListHeader className="import-group-head">
      <span className="import-group-name">
        <span className="ellipsis">{say(groupName(group.id, adapters))}</span>
        <span className="import-group-count">{formatCount(group.items.length, language)}</span>
      </span>
      {group.id.startsWith('adapter ') && feeds !== '' && (
        <span className="import-group-feeds ellipsis" title={feeds}>
          {say({ zh: `→ ${feeds}`, en: `→ ${feeds}` })}
        </span>
      )}
    </GridListHeader>
  )
}

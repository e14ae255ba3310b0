import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { formatCount } from '../../domain/format.ts'
import type { ImportItem, ItemCounts } from '../../workbench/workbench.ts'
import type { RemedyPlace } from '../file/advice.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { BeforeAfter } from './BeforeAfter.tsx'
import { FileRejects } from './FileRejects.tsx'
import { isSettled } from './groups.ts'
import { MappingEditor } from './MappingEditor.tsx'
import { NamesPanel } from './NamesPanel.tsx'
import type { NameLine } from './names.ts'
import { useKeptFocus } from './use-kept-focus.ts'

export type TabId = 'mapping' | 'rows' | 'names' | 'rejects'

interface DetailTabsProps {
  readonly item: ImportItem
  /** The last known ones while new ones are being counted. */
  readonly counts: ItemCounts | null
  readonly names: readonly NameLine[]
  readonly tab: TabId
  readonly onTab: (tab: TabId) => void
  readonly onRemedy: (place: RemedyPlace) => void
}

/** The ways to look at a file: its mapping, its rows before and after, unknown names, rejects. */
export function DetailTabs({ item, counts, names, tab, onTab, onRemedy }: DetailTabsProps) {
  const say = useSay()
  const language = useLanguage()
  const panel = useKeptFocus(isSettled(item))
  const number = (count: number) => (count === 0 ? '' : ` ${formatCount(count, language)}`)
  const rejected = number(counts?.rowsRejected ?? 0)
  const unknown = number(names.filter(({ decision }) => decision === null).length)
  const tabs = [
    { id: 'mapping', name: { zh: '对应关系', en: 'Mapping' } },
    { id: 'rows', name: { zh: '前后对照', en: 'Before and after' } },
    ...(names.length === 0 && tab !== 'names'
      ? []
      : [{ id: 'names', name: { zh: `名称${unknown}`, en: `Names${unknown}` } }]),
    { id: 'rejects', name: { zh: `拒绝的行${rejected}`, en: `Rejected rows${rejected}` } },
  ]
  return (
    <div ref={panel}>
      <Tabs className="tabs" selectedKey={tab} onSelectionChange={key => onTab(key as TabId)}>
        <TabList className="tab-list" aria-label={say({ zh: '文件内容', en: 'What is in the file' })}>
          {tabs.map(({ id, name }) => (
            <Tab key={id} className="tab" id={id}>
              {say(name)}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="mapping" className="tab-panel">
          <MappingEditor item={item} />
        </TabPanel>
        <TabPanel id="rows" className="tab-panel">
          <BeforeAfter item={item} />
        </TabPanel>
        {tabs.some(({ id }) => id === 'names') && (
          <TabPanel id="names" className="tab-panel">
            <NamesPanel item={item} lines={names} />
          </TabPanel>
        )}
        <TabPanel id="rejects" className="tab-panel">
          <FileRejects item={item} counts={counts} onRemedy={onRemedy} />
        </TabPanel>
      </Tabs>
    </div>
  )
}

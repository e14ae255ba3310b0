import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useSay } from '../surroundings.ts'
import { Exports } from './Exports.tsx'
import { Peers } from './Peers.tsx'
import { Periods } from './Periods.tsx'
import '../controls/tabs.css'
import './compare.css'

const kinds = [
  { id: 'peers', name: { zh: '与同类平台', en: 'With peers' }, Panel: Peers },
  { id: 'periods', name: { zh: '两个时段', en: 'Two periods' }, Panel: Periods },
  { id: 'exports', name: { zh: '两次导出', en: 'Two exports' }, Panel: Exports },
] as const

/** Lays things side by side: a platform and its peers, two periods, two exports. */
export function ComparePage() {
  const say = useSay()
  return (
    <div className="compare">
      <h1>{say({ zh: '比较', en: 'Compare' })}</h1>
      <Tabs className="tabs compare-tabs">
        <TabList className="tab-list" aria-label={say({ zh: '比较的方式', en: 'What to compare' })}>
          {kinds.map(({ id, name }) => (
            <Tab key={id} className="tab" id={id}>
              {say(name)}
            </Tab>
          ))}
        </TabList>
        {kinds.map(({ id, Panel }) => (
          <TabPanel key={id} id={id} className="tab-panel compare-panel">
            <Panel />
          </TabPanel>
        ))}
      </Tabs>
    </div>
  )
}

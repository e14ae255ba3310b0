import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { formatCount } from '../../domain/format.ts'
import { row } from '../../domain/table.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { FailureNote } from '../failure/FailureNote.tsx'
import { Account } from '../file/Account.tsx'
import { RejectBrowser } from '../file/RejectBrowser.tsx'
import { Remarks } from '../file/Remarks.tsx'
import { useLanguage, useSay } from '../surroundings.ts'
import { DataTable } from '../table/DataTable.tsx'
import { MappingTable } from './MappingTable.tsx'
import { Reading } from './Reading.tsx'

/** One file of the import: what it is taken for, what that gives, and what was set aside. */
export function FileDetail({ item }: { item: ImportItem }) {
  const { counts, inspection, failure } = item
  return (
    <article className="detail">
      <h2 className="detail-name">{item.name}</h2>
      {failure !== null && <FailureNote failure={failure} />}
      {inspection !== null && <Reading item={item} inspection={inspection} />}
      {inspection !== null && (
        <Account
          read={counts?.rowsRead ?? null}
          accepted={counts?.rowsAccepted ?? null}
          rejected={counts?.rowsRejected ?? null}
        />
      )}
      <Remarks
        doubts={counts?.doubts ?? inspection?.doubts ?? []}
        droppedSecrets={counts?.droppedSecrets ?? inspection?.droppedSecrets ?? []}
      />
      {inspection !== null && <Views item={item} />}
    </article>
  )
}

function Views({ item }: { item: ImportItem }) {
  const say = useSay()
  const language = useLanguage()
  const rejected = item.counts?.rowsRejected ?? 0
  const number = rejected === 0 ? '' : ` ${formatCount(rejected, language)}`
  return (
    <Tabs className="tabs">
      <TabList className="tab-list" aria-label={say({ zh: '文件内容', en: 'What is in the file' })}>
        <Tab className="tab" id="mapping">
          {say({ zh: '对应关系', en: 'Mapping' })}
        </Tab>
        <Tab className="tab" id="rows">
          {say({ zh: '前几行', en: 'First rows' })}
        </Tab>
        <Tab className="tab" id="rejects">
          {say({ zh: `拒绝的行${number}`, en: `Rejected rows${number}` })}
        </Tab>
      </TabList>
      <TabPanel id="mapping" className="tab-panel">
        <MappingTable item={item} />
      </TabPanel>
      <TabPanel id="rows" className="tab-panel">
        <FirstRows item={item} />
      </TabPanel>
      <TabPanel id="rejects" className="tab-panel">
        <RejectBrowser counts={item.counts?.rejectCounts ?? {}} rejects={item.counts?.rejects ?? []} />
      </TabPanel>
    </Tabs>
  )
}

function FirstRows({ item }: { item: ImportItem }) {
  const { columns = [], preview = [] } = item.inspection ?? {}
  return (
    <DataTable
      label={{ zh: '文件的前几行', en: 'First rows of the file' }}
      columns={columns.map(name => ({ name, type: 'text' as const }))}
      rows={preview.map(values => row(columns, values))}
    />
  )
}

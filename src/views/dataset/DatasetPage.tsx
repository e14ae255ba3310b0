import { Trash2 } from 'lucide-react'
import type { Dataset } from '../../domain/workspace.ts'
import { Action } from '../controls/Action.tsx'
import { SyntheticBadge } from '../controls/Badge.tsx'
import { Account } from '../file/Account.tsx'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { BrokenReferences } from './BrokenReferences.tsx'
import { DecidedNames } from './DecidedNames.tsx'
import { ExportTime } from './ExportTime.tsx'
import { FilesTable } from './FilesTable.tsx'
import { LeftOutList } from './LeftOutList.tsx'
import { derivedSessions, hasSessions, TableViewer } from './TableViewer.tsx'
import './dataset.css'

/** A dataset: what was imported and how, or the rows of one of its tables. */
export function DatasetPage({ id, table }: { id: string; table: string | null }) {
  const say = useSay()
  const dataset = useWorkbenchState(state => state.history.present.datasets.find(one => one.id === id))
  if (dataset === undefined) {
    return (
      <p className="dataset">
        {say({ zh: '该数据集已不在工作区中。', en: 'This dataset is no longer in the workspace.' })}
      </p>
    )
  }
  const open =
    table === derivedSessions.table && hasSessions(dataset)
      ? derivedSessions
      : dataset.tables.find(one => one.table === table)
  return (
    <div className="dataset">
      <DatasetHead dataset={dataset} />
      {open === undefined ? <Contents dataset={dataset} /> : <TableViewer key={open.table} table={open} />}
    </div>
  )
}

/** How it came in: its files, what was left out, what was decided, and what it lacks. */
function Contents({ dataset }: { dataset: Dataset }) {
  return (
    <div className="dataset-contents">
      <FilesTable dataset={dataset} />
      <ExportTime key={dataset.id} dataset={dataset} />
      <LeftOutList names={dataset.leftOut} />
      <BrokenReferences dataset={dataset} />
      <DecidedNames dataset={dataset} />
    </div>
  )
}

function DatasetHead({ dataset }: { dataset: Dataset }) {
  const workbench = useWorkbench()
  const sum = (pick: 'rowsRead' | 'rowsAccepted' | 'rowsRejected') =>
    dataset.files.reduce((total, file) => total + file[pick], 0)
  return (
    <header className="dataset-head">
      <h1 className="ellipsis">{dataset.name}</h1>
      {dataset.synthetic && <SyntheticBadge />}
      <span className="spread" />
      <Account read={sum('rowsRead')} accepted={sum('rowsAccepted')} rejected={sum('rowsRejected')} />
      <Action
        label={{ zh: '移除', en: 'Remove' }}
        icon={Trash2}
        kind="danger"
        onPress={() => workbench.removeDataset(dataset.id)}
      />
    </header>
  )
}

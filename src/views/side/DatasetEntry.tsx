import { ChevronRight, Database, Table2 } from 'lucide-react'
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components'
import { canonicalTable } from '../../domain/canonical.ts'
import { formatCount } from '../../domain/format.ts'
import { same } from '../../domain/phrase.ts'
import type { Dataset } from '../../domain/workspace.ts'
import { Badge, SyntheticBadge } from '../controls/Badge.tsx'
import { rejectedRows, tableRows } from '../dataset/counts.ts'
import { derivedSessions, hasSessions, type ViewedTable } from '../dataset/TableViewer.tsx'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { DatasetActions } from './DatasetActions.tsx'
import { SideLink } from './SideLink.tsx'

/** A dataset in the side panel, its tables under it. */
export function DatasetEntry({ dataset }: { dataset: Dataset }) {
  const workbench = useWorkbench()
  const place = useWorkbenchState(state => state.session.place)
  const here = place.kind === 'dataset' && place.id === dataset.id
  const go = (table: string | null) =>
    workbench.setSession({ place: { kind: 'dataset', id: dataset.id, table } })
  return (
    <section className="side-dataset">
      <div className="side-head">
        <SideLink
          name={dataset.name}
          icon={Database}
          current={here && place.table === null}
          onPress={() => go(null)}
        />
        <DatasetActions dataset={dataset} onShow={() => go(null)} />
      </div>
      <DatasetBadges dataset={dataset} />
      <Tables dataset={dataset} here={here} current={here ? place.table : null} onOpen={go} />
    </section>
  )
}

interface TablesProps {
  readonly dataset: Dataset
  readonly here: boolean
  readonly current: string | null
  readonly onOpen: (table: string) => void
}

/** More tables than this are folded away, so that the indicators stay in sight. */
const fewTables = 3

function Tables({ dataset, here, current, onOpen }: TablesProps) {
  const say = useSay()
  const language = useLanguage()
  const { tables } = dataset
  const rows = formatCount(tableRows(dataset), language)
  const words = {
    zh: `${tables.length} 张表，${rows} 行`,
    en: `${tables.length} ${tables.length === 1 ? 'table' : 'tables'}, ${rows} rows`,
  }
  return (
    <Disclosure className="side-fold" defaultExpanded={here || tables.length <= fewTables}>
      <Button slot="trigger" className="side-link side-depth-1 side-trigger">
        <ChevronRight aria-hidden />
        <span className="side-name ellipsis">{say(words)}</span>
      </Button>
      <DisclosurePanel>
        {[...tables, ...(hasSessions(dataset) ? [derivedSessions] : [])].map(table => (
          <TableEntry
            key={table.table}
            table={table}
            current={table.table === current}
            onPress={() => onOpen(table.table)}
          />
        ))}
      </DisclosurePanel>
    </Disclosure>
  )
}

function DatasetBadges({ dataset }: { dataset: Dataset }) {
  const language = useLanguage()
  const rejected = rejectedRows(dataset)
  if (!dataset.synthetic && rejected === 0) return null
  const count = formatCount(rejected, language)
  return (
    <div className="side-badges">
      {dataset.synthetic && <SyntheticBadge />}
      {rejected > 0 && <Badge text={{ zh: `拒绝 ${count} 行`, en: `${count} rejected` }} tone="plain" />}
    </div>
  )
}

function TableEntry({
  table,
  current,
  onPress,
}: {
  table: ViewedTable
  current: boolean
  onPress: () => void
}) {
  const say = useSay()
  const language = useLanguage()
  const name = table.canonical === null ? same(table.file) : canonicalTable(table.canonical).name
  return (
    <SideLink name={say(name)} icon={Table2} depth={1} current={current} onPress={onPress}>
      <span className="side-value">
        {table.rows === null ? say({ zh: '推得', en: 'derived' }) : formatCount(table.rows, language)}
      </span>
    </SideLink>
  )
}

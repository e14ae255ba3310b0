import { Database, Ellipsis, Eye, Table2, Trash2 } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { canonicalTable } from '../../domain/canonical.ts'
import { formatCount } from '../../domain/format.ts'
import { same } from '../../domain/phrase.ts'
import type { Dataset, DatasetTable } from '../../domain/workspace.ts'
import { Badge, SyntheticBadge } from '../controls/Badge.tsx'
import { rejectedRows } from '../dataset/counts.ts'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
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
      {dataset.tables.map(table => (
        <TableEntry
          key={table.table}
          table={table}
          current={here && place.table === table.table}
          onPress={() => go(table.table)}
        />
      ))}
    </section>
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
  table: DatasetTable
  current: boolean
  onPress: () => void
}) {
  const say = useSay()
  const language = useLanguage()
  const name = table.canonical === null ? same(table.file) : canonicalTable(table.canonical).name
  return (
    <SideLink name={say(name)} icon={Table2} depth={1} current={current} onPress={onPress}>
      <span className="side-value">{formatCount(table.rows, language)}</span>
    </SideLink>
  )
}

function DatasetActions({ dataset, onShow }: { dataset: Dataset; onShow: () => void }) {
  const say = useSay()
  const workbench = useWorkbench()
  const name = { zh: `“${dataset.name}”的操作`, en: `Actions for ${dataset.name}` }
  return (
    <MenuTrigger>
      <Button className="icon-action side-actions" aria-label={say(name)}>
        <Ellipsis aria-hidden />
      </Button>
      <Popover className="popover" offset={4}>
        <Menu className="list">
          <MenuItem className="list-item" onAction={onShow}>
            <Eye aria-hidden />
            {say({ zh: '查看', en: 'Show' })}
          </MenuItem>
          <MenuItem className="list-item" onAction={() => workbench.removeDataset(dataset.id)}>
            <Trash2 aria-hidden />
            {say({ zh: '从工作区移除', en: 'Remove from the workspace' })}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

import { useMemo } from 'react'
import type { Override } from '../../domain/mapping.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { useSay, useWorkbench } from '../surroundings.ts'
import { CellList } from './CellList.tsx'
import { isSettled } from './groups.ts'
import type { RawColumn } from './SourcePicker.tsx'
import { sampleOf, unusedColumns, withoutOverride } from './sources.ts'
import { TableChoice } from './TableChoice.tsx'
import { TargetEditor } from './TargetEditor.tsx'
import './mapping.css'

/** Which canonical columns come from what; every one can be changed, and the change undone. */
export function MappingEditor({ item }: { item: ImportItem }) {
  const workbench = useWorkbench()
  const raw = useMemo(() => rawColumns(item), [item])
  const { mapping, overrides } = item
  if (item.adapter === null) return <TableChoice item={item} />
  if (mapping === null) return null
  const change = (key: string, override: Override | null) => {
    const others = withoutOverride(overrides, key)
    const next = override === null ? others : { ...others, [key]: override }
    void workbench.reviseImport(item.id, { overrides: next })
  }
  return (
    <div className="mapping-editor">
      {mapping.targets.map((target, at) => (
        <TargetEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: two targets may be of one table; their order is the adapter's
          key={`${target.table} ${at}`}
          target={target}
          raw={raw}
          overrides={overrides}
          disabled={!isSettled(item)}
          onChange={change}
        />
      ))}
      {mapping.targets.map(({ table, cells = [] }) => (
        <CellList key={table} cells={cells} item={item} />
      ))}
      <Unused item={item} />
    </div>
  )
}

function rawColumns(item: ImportItem): readonly RawColumn[] {
  return (item.inspection?.columns ?? []).map(name => ({ name, sample: sampleOf(item, name) }))
}

function Unused({ item }: { item: ImportItem }) {
  const say = useSay()
  const unused = unusedColumns(item)
  if (unused.length === 0) return null
  const title = { zh: `未使用的列（${unused.length}）`, en: `Columns not used (${unused.length})` }
  return (
    <section className="mapping-section">
      <h3>{say(title)}</h3>
      <ul className="unused">
        {unused.map(column => {
          const sample = sampleOf(item, column)
          return (
            <li key={column} className="unused-column">
              <code className="ellipsis">{column}</code>
              <span className="muted ellipsis">{sample ?? say({ zh: '（无值）', en: '(no value)' })}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

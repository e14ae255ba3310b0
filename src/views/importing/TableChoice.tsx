import { useState } from 'react'
import { type CanonicalName, canonicalTable, importedNames } from '../../domain/canonical.ts'
import type { ImportItem, Workbench } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { Choice } from '../controls/Choice.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'

/** The adapter that takes the columns as the person says, and those that know a table by the roles of its columns. */
const byHand = 'canonical-table'
const byRoles: Readonly<Partial<Record<CanonicalName, string>>> = {
  device: 'generic-devices',
  telemetry: 'generic-telemetry',
  conn_event: 'generic-events',
}

/** A file that nothing recognised: kept as it is, unless the person says which table it is. */
export function TableChoice({ item }: { item: ImportItem }) {
  const say = useSay()
  const workbench = useWorkbench()
  const [table, setTable] = useState<CanonicalName>('device')
  return (
    <div className="table-choice">
      <p>
        {say({
          zh: '没有识别为已知的导出：文件将按原样保留为一张表，可以查看，但不参与指标计算。',
          en: 'Not taken for a known export: the file is kept as one table as it is. It can be looked at, but feeds no indicator.',
        })}
      </p>
      <p className="muted">
        {say({
          zh: '如果您知道它是什么，请选择对应的规范表，再逐列指定来源。',
          en: 'If you know what it holds, choose its table, then say for each column where it comes from.',
        })}
      </p>
      <div className="table-choice-line">
        <Choice
          label={{ zh: '规范表', en: 'Canonical table' }}
          value={table}
          choices={importedNames.map(id => ({ id, name: canonicalTable(id).name }))}
          disabled={!isSettled(item)}
          onChange={setTable}
        />
        <Action
          label={{ zh: '对应到此表', en: 'Map to this table' }}
          disabled={!isSettled(item)}
          onPress={() => void mapTo(workbench, item.id, table)}
        />
      </div>
      <p className="muted">
        {say({ zh: '一行是：', en: 'One row is: ' })}
        {say(canonicalTable(table).grain)}
      </p>
    </div>
  )
}

/** The adapter first: choosing it sets its options anew. */
async function mapTo(workbench: Workbench, id: string, table: CanonicalName): Promise<void> {
  await workbench.reviseImport(id, { adapter: byRoles[table] ?? byHand })
  if (byRoles[table] !== undefined) return
  const item = workbench.store.getState().importing?.items.find(one => one.id === id)
  if (item !== undefined) await workbench.reviseImport(id, { options: { ...item.options, table } })
}

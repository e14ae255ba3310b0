import { Save } from 'lucide-react'
import { useState } from 'react'
import type { Replacement } from '../../domain/workspace.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { Badge } from '../controls/Badge.tsx'
import { Tick } from '../controls/Fields.tsx'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { labelOf } from './label.ts'

/** The file's name and where it came from, what it takes the place of, and what can be done with its mapping. */
export function FileHead({ item }: { item: ImportItem }) {
  const say = useSay()
  const workbench = useWorkbench()
  const { archive, savedMapping, inspection } = item
  return (
    <header className="detail-head">
      <div className="detail-title">
        <h2 className="detail-name">{labelOf(item)}</h2>
        {savedMapping !== null && (
          <Badge
            text={{ zh: `使用保存的对应关系：${savedMapping}`, en: `Saved mapping: ${savedMapping}` }}
            tone="accent"
          />
        )}
        <span className="spread" />
        {item.included && inspection !== null && (
          <Action
            label={{ zh: '保存对应关系…', en: 'Save mapping…' }}
            icon={Save}
            disabled={!isSettled(item)}
            onPress={() => void workbench.saveMapping(item.id)}
          />
        )}
      </div>
      {archive !== null && (
        <p className="muted">
          {say({ zh: `来自压缩包 ${archive.name}`, en: `Out of the archive ${archive.name}` })}
        </p>
      )}
      <ReplaceChoice item={item} />
    </header>
  )
}

/** A file of the same name is in the workspace: whether this one takes its place. */
function ReplaceChoice({ item }: { item: ImportItem }) {
  const workbench = useWorkbench()
  const datasets = useWorkbenchState(state => state.history.present.datasets)
  const [offered, setOffered] = useState<Replacement | null>(item.replaces)
  if (item.replaces !== null && item.replaces !== offered) setOffered(item.replaces)
  if (offered === null || !item.included) return null
  const dataset = datasets.find(({ id }) => id === offered.dataset)?.name ?? offered.dataset
  return (
    <Tick
      label={{
        zh: `替换数据集“${dataset}”中的 ${offered.file}`,
        en: `Takes the place of ${offered.file} in dataset ${dataset}`,
      }}
      help={{
        zh: '关闭后两者都保留，作为两次导出：同一对象以较晚的一次为准，并可互相比较。',
        en: 'Turned off, both are kept as two exports: of the same thing the later one’s row stands, and they can be compared.',
      }}
      checked={item.replaces !== null}
      onChange={checked => void workbench.reviseImport(item.id, { replaces: checked ? offered : null })}
    />
  )
}

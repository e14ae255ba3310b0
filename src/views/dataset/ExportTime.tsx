import { useState } from 'react'
import { canonicalTable } from '../../domain/canonical.ts'
import type { Dataset } from '../../domain/workspace.ts'
import { Day } from '../controls/Day.tsx'
import { useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { LaterRowsNote } from './LaterRowsNote.tsx'

/** When the export was made: what tells two exports of one platform apart, and which one's rows stand. */
export function ExportTime({ dataset }: { dataset: Dataset }) {
  const say = useSay()
  const workbench = useWorkbench()
  const overlapping = useWorkbenchState(state => state.overlapping)
  const [draft, setDraft] = useState<string | null>(null)
  const tables = dataset.tables.flatMap(({ canonical }) => canonical ?? [])
  const shared = [...new Set(tables)].filter(table => overlapping.includes(table))
  const names = (language: 'zh' | 'en') => shared.map(table => canonicalTable(table).name[language])
  const day = dataset.asOf?.slice(0, 10) ?? draft
  return (
    <section className="dataset-section">
      <h2>{say({ zh: '导出时间', en: 'Time of the export' })}</h2>
      <Day
        label={{ zh: '该数据集所反映的日期（UTC）', en: 'The day this dataset speaks of (UTC)' }}
        value={day}
        onChange={next => {
          setDraft(next)
          workbench.setExportTime(dataset.id, next === null ? null : `${next}T00:00:00Z`)
        }}
      />
      <p className="muted">
        {shared.length === 0
          ? say({
              zh: '用于确定数据时点，并比较同一平台的两次导出；两次导出含有同一对象时，以较晚的一次为准。',
              en: 'Settles the time of the data, and lets two exports of one platform be compared; where both tell of the same thing, the later one stands.',
            })
          : say({
              zh: `另有数据集含有相同的对象：${names('zh').join('、')}。以导出时间较晚者为准（未注明时间的视为更早，同时则以后导入者为准），不会重复计数。`,
              en: `Another dataset tells of the same things: ${names('en').join(', ')}. The later export’s rows stand (one without a time counts as earlier; at equal times the one imported later), and nothing is counted twice.`,
            })}
      </p>
      <LaterRowsNote />
    </section>
  )
}

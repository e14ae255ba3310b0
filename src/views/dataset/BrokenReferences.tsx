import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { Row } from '../../domain/table.ts'
import type { Dataset } from '../../domain/workspace.ts'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'

/** Rows of the dataset's tables that name what no loaded table describes, counted over the whole workspace. */
export function BrokenReferences({ dataset }: { dataset: Dataset }) {
  const say = useSay()
  const rows = useBrokenReferences()
  const own = new Set(dataset.tables.map(({ canonical }) => canonical))
  const shown = rows.filter(row => own.has(String(row.table) as CanonicalName))
  if (shown.length === 0) return null
  return (
    <section className="dataset-section">
      <h2>{say({ zh: '找不到所指的行', en: 'Rows that name what is not there' })}</h2>
      <p className="muted">
        {say({
          zh: '下列行所指的对象不在任何已导入的表中（整个工作区）。它们仍参与计算；导入缺少的表即可补全。',
          en: 'What these rows name is in no imported table of the workspace. They still count; importing what is missing completes them.',
        })}
      </p>
      <ul className="broken">
        {shown.map(row => (
          <BrokenReference key={`${row.table} ${row.columns} ${row.referenced}`} row={row} />
        ))}
      </ul>
    </section>
  )
}

function BrokenReference({ row }: { row: Row }) {
  const say = useSay()
  const language = useLanguage()
  const [from, to] = [nameOf(String(row.table)), nameOf(String(row.referenced))]
  const count = (value: unknown) => formatCount(Number(value), language)
  return (
    <li className="broken-line">
      <TriangleAlert aria-hidden />
      <span>
        {say({
          zh: `“${from.zh}”中 ${count(row.rows)} 行的 `,
          en: `${from.en}: ${count(row.rows)} rows with `,
        })}
        <code>{String(row.columns)}</code>
        {say({
          zh: ` 不在“${to.zh}”中（${count(row.names)} 个不同取值）`,
          en: ` that is not among ${to.en} (${count(row.names)} different)`,
        })}
      </span>
    </li>
  )
}

function nameOf(table: string): Phrase {
  return canonicalTable(table as CanonicalName).name
}

/** Asked of the engine whenever the datasets change; empty until it has answered, and where it cannot. */
function useBrokenReferences(): readonly Row[] {
  const workbench = useWorkbench()
  const datasets = useWorkbenchState(state => state.history.present.datasets)
  const [rows, setRows] = useState<readonly Row[]>([])
  useEffect(() => {
    const stop = new AbortController()
    void datasets
    void workbench.brokenReferences(stop.signal).then(found => {
      if (!stop.signal.aborted) setRows(found.ok ? found.value.rows : [])
    })
    return () => stop.abort()
  }, [workbench, datasets])
  return rows
}

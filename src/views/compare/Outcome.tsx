import { FileDown } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Chart } from '../../domain/chart.ts'
import { formatCount } from '../../domain/format.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { Table } from '../../domain/table.ts'
import { Action } from '../controls/Action.tsx'
import { FailureNote } from '../failure/FailureNote.tsx'
import { FigureView } from '../figure/FigureView.tsx'
import { Bar } from '../importing/Progress.tsx'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import type { GridColumn } from '../table/cell.ts'
import { DataTable } from '../table/DataTable.tsx'
import type { Run } from './use-run.ts'

interface OutcomeProps<T> {
  readonly run: Run<T>
  readonly onStop: () => void
  /** What stands here before anything is compared. */
  readonly hint: Phrase
  readonly children: (result: T) => ReactNode
}

/** What came of a comparison, how far it is, or what it would tell. */
export function Outcome<T>({ run, onStop, hint, children }: OutcomeProps<T>) {
  const say = useSay()
  const language = useLanguage()
  if (run.status === 'idle') return <p className="compare-hint">{say(hint)}</p>
  if (run.status === 'running') {
    const [done, of] = [run.done, run.of].map(count => formatCount(count, language))
    const words = { zh: `正在比较：${done} / ${of}`, en: `Comparing: ${done} of ${of}` }
    return (
      <div className="compare-progress" role="status">
        <Bar label={say(words)} share={run.of === 0 ? null : run.done / run.of} />
        <span className="muted">{say(words)}</span>
        <Action label={{ zh: '停止', en: 'Stop' }} onPress={onStop} />
      </div>
    )
  }
  if (!run.result.ok) return <FailureNote failure={run.result.failure} />
  return children(run.result.value)
}

interface PictureProps {
  readonly name: Phrase
  readonly stem: string
  readonly chart: Chart | null
  readonly table: Table
  readonly columns: readonly GridColumn[]
}

/** A comparison as picture and rows; the rows can be taken home. */
export function PictureAndRows({ name, stem, chart, table, columns }: PictureProps) {
  const say = useSay()
  const language = useLanguage()
  const workbench = useWorkbench()
  const count = formatCount(table.rows.length, language)
  return (
    <>
      {chart !== null && chart.rows.length > 0 && (
        <div className="compare-chart">
          <FigureView chart={chart} />
        </div>
      )}
      <div className="table-tools detail-tools">
        <span className="muted">
          {say({ zh: `${count} 行`, en: `${count} ${table.rows.length === 1 ? 'row' : 'rows'}` })}
        </span>
        <span className="spread" />
        <Action
          label={{ zh: '保存为 CSV…', en: 'Save as CSV…' }}
          icon={FileDown}
          kind="quiet"
          onPress={() =>
            void workbench.exportRows(table, stem, { format: 'csv', bom: true, neutralise: true })
          }
        />
      </div>
      <div className="compare-rows">
        <DataTable label={name} columns={columns} rows={table.rows} />
      </div>
    </>
  )
}

/** Columns of a comparison's table, under their names. */
export function titled(columns: Table['columns'], names: Readonly<Record<string, Phrase>>): GridColumn[] {
  return columns.map(column => {
    const title = names[column.name]
    return title === undefined ? column : { ...column, title }
  })
}

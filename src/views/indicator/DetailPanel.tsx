import { FileDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Result } from '../../domain/failure.ts'
import { formatCount } from '../../domain/format.ts'
import type { Detail, Indicator } from '../../indicators/indicator.ts'
import type { DetailRows } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { CopyAction } from '../controls/CopyAction.tsx'
import { FailureNote } from '../failure/FailureNote.tsx'
import { FigureView } from '../figure/FigureView.tsx'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { DataTable } from '../table/DataTable.tsx'
import { tabSeparated } from '../table/paste.ts'
import { resultColumns } from './columns.ts'

interface DetailProps {
  readonly indicator: Indicator
  /** Its short name in the recipe. */
  readonly id: string
  readonly detail: Detail
}

/** The rows behind a number: looked up when the tab is opened, let go of when it is left. */
export function DetailPanel({ indicator, id, detail }: DetailProps) {
  const say = useSay()
  const found = useDetail(indicator.id, id)
  return (
    <section className="behind" aria-busy={found === null}>
      <p className="muted">{say(detail.meaning)}</p>
      {found === null && <Looking />}
      {found?.ok === false && <FailureNote failure={found.failure} />}
      {found?.ok && <Found indicator={indicator} id={id} detail={detail} found={found.value} />}
    </section>
  )
}

function Looking() {
  const say = useSay()
  return (
    <div role="status">
      <span className="only-heard">{say({ zh: '正在查找', en: 'Looking up' })}</span>
      <span className="bone bone-chart" />
    </div>
  )
}

function Found({ indicator, id, detail, found }: DetailProps & { readonly found: DetailRows }) {
  const say = useSay()
  const workbench = useWorkbench()
  const language = useLanguage()
  const { table, truncated, chart } = found
  const count = formatCount(table.rows.length, language)
  const rows = truncated
    ? { zh: `行数很多，只取前 ${count} 行`, en: `Many rows: the first ${count}` }
    : { zh: `${count} 行`, en: `${count} ${table.rows.length === 1 ? 'row' : 'rows'}` }
  if (table.rows.length === 0)
    return <p className="detail-empty">{say({ zh: '没有这样的行。', en: 'There are no such rows.' })}</p>
  return (
    <>
      {chart !== null && chart.rows.length > 0 && (
        <div className="detail-chart">
          <FigureView chart={chart} />
        </div>
      )}
      <div className="table-tools detail-tools">
        <span className="muted">{say(rows)}</span>
        <span className="spread" />
        <CopyAction label={{ zh: '复制为 TSV', en: 'Copy as TSV' }} text={() => tabSeparated(table)} />
        <Action
          label={{ zh: '保存为 CSV…', en: 'Save as CSV…' }}
          icon={FileDown}
          kind="quiet"
          onPress={() =>
            void workbench.exportRows(table, `${indicator.id}-${id}`, {
              format: 'csv',
              bom: true,
              neutralise: true,
            })
          }
        />
      </div>
      <DataTable
        label={detail.name}
        columns={resultColumns(table.columns, chart ?? undefined)}
        rows={table.rows}
      />
    </>
  )
}

/** Asked for anew when the workspace changes: filters and inputs act on it. */
function useDetail(indicator: string, detail: string): Result<DetailRows> | null {
  const workbench = useWorkbench()
  const present = useWorkbenchState(state => state.history.present)
  const [found, setFound] = useState<{ of: typeof present; rows: Result<DetailRows> } | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    void workbench.detail(indicator, detail, stop.signal).then(rows => {
      if (!stop.signal.aborted) setFound({ of: present, rows })
    })
    return () => stop.abort()
  }, [workbench, indicator, detail, present])
  return found?.of === present ? found.rows : null
}

import { formatCount } from '../../domain/format.ts'
import { useLanguage, useSay, useWorkbenchState } from '../surroundings.ts'
import { DataTable } from '../table/DataTable.tsx'

const previewed = 12

/** The columns and first rows of the table that would be saved. */
export function TablePreview({ indicator }: { indicator: string }) {
  const say = useSay()
  const language = useLanguage()
  const outcome = useWorkbenchState(state => state.results[indicator]?.outcome ?? null)
  if (outcome?.status !== 'ok') return null
  const { columns, rows } = outcome.table
  const count = formatCount(rows.length, language)
  return (
    <div className="table-preview">
      <p className="field-help">
        {say({
          zh: `共 ${count} 行 ${columns.length} 列，下面是前几行`,
          en: `${count} rows of ${columns.length} columns; the first of them`,
        })}
      </p>
      <DataTable
        label={{ zh: '导出表的预览', en: 'Preview of the exported table' }}
        columns={columns}
        rows={rows.slice(0, previewed)}
      />
    </div>
  )
}

import { canonicalTable } from '../../domain/canonical.ts'
import { same } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { useSay } from '../surroundings.ts'
import { sampleOf, type Target } from './sources.ts'

interface CellListProps {
  readonly cells: NonNullable<Target['cells']>
  readonly item: ImportItem
}

/** The columns of measurements of a wide table: what each stands for. Every cell with a value gives a row. */
export function CellList({ cells, item }: CellListProps) {
  const say = useSay()
  if (cells.length === 0) return null
  const names = [...new Set(cells.flatMap(({ values }) => Object.keys(values)))]
  const { columns } = canonicalTable('telemetry')
  const title = { zh: `测量列（${cells.length}）`, en: `Columns of measurements (${cells.length})` }
  return (
    <section className="mapping-section">
      <h3 className="mapping-title">
        {say(title)}
        <span className="mapping-grain muted">
          {say({ zh: '每个有值的单元格存为一行', en: 'Each cell with a value is stored as one row' })}
        </span>
      </h3>
      <table className="mapping-lines cell-lines">
        <thead>
          <tr>
            <th scope="col">{say({ zh: '文件中的列', en: 'Column of the file' })}</th>
            {names.map(name => (
              <th key={name} scope="col">
                {say(columns[name]?.name ?? same(name))}
              </th>
            ))}
            <th scope="col">{say({ zh: '文件中的示例', en: 'Example in the file' })}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ column, values }) => (
            <tr key={column}>
              <th scope="row">
                <code className="ellipsis">{column}</code>
              </th>
              {names.map(name => (
                <td key={name}>{values[name] ?? ''}</td>
              ))}
              <td className="mapping-sample">
                <span className="ellipsis">{sampleOf(item, column)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

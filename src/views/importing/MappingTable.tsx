import { ArrowLeft } from 'lucide-react'
import { canonicalTable } from '../../domain/canonical.ts'
import { same } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Badge } from '../controls/Badge.tsx'
import { useSay } from '../surroundings.ts'

type Target = NonNullable<ImportItem['mapping']>['targets'][number]
type Source = Target['columns'][string]

/** Which canonical columns come from which columns of the file. */
export function MappingTable({ item }: { item: ImportItem }) {
  const say = useSay()
  if (item.mapping === null) {
    return (
      <p className="muted">
        {say({
          zh: '没有识别为已知的导出，文件将按原样保留为一张表。可在上方“识别为”中选择。',
          en: 'Not taken for a known export: the file is kept as one table as it is. Choose otherwise under “Recognised as”.',
        })}
      </p>
    )
  }
  const used = new Set(
    item.mapping.targets.flatMap(target => Object.values(target.columns).flatMap(({ from }) => from)),
  )
  const unused = item.inspection?.columns.filter(column => !used.has(column)) ?? []
  return (
    <div className="mapping">
      {item.mapping.targets.map(target => (
        <TargetTable key={target.table} target={target} />
      ))}
      {unused.length > 0 && (
        <p className="muted">
          {say({ zh: '未使用的列：', en: 'Columns not used: ' })}
          <code>{unused.join(', ')}</code>
        </p>
      )}
    </div>
  )
}

function TargetTable({ target }: { target: Target }) {
  const say = useSay()
  const table = canonicalTable(target.table)
  return (
    <section className="mapping-target">
      <h3>
        {say(table.name)} <code className="muted">{target.table}</code>
      </h3>
      <table className="mapping-table">
        <tbody>
          {Object.entries(target.columns).map(([name, source]) => {
            const column = table.columns[name]
            return (
              <tr key={name}>
                <th scope="row">
                  {say(column?.name ?? same(name))}
                  {(column?.required ?? column?.key) && <Badge text={{ zh: '必填', en: 'required' }} />}
                </th>
                <td>
                  <code>{name}</code>
                </td>
                <td className="mapping-arrow">
                  <ArrowLeft aria-hidden />
                </td>
                <td>
                  <SourceText source={source} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function SourceText({ source }: { source: Source }) {
  const say = useSay()
  if (source.from.length > 0) return <code title={source.sql.text}>{source.from.join(' + ')}</code>
  return (
    <>
      <Badge text={{ zh: '常量', en: 'constant' }} />{' '}
      <code title={say({ zh: 'SQL 表达式', en: 'SQL expression' })}>{source.sql.text.slice(0, 80)}</code>
    </>
  )
}

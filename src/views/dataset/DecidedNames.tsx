import { Trash2 } from 'lucide-react'
import type { Alias } from '../../domain/alias.ts'
import { type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import type { Phrase } from '../../domain/phrase.ts'
import { same } from '../../domain/phrase.ts'
import type { Dataset } from '../../domain/workspace.ts'
import { IconAction } from '../controls/Action.tsx'
import { valueText } from '../file/coded-values.ts'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'

/** What names were said to stand for, for the columns of the dataset's tables; later files are read with it too. */
export function DecidedNames({ dataset }: { dataset: Dataset }) {
  const say = useSay()
  const workbench = useWorkbench()
  const aliases = useWorkbenchState(state => state.history.present.aliases)
  const shown = aliases.flatMap(alias => {
    const table = tableOf(dataset, alias)
    return table === null ? [] : [{ alias, table }]
  })
  if (shown.length === 0) return null
  return (
    <section className="dataset-section">
      <h2>{say({ zh: `已决定的名称（${shown.length}）`, en: `Names decided (${shown.length})` })}</h2>
      <p className="muted">
        {say({
          zh: '读取以后的文件时使用。删除一项不会改变已导入的行；可以撤销。',
          en: 'Used when later files are read. Forgetting one changes no row that is imported, and can be undone.',
        })}
      </p>
      <table className="decided">
        <tbody>
          {shown.map(({ alias, table }) => (
            <tr key={JSON.stringify([alias.kind, alias.raw])}>
              <DecidedName alias={alias} table={table} />
              <td>
                <IconAction
                  label={{ zh: `忘记 ${alias.raw}`, en: `Forget ${alias.raw}` }}
                  icon={Trash2}
                  onPress={() => workbench.forgetName(alias)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function DecidedName({ alias: { kind, raw, canonical }, table }: { alias: Alias; table: CanonicalName }) {
  const say = useSay()
  const language = useLanguage()
  const name: Phrase = canonicalTable(table).columns[kind]?.name ?? same(kind)
  return (
    <>
      <th scope="row">
        <code>{raw}</code>
      </th>
      <td>{valueText(table, kind, canonical, language)}</td>
      <td className="muted">{say(name)}</td>
    </>
  )
}

/** The table of the dataset that has such a column. */
function tableOf({ tables }: Dataset, { kind }: Alias): CanonicalName | null {
  const found = tables.find(
    ({ canonical }) => canonical !== null && Object.hasOwn(canonicalTable(canonical).columns, kind),
  )
  return found?.canonical ?? null
}

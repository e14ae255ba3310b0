import { useEffect, useState } from 'react'
import { type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import type { Chart } from '../../domain/chart.ts'
import { type Phrase, same } from '../../domain/phrase.ts'
import { row, type Table } from '../../domain/table.ts'
import type { TableFates } from '../../workbench/workbench.ts'
import { Action } from '../controls/Action.tsx'
import { Choice } from '../controls/Choice.tsx'
import { useLanguage, useSay, useWorkbench, useWorkbenchState } from '../surroundings.ts'
import { Outcome, PictureAndRows, titled } from './Outcome.tsx'
import { useRun } from './use-run.ts'

const fateNames: Readonly<Record<string, Phrase>> = {
  appeared: { zh: '新增', en: 'Appeared' },
  vanished: { zh: '消失', en: 'Vanished' },
  changed: { zh: '变更', en: 'Changed' },
  unchanged: { zh: '未变', en: 'Unchanged' },
}

/** One dataset beside a later one: what appeared, vanished and changed. */
export function Exports() {
  const say = useSay()
  const workbench = useWorkbench()
  const datasets = useWorkbenchState(state => state.history.present.datasets)
  const [older, setOlder] = useState(datasets[0]?.id ?? '')
  const [newer, setNewer] = useState(datasets[1]?.id ?? '')
  const { run, start, stop } = useRun<readonly TableFates[]>()
  const choices = datasets.map(({ id, name, asOf }) => ({
    id,
    name: same(asOf === null ? name : `${name} (${asOf.slice(0, 10)})`),
  }))
  if (datasets.length < 2) {
    return (
      <p className="compare-hint">
        {say({
          zh: '请再导入同一平台的另一次导出（拖入即可）；然后可在此看出新增、消失和变更的内容。文件同名时，请在导入页关闭“替换数据集中的……”，两次导出才都保留。',
          en: 'Import another export of the same platform (drop it on the window); what appeared, vanished and changed is then shown here. Where files bear the same names, turn off “Takes the place of …” on the import page, so that both exports are kept.',
        })}
      </p>
    )
  }
  return (
    <>
      <div className="compare-fields">
        <Choice
          label={{ zh: '较早的导出', en: 'Earlier export' }}
          value={older}
          choices={choices}
          onChange={setOlder}
        />
        <Choice
          label={{ zh: '较晚的导出', en: 'Later export' }}
          value={newer}
          choices={choices}
          onChange={setNewer}
        />
        <Action
          label={{ zh: '比较', en: 'Compare' }}
          kind="primary"
          disabled={older === newer || newer === ''}
          onPress={() => start((_, signal) => workbench.comparing.exports(older, newer, signal))}
        />
      </div>
      <Outcome run={run} onStop={stop} hint={hint}>
        {fates => <FatesOutcome key={`${older} ${newer}`} older={older} newer={newer} fates={fates} />}
      </Outcome>
    </>
  )
}

const hint: Phrase = {
  zh: '按主键逐表对照两个数据集：哪些对象新增、消失、变更（哪一列、由何值变为何值）、未变。',
  en: 'Both datasets are laid side by side by key, table by table: what appeared, vanished, changed (which column, from what to what) and stayed.',
}

const columns = [
  { name: 'table', type: 'text' },
  ...Object.keys(fateNames).map(name => ({ name, type: 'integer' as const })),
] as const

function FatesOutcome({
  older,
  newer,
  fates,
}: {
  older: string
  newer: string
  fates: readonly TableFates[]
}) {
  const say = useSay()
  const language = useLanguage()
  const [table, setTable] = useState<CanonicalName | null>(fates[0]?.table ?? null)
  if (fates.length === 0) {
    return (
      <p className="compare-hint">
        {say({
          zh: '两个数据集没有共同的、可按主键对照的表。',
          en: 'The two datasets have no table in common whose rows could be found again by key.',
        })}
      </p>
    )
  }
  const rows = fates.map(one =>
    row(
      columns.map(({ name }) => name),
      [canonicalTable(one.table).name[language], one.appeared, one.vanished, one.changed, one.unchanged],
    ),
  )
  return (
    <>
      <PictureAndRows
        name={{ zh: '两次导出', en: 'Two exports' }}
        stem="exports"
        chart={fatesChart(fates)}
        table={{ columns, rows }}
        columns={titled(columns, { table: { zh: '表', en: 'Table' }, ...fateNames })}
      />
      <Choice
        label={{ zh: '逐条查看', en: 'Look into' }}
        value={table ?? ''}
        choices={fates.map(one => ({ id: one.table as string, name: canonicalTable(one.table).name }))}
        onChange={next => setTable(fates.find(one => one.table === next)?.table ?? null)}
      />
      {table !== null && <FateRows older={older} newer={newer} table={table} />}
    </>
  )
}

const rowNames: Readonly<Record<string, Phrase>> = {
  fate: { zh: '变化', en: 'What became of it' },
  key: { zh: '主键', en: 'Key' },
  changes: { zh: '变更内容', en: 'Changes' },
}

/** The things of one table that did not stay as they were. */
function FateRows({ older, newer, table }: { older: string; newer: string; table: CanonicalName }) {
  const workbench = useWorkbench()
  const { run, start, stop } = useRun<Table>()
  useEffect(() => {
    start((_, signal) => workbench.comparing.exportRows(older, newer, table, signal))
  }, [workbench, start, older, newer, table])
  return (
    <Outcome run={run} onStop={stop} hint={hint}>
      {found => (
        <PictureAndRows
          name={canonicalTable(table).name}
          stem={`exports-${table}`}
          chart={null}
          table={found}
          columns={titled(found.columns, rowNames).map(column =>
            column.name === 'fate' ? { ...column, labels: fateNames } : column,
          )}
        />
      )}
    </Outcome>
  )
}

function fatesChart(fates: readonly TableFates[]): Chart {
  const order = Object.keys(fateNames)
  const names = ['table', 'fate', 'rows']
  return {
    layers: [
      {
        mark: 'bar',
        x: { field: 'rows', name: { zh: '对象数', en: 'Things' }, scale: 'number', format: 'integer' },
        y: {
          field: 'table',
          name: { zh: '表', en: 'Table' },
          scale: 'category',
          labels: Object.fromEntries(fates.map(({ table }) => [table, canonicalTable(table).name])),
        },
        colour: {
          field: 'fate',
          name: { zh: '变化', en: 'What became of it' },
          scale: 'category',
          labels: fateNames,
          order,
        },
      },
    ],
    rows: fates.flatMap(one => [
      row(names, [one.table, 'appeared', one.appeared]),
      row(names, [one.table, 'vanished', one.vanished]),
      row(names, [one.table, 'changed', one.changed]),
      row(names, [one.table, 'unchanged', one.unchanged]),
    ]),
  }
}

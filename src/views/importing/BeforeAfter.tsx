import { useMemo, useState } from 'react'
import { type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { Segments } from '../controls/Segments.tsx'
import { useSay } from '../surroundings.ts'
import { FilePane } from './FilePane.tsx'
import { isLineByLine, pairs } from './pairs.ts'
import { StoredPane } from './StoredPane.tsx'
import { rawColumnsOf } from './sources.ts'
import { useSideBySide } from './use-side-by-side.ts'
import './before-after.css'

const none: readonly string[] = []

/** The first rows as they stand in the file, and as they will be stored; one row of the file is lit on both sides. */
export function BeforeAfter({ item }: { item: ImportItem }) {
  const [chosen, setChosen] = useState<CanonicalName | null>(null)
  const tables = [...new Set(item.mapping?.targets.map(({ table }) => table))]
  const table = tables.find(name => name === chosen) ?? tables[0]
  const made = useMemo(
    () =>
      pairs(
        item.inspection?.preview ?? [],
        (table && item.after[table]) ?? { columns: [], rows: [] },
        item.counts?.rejects ?? [],
      ),
    [item.inspection, item.after, item.counts, table],
  )
  const sides = useSideBySide(made)
  return (
    <div className="before-after">
      <Notes item={item} tables={tables} table={table} onChoose={setChosen} lineByLine={isLineByLine(made)} />
      <div className="panes">
        <FilePane
          columns={item.inspection?.columns ?? none}
          pairs={made}
          sides={sides}
          columnsOf={column => rawColumnsOf(item, column)}
        />
        {table !== undefined && (
          <StoredPane
            key={table}
            table={table}
            stored={item.after[table] ?? null}
            pairs={made}
            sides={sides}
          />
        )}
      </div>
    </div>
  )
}

interface NotesProps {
  readonly item: ImportItem
  readonly tables: readonly CanonicalName[]
  readonly table: CanonicalName | undefined
  readonly lineByLine: boolean
  readonly onChoose: (table: CanonicalName) => void
}

/** Which table is shown, and how times are to be read. */
function Notes({ item, tables, table, lineByLine, onChoose }: NotesProps) {
  const say = useSay()
  const zone = item.options.zone
  const times = {
    zh: `时间以 UTC 存储${zone === undefined ? '' : `；未写时区的时间按 UTC${zone} 读取`}。`,
    en: `Times are stored in UTC${zone === undefined ? '' : `; those without a zone are read as UTC${zone}`}.`,
  }
  const spread = {
    zh: '文件的一行可存为多行；选中一行可看到对应的各行。',
    en: 'A row of the file may give several; choose one to see which.',
  }
  return (
    <div className="before-after-notes">
      {tables.length > 1 && table !== undefined && (
        <Segments
          label={{ zh: '存入的表', en: 'Stored table' }}
          value={table}
          choices={tables.map(id => ({ id, name: canonicalTable(id).name }))}
          onChange={onChoose}
        />
      )}
      <p className="muted">
        {table === undefined
          ? say({
              zh: '文件按原样存储，没有换算。',
              en: 'The file is stored as it is; nothing is converted.',
            })
          : say(times)}
        {!lineByLine && ` ${say(spread)}`}
      </p>
    </div>
  )
}

import { useEffect, useMemo, useState } from 'react'
import { canonicalTable } from '../../domain/canonical.ts'
import type { Result } from '../../domain/failure.ts'
import { formatCount } from '../../domain/format.ts'
import { type Language, type Phrase, same } from '../../domain/phrase.ts'
import type { Column, Table } from '../../domain/table.ts'
import type { Dataset, DatasetTable } from '../../domain/workspace.ts'
import { FailureNote } from '../failure/FailureNote.tsx'
import { useLanguage, useSay, useWorkbench } from '../surroundings.ts'
import type { GridColumn } from '../table/cell.ts'
import { DataTable } from '../table/DataTable.tsx'

const limit = 500

/** A table of a dataset; `rows` is null where only computing it would tell. */
export type ViewedTable = Pick<DatasetTable, 'table' | 'canonical' | 'file'> & {
  readonly rows: number | null
}

/** Sessions are derived from the connection events of the whole workspace when they are looked at. */
export const derivedSessions: ViewedTable = {
  table: 'session',
  canonical: 'session',
  file: '',
  rows: null,
}

export function hasSessions({ tables }: Dataset): boolean {
  return tables.some(({ canonical }) => canonical === 'conn_event')
}

/** The first rows of a table in the engine. */
export function TableViewer({ table }: { table: ViewedTable }) {
  const say = useSay()
  const language = useLanguage()
  const peeked = usePeek(table.table)
  const name = table.canonical === null ? same(table.file) : canonicalTable(table.canonical).name
  const columns = useMemo(
    () => (peeked?.ok ? peeked.value.columns.map(column => titled(column, table)) : []),
    [peeked, table],
  )
  return (
    <section className="viewer">
      <header className="viewer-head">
        <h2>{say(name)}</h2>
        {table.canonical !== null && <code className="muted">{table.canonical}</code>}
        <span className="muted">{say(rowsWords(table.rows, language))}</span>
      </header>
      {peeked === null && <span className="bone bone-chart" />}
      {peeked?.ok === false && <FailureNote failure={peeked.failure} />}
      {peeked?.ok && <DataTable label={name} columns={columns} rows={peeked.value.rows} />}
    </section>
  )
}

function rowsWords(rows: number | null, language: Language): Phrase {
  if (rows === null)
    return {
      zh: `由整个工作区的连接事件推得，最多显示前 ${limit} 行`,
      en: `derived from the connection events of the whole workspace, the first ${limit} at most`,
    }
  const count = formatCount(rows, language)
  if (rows <= limit) return { zh: `共 ${count} 行`, en: `${count} rows` }
  return { zh: `共 ${count} 行，下面是前 ${limit} 行`, en: `${count} rows, the first ${limit} below` }
}

/** The rows come from the engine, not from the workspace: they are asked for when the table is opened. */
function usePeek(table: string): Result<Table> | null {
  const workbench = useWorkbench()
  const [peeked, setPeeked] = useState<Result<Table> | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    void workbench.peek(table, limit, stop.signal).then(result => {
      if (!stop.signal.aborted) setPeeked(result)
    })
    return () => stop.abort()
  }, [workbench, table])
  return peeked
}

function titled({ name, type }: Column, { canonical }: ViewedTable): GridColumn {
  const declared = canonical === null ? undefined : canonicalTable(canonical).columns[name]
  if (declared === undefined) return { name, type }
  return { name, type, title: declared.name, ...(declared.values && { labels: declared.values }) }
}

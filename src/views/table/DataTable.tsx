import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Cell, Column, Row, type SortDescriptor, Table, TableBody, TableHeader } from 'react-aria-components'
import { locale, type Phrase } from '../../domain/phrase.ts'
import type { Row as Values } from '../../domain/table.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { compareValues, type GridColumn, isNumeric } from './cell.ts'
import { Pager } from './Pager.tsx'
import { ValueText } from './ValueText.tsx'
import './table.css'

interface DataTableProps {
  readonly label: Phrase
  readonly columns: readonly GridColumn[]
  readonly rows: readonly Values[]
}

const pageSize = 100

/** Rows to read, sort and walk through by keyboard, a hundred at a time. */
export function DataTable({ label, columns, rows }: DataTableProps) {
  const say = useSay()
  const [sort, setSort] = useState<SortDescriptor | null>(null)
  const [page, setPage] = useState(0)
  const sorted = useSorted(rows, sort)
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const shownPage = Math.min(page, pages - 1)
  const visible = sorted.slice(shownPage * pageSize, (shownPage + 1) * pageSize)
  return (
    <div className="grid">
      <div className="grid-scroll scrolling">
        <Table
          className="grid-table"
          aria-label={say(label)}
          {...(sort === null ? {} : { sortDescriptor: sort })}
          onSortChange={next => {
            setSort(next)
            setPage(0)
          }}
        >
          <TableHeader>
            {columns.map((column, at) => (
              <Head key={column.name} column={column} first={at === 0} />
            ))}
          </TableHeader>
          <TableBody
            renderEmptyState={() => <p className="grid-empty">{say({ zh: '没有行', en: 'No rows' })}</p>}
          >
            {visible.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
              <Row key={at} id={at} className="grid-row">
                {columns.map(column => (
                  <Cell key={column.name} className={`grid-cell ${isNumeric(column.type) ? 'number' : ''}`}>
                    <ValueText value={row[column.name] ?? null} column={column} />
                  </Cell>
                ))}
              </Row>
            ))}
          </TableBody>
        </Table>
      </div>
      <Pager rows={rows.length} page={shownPage} size={pageSize} onChange={setPage} />
    </div>
  )
}

function Head({ column, first }: { column: GridColumn; first: boolean }) {
  const say = useSay()
  const title = column.title === undefined ? column.name : say(column.title)
  return (
    <Column
      id={column.name}
      isRowHeader={first}
      allowsSorting
      textValue={title}
      className={`grid-head ${isNumeric(column.type) ? 'number' : ''}`}
    >
      {({ sortDirection }) => (
        <span className="grid-title" title={column.name}>
          <span>{title}</span>
          <span className="grid-direction" aria-hidden>
            {sortDirection === 'ascending' && <ArrowUp />}
            {sortDirection === 'descending' && <ArrowDown />}
          </span>
        </span>
      )}
    </Column>
  )
}

function useSorted(rows: readonly Values[], sort: SortDescriptor | null): readonly Values[] {
  const language = useLanguage()
  return useMemo(() => {
    if (sort === null) return rows
    const collator = new Intl.Collator(locale(language), { numeric: true })
    const name = String(sort.column)
    const way = sort.direction === 'descending' ? -1 : 1
    const present = rows.filter(row => (row[name] ?? null) !== null)
    const absent = rows.filter(row => (row[name] ?? null) === null)
    present.sort((a, b) => way * compareValues(a[name] ?? null, b[name] ?? null, collator))
    return [...present, ...absent]
  }, [rows, sort, language])
}

import { useState } from 'react'
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components'
import { type Reject, rejectReasons } from '../../domain/file.ts'
import { formatCount } from '../../domain/format.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { Pager } from '../table/Pager.tsx'
import '../table/table.css'

interface RejectTableProps {
  readonly rejects: readonly Reject[]
  readonly chosen: Reject | null
  readonly onChoose: (reject: Reject) => void
}

const pageSize = 100

/** Rejects to walk through by pointer or arrow keys, a hundred at a time. */
export function RejectTable({ rejects, chosen, onChoose }: RejectTableProps) {
  const say = useSay()
  const [page, setPage] = useState(0)
  const shownPage = Math.min(page, Math.max(0, Math.ceil(rejects.length / pageSize) - 1))
  const visible = rejects.slice(shownPage * pageSize, (shownPage + 1) * pageSize)
  const at = chosen === null ? -1 : visible.indexOf(chosen)
  return (
    <div className="grid rejects-grid">
      <div className="grid-scroll scrolling">
        <Table
          className="grid-table"
          aria-label={say({ zh: '被拒绝的行', en: 'Rejected rows' })}
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={at < 0 ? [] : [at]}
          onSelectionChange={keys => {
            const [key] = keys === 'all' ? [] : keys
            const reject = visible[Number(key)]
            if (reject !== undefined) onChoose(reject)
          }}
        >
          <TableHeader>
            <Column className="grid-head number">{say({ zh: '行号', en: 'Row' })}</Column>
            <Column className="grid-head" isRowHeader>
              {say({ zh: '原因', en: 'Reason' })}
            </Column>
            <Column className="grid-head">{say({ zh: '列', en: 'Column' })}</Column>
            <Column className="grid-head">{say({ zh: '原值', en: 'Value' })}</Column>
          </TableHeader>
          <TableBody>
            {visible.map((reject, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row may be rejected by several readers' rules
              <RejectRow key={index} id={index} reject={reject} />
            ))}
          </TableBody>
        </Table>
      </div>
      <Pager rows={rejects.length} page={shownPage} size={pageSize} onChange={setPage} />
    </div>
  )
}

function RejectRow({ id, reject }: { id: number; reject: Reject }) {
  const say = useSay()
  const language = useLanguage()
  return (
    <Row id={id} className="grid-row">
      <Cell className="grid-cell number rejects-row">{formatCount(reject.row, language)}</Cell>
      <Cell className="grid-cell">{say(rejectReasons[reject.reason])}</Cell>
      <Cell className="grid-cell">
        <code>{reject.column}</code>
      </Cell>
      <Cell className="grid-cell">
        <RejectValue value={reject.value} />
      </Cell>
    </Row>
  )
}

export function RejectValue({ value }: { value: string | null }) {
  const say = useSay()
  if (value === null) return <span className="value-absent">{say({ zh: '空', en: 'null' })}</span>
  if (value === '') return <span className="value-absent">{say({ zh: '空文本', en: 'empty text' })}</span>
  return <span title={value.length > 40 ? value : undefined}>{value}</span>
}

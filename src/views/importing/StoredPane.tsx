import { memo } from 'react'
import { type CanonicalName, canonicalTable } from '../../domain/canonical.ts'
import { rejectReasons } from '../../domain/file.ts'
import type { Row, Table } from '../../domain/table.ts'
import { useLanguage, useSay } from '../surroundings.ts'
import { isNumeric } from '../table/cell.ts'
import { lineClass } from './FilePane.tsx'
import { lineHandlers, Pane } from './Pane.tsx'
import { isLineByLine, type Pair } from './pairs.ts'
import { codeWords, shownColumns, storedText } from './stored.ts'
import type { SideBySide } from './use-side-by-side.ts'

interface StoredPaneProps {
  readonly table: CanonicalName
  /** Null while the rows are not there yet. */
  readonly stored: Table | null
  readonly pairs: readonly Pair[]
  readonly sides: SideBySide
}

/** The same rows as they will be stored in one table. */
export function StoredPane({ table, stored, pairs, sides }: StoredPaneProps) {
  const { name } = canonicalTable(table)
  const columns = shownColumns(table, stored ?? { columns: [], rows: [] })
  const lines = isLineByLine(pairs)
    ? pairs.map(pair => ({ pair, values: pair.stored[0] ?? null, key: `${pair.row}` }))
    : pairs.flatMap(pair => pair.stored.map((values, at) => ({ pair, values, key: `${pair.row} ${at}` })))
  return (
    <Pane
      side="stored"
      title={{ zh: `将存入“${name.zh}”`, en: `As it will be stored: ${name.en}` }}
      sides={sides}
      heads={columns.map(column => <Head key={column} table={table} column={column} />)}
    >
      {lines.map(({ pair, values, key }) => (
        <Line
          key={key}
          pair={pair}
          values={values}
          table={table}
          columns={columns}
          sides={sides}
          lit={sides.lit === pair.row}
        />
      ))}
    </Pane>
  )
}

function Head({ table, column }: { table: CanonicalName; column: string }) {
  const say = useSay()
  const declared = canonicalTable(table).columns[column]
  if (declared === undefined) return null
  return (
    <th scope="col" title={column} className={isNumeric(declared.type) ? 'number' : undefined}>
      {say(declared.name)}
      {declared.type === 'timestamp' && <span className="pane-zone">{` (UTC)`}</span>}
    </th>
  )
}

interface LineProps {
  readonly pair: Pair
  readonly values: Row | null
  readonly table: CanonicalName
  readonly columns: readonly string[]
  readonly sides: SideBySide
  readonly lit: boolean
}

const Line = memo(
  StoredLine,
  (a, b) =>
    a.lit === b.lit && a.pair === b.pair && a.values === b.values && a.columns.join() === b.columns.join(),
)

function StoredLine({ pair, values, table, columns, sides, lit }: LineProps) {
  return (
    <tr
      className={lineClass(lit, pair.reject !== null)}
      {...lineHandlers({ row: pair.row, side: 'stored', sides })}
    >
      <td className="pane-number">{pair.row}</td>
      {values === null ? (
        <td className="pane-said" colSpan={columns.length}>
          <Fate pair={pair} />
        </td>
      ) : (
        columns.map(column => <StoredCell key={column} table={table} column={column} values={values} />)
      )}
    </tr>
  )
}

/** Why a row of the file has no row in this table. */
function Fate({ pair: { reject, known } }: { pair: Pair }) {
  const say = useSay()
  if (reject !== null) {
    const why = rejectReasons[reject.reason]
    const where = reject.column === null ? '' : ` · ${reject.column}`
    return <>{say({ zh: `已拒绝：${why.zh}${where}`, en: `Rejected: ${why.en}${where}` })}</>
  }
  if (!known) return <>{say({ zh: '不在前几行之内', en: 'Beyond the first rows' })}</>
  return <>{say({ zh: '此表不取该行', en: 'Gives no row in this table' })}</>
}

function StoredCell({ table, column, values }: { table: CanonicalName; column: string; values: Row }) {
  const say = useSay()
  const language = useLanguage()
  const value = values[column] ?? null
  const type = canonicalTable(table).columns[column]?.type ?? 'text'
  if (value === null) return <td className="value-absent">{say({ zh: '空', en: 'null' })}</td>
  const words = codeWords(table, column, value, language)
  const isId = /(^|_)id$/.test(column)
  return (
    <td className={isNumeric(type) ? 'number' : isId ? 'pane-id' : undefined}>
      {words ?? storedText(value, type)}
    </td>
  )
}

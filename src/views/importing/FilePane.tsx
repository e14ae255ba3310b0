import { memo } from 'react'
import { useSay } from '../surroundings.ts'
import { lineHandlers, Pane } from './Pane.tsx'
import type { Pair } from './pairs.ts'
import type { SideBySide } from './use-side-by-side.ts'

interface FilePaneProps {
  readonly columns: readonly string[]
  readonly pairs: readonly Pair[]
  readonly sides: SideBySide
  /** The columns of the file that a canonical column comes from. */
  readonly columnsOf: (column: string) => readonly string[]
}

/** The first rows as they stand in the file. */
export function FilePane({ columns, pairs, sides, columnsOf }: FilePaneProps) {
  return (
    <Pane
      side="file"
      title={{ zh: '文件中', en: 'As in the file' }}
      sides={sides}
      heads={columns.map(name => (
        <th key={name} scope="col">
          {name}
        </th>
      ))}
    >
      {pairs.map(pair => (
        <Line
          key={pair.row}
          pair={pair}
          columns={columns}
          sides={sides}
          lit={sides.lit === pair.row}
          marked={pair.reject?.column == null ? none : columnsOf(pair.reject.column)}
        />
      ))}
    </Pane>
  )
}

interface LineProps {
  readonly pair: Pair
  readonly columns: readonly string[]
  readonly sides: SideBySide
  readonly lit: boolean
  /** The columns for which the row was rejected. */
  readonly marked: readonly string[]
}

const none: readonly string[] = []

/** Drawn again only when its light changes: wide files have thousands of cells. */
const Line = memo(FileLine, (a, b) => a.lit === b.lit && a.pair === b.pair && a.columns === b.columns)

function FileLine({ pair: { row, raw, reject }, columns, sides, lit, marked }: LineProps) {
  const say = useSay()
  return (
    <tr className={lineClass(lit, reject !== null)} {...lineHandlers({ row, side: 'file', sides })}>
      <td className="pane-number">{row}</td>
      {raw === null ? (
        <td className="pane-said" colSpan={columns.length}>
          {say({ zh: '该行无法分成各列', en: 'This row cannot be split into columns' })}
        </td>
      ) : (
        columns.map((name, at) => (
          <FileCell key={name} value={raw[at] ?? null} marked={marked.includes(name)} />
        ))
      )}
    </tr>
  )
}

export function lineClass(lit: boolean, rejected: boolean): string {
  return `pane-line${lit ? ' pane-lit' : ''}${rejected ? ' pane-rejected' : ''}`
}

function FileCell({ value, marked }: { value: string | null; marked: boolean }) {
  const say = useSay()
  if (value === null || value === '') {
    const words = value === null ? { zh: '空', en: 'null' } : { zh: '空文本', en: 'empty text' }
    return <td className={marked ? 'value-absent pane-marked' : 'value-absent'}>{say(words)}</td>
  }
  return (
    <td className={marked ? 'pane-marked' : undefined} title={value.length > 40 ? value : undefined}>
      {value}
    </td>
  )
}

import { CornerDownRight } from 'lucide-react'
import type { Inspection } from '../../domain/file.ts'
import type { Phrase } from '../../domain/phrase.ts'
import type { ImportItem } from '../../workbench/workbench.ts'
import { IconAction } from '../controls/Action.tsx'
import { useSay, useWorkbench } from '../surroundings.ts'
import { isSettled } from './groups.ts'
import { type HeadLine, headLines, type LineKind } from './head-lines.ts'
import { readOtherwise } from './ReadField.tsx'

interface HeadStripProps {
  readonly item: ImportItem
  readonly inspection: Inspection
}

const mostCells = 24

/** The first lines of the file as they stand, each with what it is taken for; the header can be put elsewhere. */
export function HeadStrip({ item, inspection }: HeadStripProps) {
  const say = useSay()
  const lines = headLines(inspection)
  const width = Math.min(mostCells, Math.max(...lines.map(({ cells }) => cells.length)))
  return (
    <div className="strip">
      <span className="field-label">
        {say({
          zh: '文件开头的原样，以及每行的用途',
          en: 'How the file begins, and what each line is taken for',
        })}
      </span>
      <div className="strip-scroll scrolling">
        <table className="strip-table">
          <tbody>
            {lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file have no other identity
              <tr key={at} className={`strip-${line.kind}`}>
                <th scope="row">
                  <span className="strip-kind">
                    {say(kindWords[line.kind])}
                    <BeginHere item={item} line={line} />
                  </span>
                </th>
                <Cells line={line} width={width} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

const kindWords: Readonly<Record<LineKind, Phrase>> = {
  aside: { zh: '注释', en: 'comment' },
  skipped: { zh: '跳过', en: 'skipped' },
  header: { zh: '表头', en: 'header' },
  data: { zh: '数据', en: 'data' },
}

function Cells({ line: { kind, cells }, width }: { line: HeadLine; width: number }) {
  const say = useSay()
  if (cells.length > 0 && cells.every(cell => cell === null))
    return <td colSpan={width}>{say({ zh: '（不显示）', en: '(not shown)' })}</td>
  if (kind === 'aside' || cells.length === 1) return <td colSpan={width}>{cells[0]}</td>
  return Array.from({ length: width }, (_, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: cells stand by their place
    <td key={at} title={cells[at] ?? ''}>
      {cells[at]}
    </td>
  ))
}

function BeginHere({ item, line: { above, kind } }: { item: ImportItem; line: HeadLine }) {
  const workbench = useWorkbench()
  if (above === null) return null
  return (
    <IconAction
      label={{ zh: '以此行为表头', en: 'Take this line for the header' }}
      icon={CornerDownRight}
      pressed={kind === 'header'}
      disabled={!isSettled(item)}
      onPress={() => readOtherwise(workbench, item, { skipRows: above, headerRows: 1 })}
    />
  )
}

import type { Doubt } from '../../domain/file.ts'
import { isSecretName } from '../../domain/secret.ts'
import type { Plan } from './plan.ts'
import { RecordScanner } from './record-scanner.ts'
import { isBlank, recordOf } from './scanner.ts'

type Line = readonly (string | null)[]

const shownLines = 12

/** The first lines of a file as they stand, and the comments among all lines that were looked at. */
export function headLines(plan: Plan): {
  readonly lines: readonly Line[]
  readonly comments: readonly Doubt[]
} {
  const scanner = new RecordScanner(plan.dialect)
  scanner.push(plan.head.bytes, plan.head.isWhole)
  const lines: Line[] = []
  let [records, comments] = [0, 0]
  for (let found = scanner.next(); found !== 'more'; found = scanner.next()) {
    const record = recordOf(scanner, found)
    if (found === 'comment') comments++
    else if (isBlank(record)) continue
    const isData = found !== 'comment' && records++ >= plan.leading
    const line = found === 'record' ? record.fields : [lineText(scanner)]
    if (lines.length < shownLines)
      lines.push(isData ? dataLine(line, plan) : upperLine(line, plan, found === 'comment' ? 0 : records))
    else if (plan.dialect.comment === '') break
  }
  return { lines, comments: comments === 0 ? [] : [{ kind: 'comment-lines', rows: comments }] }
}

function lineText({ bytes, start, at }: RecordScanner): string {
  return new TextDecoder().decode(bytes.subarray(start, at)).replace(/[\r\n]+$/, '')
}

/** Where there are secret columns, a line of another width may hold their values in any place. */
function dataLine(line: Line, { kept, width, names, secrets }: Plan): Line {
  if (line.length !== width) return kept.length === width ? line : line.map(() => null)
  return line.map((cell, field) => {
    const column = kept.indexOf(field)
    if (column < 0 || cell === null) return null
    return secrets.scrub(names[column] ?? '', cell)
  })
}

/**
 * A title or comment such as `password: abc` is not shown. Of the header's secret columns the cells that name them are,
 * and no other, since a row of data may have been chosen as header.
 */
function upperLine(line: Line, { layout, leading, kept }: Plan, records: number): Line {
  if (records > leading - layout.headerRows)
    return line.map((cell, field) => (kept.includes(field) || isSecretName(cell ?? '') ? cell : null))
  const words = line.flatMap(cell => (cell ?? '').split(/[\s:=,;"'：]+/))
  return words.some(isSecretName) ? line.map(() => null) : line
}

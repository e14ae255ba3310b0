import type { Plan } from './plan.ts'
import { RecordScanner } from './record-scanner.ts'

/**
 * True where a record with line ends in its quotes is, line by line, as many rows of the table's width: then a quote
 * was probably left open by mistake, and rows lie inside a field. Tables of one column show nothing.
 */
export function standAlone({ bytes, start, at, count }: RecordScanner, { dialect, width }: Plan): boolean {
  if (width < 2) return false
  const lines = new RecordScanner({ ...dialect, quote: '' })
  lines.push(bytes.subarray(start, at), true)
  // A record that does not fit has its open quote on the first line, which may itself be cut anyhow.
  let isFirst = count !== width
  for (let found = lines.next(); found !== 'more'; found = lines.next()) {
    if (!isFirst && (found !== 'record' || lines.count !== width)) return false
    isFirst = false
  }
  return true
}

import type { Doubt } from '../../domain/file.ts'
import { isOneWideColumn } from './dialect.ts'
import { commonWidth } from './sample.ts'
import type { CsvRecord } from './scanner.ts'

/** What looks wrong in the first records: their shape, and numbers a spreadsheet has rounded. */
export function shapeDoubts(
  above: readonly CsvRecord[],
  rows: readonly CsvRecord[],
  width: number,
): readonly Doubt[] {
  const doubts: Doubt[] = []
  if (isOneWideColumn([...above, ...rows])) doubts.push({ kind: 'one-wide-column' })
  if (above.length > 0 && rows.length > 1 && commonWidth(rows) > width) doubts.push({ kind: 'title-rows' })
  const columns = Array.from({ length: width }, (_, i) => i)
  const ruined = columns.find(i => rows.some(({ fields }) => isRuined(fields[i] ?? null)))
  if (ruined !== undefined)
    doubts.push({
      kind: 'ruined-identifiers',
      column: above.at(-1)?.fields[ruined] ?? `column_${ruined + 1}`,
    })
  return doubts
}

/** `1.2346E+14`: what spreadsheets make of long digits; `########`: of a column too narrow. */
function isRuined(value: string | null): boolean {
  return value !== null && /^(\d\.\d{3,}E\+1\d|#{4,})$/i.test(value)
}

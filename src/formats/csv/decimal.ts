import type { Dialect } from '../../domain/file.ts'
import type { CsvRecord } from './scanner.ts'

const grouped = /^\s*[-+]?\d{1,3}(?:\.\d{3})+,\d+\s*$/
const plain = /^\s*[-+]?\d*,\d+(?:e[-+]?\d+)?\s*$/i
/** `1,234` may be a thousand and more as well. */
const thousands = /^\s*[-+]?[1-9]\d{0,2},\d{3}\s*$/
const point = /^\s*[-+]?(?:\d{1,3}(?:,\d{3})+|\d*)\.\d+(?:e[-+]?\d+)?\s*$/i
/** `1.234` may be a thousand and more as well. */
const pointThousands = /^\s*[-+]?[1-9]\d{0,2}\.\d{3}\s*$/

/** `12,5`, `1.234,56`; also `1,234`. */
export function isCommaNumber(text: string): boolean {
  return plain.test(text) || grouped.test(text)
}

/**
 * A decimal comma where fields hold numbers that can be read no other way (`12,5`, `0,125`, `1.234,56`) and more of
 * them than numbers with a decimal point. A file cut at commas has none.
 */
export function detectDecimal(records: readonly CsvRecord[], delimiter: string): Dialect['decimal'] {
  if (delimiter === ',') return '.'
  let [commas, points] = [0, 0]
  for (const { fields } of records)
    for (const field of fields) {
      if (field === null || field.length > 40) continue
      if (isCommaNumber(field) && !thousands.test(field)) commas++
      else if (point.test(field) && !pointThousands.test(field)) points++
    }
  return commas > points ? ',' : '.'
}

import { unsupported } from '../refusal.ts'
import { type ArrowType, fixedBits, typeName } from './type.ts'

/** Turns big-endian values into little-endian ones, in place. */
export function swapValues(type: ArrowType, bytes: Uint8Array): void {
  if (type.kind === 'utf8-view' || type.kind === 'binary-view')
    throw unsupported(`big-endian ${typeName(type)}`)
  const bits = fixedBits(type)
  if (bits === null || type.kind === 'bool' || type.kind === 'fixed-binary') return
  if (type.kind === 'interval') swapRecords(bytes, intervalWidths[type.unit])
  else swapWords(bytes, bits / 8)
}

const intervalWidths = { 'year-month': [4], 'day-time': [4, 4], 'month-day-nano': [4, 4, 8] } as const

export function swapWords(bytes: Uint8Array, width: number): void {
  swapRecords(bytes, [width])
}

function swapRecords(bytes: Uint8Array, widths: readonly number[]): void {
  const record = widths.reduce((sum, width) => sum + width, 0)
  for (let at = 0; at + record <= bytes.length; at += record) {
    let start = at
    for (const width of widths) {
      bytes.subarray(start, start + width).reverse()
      start += width
    }
  }
}

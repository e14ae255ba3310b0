import { damaged } from '../refusal.ts'

/** A prefix code as a table: the next `bits` bits of the stream, first bit lowest, lead to `symbol << 4 | length`. */
export interface PrefixCode {
  readonly table: Uint16Array
  readonly mask: number
}

const longest = 15

/** The canonical prefix code of RFC 1951, 3.2.2, from the length of each symbol's code; 0 = not used. */
export function prefixCode(lengths: Uint8Array): PrefixCode {
  const bits = Math.max(1, ...lengths)
  const table = new Uint16Array(1 << bits)
  const next = firstCodes(lengths)
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0
    if (length === 0) continue
    const code = next[length] ?? 0
    next[length] = code + 1
    const step = 1 << length
    for (let i = reversed(code, length); i < table.length; i += step) table[i] = (symbol << 4) | length
  }
  return { table, mask: table.length - 1 }
}

/** The first code of each length; lengths that claim more codes than there are make no code. */
function firstCodes(lengths: Uint8Array): Uint16Array {
  const counts = new Uint16Array(longest + 1)
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1
  const first = new Uint16Array(longest + 1)
  let code = 0
  for (let length = 1; length <= longest; length++) {
    code = (code + (counts[length - 1] ?? 0)) << 1
    if (code + (counts[length] ?? 0) > 1 << length) throw damaged('has an impossible prefix code')
    first[length] = code
  }
  return first
}

function reversed(code: number, length: number): number {
  let result = 0
  for (let i = 0; i < length; i++) result |= ((code >>> i) & 1) << (length - 1 - i)
  return result
}

import { damaged } from '../refusal.ts'
import { integerAt } from './integers.ts'
import { type ArrowField, type DecimalType, isPresent, type Vector } from './type.ts'

/** Zeros among the first `length` bits. */
export function countNulls(bitmap: Uint8Array, length: number): number {
  let ones = 0
  const whole = length >> 3
  for (let i = 0; i < whole; i++) ones += bitCounts[bitmap[i] ?? 0] ?? 0
  for (let i = whole * 8; i < length; i++) ones += ((bitmap[i >> 3] ?? 0) >> (i & 7)) & 1
  return length - ones
}

const bitCounts = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

export function offsets(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}

/** 64-bit offsets as 32-bit ones; nothing larger fits into a batch of 1 GB. */
export function largeOffsets(bytes: Uint8Array, path: string): Int32Array {
  const halves = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  const narrow = new Int32Array(halves.length / 2)
  for (let i = 0; i < narrow.length; i++) {
    const low = halves[i * 2] ?? 0
    if (halves[i * 2 + 1] !== 0 || low > 0x7fffffff)
      throw damaged('an offset outside its data', `column ${path}`)
    narrow[i] = low
  }
  return narrow
}

/** Offsets must begin at or after 0, never fall, and end inside the data. */
export function checkOffsets(starts: Int32Array, end: number, path: string): void {
  let previous = 0
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0
    if (start < previous || start > end)
      throw damaged('an offset outside its data', `column ${path}, value ${i} of its batch`)
    previous = start
  }
}

const pieceBytes = 4 * 2 ** 20

/** Every present value must be UTF-8 on its own: the whole is, and no value begins inside a character. */
export function checkText(vector: Vector, path: string): void {
  const [startBytes, data] = vector.buffers
  if (startBytes === undefined || data === undefined) return
  const starts = offsets(startBytes)
  const from = starts[0] ?? 0
  if (isUtf8(data.subarray(from)) && startsAtCharacters(starts, data)) return
  for (let i = 0; i < vector.length; i++)
    if (isPresent(vector, i) && !isUtf8(data.subarray(starts[i], starts[i + 1])))
      throw damaged('text that is not UTF-8', `column ${path}, value ${i + 1} of its batch`)
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

function startsAtCharacters(starts: Int32Array, data: Uint8Array): boolean {
  for (let i = 0; i < starts.length; i++) if (((data[starts[i] ?? 0] ?? 0) & 0xc0) === 0x80) return false
  return true
}

/** Digits that the engine keeps for a decimal: see `planDecimal`. */
export function decimalDigits({ precision }: Pick<DecimalType, 'precision'>): number {
  if (precision > 38) return 76
  return precision <= 9 ? 18 : 38
}

/** DuckDB stores a decimal in as few bytes as its precision needs, and would cut what does not fit. */
export function checkDecimals(
  type: DecimalType,
  data: Uint8Array,
  own: Pick<Vector, 'length' | 'validity'>,
  path: string,
): void {
  if (type.bits < 128) return
  const digits = decimalDigits(type)
  const limit = 10n ** BigInt(digits)
  const vector = { ...own, nulls: 0, buffers: [data], children: [] }
  for (let i = 0; i < own.length; i++) {
    if (!isPresent(vector, i)) continue
    const value = integerAt(data, i, type.bits, true)
    if (value >= limit || value <= -limit)
      throw damaged(`a value of more than ${digits} digits`, `column ${path}, value ${i + 1} of its batch`)
  }
}

/** Run ends must rise from 1 and reach the length of the column. */
export function checkRunEnds(vector: Vector, field: ArrowField, path: string): void {
  const [ends, values] = vector.children
  const type = field.children[0]?.type
  const where = `column ${path}`
  if (ends === undefined || values === undefined || type?.kind !== 'int')
    throw damaged('runs without ends', where)
  if (ends.length !== values.length || ends.nulls > 0)
    throw damaged('runs that do not match their ends', where)
  let previous = 0n
  for (let i = 0; i < ends.length; i++) {
    const end = integerAt(ends.buffers[0] ?? new Uint8Array(0), i, type.bits, true)
    if (end <= previous) throw damaged('run ends that do not rise', where)
    previous = end
  }
  if (previous < BigInt(vector.length)) throw damaged('runs that end too early', where)
}

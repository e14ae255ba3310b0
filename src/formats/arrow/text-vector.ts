import type { Vector } from './type.ts'

const encoder = new TextEncoder()

/** Texts (null = absent) as a utf8 column. */
export function textVector(values: readonly (string | null)[]): Vector {
  const starts = new Int32Array(values.length + 1)
  const bitmap = new Uint8Array(Math.ceil(values.length / 8))
  let nulls = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? null
    if (value === null) nulls++
    else bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7))
    starts[i + 1] = (starts[i] ?? 0) + (value === null ? 0 : value.length)
  }
  const joined = values.join('')
  const data = encoder.encode(joined)
  if (data.length !== joined.length) byteStarts(values, starts)
  return {
    length: values.length,
    nulls,
    validity: nulls === 0 ? null : bitmap,
    buffers: [new Uint8Array(starts.buffer), data],
    children: [],
  }
}

/** Characters and bytes differ: offsets are counted value by value. */
function byteStarts(values: readonly (string | null)[], starts: Int32Array): void {
  values.forEach((value, i) => {
    starts[i + 1] = (starts[i] ?? 0) + (value === null ? 0 : utf8Bytes(value))
  })
}

/** The UTF-8 length of a text; a lone surrogate becomes U+FFFD, 3 bytes, as `TextEncoder` writes it. */
export function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (isPair(unit, text.charCodeAt(i + 1))) {
      bytes += 2
      i++
    } else bytes += 2
  }
  return bytes
}

function isPair(high: number, low: number): boolean {
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000
}

/** Whole numbers from 0 to 2^53 as an int64 column without nulls. */
export function int64Vector(values: readonly number[]): Vector {
  const words = new Uint32Array(values.length * 2)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    // Two halves, little-endian: a BigInt for each row would be garbage.
    words[i * 2] = value
    words[i * 2 + 1] = value / 2 ** 32
  }
  return {
    length: values.length,
    nulls: 0,
    validity: null,
    buffers: [new Uint8Array(words.buffer)],
    children: [],
  }
}

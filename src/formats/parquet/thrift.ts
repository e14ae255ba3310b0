import { damaged } from '../refusal.ts'

/** One field of a struct in Thrift's compact protocol: where its header, its value and what follows stand. */
export interface ThriftField {
  readonly id: number
  readonly type: number
  readonly headerAt: number
  readonly at: number
  readonly end: number
}

export const listType = 9
export const structType = 12

/** The fields of the struct at `at`, in file order; nested values are stepped over. Throws `Refusal` on damage. */
export function structFields(bytes: Uint8Array, at: number): readonly ThriftField[] {
  const fields: ThriftField[] = []
  let next = at
  for (let id = 0; byteAt(bytes, next) !== 0; next = fields.at(-1)?.end ?? next) {
    const head = byteAt(bytes, next)
    const long = head >> 4 === 0 ? varint(bytes, next + 1) : null
    id = long === null ? id + (head >> 4) : (long.value >>> 1) ^ -(long.value & 1)
    const value = long?.end ?? next + 1
    const type = head & 15
    fields.push({ id, type, headerAt: next, at: value, end: valueEnd(bytes, type, value) })
  }
  return fields
}

/** The elements of the list at `at`: how many, and where the first one stands. */
export function listStart(bytes: Uint8Array, at: number): { type: number; size: number; at: number } {
  const head = byteAt(bytes, at)
  if (head >> 4 < 15) return { type: head & 15, size: head >> 4, at: at + 1 }
  const { value, end } = varint(bytes, at + 1)
  return { type: head & 15, size: value, at: end }
}

/** A 32-bit number, seven bits a byte, the lowest first. */
export function varint(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0
  for (let i = 0; i < 10; i++) {
    const byte = byteAt(bytes, at + i)
    if (i < 5) value |= (byte & 127) << (7 * i)
    if (byte < 128) return { value: value >>> 0, end: at + i + 1 }
  }
  throw damaged('a footer with an endless number')
}

/** `value` as `varint` reads it. */
export function varintBytes(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest & 127) | 128)
  }
}

function valueEnd(bytes: Uint8Array, type: number, at: number): number {
  if (type === 1 || type === 2) return at
  if (type === 3) return at + 1
  if (type >= 4 && type <= 6) return varint(bytes, at).end
  if (type === 7) return at + 8
  if (type === 8) {
    const { value, end } = varint(bytes, at)
    return end + value
  }
  if (type === listType || type === 10) return listEnd(bytes, at)
  if (type === structType) return (structFields(bytes, at).at(-1)?.end ?? at) + 1
  throw damaged(`a footer with a value of type ${type}`)
}

function listEnd(bytes: Uint8Array, at: number): number {
  const list = listStart(bytes, at)
  // Booleans take no byte as a field, and one byte each in a list.
  if (list.type <= 3) return list.at + list.size
  let end = list.at
  for (let i = 0; i < list.size; i++) end = valueEnd(bytes, list.type, end)
  return end
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw damaged('a footer that ends too early')
  return byte
}

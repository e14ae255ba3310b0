import { limits } from '../input.ts'
import { overLimit } from '../refusal.ts'
import { offsets } from './check.ts'
import { type ArrowType, fixedBits, isPresent, type Vector } from './type.ts'

/** Marks an absent value among indices. */
export const absent = -1

/** The values at `indices` (`absent` gives null), for types without children. */
export function take(type: ArrowType, values: Vector, indices: Int32Array): Vector {
  const { validity, nulls } = presence(indices, values)
  const own = { length: indices.length, nulls, validity: nulls === 0 ? null : validity, children: [] }
  const bits = fixedBits(type)
  if (type.kind === 'null') return { ...own, nulls: own.length, validity: null, buffers: [] }
  if (type.kind === 'bool') return { ...own, buffers: [takeBits(values, indices)] }
  if (bits !== null) return { ...own, buffers: [takeFixed(values, indices, bits / 8)] }
  return { ...own, buffers: takeBytes(values, indices) }
}

/** Which of the looked-up values are there: one bit each, and the number of those that are not. */
export function presence(indices: Int32Array, values: Vector): { validity: Uint8Array; nulls: number } {
  const validity = new Uint8Array(Math.ceil(indices.length / 8))
  let nulls = 0
  indices.forEach((index, i) => {
    if (index === absent || !isPresent(values, index)) nulls++
    else validity[i >> 3] = (validity[i >> 3] ?? 0) | (1 << (i & 7))
  })
  return { validity, nulls }
}

function takeBits(values: Vector, indices: Int32Array): Uint8Array {
  const [bits] = values.buffers
  const out = new Uint8Array(Math.ceil(indices.length / 8))
  indices.forEach((index, i) => {
    const bit = index === absent ? 0 : ((bits?.[index >> 3] ?? 0) >> (index & 7)) & 1
    out[i >> 3] = (out[i >> 3] ?? 0) | (bit << (i & 7))
  })
  return out
}

function takeFixed(values: Vector, indices: Int32Array, width: number): Uint8Array {
  const out = room(indices.length * width)
  indices.forEach((index, i) => {
    if (index !== absent) out.set(slot(values, index * width, width), i * width)
  })
  return out
}

function takeBytes(values: Vector, indices: Int32Array): Uint8Array[] {
  const starts = offsets(values.buffers[0] ?? new Uint8Array(4))
  const out = new Int32Array(indices.length + 1)
  let total = 0
  indices.forEach((index, i) => {
    total += index === absent ? 0 : (starts[index + 1] ?? 0) - (starts[index] ?? 0)
    if (total > limits.bodyBytes) throw overLimit('bytes in one Arrow column', total, limits.bodyBytes)
    out[i + 1] = total
  })
  const data = room(total)
  indices.forEach((index, i) => {
    if (index === absent) return
    const start = starts[index] ?? 0
    data.set(values.buffers[1]?.subarray(start, starts[index + 1]) ?? [], out[i])
  })
  return [new Uint8Array(out.buffer), data]
}

function slot(values: Vector, at: number, width: number): Uint8Array {
  return values.buffers[0]?.subarray(at, at + width) ?? new Uint8Array(width)
}

function room(bytes: number): Uint8Array {
  if (bytes > limits.bodyBytes) throw overLimit('bytes in one Arrow column', bytes, limits.bodyBytes)
  return new Uint8Array(bytes)
}

/** One column after the other, for types without children. */
export function concatenate(type: ArrowType, first: Vector, second: Vector): Vector {
  const joined = { first, second, length: first.length + second.length }
  const bits = fixedBits(type)
  const validity = joinedValidity(joined)
  const own = { length: joined.length, nulls: first.nulls + second.nulls, validity, children: [] }
  if (type.kind === 'null') return { ...own, buffers: [] }
  if (bits === 1) return { ...own, buffers: [joinedBits(joined)] }
  if (bits !== null) return { ...own, buffers: [joinedBytes(first.buffers[0], second.buffers[0])] }
  return { ...own, buffers: joinedTexts(first, second) }
}

interface Joined {
  readonly first: Vector
  readonly second: Vector
  readonly length: number
}

function joinedValidity({ first, second, length }: Joined): Uint8Array | null {
  if (first.nulls + second.nulls === 0) return null
  return bitmap(length, i => (i < first.length ? isPresent(first, i) : isPresent(second, i - first.length)))
}

function joinedBits({ first, second, length }: Joined): Uint8Array {
  const bit = (vector: Vector, i: number) => (((vector.buffers[0]?.[i >> 3] ?? 0) >> (i & 7)) & 1) === 1
  return bitmap(length, i => (i < first.length ? bit(first, i) : bit(second, i - first.length)))
}

function bitmap(length: number, isSet: (i: number) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8))
  for (let i = 0; i < length; i++) if (isSet(i)) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7))
  return bits
}

function joinedTexts(first: Vector, second: Vector): Uint8Array[] {
  const left = offsets(first.buffers[0] ?? new Uint8Array(4))
  const right = offsets(second.buffers[0] ?? new Uint8Array(4))
  const base = first.buffers[1]?.length ?? 0
  const starts = new Int32Array(left.length + right.length - 1)
  starts.set(left)
  right.forEach((start, i) => {
    starts[left.length - 1 + i] = base + start
  })
  const shared = left.length - 1
  starts[shared] = base + (right[0] ?? 0)
  return [new Uint8Array(starts.buffer), joinedBytes(first.buffers[1], second.buffers[1])]
}

function joinedBytes(
  first: Uint8Array = new Uint8Array(0),
  second: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const out = room(first.length + second.length)
  out.set(first)
  out.set(second, first.length)
  return out
}

import { limits } from '../input.ts'
import { overLimit, unsupported } from '../refusal.ts'
import { offsets } from './check.ts'
import { slice } from './slice.ts'
import { type ArrowField, fixedBits, isPresent, storedType, type Vector } from './type.ts'

/** Marks an absent value among indices. */
export const absent = -1

/** The values at `indices`; `absent` gives null. Nested values are taken with all that is in them. */
export function take(field: ArrowField, values: Vector, indices: Int32Array): Vector {
  const type = storedType(field)
  const { validity, nulls } = presence(indices, values)
  const own = { length: indices.length, nulls, validity: nulls === 0 ? null : validity, children: [] }
  const bits = fixedBits(type)
  if (type.kind === 'null') return { ...own, nulls: own.length, validity: null, buffers: [] }
  if (type.kind === 'bool') return { ...own, buffers: [takeBits(values, indices)] }
  if (bits !== null) return { ...own, buffers: [takeFixed(values, indices, bits / 8)] }
  if (field.children.length > 0) return { ...own, ...takeNested(field, values, indices) }
  return { ...own, buffers: takeBytes(values, indices) }
}

type Content = Pick<Vector, 'buffers' | 'children'>

function takeNested(field: ArrowField, values: Vector, indices: Int32Array): Content {
  const { type } = field
  const children = (at: Int32Array) =>
    field.children.flatMap((child, i) => (values.children[i] ? [take(child, values.children[i], at)] : []))
  if (type.kind === 'run-end') throw unsupported('Arrow runs inside a list that is looked up', field.name)
  if (type.kind === 'struct') return { buffers: [], children: children(indices) }
  if (type.kind === 'fixed-list') return { buffers: [], children: children(spread(indices, type.size)) }
  const { starts, items } = takeLists(values, indices)
  return { buffers: [new Uint8Array(starts.buffer)], children: children(items) }
}

/** The places of the values of lists that all have `size`. */
function spread(indices: Int32Array, size: number): Int32Array {
  const items = new Int32Array(room(indices.length * size * 4).buffer)
  indices.forEach((index, i) => {
    for (let n = 0; n < size; n++) items[i * size + n] = index === absent ? absent : index * size + n
  })
  return items
}

function takeLists(values: Vector, indices: Int32Array) {
  const starts = offsets(values.buffers[0] ?? new Uint8Array(4))
  const out = new Int32Array(indices.length + 1)
  let total = 0
  indices.forEach((index, i) => {
    total +=
      index === absent || !isPresent(values, index) ? 0 : (starts[index + 1] ?? 0) - (starts[index] ?? 0)
    if (total > limits.bodyBytes / 8)
      throw overLimit('values in one Arrow column', total, limits.bodyBytes / 8)
    out[i + 1] = total
  })
  const items = new Int32Array(total)
  indices.forEach((index, i) => {
    const from = out[i] ?? 0
    const to = out[i + 1] ?? 0
    for (let at = from; at < to; at++) items[at] = (starts[index] ?? 0) + at - from
  })
  return { starts: out, items }
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

/** One column after the other. */
export function concatenate(field: ArrowField, first: Vector, second: Vector): Vector {
  const type = storedType(field)
  const joined = { first, second, length: first.length + second.length }
  const bits = fixedBits(type)
  const validity = joinedValidity(joined)
  const own = { length: joined.length, nulls: first.nulls + second.nulls, validity, children: [] }
  if (type.kind === 'null') return { ...own, buffers: [] }
  if (bits === 1) return { ...own, buffers: [joinedBits(joined)] }
  if (bits !== null) return { ...own, buffers: [joinedBytes(first.buffers[0], second.buffers[0])] }
  if (field.children.length > 0) return { ...own, ...joinedNested(field, first, second) }
  return { ...own, buffers: joinedTexts(first, second) }
}

function joinedNested(field: ArrowField, first: Vector, second: Vector): Content {
  if (field.type.kind === 'run-end') throw unsupported('Arrow runs inside a dictionary', field.name)
  const listed = first.buffers.length > 0
  const join = (from: readonly [number, number], to: readonly [number, number]) =>
    field.children.flatMap((child, i) => {
      const [left, right] = [first.children[i], second.children[i]]
      return left && right
        ? [concatenate(child, slice(child, left, ...from), slice(child, right, ...to))]
        : []
    })
  if (!listed) return { buffers: [], children: join([0, lengthOf(first)], [0, lengthOf(second)]) }
  return { buffers: [joinedStarts(first, second)], children: join(extent(first), extent(second)) }
}

function lengthOf({ children: [child] }: Vector): number {
  return child?.length ?? 0
}

/** From where to where the data is used that the offsets of a vector point into. */
function extent(vector: Vector): readonly [number, number] {
  const starts = offsets(vector.buffers[0] ?? new Uint8Array(4))
  return [starts[0] ?? 0, starts.at(-1) ?? 0]
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
  const [left, right] = [first, second].map(vector => vector.buffers[1]?.subarray(...extent(vector)))
  return [joinedStarts(first, second), joinedBytes(left, right)]
}

/** Offsets into what both use of their data, one behind the other. */
function joinedStarts(first: Vector, second: Vector): Uint8Array {
  const [left, right] = [first, second].map(vector => offsets(vector.buffers[0] ?? new Uint8Array(4)))
  const [from, end] = extent(first)
  const [base] = extent(second)
  const starts = new Int32Array(first.length + second.length + 1)
  for (let i = 0; i < first.length; i++) starts[i] = (left?.[i] ?? 0) - from
  for (let i = 0; i <= second.length; i++) starts[first.length + i] = end - from + (right?.[i] ?? 0) - base
  return new Uint8Array(starts.buffer)
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

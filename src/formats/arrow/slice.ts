import { countNulls, offsets } from './check.ts'
import { type ArrowField, fixedBits, storedType, type Vector } from './type.ts'

/** The values from `from` up to before `to`, offsets counted from 0 again. */
export function slice(field: ArrowField, vector: Vector, from: number, to: number): Vector {
  if (from === 0 && to === vector.length) return vector
  const length = to - from
  const validity = vector.validity === null ? null : bits(vector.validity, from, to)
  const absent = validity === null ? 0 : countNulls(validity, length)
  const own = {
    length,
    nulls: field.type.kind === 'null' ? length : absent,
    validity: absent === 0 ? null : validity,
  }
  const type = storedType(field)
  const width = fixedBits(type)
  const [first = new Uint8Array(0), data = new Uint8Array(0)] = vector.buffers
  if (width === 1) return { ...own, buffers: [bits(first, from, to)], children: [] }
  if (width !== null)
    return { ...own, buffers: [first.subarray((from * width) / 8, (to * width) / 8)], children: [] }
  if (type.kind === 'null') return { ...own, buffers: [], children: [] }
  if (field.children.length > 0) return sliceNested(field, vector, own, from, to)
  const starts = offsets(first).subarray(from, to + 1)
  return { ...own, buffers: [rebased(starts), data.subarray(starts[0], starts.at(-1))], children: [] }
}

function sliceNested(
  field: ArrowField,
  vector: Vector,
  own: Pick<Vector, 'length' | 'nulls' | 'validity'>,
  from: number,
  to: number,
): Vector {
  const { type } = field
  const starts = vector.buffers[0] === undefined ? null : offsets(vector.buffers[0]).subarray(from, to + 1)
  const size = type.kind === 'fixed-list' ? type.size : 1
  const [first, last] = starts === null ? [from * size, to * size] : [starts[0] ?? 0, starts.at(-1) ?? 0]
  return {
    ...own,
    buffers: starts === null ? [] : [rebased(starts)],
    children: vector.children.map((child, i) => {
      const childField = field.children[i]
      return childField === undefined ? child : slice(childField, child, first, last)
    }),
  }
}

function rebased(starts: Int32Array): Uint8Array {
  const base = starts[0] ?? 0
  return new Uint8Array(starts.map(start => start - base).buffer)
}

function bits(bitmap: Uint8Array, from: number, to: number): Uint8Array {
  if (from % 8 === 0) return bitmap.subarray(from / 8, Math.ceil(to / 8))
  const out = new Uint8Array(Math.ceil((to - from) / 8))
  for (let i = from; i < to; i++) {
    const bit = ((bitmap[i >> 3] ?? 0) >> (i & 7)) & 1
    out[(i - from) >> 3] = (out[(i - from) >> 3] ?? 0) | (bit << ((i - from) & 7))
  }
  return out
}

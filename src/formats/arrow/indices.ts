import { damaged } from '../refusal.ts'
import { integerAt } from './integers.ts'
import { absent } from './take.ts'
import { type ArrowField, type IntType, isPresent, type Vector } from './type.ts'

export const int32: IntType = { kind: 'int', bits: 32, signed: true }

/** The index of every value, `absent` where there is none; an index outside the dictionary is damage. */
export function dictionaryIndices(field: ArrowField, vector: Vector, values: Vector): Int32Array {
  const stored = integers(vector.buffers[0] ?? new Uint8Array(0), field.dictionary?.index ?? int32)
  const indices = new Int32Array(vector.length)
  for (let i = 0; i < vector.length; i++) {
    if (!isPresent(vector, i)) {
      indices[i] = absent
      continue
    }
    const index = Number(stored[i])
    if (!(index >= 0 && index < values.length))
      throw damaged(`index ${index} of a dictionary of ${values.length}`, `column ${field.name}`)
    indices[i] = index
  }
  return indices
}

function integers(data: Uint8Array, { bits, signed }: IntType): ArrayLike<number | bigint> {
  const kinds = {
    8: [Uint8Array, Int8Array],
    16: [Uint16Array, Int16Array],
    32: [Uint32Array, Int32Array],
    64: [BigUint64Array, BigInt64Array],
  } as const
  const Kind = kinds[bits][signed ? 1 : 0]
  return new Kind(data.buffer as ArrayBuffer, data.byteOffset, (data.byteLength * 8) / bits)
}

/** The run that each of `length` values is in. */
export function runIndices(ends: Vector, bits: number, length: number): Int32Array {
  const indices = new Int32Array(length)
  let run = 0
  for (let i = 0; i < length; i++) {
    while (integerAt(ends.buffers[0] ?? new Uint8Array(0), run, bits, true) <= BigInt(i)) run++
    indices[i] = run
  }
  return indices
}

import type { Doubt } from '../../domain/file.ts'
import { damaged, unsupported } from '../refusal.ts'
import { decimalDigits } from './check.ts'
import { integerAt } from './integers.ts'
import { absent, presence, take } from './take.ts'
import { textVector } from './text-vector.ts'
import { floorDiv } from './time-text.ts'
import { type ArrowField, type ArrowType, type IntType, isPresent, typeName, type Vector } from './type.ts'
import { half, valueText } from './value-text.ts'

/**
 * How one column travels to the engine: what DuckDB-WASM 1.32 would load with wrong values, or not at all, is
 * turned into something it loads right.
 */
export interface Plan {
  readonly field: ArrowField
  readonly convert: (vector: Vector, batch: Context) => Vector
}

export interface Context {
  readonly dictionary: (id: bigint) => Vector
  readonly doubt: (doubt: Doubt) => void
}

const int32: IntType = { kind: 'int', bits: 32, signed: true }

/** The plan for a column of the table; text dictionaries stay dictionaries. */
export function planColumn(field: ArrowField): Plan {
  if (field.dictionary === null || !isText(field.type)) return planValues(field, field.name)
  const { id } = field.dictionary
  return {
    field: { ...field, type: { kind: 'utf8' }, nullable: true, dictionary: { id, index: int32 } },
    convert: (vector, batch) => {
      const values = batch.dictionary(id)
      return indexColumn(dictionaryIndices(field, vector, values), values)
    },
  }
}

/** Indices as a column of their own; a null in the dictionary becomes a null in the column. */
function indexColumn(indices: Int32Array, values: Vector): Vector {
  const { validity, nulls } = presence(indices, values)
  const data = indices.map(index => (index === absent ? 0 : index))
  return {
    length: indices.length,
    nulls,
    validity: nulls === 0 ? null : validity,
    buffers: [new Uint8Array(data.buffer)],
    children: [],
  }
}

function planValues(field: ArrowField, path: string): Plan {
  if (field.dictionary !== null) return planMaterialised(field, path)
  if (field.type.kind === 'run-end') return planRuns(field, path)
  if (field.children.length > 0) return planNested(field, path)
  return planFlat(field, path)
}

function planMaterialised(field: ArrowField, path: string): Plan {
  const { dictionary } = field
  if (dictionary === null) throw new Error('a column without dictionary has no values to look up')
  if (field.children.length > 0) throw unsupported(`Arrow dictionary of ${typeName(field.type)}`, path)
  const plain = planValues({ ...field, nullable: true, dictionary: null }, path)
  return {
    field: plain.field,
    convert: (vector, batch) => {
      const values = batch.dictionary(dictionary.id)
      return plain.convert(take(field.type, values, dictionaryIndices(field, vector, values)), batch)
    },
  }
}

/** The index of every value, `absent` where there is none; an index outside the dictionary is damage. */
function dictionaryIndices(field: ArrowField, vector: Vector, values: Vector): Int32Array {
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

function planRuns(field: ArrowField, path: string): Plan {
  const [ends, values] = field.children
  if (ends?.type.kind !== 'int' || values === undefined) throw unsupported('Arrow runs', path)
  if (values.dictionary !== null) throw unsupported('Arrow runs of dictionary values', path)
  const { bits } = ends.type
  const plain = planValues({ ...values, name: field.name, nullable: true }, path)
  return {
    field: plain.field,
    convert: (vector, batch) => {
      const [endVector, valueVector] = vector.children
      if (endVector === undefined || valueVector === undefined) return vector
      return plain.convert(take(values.type, valueVector, runIndices(endVector, bits, vector.length)), batch)
    },
  }
}

function runIndices(ends: Vector, bits: number, length: number): Int32Array {
  const indices = new Int32Array(length)
  let run = 0
  for (let i = 0; i < length; i++) {
    while (integerAt(ends.buffers[0] ?? new Uint8Array(0), run, bits, true) <= BigInt(i)) run++
    indices[i] = run
  }
  return indices
}

function planNested(field: ArrowField, path: string): Plan {
  const plans = field.children.map(child => planValues(child, `${path}.${child.name}`))
  const type: ArrowType = field.type.kind === 'large-list' ? { kind: 'list' } : field.type
  return {
    field: { ...field, type, children: plans.map(plan => plan.field) },
    convert: (vector, batch) => ({
      ...vector,
      children: vector.children.map((child, i) => plans[i]?.convert(child, batch) ?? child),
    }),
  }
}

function planFlat(field: ArrowField, path: string): Plan {
  const { type } = field
  if (isText(type)) return { field: { ...field, type: { kind: 'utf8' } }, convert: vector => vector }
  if (type.kind === 'float' && type.bits === 16) return widened(field)
  if (type.kind === 'large-binary' || type.kind === 'binary-view')
    return { field: { ...field, type: { kind: 'binary' } }, convert: vector => vector }
  if (type.kind === 'date' && type.unit === 'millisecond')
    return {
      field: { ...field, type: { kind: 'timestamp', unit: 'millisecond', zone: null } },
      convert: vector => vector,
    }
  if (type.kind === 'timestamp' && type.unit === 'nanosecond') return planNanoseconds(field, type.zone, path)
  if (type.kind === 'decimal') return planDecimal(field, type.bits, type.precision, type.scale)
  if (needsText(type)) return asText(field)
  return { field, convert: vector => vector }
}

function isText(type: ArrowType): boolean {
  return type.kind === 'utf8' || type.kind === 'large-utf8' || type.kind === 'utf8-view'
}

/** DuckDB cuts time[ns] to µs and loses parts of intervals; durations overflow its INTERVAL. */
function needsText(type: ArrowType): boolean {
  return (
    type.kind === 'interval' ||
    type.kind === 'duration' ||
    (type.kind === 'time' && type.unit === 'nanosecond')
  )
}

function asText(field: ArrowField): Plan {
  return {
    field: { ...field, type: { kind: 'utf8' } },
    convert: vector =>
      textVector(Array.from({ length: vector.length }, (_, i) => valueText(field, vector, i))),
  }
}

function widened(field: ArrowField): Plan {
  return {
    field: { ...field, type: { kind: 'float', bits: 32 } },
    convert: vector => {
      const data = vector.buffers[0] ?? new Uint8Array(0)
      const halves = new Uint16Array(data.buffer, data.byteOffset, vector.length)
      return { ...vector, buffers: [new Uint8Array(Float32Array.from(halves, half).buffer)] }
    },
  }
}

/**
 * Nanoseconds travel as µs, which is what canonical tables hold; a doubt says where that loses something. DuckDB
 * cuts them so itself where there is a zone; without one it takes the last representable instant (pandas'
 * `Timestamp.max`) for infinity and cannot show the first ones at all.
 */
function planNanoseconds(field: ArrowField, zone: string | null, path: string): Plan {
  let told = false
  return {
    field: { ...field, type: { kind: 'timestamp', unit: 'microsecond', zone } },
    convert: (vector, batch) => {
      const data = vector.buffers[0] ?? new Uint8Array(0)
      const nanos = new BigInt64Array(data.buffer, data.byteOffset, vector.length)
      if (!told && nanos.some((value, i) => value % 1000n !== 0n && isPresent(vector, i))) {
        told = true
        batch.doubt({ kind: 'time-lost-precision', column: path })
      }
      return { ...vector, buffers: [new Uint8Array(nanos.map(value => floorDiv(value, 1000n)).buffer)] }
    },
  }
}

/**
 * DuckDB knows decimals of 0 <= scale <= precision <= 38; wider ones travel as text. Precision is raised, because
 * Arrow writers do not enforce it (arrow-testing 1.0.0 has 128.10 as decimal(3, 2)) and DuckDB would cut the rest.
 */
function planDecimal(field: ArrowField, bits: number, precision: number, scale: number): Plan {
  if (bits === 256 || scale < 0 || scale > precision) return asText(field)
  const digits = decimalDigits({ kind: 'decimal', bits: 128, precision, scale })
  const wide = { ...field, type: { kind: 'decimal', bits: 128, precision: digits, scale } } as const
  if (bits === 128) return { field: wide, convert: vector => vector }
  return { field: wide, convert: vector => ({ ...vector, buffers: [widenedTo128(vector, bits)] }) }
}

function widenedTo128(vector: Vector, bits: number): Uint8Array {
  const out = new BigInt64Array(vector.length * 2)
  for (let i = 0; i < vector.length; i++) {
    const value = integerAt(vector.buffers[0] ?? new Uint8Array(0), i, bits, true)
    out[i * 2] = value
    out[i * 2 + 1] = value < 0n ? -1n : 0n
  }
  return new Uint8Array(out.buffer)
}

import type { Doubt } from '../../domain/file.ts'
import { unsupported } from '../refusal.ts'
import type { SecretFilter } from '../secrets.ts'
import { decimalDigits } from './check.ts'
import { dictionaryIndices, int32, runIndices } from './indices.ts'
import { integerAt } from './integers.ts'
import { withoutSecretEntries, withoutSecretTexts } from './scrub-vector.ts'
import { absent, presence, take } from './take.ts'
import { textVector } from './text-vector.ts'
import { floorDiv } from './time-text.ts'
import { type ArrowField, type ArrowType, isPresent, type Vector } from './type.ts'
import { half, valueText } from './value-text.ts'

/**
 * How one column travels to the engine: what DuckDB-WASM 1.32 would load with wrong values, or not at all, is
 * turned into something it loads right.
 *
 * | Arrow | travels as |
 * |---|---|
 * | null, bool, int, float32/64, date32, time[s, ms, µs], timestamp[s, ms, µs], binary, fixed binary | itself |
 * | utf8, large utf8, utf8 view | utf8; with a dictionary, a dictionary of utf8 with int32 indices |
 * | large binary, binary view | binary |
 * | float16 | float32 |
 * | date64 | timestamp[ms] |
 * | timestamp[ns] | timestamp[µs], with a doubt where that loses something |
 * | time[ns], duration, interval | text: `01:02:03.000000001`, ISO 8601 durations |
 * | decimal of 32 to 256 bits with 0 <= scale <= precision <= 38 | decimal128; a value of over 38 digits is refused |
 * | other decimals | text, digit by digit |
 * | struct | its members as columns `a.b` (`leaves.ts`); inside of lists, struct |
 * | list, large list, list view, large list view, fixed-size list, map | list, fixed-size list, map |
 * | dictionary of anything but text, runs | the values themselves |
 * | union; struct without members; struct in a list with two members of one name | refused by name |
 */
export interface Plan {
  readonly field: ArrowField
  readonly convert: (vector: Vector, batch: Context) => Vector
}

export interface Context {
  readonly dictionary: (id: bigint) => Vector
  readonly doubt: (doubt: Doubt) => void
}

/**
 * The plan for a leaf; null where nothing is left of it but credentials. Text dictionaries stay dictionaries,
 * without the values that are not used where `isShared` says that a dropped column uses them.
 */
export function planColumn(
  field: ArrowField,
  secrets: SecretFilter,
  isShared: (id: bigint) => boolean,
): Plan | null {
  if (field.dictionary === null || !isText(field.type) || isShared(field.dictionary.id))
    return planValues(field, field.name, secrets)
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

function planValues(field: ArrowField, path: string, secrets: SecretFilter): Plan | null {
  if (secrets.drops(path)) return null
  if (field.dictionary !== null) return planMaterialised(field, path, secrets)
  if (field.type.kind === 'run-end') return planRuns(field, path, secrets)
  if (field.children.length > 0) return planNested(field, path, secrets)
  return planFlat(field, path, secrets)
}

function planMaterialised(field: ArrowField, path: string, secrets: SecretFilter): Plan | null {
  const { dictionary, ...rest } = field
  if (dictionary === null) throw new Error('a column without dictionary has no values to look up')
  const values = { ...rest, nullable: true, dictionary: null }
  const plain = planValues(values, path, secrets)
  return (
    plain && {
      field: plain.field,
      convert: (vector, batch) => {
        const known = batch.dictionary(dictionary.id)
        return plain.convert(take(values, known, dictionaryIndices(field, vector, known)), batch)
      },
    }
  )
}

function planRuns(field: ArrowField, path: string, secrets: SecretFilter): Plan | null {
  const [ends, values] = field.children
  if (ends?.type.kind !== 'int' || values === undefined) throw unsupported('Arrow runs', path)
  const { bits } = ends.type
  const plain = planValues({ ...values, name: field.name, nullable: true }, path, secrets)
  return (
    plain && {
      field: plain.field,
      convert: (vector, batch) => {
        const [endVector, valueVector] = vector.children
        if (endVector === undefined || valueVector === undefined) return vector
        return plain.convert(take(values, valueVector, runIndices(endVector, bits, vector.length)), batch)
      },
    }
  )
}

/** Members of structs that name a credential go, other nested columns go with what they hold. */
function planNested(field: ArrowField, path: string, secrets: SecretFilter): Plan | null {
  const isStruct = field.type.kind === 'struct'
  const plans = field.children.map(child => {
    if (field.type.kind === 'map') return planEntries(child, path, secrets)
    return planValues(child, isStruct ? `${path}.${child.name}` : path, secrets)
  })
  const kept = plans.filter(plan => plan !== null)
  if (kept.length === 0) return null
  if (isStruct) checkMembers(kept, path)
  const planned = withChildren({ ...field, type: listType(field.type) }, plans)
  return {
    field: planned.field,
    convert: (vector, batch) => {
      const whole = planned.convert(vector, batch)
      return field.type.kind === 'map' ? withoutSecretEntries(planned.field, whole, path, secrets) : whole
    },
  }
}

/** Keys and values of a map; a map without its values goes as a whole. */
function planEntries(entry: ArrowField, path: string, secrets: SecretFilter): Plan | null {
  const plans = entry.children.map(child => planValues(child, path, secrets))
  return plans.includes(null) ? null : withChildren(entry, plans)
}

function withChildren(field: ArrowField, plans: readonly (Plan | null)[]): Plan {
  return {
    field: { ...field, children: plans.flatMap(plan => (plan === null ? [] : [plan.field])) },
    convert: (vector, batch) => ({
      ...vector,
      children: vector.children.flatMap((child, i) => plans[i]?.convert(child, batch) ?? []),
    }),
  }
}

function listType(type: ArrowType): ArrowType {
  return type.kind === 'large-list' || type.kind.endsWith('list-view') ? { kind: 'list' } : type
}

/** DuckDB compares the names of a struct's members without regard to case, and refuses two of the same. */
function checkMembers(members: readonly Plan[], path: string): void {
  const names = new Set(members.map(({ field }) => field.name.toLowerCase()))
  if (names.size < members.length) throw unsupported('Arrow struct with two members of one name', path)
}

function planFlat(field: ArrowField, path: string, secrets: SecretFilter): Plan {
  const { type } = field
  const scrub = (vector: Vector) => withoutSecretTexts(vector, path, secrets)
  if (isText(type)) return { field: { ...field, type: { kind: 'utf8' } }, convert: scrub }
  if (type.kind === 'float' && type.bits === 16) return widened(field)
  if (type.kind === 'binary' || type.kind === 'large-binary' || type.kind === 'binary-view')
    return { field: { ...field, type: { kind: 'binary' } }, convert: scrub }
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

export function isText(type: ArrowType): boolean {
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
  if (precision > 38 || scale < 0 || scale > precision) return asText(field)
  const digits = decimalDigits({ precision })
  const wide = { ...field, type: { kind: 'decimal', bits: 128, precision: digits, scale } } as const
  if (bits === 128) return { field: wide, convert: vector => vector }
  return { field: wide, convert: vector => ({ ...vector, buffers: [as128(vector, bits)] }) }
}

function as128(vector: Vector, bits: number): Uint8Array {
  const out = new BigInt64Array(vector.length * 2)
  const data = vector.buffers[0] ?? new Uint8Array(0)
  for (let i = 0; i < vector.length; i++) {
    const value = isPresent(vector, i) ? integerAt(data, i, bits, true) : 0n
    out[i * 2] = BigInt.asIntN(64, value)
    out[i * 2 + 1] = value >> 64n
  }
  return new Uint8Array(out.buffer)
}

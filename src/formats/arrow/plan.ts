import type { Doubt } from '../../domain/file.ts'
import { unsupported } from '../refusal.ts'
import type { SecretFilter } from '../secrets.ts'
import { dictionaryIndices, int32, runIndices } from './indices.ts'
import { isText, planFlat } from './plan-flat.ts'
import { withoutSecretEntries } from './scrub-vector.ts'
import { absent, presence, take } from './take.ts'
import type { ArrowField, ArrowType, Vector } from './type.ts'

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

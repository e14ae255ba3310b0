import { unsupported } from '../refusal.ts'
import type { SecretFilter } from '../secrets.ts'
import { countNulls } from './check.ts'
import { dictionaryIndices, runIndices } from './indices.ts'
import type { Context } from './plan.ts'
import { take } from './take.ts'
import type { ArrowField, Vector } from './type.ts'

/** One column of the table that comes from a column of the file: itself, or what its structs hold. */
export interface Leaf {
  /** Called by its dotted path; never a struct, never runs. */
  readonly field: ArrowField
  /** Its values out of those of the file's column; absent where a struct around it is. */
  readonly pick: (vector: Vector, batch: Context) => Vector
}

/** Opens structs, so that a nested export has the columns `a.b` that a JSON file has; credentials have no leaf. */
export function leaves(field: ArrowField, secrets: SecretFilter, path = field.name): readonly Leaf[] {
  if (secrets.drops(path)) return []
  if (field.type.kind === 'run-end') return runLeaves(field, secrets, path)
  if (field.type.kind !== 'struct') return [{ field: { ...field, name: path }, pick: vector => vector }]
  return field.dictionary === null
    ? memberLeaves(field, secrets, path)
    : dictionaryLeaves(field, secrets, path)
}

function memberLeaves(field: ArrowField, secrets: SecretFilter, path: string): readonly Leaf[] {
  return field.children.flatMap((child, i) =>
    leaves(child, secrets, `${path}.${child.name}`).map(leaf => ({
      field: { ...leaf.field, nullable: leaf.field.nullable || field.nullable },
      pick: (vector: Vector, batch: Context) => {
        const values = vector.children[i]
        if (values === undefined) throw new Error(`struct ${path} without member ${i}`)
        return masked(leaf.field, leaf.pick(values, batch), vector.validity)
      },
    })),
  )
}

/** Each member of the structs in a dictionary is looked up on its own. */
function dictionaryLeaves(field: ArrowField, secrets: SecretFilter, path: string): readonly Leaf[] {
  const { dictionary } = field
  if (dictionary === null) return []
  return memberLeaves({ ...field, dictionary: null, nullable: true }, secrets, path).map(leaf => ({
    field: leaf.field,
    pick: (vector, batch) => {
      const values = batch.dictionary(dictionary.id)
      return take(leaf.field, leaf.pick(values, batch), dictionaryIndices(field, vector, values))
    },
  }))
}

function runLeaves(field: ArrowField, secrets: SecretFilter, path: string): readonly Leaf[] {
  const [ends, values] = field.children
  if (ends?.type.kind !== 'int' || values === undefined) throw unsupported('Arrow runs', path)
  const { bits } = ends.type
  return leaves({ ...values, nullable: true }, secrets, path).map(leaf => ({
    field: leaf.field,
    pick: (vector, batch) => {
      const [endVector, valueVector] = vector.children
      if (endVector === undefined || valueVector === undefined) throw new Error(`runs ${path} without values`)
      return take(leaf.field, leaf.pick(valueVector, batch), runIndices(endVector, bits, vector.length))
    },
  }))
}

/** A value is there only where the struct is that it belongs to. */
function masked(field: ArrowField, vector: Vector, parent: Uint8Array | null): Vector {
  if (parent === null || (field.dictionary === null && field.type.kind === 'null')) return vector
  const own = vector.validity
  const validity = own === null ? parent : parent.map((byte, i) => byte & (own[i] ?? 0))
  return { ...vector, validity, nulls: countNulls(validity, vector.length) }
}

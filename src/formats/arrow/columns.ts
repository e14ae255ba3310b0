import type { Doubt } from '../../domain/file.ts'
import { header } from '../headers.ts'
import { damaged } from '../refusal.ts'
import { isSecretPath } from '../secrets.ts'
import { type Plan, planColumn } from './plan.ts'
import type { ArrowField, ArrowSchema } from './type.ts'

/** What becomes of the columns of a file: `plans` stands in file order, null where a credential is dropped. */
export interface Columns {
  readonly source: readonly ArrowField[]
  readonly plans: readonly (Plan | null)[]
  readonly sent: readonly ArrowField[]
  readonly droppedSecrets: readonly string[]
  readonly doubts: readonly Doubt[]
  readonly bigEndian: boolean
}

export function chooseColumns(schema: ArrowSchema): Columns {
  const secret = schema.fields.map(field => holdsSecret(field, ''))
  const kept = schema.fields.filter((_, i) => !secret[i])
  if (kept.length === 0) throw damaged('every column holds credentials; nothing is left to read')
  const { names, doubts } = header(kept.map(field => field.name))
  const planned = kept.map((field, i) => planColumn({ ...field, name: names[i] ?? field.name }))
  const queue = [...planned]
  return {
    source: schema.fields,
    plans: schema.fields.map((_, i) => (secret[i] ? null : (queue.shift() ?? null))),
    sent: planned.map(plan => plan.field),
    droppedSecrets: schema.fields.filter((_, i) => secret[i]).map(field => field.name),
    doubts,
    bigEndian: schema.bigEndian,
  }
}

/** A column goes as a whole when any of its members names a credential. */
function holdsSecret(field: ArrowField, parent: string): boolean {
  const path = parent === '' ? field.name : `${parent}.${field.name}`
  return isSecretPath(path) || field.children.some(child => holdsSecret(child, path))
}

import type { Doubt } from '../../domain/file.ts'
import { header } from '../headers.ts'
import { damaged } from '../refusal.ts'
import { SecretFilter } from '../secrets.ts'
import { type Leaf, leaves } from './leaves.ts'
import { type Plan, planColumn } from './plan.ts'
import type { ArrowField, ArrowSchema } from './type.ts'

/** What becomes of the columns of a file: for each, in file order, the columns of the table that come from it. */
export interface Columns {
  readonly source: readonly ArrowField[]
  readonly sources: readonly (readonly Source[])[]
  readonly sent: readonly ArrowField[]
  /** Knows the credentials that were met so far; those in maps and texts come to light with the rows. */
  readonly secrets: SecretFilter
  readonly doubts: readonly Doubt[]
  readonly bigEndian: boolean
}

/** One column of the table: where its values are, and what is made of them. */
export interface Source {
  readonly leaf: Leaf
  readonly plan: Plan
}

export function chooseColumns(schema: ArrowSchema): Columns {
  const secrets = new SecretFilter()
  const opened = schema.fields.map(field => leaves(field, secrets))
  const { names, doubts } = header(opened.flat().map(({ field }) => field.name))
  const isShared = sharedDictionaries(schema.fields, opened.flat())
  const queue = [...names]
  const sources = opened.map(found =>
    found.flatMap(leaf => {
      const plan = planColumn({ ...leaf.field, name: queue.shift() ?? leaf.field.name }, secrets, isShared)
      return plan === null ? [] : [{ leaf, plan }]
    }),
  )
  const sent = sources.flat().map(({ plan }) => plan.field)
  if (sent.length === 0) throw damaged('every column holds credentials; nothing is left to read')
  return { source: schema.fields, sources, sent, secrets, doubts, bigEndian: schema.bigEndian }
}

/** Tells the dictionaries that a column uses which is not among the leaves. */
function sharedDictionaries(fields: readonly ArrowField[], kept: readonly Leaf[]): (id: bigint) => boolean {
  const all = fields.flatMap(dictionaryIds)
  const used = kept.flatMap(({ field }) => dictionaryIds(field))
  const count = (ids: readonly bigint[], id: bigint) => ids.filter(other => other === id).length
  const shared = new Set(used.filter(id => count(all, id) > count(used, id)))
  return id => shared.has(id)
}

function dictionaryIds(field: ArrowField): readonly bigint[] {
  const own = field.dictionary === null ? [] : [field.dictionary.id]
  return [...own, ...field.children.flatMap(dictionaryIds)]
}

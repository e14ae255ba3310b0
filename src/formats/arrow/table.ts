import type { Doubt } from '../../domain/file.ts'
import { damaged } from '../refusal.ts'
import { type Columns, chooseColumns } from './columns.ts'
import { decodeBatch } from './decode-batch.ts'
import type { BatchHeader, Header } from './decode-message.ts'
import type { Message } from './messages.ts'
import { isText } from './plan-flat.ts'
import { withoutSecretTexts } from './scrub-vector.ts'
import { concatenate } from './take.ts'
import { type ArrowField, emptyVector, type Vector } from './type.ts'

/** The columns of one batch, ready for the engine. */
export interface Batch {
  readonly rows: number
  readonly vectors: readonly Vector[]
}

/** Follows the messages of a stream: keeps the schema and the dictionaries, turns record batches into columns. */
export class ArrowTable {
  readonly columns: Columns
  readonly doubts: Doubt[]
  private readonly dictionaries = new Map<bigint, Vector>()
  private readonly values = new Map<bigint, ArrowField>()

  constructor(header: Header) {
    if (header.kind !== 'schema') throw damaged('does not begin with a schema')
    this.columns = chooseColumns(header.schema)
    this.doubts = [...this.columns.doubts]
    for (const field of header.schema.fields) this.noteDictionaries(field)
  }

  /** True when the message would change values that earlier batches refer to. */
  replaces(message: Message): boolean {
    const { header } = message
    return header.kind === 'dictionary' && !header.delta && this.dictionaries.has(header.id)
  }

  /** The batch a message holds; null for a dictionary. */
  accept({ header, body }: Message): Batch | null {
    if (header.kind === 'schema') throw damaged('a second schema')
    if (header.kind === 'batch') return { rows: header.batch.rows, vectors: this.convert(header.batch, body) }
    this.keep(header.id, header.delta, header.batch, body)
    return null
  }

  /** The values of a dictionary as they now stand. */
  readonly dictionary = (id: bigint): Vector => {
    const values = this.dictionaries.get(id)
    if (values !== undefined) return values
    const field = this.values.get(id)
    if (field === undefined) throw damaged(`a dictionary ${id} that no column uses`)
    return emptyVector(field)
  }

  private convert(header: BatchHeader, body: Uint8Array): readonly Vector[] {
    const { source, sources, bigEndian } = this.columns
    const context = { dictionary: this.dictionary, doubt: (doubt: Doubt) => this.doubts.push(doubt) }
    const decoded = decodeBatch(source, header, body, bigEndian)
    return decoded.flatMap((vector, i) =>
      (sources[i] ?? []).map(({ leaf, plan }) => plan.convert(leaf.pick(vector, context), context)),
    )
  }

  private keep(id: bigint, delta: boolean, header: BatchHeader, body: Uint8Array): void {
    const field = this.values.get(id)
    if (field === undefined) throw damaged(`a dictionary ${id} that no column uses`)
    const [decoded] = decodeBatch([field], header, body, this.columns.bigEndian)
    if (decoded === undefined) return
    const values = isText(field.type)
      ? withoutSecretTexts(decoded, field.name, this.columns.secrets)
      : decoded
    const earlier = this.dictionaries.get(id)
    this.dictionaries.set(id, delta && earlier !== undefined ? concatenate(field, earlier, values) : values)
  }

  private noteDictionaries(field: ArrowField): void {
    for (const child of field.children) this.noteDictionaries(child)
    if (field.dictionary === null) return
    const values = { ...field, dictionary: null, nullable: true }
    const earlier = this.values.get(field.dictionary.id)
    if (earlier !== undefined && shape(earlier) !== shape(values))
      throw damaged(`dictionary ${field.dictionary.id} with two types`)
    this.values.set(field.dictionary.id, values)
  }
}

/** What must agree where columns share a dictionary. */
function shape({ type, children }: ArrowField): string {
  return JSON.stringify([type, children.map(child => [child.name, shape(child)])])
}

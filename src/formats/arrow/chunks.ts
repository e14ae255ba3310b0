import { encodeBatch, encodeDictionaryBatch, encodeSchema, endMarker, joinBytes } from './encode.ts'
import type { Message } from './messages.ts'
import { slice } from './slice.ts'
import type { ArrowTable, Batch } from './table.ts'
import { type ArrowField, emptyVector, type Vector } from './type.ts'

/** Rows of one record batch we write; a larger one is cut. */
export const batchRows = 65_536
/** A chunk is sent once it holds as much as any of these. */
const full = { rows: 4 * batchRows, bytes: 32 * 2 ** 20, batches: 256 }

/** Gathers record batches into complete streams: schema, dictionaries, batches, end marker. */
export class ChunkWriter {
  private readonly fields: readonly ArrowField[]
  private readonly schema: Uint8Array
  private readonly dictionary: (id: bigint) => Vector
  private batches: Uint8Array[][] = []
  private rows = 0
  private bytes = 0

  constructor(fields: readonly ArrowField[], dictionary: (id: bigint) => Vector) {
    this.fields = fields
    this.schema = encodeSchema(fields)
    this.dictionary = dictionary
  }

  get pending(): boolean {
    return this.batches.length > 0
  }

  get isFull(): boolean {
    return this.rows >= full.rows || this.bytes >= full.bytes || this.batches.length >= full.batches
  }

  add({ rows, vectors }: Batch): void {
    const pieces = encodeBatch(this.fields, vectors, rows)
    this.batches.push(pieces)
    this.rows += rows
    for (const piece of pieces) this.bytes += piece.length
  }

  /** Everything gathered as one stream in a buffer of its own; the writer is empty again. */
  take(): Uint8Array {
    const dictionaries = this.dictionaryFields().flatMap(field =>
      encodeDictionaryBatch(field, this.dictionary(field.dictionary?.id ?? 0n)),
    )
    const chunk = joinBytes([this.schema, ...dictionaries, ...this.batches.flat(), endMarker])
    this.batches = []
    this.rows = 0
    this.bytes = 0
    return chunk
  }

  private dictionaryFields(): readonly ArrowField[] {
    const byId = new Map(
      this.fields.flatMap(field => (field.dictionary ? [[field.dictionary.id, field]] : [])),
    )
    return [...byId.values()]
  }
}

/** The chunks of the stream whose first message made `table`; a table without rows gives one chunk with the schema. */
export async function* chunks(
  table: ArrowTable,
  messages: AsyncIterable<Message>,
  count: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  const writer = new ChunkWriter(table.columns.sent, table.dictionary)
  let sent = false
  for await (const message of messages) {
    if (table.replaces(message) && writer.pending) {
      yield writer.take()
      sent = true
    }
    const batch = table.accept(message)
    if (batch === null) continue
    count(batch.rows)
    for (const part of parts(table.columns.sent, batch)) {
      writer.add(part)
      if (!writer.isFull) continue
      yield writer.take()
      sent = true
    }
  }
  if (!sent && !writer.pending) writer.add({ rows: 0, vectors: table.columns.sent.map(emptyVector) })
  if (writer.pending) yield writer.take()
}

function* parts(fields: readonly ArrowField[], batch: Batch): Generator<Batch> {
  for (let from = 0; from < batch.rows; from += batchRows) {
    const to = Math.min(batch.rows, from + batchRows)
    const cut = (vector: Vector, i: number) => (fields[i] ? slice(fields[i], vector, from, to) : vector)
    yield { rows: to - from, vectors: batch.vectors.map(cut) }
  }
}

import { limits } from '../input.ts'
import type { Message } from './messages.ts'
import type { ArrowTable, Batch } from './table.ts'
import { isPresent, type Vector } from './type.ts'
import { valueText } from './value-text.ts'

/** The first rows as text. */
export async function preview(
  table: ArrowTable,
  messages: AsyncIterable<Message>,
): Promise<readonly (readonly (string | null)[])[]> {
  const rows: (string | null)[][] = []
  for await (const message of messages) {
    const batch = table.accept(message)
    if (batch === null) continue
    for (let i = 0; i < batch.rows && rows.length < limits.previewRows; i++)
      rows.push(rowText(table, batch, i))
    if (rows.length >= limits.previewRows) break
  }
  return rows
}

function rowText(table: ArrowTable, batch: Batch, i: number): (string | null)[] {
  return table.columns.sent.map((field, column) => {
    const vector = batch.vectors[column]
    if (vector === undefined) return null
    if (field.dictionary === null) return valueText(field, vector, i)
    if (!isPresent(vector, i)) return null
    return valueText(
      { ...field, dictionary: null },
      table.dictionary(field.dictionary.id),
      indexAt(vector, i),
    )
  })
}

function indexAt(vector: Vector, i: number): number {
  const data = vector.buffers[0] ?? new Uint8Array(4)
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getInt32(i * 4, true)
}

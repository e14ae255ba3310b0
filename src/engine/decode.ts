import { tableFromIPC } from 'apache-arrow'
import { type Row, row, type Value, type ValueType } from '../domain/table.ts'
import type { ResultSchema } from './engine.ts'

/** The end of an Arrow IPC stream, which DuckDB leaves to the receiver. */
const endOfStream = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0)

/** Messages, the schema first, as one complete Arrow IPC stream. */
export function joinStream(messages: readonly Uint8Array[]): Uint8Array {
  const parts = [...messages, endOfStream]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** The rows of a projected result; its columns are the declared ones, in order. */
export function decodeRows(messages: readonly Uint8Array[], declared: ResultSchema): Row[] {
  const names = Object.keys(declared)
  const types = Object.values(declared)
  const rows: Row[] = []
  for (const batch of tableFromIPC(joinStream(messages)).batches) {
    const columns = types.map((type, i) => decodeColumn(batch.getChildAt(i), batch.numRows, type))
    for (let r = 0; r < batch.numRows; r++) {
      rows.push(
        row(
          names,
          columns.map(column => column[r] ?? null),
        ),
      )
    }
  }
  return rows
}

function decodeColumn(vector: { get(i: number): unknown } | null, length: number, type: ValueType): Value[] {
  return Array.from({ length }, (_, i) => decodeValue(vector?.get(i) ?? null, type))
}

function decodeValue(value: unknown, type: ValueType): Value {
  if (value === null) return null
  // Times are numbers also where these count in steps of 2 µs, from the year 2255 on.
  if (typeof value === 'bigint') return type === 'timestamp' || type === 'date' ? Number(value) : safe(value)
  if (type === 'integer' && typeof value === 'string') return safe(BigInt(value))
  return value as Value
}

function safe(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

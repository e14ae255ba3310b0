import {
  Table as ArrowTable,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
} from 'apache-arrow'
import type { Table, Value, ValueType } from '../domain/table.ts'

/**
 * A table as one Arrow IPC stream, in the types in which `queryArrow` gives its columns. Buffers are laid out by hand:
 * the builders of apache-arrow 17 make code from text, which the page's policy forbids.
 */
export function encodeTable({ columns, rows }: Table): Uint8Array {
  const fields = columns.map(({ name, type }) => new Field(name, arrowTypes[type], true))
  const children = columns.map(({ name, type }) =>
    encodeColumn(
      type,
      rows.map(row => row[name] ?? null),
    ),
  )
  const schema = new Schema(fields)
  const data = makeData({ type: new Struct(fields), length: rows.length, nullCount: 0, children })
  return tableToIPC(new ArrowTable(schema, [new RecordBatch(schema, data)]), 'stream')
}

const arrowTypes: Readonly<Record<ValueType, DataType>> = {
  text: new Utf8(),
  integer: new Int64(),
  number: new Float64(),
  boolean: new Bool(),
  timestamp: new TimestampMicrosecond(),
  date: new DateDay(),
}

const microsecondsADay = 86_400_000_000

function encodeColumn(type: ValueType, values: readonly Value[]): Data {
  const common = {
    length: values.length,
    nullCount: values.filter(value => value === null).length,
    nullBitmap: bits(values.map(value => value !== null)),
  }
  switch (type) {
    case 'text':
      return makeData({ type: new Utf8(), ...common, ...textBuffers(values) })
    case 'number':
      return makeData({ type: new Float64(), ...common, data: Float64Array.from(values, Number) })
    case 'boolean':
      return makeData({ type: new Bool(), ...common, data: bits(values.map(value => value === true)) })
    case 'integer':
      return makeData({ type: new Int64(), ...common, data: BigInt64Array.from(values, whole) })
    case 'timestamp':
      return makeData({
        type: new TimestampMicrosecond(),
        ...common,
        data: BigInt64Array.from(values, whole),
      })
    case 'date':
      return makeData({
        type: new DateDay(),
        ...common,
        data: Int32Array.from(values, value => Math.round(Number(value ?? 0) / microsecondsADay)),
      })
  }
}

function whole(value: Value): bigint {
  return typeof value === 'bigint' ? value : BigInt(Math.round(Number(value ?? 0)))
}

/** One bit a value, the lowest first. */
function bits(flags: readonly boolean[]): Uint8Array {
  const packed = new Uint8Array(Math.ceil(flags.length / 8))
  flags.forEach((flag, i) => {
    if (flag) packed[i >> 3] = (packed[i >> 3] ?? 0) | (1 << (i & 7))
  })
  return packed
}

function textBuffers(values: readonly Value[]): {
  readonly valueOffsets: Int32Array
  readonly data: Uint8Array
} {
  const encoder = new TextEncoder()
  const parts = values.map(value => encoder.encode(value === null ? '' : String(value)))
  const valueOffsets = new Int32Array(values.length + 1)
  parts.forEach((part, i) => {
    valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + part.length
  })
  const data = new Uint8Array(valueOffsets[values.length] ?? 0)
  parts.forEach((part, i) => {
    data.set(part, valueOffsets[i])
  })
  return { valueOffsets, data }
}

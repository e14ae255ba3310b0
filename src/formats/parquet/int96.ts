import { encodeSchema } from '../arrow/encode.ts'
import type { ArrowField } from '../arrow/type.ts'
import {
  listStart,
  listType,
  structFields,
  structType,
  type ThriftField,
  varint,
  varintBytes,
} from './thrift.ts'

const key = 'ARROW:schema'
/** Ids in `FileMetaData` and `SchemaElement`, parquet.thrift. */
const ids = { schema: 2, keyValues: 5, type: 1, name: 4 }
/** `Type.INT96` as a zigzag number. */
const int96 = 6

/**
 * The file with a hint in its footer that its INT96 times (Spark, Hive, Impala) are µs; null where it has none.
 * parquet-wasm 0.8 reads them as ns otherwise, and what ns cannot hold comes out wrong without a word: Spark's
 * 9999-12-31 becomes a day of 1816. `fields` are the file's columns as the library gives them without a hint.
 */
export async function withMicroseconds(
  file: Blob,
  footerAt: number,
  fields: readonly ArrowField[],
): Promise<Blob | null> {
  const footer = new Uint8Array(await file.slice(footerAt, file.size - 8).arrayBuffer())
  const parts = structFields(footer, 0)
  const legacy = int96Names(footer, parts)
  if (legacy.size === 0 || new TextDecoder('latin1').decode(footer).includes(key)) return null
  const hint = encodeSchema(fields.map(field => inMicroseconds(field, legacy)))
  const hinted = withKeyValue(
    footer,
    parts,
    btoa(Array.from(hint, byte => String.fromCharCode(byte)).join('')),
  )
  const length = new Uint8Array(new Uint32Array([hinted.length]).buffer)
  return new Blob([file.slice(0, footerAt), hinted as BlobPart, length, 'PAR1'])
}

/** Names that INT96 columns bear, and no other. */
function int96Names(footer: Uint8Array, parts: readonly ThriftField[]): ReadonlySet<string> {
  const legacy = new Set<string>()
  const others = new Set<string>()
  const schema = parts.find(({ id, type }) => id === ids.schema && type === listType)
  if (schema === undefined) return legacy
  const list = listStart(footer, schema.at)
  for (let i = 0, at = list.at; i < list.size && list.type === structType; i++) {
    const element = structFields(footer, at)
    const type = element.find(({ id }) => id === ids.type)
    const into = type !== undefined && footer[type.at] === int96 ? legacy : others
    const name = element.find(({ id }) => id === ids.name)
    if (name !== undefined) into.add(textAt(footer, name.at))
    at = (element.at(-1)?.end ?? at) + 1
  }
  return new Set([...legacy].filter(name => !others.has(name)))
}

function textAt(footer: Uint8Array, at: number): string {
  const { value, end } = varint(footer, at)
  return new TextDecoder().decode(footer.subarray(end, end + value))
}

function inMicroseconds(field: ArrowField, legacy: ReadonlySet<string>): ArrowField {
  const children = field.children.map(child => inMicroseconds(child, legacy))
  const isLegacy =
    field.type.kind === 'timestamp' && field.type.unit === 'nanosecond' && legacy.has(field.name)
  return isLegacy
    ? { ...field, type: { kind: 'timestamp', unit: 'microsecond', zone: null } }
    : { ...field, children }
}

/** The footer with one more entry at the beginning of its key-value list, which is made where it is missing. */
function withKeyValue(footer: Uint8Array, parts: readonly ThriftField[], value: string): Uint8Array {
  const text = (word: string) => [...varintBytes(word.length), ...new TextEncoder().encode(word)]
  const entry = [0x18, ...text(key), 0x18, ...text(value), 0]
  const known = parts.find(({ id }) => id === ids.keyValues)
  if (known !== undefined) {
    const { size, at } = listStart(footer, known.at)
    const head = [(15 << 4) | structType, ...varintBytes(size + 1)]
    return Uint8Array.from([...footer.subarray(0, known.at), ...head, ...entry, ...footer.subarray(at)])
  }
  const before = parts.findLast(({ id }) => id < ids.keyValues)
  const at = before?.end ?? 0
  const head = [((ids.keyValues - (before?.id ?? 0)) << 4) | listType, (1 << 4) | structType]
  const rest = footer.slice(at)
  const next = parts.find(({ id }) => id > ids.keyValues)
  if (next !== undefined) rest[0] = ((next.id - ids.keyValues) << 4) | next.type
  return Uint8Array.from([...footer.subarray(0, at), ...head, ...entry, ...rest])
}

import { Builder } from 'flatbuffers'
import type { ArrowField, ArrowType, Vector } from './type.ts'
import { intervalUnits, storedType, timeUnits } from './type.ts'

/** Metadata version V5. */
const version = 4
const messageCodes = { schema: 1, dictionary: 2, batch: 3 } as const

/** The bytes that end every stream: continuation, length 0. */
export const endMarker = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

export function encodeSchema(fields: readonly ArrowField[]): Uint8Array {
  const builder = new Builder(1024)
  const list = offsetVector(
    builder,
    fields.map(field => encodeField(builder, field)),
  )
  builder.startObject(4)
  builder.addFieldOffset(1, list, 0)
  return encodeMessage(builder, 'schema', builder.endObject(), 0)
}

function encodeField(builder: Builder, field: ArrowField): number {
  const name = builder.createString(field.name)
  const children = offsetVector(
    builder,
    field.children.map(child => encodeField(builder, child)),
  )
  const type = encodeType(builder, field.type)
  const dictionary = field.dictionary === null ? 0 : encodeDictionary(builder, field.dictionary)
  builder.startObject(7)
  builder.addFieldOffset(0, name, 0)
  builder.addFieldInt8(1, field.nullable ? 1 : 0, 0)
  builder.addFieldInt8(2, typeCode(field.type), 0)
  builder.addFieldOffset(3, type, 0)
  builder.addFieldOffset(4, dictionary, 0)
  builder.addFieldOffset(5, children, 0)
  return builder.endObject()
}

function encodeDictionary(builder: Builder, { id, index }: NonNullable<ArrowField['dictionary']>): number {
  const type = encodeType(builder, index)
  builder.startObject(4)
  builder.addFieldInt64(0, id, 0n)
  builder.addFieldOffset(1, type, 0)
  return builder.endObject()
}

function typeCode(type: ArrowType): number {
  const code = typeCodes[type.kind]
  if (code === undefined) throw new Error(`${type.kind} is never sent`)
  return code
}

const typeCodes: Readonly<Partial<Record<ArrowType['kind'], number>>> = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  list: 12,
  struct: 13,
  'fixed-binary': 15,
  'fixed-list': 16,
  map: 17,
}

function encodeType(builder: Builder, type: ArrowType): number {
  switch (type.kind) {
    case 'int':
      return numbers(builder, [type.bits, 'i32'], [type.signed ? 1 : 0, 'i8'])
    case 'float':
      return numbers(builder, [[16, 32, 64].indexOf(type.bits), 'i16'])
    case 'decimal':
      return numbers(builder, [type.precision, 'i32'], [type.scale, 'i32'], [type.bits, 'i32'])
    case 'date':
      return numbers(builder, [type.unit === 'day' ? 0 : 1, 'i16'])
    case 'time':
      return numbers(
        builder,
        [timeUnits.indexOf(type.unit), 'i16'],
        [type.unit === 'microsecond' ? 64 : 32, 'i32'],
      )
    case 'interval':
      return numbers(builder, [intervalUnits.indexOf(type.unit), 'i16'])
    case 'fixed-binary':
      return numbers(builder, [type.bytes, 'i32'])
    case 'fixed-list':
      return numbers(builder, [type.size, 'i32'])
    case 'timestamp':
      return encodeTimestamp(builder, timeUnits.indexOf(type.unit), type.zone)
    default:
      return numbers(builder)
  }
}

function encodeTimestamp(builder: Builder, unit: number, zone: string | null): number {
  const text = zone === null ? 0 : builder.createString(zone)
  builder.startObject(2)
  builder.addFieldInt16(0, unit, 0)
  builder.addFieldOffset(1, text, 0)
  return builder.endObject()
}

/** A table of numbers; a default that no value equals makes every field be written out. */
function numbers(builder: Builder, ...fields: readonly (readonly [number, 'i8' | 'i16' | 'i32'])[]): number {
  const never = -12345
  builder.startObject(fields.length)
  fields.forEach(([value, width], slot) => {
    if (width === 'i8') builder.addFieldInt8(slot, value, never)
    else if (width === 'i16') builder.addFieldInt16(slot, value, never)
    else builder.addFieldInt32(slot, value, never)
  })
  return builder.endObject()
}

function offsetVector(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4)
  for (const offset of offsets.toReversed()) builder.addOffset(offset)
  return builder.endVector()
}

/** One batch as metadata and body, in pieces. */
export function encodeBatch(
  fields: readonly ArrowField[],
  vectors: readonly Vector[],
  rows: number,
): Uint8Array[] {
  const parts = collect(fields, vectors)
  const builder = new Builder(1024)
  const batch = batchTable(builder, parts, rows)
  return [encodeMessage(builder, 'batch', batch, parts.bytes), ...parts.body]
}

/** A dictionary, complete, as metadata and body. */
export function encodeDictionaryBatch(field: ArrowField, values: Vector): Uint8Array[] {
  const parts = collect([{ ...field, dictionary: null }], [values])
  const builder = new Builder(1024)
  const batch = batchTable(builder, parts, values.length)
  builder.startObject(3)
  builder.addFieldInt64(0, field.dictionary?.id ?? 0n, 0n)
  builder.addFieldOffset(1, batch, 0)
  return [encodeMessage(builder, 'dictionary', builder.endObject(), parts.bytes), ...parts.body]
}

interface Parts {
  readonly nodes: { length: number; nulls: number }[]
  readonly buffers: { at: number; bytes: number }[]
  readonly body: Uint8Array[]
  bytes: number
}

function collect(fields: readonly ArrowField[], vectors: readonly Vector[]): Parts {
  const parts: Parts = { nodes: [], buffers: [], body: [], bytes: 0 }
  fields.forEach((field, i) => {
    const vector = vectors[i]
    if (vector !== undefined) collectVector(field, vector, parts)
  })
  return parts
}

function collectVector(field: ArrowField, vector: Vector, parts: Parts): void {
  parts.nodes.push({ length: vector.length, nulls: vector.nulls })
  if (storedType(field).kind !== 'null') addBuffer(vector.validity ?? new Uint8Array(0), parts)
  for (const buffer of vector.buffers) addBuffer(buffer, parts)
  field.children.forEach((child, i) => {
    const values = vector.children[i]
    if (values !== undefined) collectVector(child, values, parts)
  })
}

function addBuffer(buffer: Uint8Array, parts: Parts): void {
  const padding = -buffer.length & 7
  parts.buffers.push({ at: parts.bytes, bytes: buffer.length })
  parts.body.push(buffer)
  if (padding > 0) parts.body.push(new Uint8Array(padding))
  parts.bytes += buffer.length + padding
}

function batchTable(builder: Builder, parts: Parts, rows: number): number {
  const nodes = pairVector(
    builder,
    parts.nodes.map(node => [node.length, node.nulls]),
  )
  const buffers = pairVector(
    builder,
    parts.buffers.map(buffer => [buffer.at, buffer.bytes]),
  )
  builder.startObject(5)
  builder.addFieldInt64(0, BigInt(rows), 0n)
  builder.addFieldOffset(1, nodes, 0)
  builder.addFieldOffset(2, buffers, 0)
  return builder.endObject()
}

/** Structs of two int64; a builder writes backwards. */
function pairVector(builder: Builder, pairs: readonly (readonly [number, number])[]): number {
  builder.startVector(16, pairs.length, 8)
  for (const [first, second] of pairs.toReversed()) {
    builder.prep(8, 16)
    builder.writeInt64(BigInt(second))
    builder.writeInt64(BigInt(first))
  }
  return builder.endVector()
}

function encodeMessage(
  builder: Builder,
  kind: keyof typeof messageCodes,
  header: number,
  bodyBytes: number,
): Uint8Array {
  builder.startObject(5)
  builder.addFieldInt16(0, version, 0)
  builder.addFieldInt8(1, messageCodes[kind], 0)
  builder.addFieldOffset(2, header, 0)
  builder.addFieldInt64(3, BigInt(bodyBytes), 0n)
  builder.finish(builder.endObject())
  const metadata = builder.asUint8Array()
  const length = metadata.length + (-metadata.length & 7)
  const message = new Uint8Array(8 + length)
  new DataView(message.buffer).setUint32(0, 0xffffffff, true)
  new DataView(message.buffer).setUint32(4, length, true)
  message.set(metadata, 8)
  return message
}

/** Pieces as one buffer of their own, ready to be transferred. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

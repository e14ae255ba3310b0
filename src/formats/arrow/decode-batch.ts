import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import {
  checkDecimals,
  checkOffsets,
  checkRunEnds,
  checkText,
  countNulls,
  largeOffsets,
  offsets,
} from './check.ts'
import type { BatchHeader } from './decode-message.ts'
import { expand } from './decompress.ts'
import { listOfViews } from './list-views.ts'
import { swapValues, swapWords } from './swap.ts'
import { type ArrowField, type ArrowType, fixedBits, storedType, type Vector } from './type.ts'
import { expandViews } from './views.ts'

/** Rows that a batch may claim without bytes behind them (null columns, runs). */
const freeRows = 2 ** 24

/**
 * The columns of one batch. Afterwards every length, offset and bitmap is known to be inside its buffer, text is
 * UTF-8, decimals fit their precision, and views have become plain offsets; dictionary indices are yet unchecked.
 */
export function decodeBatch(
  fields: readonly ArrowField[],
  header: BatchHeader,
  body: Uint8Array,
  bigEndian: boolean,
): readonly Vector[] {
  if (header.rows > Math.max(freeRows, body.length * 8))
    throw overLimit('rows in one Arrow record batch', header.rows, freeRows)
  const parts = new BatchParts(header, body, bigEndian)
  const vectors = fields.map(field => {
    const vector = decodeVector(field, field.name, parts)
    if (vector.length !== header.rows)
      throw damaged(`${vector.length} values in a batch of ${header.rows} rows`, `column ${field.name}`)
    return vector
  })
  parts.finish()
  return vectors
}

function decodeVector(field: ArrowField, path: string, parts: BatchParts): Vector {
  const type = storedType(field)
  const { length, nulls } = parts.node()
  if (type.kind === 'null') return { length, nulls: length, validity: null, buffers: [], children: [] }
  const validity = type.kind === 'run-end' ? null : decodeValidity(parts.buffer(), length, nulls, path)
  const own = { length, nulls: validity === null ? 0 : nulls, validity }
  const bits = fixedBits(type)
  if (bits !== null) {
    const data = fixedValues(parts.values(type), Math.ceil((length * bits) / 8), own, path)
    if (type.kind === 'decimal') checkDecimals(type, data, own, path)
    return { ...own, buffers: [data], children: [] }
  }
  if (isBytes(type)) return decodeBytes(type, own, path, parts)
  return decodeNested(field, own, path, parts)
}

type Own = Pick<Vector, 'length' | 'nulls' | 'validity'>

/** apache-arrow for JavaScript writes no bytes for a boolean column that is null all through. */
function fixedValues(buffer: Uint8Array, need: number, { length, nulls }: Own, path: string): Uint8Array {
  if (buffer.length === 0 && nulls === length) return new Uint8Array(need)
  return trimmed(buffer, need, path)
}

function decodeValidity(buffer: Uint8Array, length: number, nulls: number, path: string): Uint8Array | null {
  if (nulls === 0) return null
  const bitmap = trimmed(buffer, Math.ceil(length / 8), path)
  const counted = countNulls(bitmap, length)
  if (counted !== nulls) throw damaged(`declares ${nulls} nulls and has ${counted}`, `column ${path}`)
  return bitmap
}

function decodeBytes(type: ArrowType, own: Own, path: string, parts: BatchParts): Vector {
  const text = type.kind === 'utf8' || type.kind === 'large-utf8' || type.kind === 'utf8-view'
  const vector = { ...own, buffers: bytesBuffers(type, own, path, parts), children: [] }
  if (text) checkText(vector, path)
  return vector
}

/** Offsets and data; always 32-bit offsets, since no batch is larger than 1 GB. */
function bytesBuffers(type: ArrowType, own: Own, path: string, parts: BatchParts): Uint8Array[] {
  if (type.kind === 'utf8-view' || type.kind === 'binary-view') {
    const views = trimmed(parts.values(type), own.length * 16, path)
    return expandViews(views, parts.variadic(), own, path)
  }
  const starts = decodeOffsets(type, own.length, path, parts)
  const data = parts.buffer()
  checkOffsets(starts, data.length, path)
  return [bytesOf(starts), data.subarray(0, starts.at(-1))]
}

function decodeOffsets(type: ArrowType, length: number, path: string, parts: BatchParts): Int32Array {
  const large = type.kind === 'large-utf8' || type.kind === 'large-binary' || type.kind === 'large-list'
  const words = parts.words(large)
  if (length === 0) return new Int32Array(1)
  const bytes = trimmed(words, (length + 1) * (large ? 8 : 4), path)
  return large ? largeOffsets(bytes, path) : offsets(bytes)
}

function decodeNested(field: ArrowField, own: Own, path: string, parts: BatchParts): Vector {
  const type = field.type
  if (type.kind === 'list-view' || type.kind === 'large-list-view')
    return decodeListView(field, own, path, parts)
  const listed = type.kind === 'list' || type.kind === 'large-list' || type.kind === 'map'
  const starts = listed ? decodeOffsets(type, own.length, path, parts) : null
  const children = field.children.map(child => decodeVector(child, `${path}.${child.name}`, parts))
  if (starts !== null) checkOffsets(starts, children[0]?.length ?? 0, path)
  const vector = { ...own, buffers: starts === null ? [] : [bytesOf(starts)], children }
  checkNested(type, vector, field, path)
  return vector
}

/** Where each list begins and how long it is, in any order and overlapping; becomes a plain list. */
function decodeListView(field: ArrowField, own: Own, path: string, parts: BatchParts): Vector {
  const large = field.type.kind === 'large-list-view'
  const [starts, sizes] = [parts.words(large), parts.words(large)].map(words => {
    const bytes = trimmed(words, own.length * (large ? 8 : 4), path)
    return large ? largeOffsets(bytes, path) : offsets(bytes)
  })
  const [child] = field.children
  if (child === undefined || starts === undefined || sizes === undefined)
    throw damaged('a list without values', `column ${path}`)
  return listOfViews(child, decodeVector(child, `${path}.${child.name}`, parts), own, { starts, sizes }, path)
}

function checkNested(type: ArrowType, vector: Vector, field: ArrowField, path: string): void {
  const [first] = vector.children
  const where = `column ${path}`
  if (type.kind === 'struct' && vector.children.some(child => child.length !== vector.length))
    throw damaged('members of different lengths', where)
  if (type.kind === 'fixed-list' && first?.length !== vector.length * type.size)
    throw damaged('a list whose values do not fill it', where)
  if (type.kind === 'map' && ((first?.nulls ?? 0) > 0 || (first?.children[0]?.nulls ?? 0) > 0))
    throw damaged('a map with a null key', where)
  if (type.kind === 'run-end') checkRunEnds(vector, field, path)
}

function isBytes(type: ArrowType): boolean {
  return /(utf8|binary)(-view)?$/.test(type.kind)
}

function trimmed(buffer: Uint8Array, need: number, path: string): Uint8Array {
  if (buffer.length < need)
    throw damaged(`a buffer of ${buffer.length} bytes where ${need} are needed`, `column ${path}`)
  return buffer.subarray(0, need)
}

function bytesOf(starts: Int32Array): Uint8Array {
  return new Uint8Array(starts.buffer, starts.byteOffset, starts.byteLength)
}

/** Hands out nodes and buffers in the order of the schema. */
class BatchParts {
  readonly bigEndian: boolean
  private readonly header: BatchHeader
  private readonly body: Uint8Array
  private readonly budget = { bytes: limits.bodyBytes }
  private nodes = 0
  private buffers = 0
  private variadics = 0

  constructor(header: BatchHeader, body: Uint8Array, bigEndian: boolean) {
    this.header = header
    this.body = body
    this.bigEndian = bigEndian
  }

  node(): { readonly length: number; readonly nulls: number } {
    const node = this.header.nodes[this.nodes++]
    if (node === undefined) throw damaged('fewer columns in a batch than in the schema')
    if (node.nulls > node.length) throw damaged(`${node.nulls} nulls among ${node.length} values`)
    if (node.length > Math.max(freeRows, this.body.length * 8 * 256))
      throw overLimit('values in one Arrow record batch', node.length, freeRows)
    return node
  }

  /** The next buffer, expanded, at a multiple of 8 so that typed arrays may look into it. */
  buffer(): Uint8Array {
    const place = this.header.buffers[this.buffers++]
    if (place === undefined) throw damaged('fewer buffers in a batch than the schema needs')
    if (place.at + place.bytes > this.body.length)
      throw damaged('a buffer outside its batch', `buffer ${this.buffers}`)
    const raw = this.body.subarray(place.at, place.at + place.bytes)
    if (this.header.compression !== null) return expand(raw, this.header.compression, this.budget)
    return raw.byteOffset % 8 === 0 ? raw : raw.slice()
  }

  /** The next buffer as little-endian values of a fixed width. */
  values(type: ArrowType): Uint8Array {
    const buffer = this.buffer()
    if (!this.bigEndian) return buffer
    const own = buffer.slice()
    swapValues(type, own)
    return own
  }

  /** The next buffer as little-endian words of 8 bytes, or of 4. */
  words(large: boolean): Uint8Array {
    const buffer = this.buffer()
    if (!this.bigEndian) return buffer
    const own = buffer.slice()
    swapWords(own, large ? 8 : 4)
    return own
  }

  variadic(): Uint8Array[] {
    const count = this.header.variadic[this.variadics++]
    if (count === undefined || count > this.header.buffers.length)
      throw damaged('a view column without its buffers')
    return Array.from({ length: count }, () => this.buffer())
  }

  finish(): void {
    if (this.nodes !== this.header.nodes.length || this.buffers !== this.header.buffers.length)
      throw damaged('more columns in a batch than in the schema')
  }
}

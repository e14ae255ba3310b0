import { damaged } from '../refusal.ts'
import { decodeSchema } from './decode-schema.ts'
import { asSize, FlatTable } from './flatbuffer.ts'
import type { ArrowSchema } from './type.ts'

/** The metadata of one message; the body follows it in the file. */
export type Header =
  | { readonly kind: 'schema'; readonly schema: ArrowSchema }
  | { readonly kind: 'batch'; readonly batch: BatchHeader }
  | { readonly kind: 'dictionary'; readonly id: bigint; readonly delta: boolean; readonly batch: BatchHeader }

export interface MessageHeader {
  readonly header: Header
  readonly bodyBytes: number
}

/** Where the columns of a batch lie in its body; nodes and buffers stand in the order of the schema. */
export interface BatchHeader {
  readonly rows: number
  readonly nodes: readonly { readonly length: number; readonly nulls: number }[]
  readonly buffers: readonly { readonly at: number; readonly bytes: number }[]
  readonly compression: 'lz4' | 'zstd' | null
  /** Data buffers of each view column. */
  readonly variadic: readonly number[]
}

/** Metadata versions V4 and V5: since Arrow 0.8. */
const versions = [3, 4]

export function decodeMessage(metadata: Uint8Array): MessageHeader {
  const message = FlatTable.root(metadata)
  const version = message.number(0, 'i16')
  if (!versions.includes(version)) throw damaged(`unknown metadata version ${version + 1}`)
  const header = message.table(2)
  if (header === null) throw damaged('a message without a header')
  return { header: decodeHeader(message.number(1, 'u8'), header), bodyBytes: message.size(3) }
}

function decodeHeader(code: number, table: FlatTable): Header {
  if (code === 1) return { kind: 'schema', schema: decodeSchema(table) }
  if (code === 3) return { kind: 'batch', batch: decodeBatch(table) }
  if (code !== 2) throw damaged(`unknown message type ${code}`)
  const batch = table.table(1)
  if (batch === null) throw damaged('a dictionary without values')
  return {
    kind: 'dictionary',
    id: table.bigint(0),
    delta: table.number(2, 'u8') !== 0,
    batch: decodeBatch(batch),
  }
}

function decodeBatch(table: FlatTable): BatchHeader {
  return {
    rows: table.size(0),
    nodes: table.structs(1, 16).map(node => ({ length: sizeAt(node, 0), nulls: sizeAt(node, 8) })),
    buffers: table.structs(2, 16).map(buffer => ({ at: sizeAt(buffer, 0), bytes: sizeAt(buffer, 8) })),
    compression: decodeCompression(table.table(3)),
    variadic: table.structs(4, 8).map(count => sizeAt(count, 0)),
  }
}

function decodeCompression(table: FlatTable | null): 'lz4' | 'zstd' | null {
  if (table === null) return null
  const codec = table.number(0, 'u8')
  if (codec > 1 || table.number(1, 'u8') !== 0) throw damaged(`unknown compression ${codec}`)
  return codec === 0 ? 'lz4' : 'zstd'
}

function sizeAt(struct: DataView, at: number): number {
  return asSize(struct.getBigInt64(at, true))
}

/** A message's place in an Arrow file. */
export interface Block {
  readonly at: number
  /** Length prefix, metadata and padding. */
  readonly metadataBytes: number
  readonly bodyBytes: number
}

export interface Footer {
  readonly schema: ArrowSchema
  readonly dictionaries: readonly Block[]
  readonly batches: readonly Block[]
}

export function decodeFooter(bytes: Uint8Array): Footer {
  const footer = FlatTable.root(bytes)
  const schema = footer.table(1)
  if (schema === null) throw damaged('the footer has no schema')
  return {
    schema: decodeSchema(schema),
    dictionaries: footer.structs(2, 24).map(decodeBlock),
    batches: footer.structs(3, 24).map(decodeBlock),
  }
}

function decodeBlock(block: DataView): Block {
  return {
    at: sizeAt(block, 0),
    metadataBytes: asSize(BigInt(block.getInt32(8, true))),
    bodyBytes: sizeAt(block, 16),
  }
}

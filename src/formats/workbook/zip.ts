import { limits } from '../input.ts'
import { damaged, overLimit, unsupported } from '../refusal.ts'
import { crc32 } from './crc32.ts'

/** One file of a ZIP archive, as the central directory (PKWARE APPNOTE 4.3.12) has it. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly crc: number
  readonly packedBytes: number
  readonly declaredBytes: number
  readonly offset: number
}

/** An archive held in memory. */
export interface Zip {
  readonly bytes: Uint8Array
  readonly entries: readonly ZipEntry[]
}

const endRecord = 0x06054b50
const end64Record = 0x06064b50
const end64Locator = 0x07064b50
const directoryRecord = 0x02014b50
const localRecord = 0x04034b50
const pieceBytes = 256 * 1024

export function openZip(bytes: Uint8Array): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { count, offset } = directory(view)
  if (count > limits.archiveEntries) throw overLimit('archive entries', count, limits.archiveEntries)
  const entries: ZipEntry[] = []
  let at = offset
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryRecord)
      throw damaged('the ZIP directory is damaged', `byte ${at}`)
    entries.push(entryAt(view, at))
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return { bytes, entries }
}

/** The end record stands within the last 64 KB, behind it only a comment. */
function directory(view: DataView): { readonly count: number; readonly offset: number } {
  const first = Math.max(0, view.byteLength - 65_557)
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) !== endRecord) continue
    const count = view.getUint16(at + 10, true)
    const offset = view.getUint32(at + 16, true)
    return count === 0xffff || offset === 0xffffffff
      ? (directory64(view, at - 20) ?? { count, offset })
      : { count, offset }
  }
  throw damaged('the file ends too early: the ZIP directory is missing')
}

function directory64(view: DataView, locator: number) {
  if (locator < 0 || view.getUint32(locator, true) !== end64Locator) return null
  const at = Number(view.getBigUint64(locator + 8, true))
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== end64Record) return null
  return {
    count: Number(view.getBigUint64(at + 32, true)),
    offset: Number(view.getBigUint64(at + 48, true)),
  }
}

function entryAt(view: DataView, at: number): ZipEntry {
  const nameLength = view.getUint16(at + 28, true)
  const extraLength = view.getUint16(at + 30, true)
  const extra = at + 46 + nameLength
  if (extra + extraLength > view.byteLength) throw damaged('the ZIP directory is damaged', `byte ${at}`)
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength))
  const sizes = [24, 20, 42].map(field => view.getUint32(at + field, true))
  const [declaredBytes = 0, packedBytes = 0, offset = 0] = sizes64(view, extra, extra + extraLength, sizes)
  return {
    name: name.replaceAll('\\', '/').replace(/^\//, ''),
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & 0x2041) !== 0,
    crc: view.getUint32(at + 16, true),
    packedBytes,
    declaredBytes,
    offset,
  }
}

/** The sizes that are all ones stand in the ZIP64 extra field (0x0001), in the same order. */
function sizes64(view: DataView, start: number, end: number, sizes: readonly number[]): readonly number[] {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue
    let field = at + 4
    return sizes.map(size => {
      if (size !== 0xffffffff || field + 8 > end) return size
      field += 8
      return Number(view.getBigUint64(field - 8, true))
    })
  }
  return sizes
}

/**
 * An entry's content in pieces, as it is unpacked. Declared sizes are not believed: what comes out is counted, and
 * checked against the CRC-32 at the end.
 */
export async function* unpacked(zip: Zip, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const stream = source(packed(zip, entry), entry)
  let size = 0
  let crc = 0
  for await (const piece of stream) {
    size += piece.length
    if (size > limits.expandedBytes) throw overLimit('expanded bytes', size, limits.expandedBytes)
    const ratio = Math.floor(size / Math.max(1, entry.packedBytes))
    if (size > limits.ratioBytes && ratio > limits.expansionRatio)
      throw overLimit('expansion ratio', ratio, limits.expansionRatio)
    crc = crc32(piece, crc)
    yield piece
  }
  if (crc !== entry.crc) throw damaged('the checksum is wrong', entry.name)
}

function packed({ bytes }: Zip, entry: ZipEntry): Uint8Array {
  if (entry.encrypted) throw unsupported('encrypted workbook')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== localRecord)
    throw damaged('the ZIP directory points to nothing', entry.name)
  const lengths = view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true)
  const start = entry.offset + 30 + lengths
  if (start + entry.packedBytes > bytes.length) throw damaged('the file ends too early', entry.name)
  return bytes.subarray(start, start + entry.packedBytes)
}

function source(bytes: Uint8Array, { method, name }: ZipEntry): AsyncIterable<Uint8Array> {
  if (method === 0) return slices(bytes)
  if (method !== 8) throw unsupported(`ZIP compression method ${method}`)
  return inflated(bytes, name)
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

/** Raw DEFLATE through the platform's own decompressor. */
async function* inflated(bytes: Uint8Array, name: string): AsyncGenerator<Uint8Array> {
  let at = 0
  const feed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + pieceBytes))
      at += pieceBytes
    },
  })
  const reader = feed.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (thrown) {
    if (thrown instanceof TypeError || isZlibError(thrown))
      throw damaged('the compressed data are damaged', name)
    throw thrown
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Node reports damage as an error with a zlib code, browsers as a `TypeError`. */
function isZlibError(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('Z_')
}

import { bytesAt, pieces } from '../bytes.ts'
import type { Input } from '../input.ts'
import { damaged, Refusal, unsupported } from '../refusal.ts'
import { type Allowance, Collector } from './collector.ts'
import { type Entry, readDirectory } from './directory.ts'
import { isNoFile, unsafety } from './entry-name.ts'
import { Inflater } from './inflate.ts'

const localHeader = 0x04034b50
const localHeaderBytes = 30
const symbolicLink = 0o120000
const otherMethods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
}

/** Begins with an entry, or with the end of an empty archive. */
export function isZip(head: Uint8Array): boolean {
  return (
    head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === (head[2] ?? 0) + 1
  )
}

/**
 * The entries of an archive; null for a workbook or another document that only is a ZIP file inside (Office Open XML,
 * OpenDocument). A damaged file counts as what its first entry belongs to.
 */
export async function entriesOfArchive(input: Input): Promise<readonly Entry[] | null> {
  try {
    const entries = await readDirectory(input)
    return isDocument(entries.map(({ name }) => name)) ? null : entries
  } catch (thrown) {
    if (thrown instanceof Refusal && (await beginsLikeDocument(input))) return null
    throw thrown
  }
}

function isDocument(names: readonly string[]): boolean {
  return names.includes('[Content_Types].xml') || names[0] === 'mimetype'
}

async function beginsLikeDocument(input: Input): Promise<boolean> {
  const head = new Uint8Array(await input.file.slice(0, localHeaderBytes + 64).arrayBuffer())
  const name = new TextDecoder('latin1').decode(head.subarray(localHeaderBytes))
  return /^(\[Content_Types\]\.xml|mimetypeapplication|_rels\/|docProps\/|xl\/)/.test(name)
}

/** Refuses the whole archive for one entry that no honest archiver writes; gives those that are files. */
export function safeFiles(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>()
  for (const { name, unixType } of entries) {
    const link = unixType === symbolicLink ? 'a symbolic link' : null
    const reason = unsafety(name) ?? link ?? (seen.has(name) ? 'a name given twice' : null)
    if (reason !== null) throw damaged(`refused: ${reason}`, `entry ${shown(name)}`)
    seen.add(name)
  }
  return entries.filter(({ name }) => !isNoFile(name))
}

/** One entry's content, checked against its length and CRC. The caller says which entry a refusal is about. */
export async function expandEntry(input: Input, entry: Entry, allowance: Allowance): Promise<Blob> {
  refuseUnreadable(entry)
  const from = await contentStart(input, entry)
  const packed = { ...input, file: input.file.slice(from, from + entry.packedBytes) }
  const collector = new Collector(allowance, input.signal)
  for await (const piece of expanded(packed, entry)) {
    if (collector.size + piece.length > entry.bytes) throw damaged('is longer than the archive states')
    await collector.add(piece)
  }
  if (collector.size !== entry.bytes) throw damaged('is shorter than the archive states')
  if (collector.crc.value !== entry.crc) throw damaged('its checksum (CRC-32) does not match')
  return collector.blob()
}

function refuseUnreadable({ name, flags, method }: Entry): void {
  if ((flags & 0x2041) !== 0 || method === 99) throw unsupported(`encrypted entry ${shown(name)}`)
  if (method === 0 || method === 8 || method === 9) return
  throw unsupported(`compression ${otherMethods[method] ?? `method ${method}`} of entry ${shown(name)}`)
}

/** Behind the entry's own header, which must be there, bear the same name, and leave room for the content. */
async function contentStart(input: Input, entry: Entry): Promise<number> {
  const length = localHeaderBytes + entry.rawName.length
  if (entry.offset + length > entry.end) throw damaged('entries of the archive overlap')
  const header = await bytesAt(input, entry.offset, length)
  const data = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (data.getUint32(0, true) !== localHeader) throw damaged('has no header')
  const sameName = entry.rawName.every((byte, i) => header[localHeaderBytes + i] === byte)
  if (data.getUint16(26, true) !== entry.rawName.length || !sameName) throw damaged('has two names')
  const start = entry.offset + length + data.getUint16(28, true)
  if (start + entry.packedBytes > entry.end) throw damaged('entries of the archive overlap')
  return start
}

async function* expanded(packed: Input, { method, bytes }: Entry): AsyncGenerator<Uint8Array> {
  if (packed.file.size === 0 && bytes === 0) return
  if (method === 0) {
    yield* pieces(packed)
    return
  }
  const inflater = new Inflater(method === 9 ? 'deflate64' : 'deflate')
  let read = 0
  for await (const piece of pieces(packed)) {
    read += piece.length
    yield* inflater.push(piece, read === packed.file.size)
    if (inflater.ended) break
  }
  if (!inflater.ended || inflater.rest.length > 0 || read < packed.file.size)
    throw damaged('its compressed data has not the length that is stated')
}

/** A name as it may stand in a message. */
export function shown(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, '\ufffd').slice(0, 80)
}

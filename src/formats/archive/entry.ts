import { damaged, Refusal, unsupported } from '../refusal.ts'
import type { Entry } from './directory.ts'
import { Inflater } from './inflate.ts'
import type { RandomAccess } from './random-access.ts'

const localHeader = 0x04034b50
const localHeaderBytes = 30
const otherMethods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
}

/** What one entry expands to, in pieces; neither its length nor its CRC is checked. Refusals do not name the entry. */
export async function* expanded(archive: RandomAccess, entry: Entry): AsyncGenerator<Uint8Array> {
  refuseUnreadable(entry)
  const packed = archive.pieces(await contentStart(archive, entry), entry.packedBytes)
  if (entry.packedBytes === 0 && entry.bytes === 0) return
  if (entry.method === 0) yield* packed
  else yield* inflated(packed, entry)
}

function refuseUnreadable({ name, flags, method }: Entry): void {
  if ((flags & 0x2041) !== 0 || method === 99) throw unsupported(`encrypted entry ${shown(name)}`)
  if (method === 0 || method === 8 || method === 9) return
  throw unsupported(`compression ${otherMethods[method] ?? `method ${method}`} of entry ${shown(name)}`)
}

/** Behind the entry's own header, which must be there, bear the same name, and leave room for the content. */
async function contentStart(archive: RandomAccess, entry: Entry): Promise<number> {
  const length = localHeaderBytes + entry.rawName.length
  if (entry.offset + length > entry.end) throw damaged('entries of the archive overlap')
  const header = await archive.at(entry.offset, length)
  const data = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (data.getUint32(0, true) !== localHeader) throw damaged('has no header')
  const sameName = entry.rawName.every((byte, i) => header[localHeaderBytes + i] === byte)
  if (data.getUint16(26, true) !== entry.rawName.length || !sameName) throw damaged('has two names')
  const start = entry.offset + length + data.getUint16(28, true)
  if (start + entry.packedBytes > entry.end) throw damaged('entries of the archive overlap')
  return start
}

async function* inflated(packed: AsyncIterable<Uint8Array>, entry: Entry): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater(entry.method === 9 ? 'deflate64' : 'deflate')
  let read = 0
  for await (const piece of packed) {
    read += piece.length
    yield* inflater.push(piece, read === entry.packedBytes)
    if (inflater.ended) break
  }
  if (!inflater.ended || inflater.rest.length > 0 || read < entry.packedBytes)
    throw damaged('its compressed data has not the length that is stated')
}

/** A refusal that says in which entry something went wrong; anything else as it is. */
export function located(thrown: unknown, name: string): unknown {
  if (!(thrown instanceof Refusal) || thrown.grounds.kind !== 'unreadable-file') return thrown
  const { detail, where } = thrown.grounds
  const entry = `entry ${shown(name)}`
  return damaged(detail, where === undefined || where === entry ? entry : `${entry}, ${where}`)
}

/** A name as it may stand in a message. */
export function shown(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, '\ufffd').slice(0, 80)
}

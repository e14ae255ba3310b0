import { crc32, deflateRawSync } from 'node:zlib'
import type { Failure } from '../../domain/failure.ts'
import { directReader, type Unpacked } from '../format.ts'
import { value } from '../testing.ts'

/** One entry of a hand-made archive; what is given overrides what would be right. */
export interface Made {
  readonly name: string | Uint8Array
  readonly content?: string | Uint8Array
  readonly method?: number
  readonly packed?: Uint8Array
  readonly flags?: number
  readonly crc?: number
  readonly bytes?: number
  readonly localName?: string
  readonly offset?: number
  readonly unixMode?: number
  readonly extra?: Uint8Array
}

/** A ZIP file as APPNOTE 6.3.10 lays it out: entries, directory, end record. */
export function zipOf(entries: readonly Made[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const records: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const fields = fieldsOf(entry)
    const local = Buffer.concat([localHeader(entry, fields), fields.packed])
    records.push(record(entry, fields, entry.offset ?? at))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(records)
  return Buffer.concat([...locals, directory, endRecord(entries.length, directory.length, at, comment)])
}

export function endRecord(entries: number, bytes: number, offset: number, comment = ''): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(Buffer.byteLength(comment), 20)
  return Buffer.concat([end, Buffer.from(comment)])
}

interface Fields {
  readonly name: Buffer
  readonly method: number
  readonly packed: Buffer
  readonly flags: number
  readonly crc: number
  readonly bytes: number
}

function fieldsOf({ name, content = '', method = 8, packed, flags = 0, crc, bytes }: Made): Fields {
  const plain = Buffer.from(content as string)
  return {
    name: Buffer.from(name as string),
    method,
    packed: Buffer.from(packed ?? (method === 8 ? deflateRawSync(plain) : plain)),
    flags,
    crc: crc ?? crc32(plain),
    bytes: bytes ?? plain.length,
  }
}

function localHeader({ localName }: Made, fields: Fields): Buffer {
  const name = localName === undefined ? fields.name : Buffer.from(localName)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(fields.flags, 6)
  header.writeUInt16LE(fields.method, 8)
  header.writeUInt32LE(fields.crc, 14)
  header.writeUInt32LE(fields.packed.length, 18)
  header.writeUInt32LE(fields.bytes, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function record({ unixMode, extra = new Uint8Array(0) }: Made, fields: Fields, offset: number): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(unixMode === undefined ? 20 : 0x0314, 4)
  header.writeUInt16LE(fields.flags, 8)
  header.writeUInt16LE(fields.method, 10)
  header.writeUInt32LE(fields.crc, 16)
  header.writeUInt32LE(extra.length > 0 ? 0xffffffff : fields.packed.length, 20)
  header.writeUInt32LE(extra.length > 0 ? 0xffffffff : fields.bytes, 24)
  header.writeUInt16LE(fields.name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  header.writeUInt32LE(((unixMode ?? 0) << 16) >>> 0, 38)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, fields.name, extra])
}

export async function unpack(bytes: Uint8Array, name = 'given.zip'): Promise<Unpacked | null> {
  const signal = new AbortController().signal
  return value(await directReader().unpack(new Blob([bytes as BlobPart]), name, signal, () => {}))
}

/** The files of an archive as text. */
export async function contents(bytes: Uint8Array, name?: string): Promise<Readonly<Record<string, string>>> {
  const files = (await unpack(bytes, name))?.files ?? []
  return Object.fromEntries(await Promise.all(files.map(async ({ name, file }) => [name, await file.text()])))
}

export async function failureOfUnpacking(bytes: Uint8Array, name = 'given.zip'): Promise<Failure> {
  const signal = new AbortController().signal
  const result = await directReader().unpack(new Blob([bytes as BlobPart]), name, signal, () => {})
  if (result.ok) throw new Error(`unpacked ${result.value?.files.length} files`)
  return result.failure
}

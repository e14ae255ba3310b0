import { limits } from '../input.ts'
import { damaged, overLimit, unsupported } from '../refusal.ts'
import { Crc32 } from './crc32.ts'
import { decodedName } from './entry-name.ts'
import type { RandomAccess } from './random-access.ts'

/** What the central directory of a ZIP file says of one entry (APPNOTE 6.3.10, 4.3.12). */
export interface Entry {
  readonly name: string
  /** The name as it stands, for comparison with the entry's own header. */
  readonly rawName: Uint8Array
  readonly method: number
  readonly flags: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where the entry's own header begins. */
  readonly offset: number
  /** Where the next entry, or the directory, begins. */
  readonly end: number
  /** The file type of Unix (`S_IFMT`), 0 where the archive comes from elsewhere. */
  readonly unixType: number
}

/**
 * `strict` refuses what two readers could understand in two ways, as an archive from elsewhere must not be.
 * `lenient` reads what office programs read too: the last end record counts whatever stands behind it, and as many
 * entries as it states.
 */
export type Rigour = 'strict' | 'lenient'

interface Location {
  readonly entries: number
  readonly offset: number
  readonly bytes: number
}

/** An end record, and where it stands. */
interface End extends Location {
  readonly at: number
}

const signature = { entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 } as const
const endBytes = 22
const longestComment = 65535
const directoryBytes = 64 * 2 ** 20
const utf8Flag = 0x800

/** The entries in the order of the directory; entries that share bytes are refused. */
export async function readDirectory(archive: RandomAccess, rigour: Rigour): Promise<readonly Entry[]> {
  const end = await locate(archive, rigour)
  const { entries, offset } = end
  if (entries > limits.archiveEntries) throw overLimit('archive entries', entries, limits.archiveEntries)
  const bytes = rigour === 'strict' ? end.bytes : end.at - offset
  if (offset + bytes > end.at || bytes < 0) throw damaged('the ZIP directory is not where it should be')
  if (bytes > directoryBytes) throw overLimit('bytes in a ZIP directory', bytes, directoryBytes)
  const { listed, used } = listEntries(await archive.at(offset, bytes), entries)
  if (listed.length !== entries) throw damaged(`lists ${listed.length} of ${entries} entries`)
  if (rigour === 'strict' && used !== bytes) throw damaged(`lists more than ${entries} entries`)
  return withEnds(listed, offset)
}

/** Finds the record at the end of the file; strictly only a comment that fills the rest may follow it. */
async function locate(archive: RandomAccess, rigour: Rigour): Promise<End> {
  const length = Math.min(archive.size, endBytes + longestComment)
  const from = archive.size - length
  const tail = view(await archive.at(from, length))
  for (let at = length - endBytes; at >= 0; at--) {
    if (tail.getUint32(at, true) !== signature.end) continue
    if (rigour === 'strict' && at + endBytes + tail.getUint16(at + 20, true) !== length) continue
    return { ...((await locate64(archive, from + at)) ?? location32(tail, at)), at: from + at }
  }
  throw damaged('the ZIP directory at the end of the file is missing')
}

function location32(tail: DataView, at: number): Location {
  if (tail.getUint16(at + 4, true) !== 0 || tail.getUint16(at + 8, true) !== tail.getUint16(at + 10, true))
    throw unsupported('ZIP archive in several files')
  return {
    entries: tail.getUint16(at + 10, true),
    bytes: tail.getUint32(at + 12, true),
    offset: tail.getUint32(at + 16, true),
  }
}

/** The larger fields of ZIP64, where a locator stands before the end record. */
async function locate64(archive: RandomAccess, end: number): Promise<Location | null> {
  if (end < 20 + 56) return null
  const locator = view(await archive.at(end - 20, 20))
  if (locator.getUint32(0, true) !== signature.locator64) return null
  const record = view(await archive.at(integer64(locator, 8), 56))
  if (record.getUint32(0, true) !== signature.end64) throw damaged('the ZIP64 directory is missing')
  if (record.getUint32(16, true) !== 0) throw unsupported('ZIP archive in several files')
  return {
    entries: integer64(record, 32),
    bytes: integer64(record, 40),
    offset: integer64(record, 48),
  }
}

type Listed = Omit<Entry, 'end'>

/** At most `count` entries, and how many bytes they take. */
function listEntries(bytes: Uint8Array, count: number) {
  const data = view(bytes)
  const listed: Listed[] = []
  let used = 0
  while (used < bytes.length && listed.length < count) {
    const isEntry = used + 46 <= bytes.length && data.getUint32(used, true) === signature.entry
    if (!isEntry) throw damaged('the ZIP directory is damaged', `entry ${listed.length + 1}`)
    const lengths = [28, 30, 32].map(field => data.getUint16(used + field, true))
    const end = lengths.reduce((sum, length) => sum + length, used + 46)
    if (end > bytes.length) throw damaged('the ZIP directory is damaged', `entry ${listed.length + 1}`)
    listed.push(entryOf(bytes.subarray(used, end), lengths[0] ?? 0, lengths[1] ?? 0))
    used = end
  }
  return { listed, used }
}

function entryOf(record: Uint8Array, nameBytes: number, extraBytes: number): Listed {
  const data = view(record)
  const rawName = record.subarray(46, 46 + nameBytes)
  const extra = extraFields(record.subarray(46 + nameBytes, 46 + nameBytes + extraBytes))
  const flags = data.getUint16(8, true)
  const fromUnix = record[5] === 3
  return {
    name: unicodeName(extra.get(0x7075), rawName) ?? decodedName(rawName, (flags & utf8Flag) !== 0),
    rawName,
    method: data.getUint16(10, true),
    flags,
    crc: data.getUint32(16, true),
    unixType: fromUnix ? (data.getUint32(38, true) >>> 16) & 0o170000 : 0,
    ...sizes(data, extra.get(1)),
  }
}

/** Sizes and place; those that do not fit into 32 bits stand in the ZIP64 field, in this order (4.5.3). */
function sizes(data: DataView, zip64: Uint8Array | undefined) {
  const large = zip64 === undefined ? null : view(zip64)
  let used = 0
  const read = (at: number) => {
    const small = data.getUint32(at, true)
    if (small !== 0xffffffff || large === null) return small
    if (used + 8 > large.byteLength) throw damaged('a ZIP64 entry lacks its sizes')
    used += 8
    return integer64(large, used - 8)
  }
  const bytes = read(24)
  const packedBytes = read(20)
  return { bytes, packedBytes, offset: read(42) }
}

function extraFields(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const data = view(bytes)
  const fields = new Map<number, Uint8Array>()
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + data.getUint16(at + 2, true)
    if (end <= bytes.length) fields.set(data.getUint16(at, true), bytes.subarray(at + 4, end))
    at = end
  }
  return fields
}

/** Info-ZIP's second name in UTF-8; it counts only where it belongs to the first (4.6.9). */
function unicodeName(field: Uint8Array | undefined, rawName: Uint8Array): string | null {
  if (field === undefined || field.length < 5 || field[0] !== 1) return null
  const crc = new Crc32()
  crc.add(rawName)
  return view(field).getUint32(1, true) === crc.value ? decodedName(field.subarray(5), true) : null
}

/** Each entry reaches at most to the next one; entries that share bytes are how small bombs are built. */
function withEnds(listed: readonly Listed[], directory: number): readonly Entry[] {
  const offsets = listed.map(({ offset }) => offset).toSorted((a, b) => a - b)
  const next = new Map(offsets.map((offset, i) => [offset, offsets[i + 1] ?? directory]))
  if (next.size !== listed.length) throw damaged('entries of the archive overlap')
  return listed.map(entry => ({ ...entry, end: next.get(entry.offset) ?? directory }))
}

function integer64(data: DataView, at: number): number {
  const value = Number(data.getBigUint64(at, true))
  if (!Number.isSafeInteger(value)) throw damaged('states an impossible size')
  return value
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

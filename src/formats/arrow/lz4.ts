import { damaged } from '../refusal.ts'

/**
 * LZ4 frames (github.com/lz4/lz4, doc/lz4_Frame_format.md 1.6) into a buffer of known length. Checksums are skipped,
 * not verified: Arrow writers leave them out. Returns the bytes written; never writes outside `out`.
 */
export function decompressLz4(packed: Uint8Array, out: Uint8Array): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const flags = frameFlags(view)
  let at = flags.headerBytes
  let written = 0
  for (;;) {
    const size = uint32(view, at)
    at += 4
    if (size === 0) return written
    const length = size & 0x7fffffff
    if (at + length > packed.length) throw damaged('an LZ4 block that ends too early')
    const block = packed.subarray(at, at + length)
    written = size >>> 31 === 1 ? store(block, out, written) : expandBlock(block, out, written)
    at += length + (flags.blockChecksums ? 4 : 0)
  }
}

function frameFlags(view: DataView): { headerBytes: number; blockChecksums: boolean } {
  if (uint32(view, 0) !== 0x184d2204) throw damaged('not an LZ4 frame')
  if (view.byteLength < 7) throw damaged('an LZ4 frame that ends too early')
  const flags = view.getUint8(4)
  if (flags >> 6 !== 1) throw damaged('an LZ4 frame of unknown version')
  if ((flags & 1) === 1) throw damaged('an LZ4 frame with an outside dictionary')
  return { headerBytes: 7 + ((flags & 8) === 0 ? 0 : 8), blockChecksums: (flags & 16) !== 0 }
}

function store(block: Uint8Array, out: Uint8Array, written: number): number {
  if (written + block.length > out.length) throw damaged('LZ4 data longer than declared')
  out.set(block, written)
  return written + block.length
}

/** One block of sequences: literals, then a match that repeats earlier output. */
function expandBlock(block: Uint8Array, out: Uint8Array, start: number): number {
  const cursor = { at: 0 }
  let written = start
  while (cursor.at < block.length) {
    const token = block[cursor.at++] ?? 0
    const literals = length(block, cursor, token >> 4)
    if (cursor.at + literals > block.length) throw damaged('LZ4 literals that end too early')
    written = store(block.subarray(cursor.at, cursor.at + literals), out, written)
    cursor.at += literals
    if (cursor.at >= block.length) break
    const distance = (block[cursor.at] ?? 0) | ((block[cursor.at + 1] ?? 0) << 8)
    cursor.at += 2
    written = repeat(out, written, distance, length(block, cursor, token & 15) + 4)
  }
  return written
}

/** A length of 15 goes on in the bytes that follow, up to the first that is not 255. */
function length(block: Uint8Array, cursor: { at: number }, nibble: number): number {
  if (nibble < 15) return nibble
  let total = 15
  for (;;) {
    const more = block[cursor.at++]
    if (more === undefined) throw damaged('an LZ4 length that ends too early')
    total += more
    if (more < 255) return total
  }
}

function repeat(out: Uint8Array, written: number, distance: number, count: number): number {
  if (distance === 0 || distance > written) throw damaged('an LZ4 match that points before the data')
  const end = written + count
  if (end > out.length) throw damaged('LZ4 data longer than declared')
  if (distance >= count) out.copyWithin(written, written - distance, written - distance + count)
  else for (let i = written; i < end; i++) out[i] = out[i - distance] ?? 0
  return end
}

function uint32(view: DataView, at: number): number {
  if (at + 4 > view.byteLength) throw damaged('an LZ4 frame that ends too early')
  return view.getUint32(at, true)
}

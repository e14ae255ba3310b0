import type { Provenance } from '../domain/provenance.ts'
import { parseProvenance, provenanceKey } from './provenance-text.ts'

/** One chunk of a PNG file (ISO/IEC 15948): its four-letter type and its data. */
export interface PngChunk {
  readonly type: string
  readonly data: Uint8Array
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** The chunks of a PNG in file order; null where the bytes are no PNG or a checksum is wrong. */
export function readChunks(png: Uint8Array): readonly PngChunk[] | null {
  if (!signature.every((byte, i) => png[i] === byte)) return null
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: PngChunk[] = []
  let at = signature.length
  while (at + 12 <= png.length) {
    const length = view.getUint32(at)
    const end = at + 8 + length
    if (end + 4 > png.length || view.getUint32(end) !== crc32(png.subarray(at + 4, end))) return null
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    chunks.push({ type, data: png.subarray(at + 8, end) })
    at = end + 4
  }
  return chunks
}

/** A PNG file from its chunks, with checksums. */
export function writeChunks(chunks: readonly PngChunk[]): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((sum, { data }) => sum + data.length + 12, signature.length)
  const png = new Uint8Array(size)
  const view = new DataView(png.buffer)
  png.set(signature)
  let at = signature.length
  for (const { type, data } of chunks) {
    view.setUint32(at, data.length)
    png.set(latin1(type), at + 4)
    png.set(data, at + 8)
    view.setUint32(at + 8 + data.length, crc32(png.subarray(at + 4, at + 8 + data.length)))
    at += data.length + 12
  }
  return png
}

/** The PNG with further chunks right after its header, where every reader sees them before the pixels. */
export function withChunks(png: Uint8Array, added: readonly PngChunk[]): Uint8Array<ArrayBuffer> | null {
  const [header, ...rest] = readChunks(png) ?? []
  return header ? writeChunks([header, ...added, ...rest]) : null
}

/** UTF-8 text under a keyword (Latin-1, 1 to 79 characters), uncompressed. */
export function textChunk(keyword: string, text: string): PngChunk {
  const words = new TextEncoder().encode(text.replaceAll('\0', ''))
  const head = latin1(`${keyword}\0\0\0\0\0`)
  const data = new Uint8Array(head.length + words.length)
  data.set(head)
  data.set(words, head.length)
  return { type: 'iTXt', data }
}

/** The density of the pixels, from which a word processor takes the physical size. */
export function densityChunk(dotsPerInch: number): PngChunk {
  const data = new Uint8Array(9)
  const perMetre = Math.round(dotsPerInch / 0.0254)
  const view = new DataView(data.buffer)
  view.setUint32(0, perMetre)
  view.setUint32(4, perMetre)
  data[8] = 1
  return { type: 'pHYs', data }
}

/** The provenance that an Assay PNG carries; null where there is none or the file is damaged. */
export function readPngProvenance(png: Uint8Array): Provenance | null {
  const head = latin1(`${provenanceKey}\0\0\0\0\0`)
  for (const { type, data } of readChunks(png) ?? []) {
    if (type === 'iTXt' && head.every((byte, i) => data[i] === byte)) {
      return parseProvenance(new TextDecoder().decode(data.subarray(head.length)))
    }
  }
  return null
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0))
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1
  return remainder
})

/** CRC-32 of ISO 3309, as PNG takes it over type and data. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

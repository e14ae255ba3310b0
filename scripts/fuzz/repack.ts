import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib'
import { zipOf } from '../../src/formats/archive/testing.ts'

/** Applies `change` to one file inside a sound ZIP or gzip file, whose checksums are right again afterwards. */
export function withInner(
  bytes: Uint8Array,
  pick: (count: number) => number,
  change: (inner: Uint8Array) => Uint8Array,
): Uint8Array {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return Uint8Array.from(gzipSync(change(gunzipSync(bytes))))
  const entries = entriesOf(Buffer.from(bytes))
  const chosen = pick(entries.length)
  return Uint8Array.from(
    zipOf(
      entries.map((entry, i) => ({
        name: entry.name,
        content: i === chosen ? change(entry.content) : entry.content,
      })),
    ),
  )
}

/** The entries of a ZIP file by its directory; only for archives that are known to be sound. */
function entriesOf(file: Buffer): readonly { name: Uint8Array; content: Uint8Array }[] {
  const end = file.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const entries = []
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const method = file.readUInt16LE(at + 10)
    const packedBytes = file.readUInt32LE(at + 20)
    const nameBytes = file.readUInt16LE(at + 28)
    const local = file.readUInt32LE(at + 42)
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const packed = file.subarray(from, from + packedBytes)
    entries.push({
      name: Uint8Array.from(file.subarray(at + 46, at + 46 + nameBytes)),
      content: Uint8Array.from(method === 8 ? inflateRawSync(packed) : packed),
    })
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

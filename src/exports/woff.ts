/** Where a table of a font lies, from its directory entry. */
interface TableEntry {
  readonly tag: number
  readonly checksum: number
  readonly offset: number
  readonly packed: number
  readonly length: number
}

const signature = 0x774f4646

/**
 * A font file as plain SFNT (TTF or OTF). WOFF 1.0 is unpacked table by table (W3C, WOFF File Format 1.0); anything else is
 * given back as it is. opentype.js 2 has an inflater of its own, which refuses sound data in 3 of 306 bundled files.
 * Rejects where a table cannot be unpacked.
 */
export async function asSfnt(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const view = new DataView(bytes)
  if (bytes.byteLength < 44 || view.getUint32(0) !== signature) return bytes
  const entries = Array.from({ length: view.getUint16(12) }, (_, i) => entryAt(view, 44 + 20 * i))
  const tables = await Promise.all(entries.map(entry => unpacked(bytes, entry)))
  return assembled(view.getUint32(4), entries, tables)
}

function entryAt(view: DataView, at: number): TableEntry {
  return {
    tag: view.getUint32(at),
    offset: view.getUint32(at + 4),
    packed: view.getUint32(at + 8),
    length: view.getUint32(at + 12),
    checksum: view.getUint32(at + 16),
  }
}

async function unpacked(bytes: ArrayBuffer, { offset, packed, length }: TableEntry): Promise<Uint8Array> {
  const raw = new Uint8Array(bytes, offset, packed)
  if (packed === length) return raw
  const inflated = new Blob([raw]).stream().pipeThrough(new DecompressionStream('deflate'))
  const table = new Uint8Array(await new Response(inflated).arrayBuffer())
  if (table.length !== length) throw new RangeError(`font table of ${table.length} bytes, not ${length}`)
  return table
}

function assembled(
  flavour: number,
  entries: readonly TableEntry[],
  tables: readonly Uint8Array[],
): ArrayBuffer {
  const directory = 12 + 16 * entries.length
  const size = entries.reduce((sum, { length }) => sum + padded(length), directory)
  const sfnt = new Uint8Array(size)
  const view = new DataView(sfnt.buffer)
  const power = Math.floor(Math.log2(Math.max(1, entries.length)))
  view.setUint32(0, flavour)
  view.setUint16(4, entries.length)
  view.setUint16(6, 16 * 2 ** power)
  view.setUint16(8, power)
  view.setUint16(10, 16 * (entries.length - 2 ** power))
  let offset = directory
  entries.forEach(({ tag, checksum, length }, i) => {
    for (const [part, value] of [tag, checksum, offset, length].entries())
      view.setUint32(12 + 16 * i + 4 * part, value)
    sfnt.set(tables[i] ?? new Uint8Array(), offset)
    offset += padded(length)
  })
  return sfnt.buffer
}

/** Tables begin at multiples of four bytes. */
function padded(length: number): number {
  return Math.ceil(length / 4) * 4
}

/** Four tables, so that four bytes are taken at a time ("slicing-by-4"): CRC-32 is a third of the work of unpacking. */
const tables = [0, 1, 2, 3].map(behind => Uint32Array.from({ length: 256 }, (_, byte) => crcOf(byte, behind)))

/** The CRC of one byte with so many zero bytes behind it. */
function crcOf(byte: number, behind: number): number {
  let crc = byte
  for (let bit = 0; bit < 8 * (1 + behind); bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc >>> 0
}

/** The running CRC-32 of gzip and ZIP (ISO 3309, reflected polynomial EDB88320). */
export class Crc32 {
  private crc = -1

  add(bytes: Uint8Array): void {
    const [t0, t1, t2, t3] = tables as [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
    const at = (i: number) => bytes[i] as number
    let crc = this.crc
    let i = 0
    for (; i + 4 <= bytes.length; i += 4) {
      const word = crc ^ (at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24))
      const low = (t3[word & 255] as number) ^ (t2[(word >>> 8) & 255] as number)
      crc = low ^ (t1[(word >>> 16) & 255] as number) ^ (t0[word >>> 24] as number)
    }
    for (; i < bytes.length; i++) crc = (t0[(crc ^ at(i)) & 255] as number) ^ (crc >>> 8)
    this.crc = crc
  }

  get value(): number {
    return ~this.crc >>> 0
  }
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc >>> 0
})

/** The running CRC-32 of gzip and ZIP (ISO 3309, reflected polynomial EDB88320). */
export class Crc32 {
  private crc = -1

  add(bytes: Uint8Array): void {
    let crc = this.crc
    for (let i = 0; i < bytes.length; i++) crc = (table[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8)
    this.crc = crc
  }

  get value(): number {
    return ~this.crc >>> 0
  }
}

import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { Crc32 } from './crc32.ts'

/** How much one archive may expand, counted on what really comes out and never on what it declares. */
export class Allowance {
  private expanded = 0
  private readonly packedBytes: number

  constructor(packedBytes: number) {
    this.packedBytes = packedBytes
  }

  count(bytes: number): void {
    this.expanded += bytes
    if (this.expanded > limits.expandedBytes)
      throw overLimit('expanded bytes', this.expanded, limits.expandedBytes)
    const ratio = this.expanded / this.packedBytes
    if (this.expanded > limits.ratioBytes && ratio > limits.expansionRatio)
      throw overLimit('expansion ratio', Math.ceil(ratio), limits.expansionRatio)
  }
}

/** Length and CRC-32 of what comes out of one entry, and its share of an allowance. */
export class Gauge {
  size = 0
  private readonly crc = new Crc32()
  private readonly allowance: Allowance

  constructor(allowance: Allowance) {
    this.allowance = allowance
  }

  add(bytes: Uint8Array): void {
    this.allowance.count(bytes.length)
    this.crc.add(bytes)
    this.size += bytes.length
  }

  verify(crc: number): void {
    if (this.crc.value !== crc) throw damaged('its checksum (CRC-32) does not match')
  }
}

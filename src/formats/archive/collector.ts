import { limits } from '../input.ts'
import { overLimit } from '../refusal.ts'
import { Crc32 } from './crc32.ts'

/** How much one archive may expand, counted on what really comes out and never on what it declares. */
export class Allowance {
  private expanded = 0
  private readonly archiveBytes: number

  constructor(archiveBytes: number) {
    this.archiveBytes = archiveBytes
  }

  count(bytes: number): void {
    this.expanded += bytes
    if (this.expanded > limits.expandedBytes)
      throw overLimit('bytes in one archive', this.expanded, limits.expandedBytes)
    const ratio = this.expanded / this.archiveBytes
    if (this.expanded > limits.ratioBytes && ratio > limits.expansionRatio)
      throw overLimit('times that an archive expands', Math.ceil(ratio), limits.expansionRatio)
  }
}

const partBytes = 16 * 2 ** 20

/** Expanded bytes on their way into one Blob, which the browser may keep on disk; the page never holds them all. */
export class Collector {
  readonly crc = new Crc32()
  size = 0
  private readonly allowance: Allowance
  private readonly signal: AbortSignal
  private readonly parts: Blob[] = []
  private pieces: Uint8Array[] = []
  private waiting = 0

  constructor(allowance: Allowance, signal: AbortSignal) {
    this.allowance = allowance
    this.signal = signal
  }

  /** Counts first, keeps then. Lets go of the thread once per part, so that a signal can arrive. */
  async add(bytes: Uint8Array): Promise<void> {
    this.allowance.count(bytes.length)
    this.crc.add(bytes)
    this.size += bytes.length
    this.pieces.push(bytes)
    this.waiting += bytes.length
    if (this.waiting < partBytes) return
    this.closePart()
    await new Promise(resolve => setTimeout(resolve, 0))
    this.signal.throwIfAborted()
  }

  blob(): Blob {
    this.closePart()
    return new Blob(this.parts)
  }

  private closePart(): void {
    this.parts.push(new Blob(this.pieces as BlobPart[]))
    this.pieces = []
    this.waiting = 0
  }
}

import { damaged } from './refusal.ts'

/** Reads exact lengths from a sequence of pieces; a length beyond the end of the file is refused before allocation. */
export class ByteCursor {
  /** Bytes taken so far. */
  position = 0
  private readonly source: AsyncIterator<Uint8Array>
  private readonly size: number
  private piece = new Uint8Array(0)
  private used = 0

  constructor(source: AsyncIterable<Uint8Array>, size: number) {
    this.source = source[Symbol.asyncIterator]()
    this.size = size
  }

  get remaining(): number {
    return this.size - this.position
  }

  /** The next `length` bytes, copied into a buffer that begins at its byte 0 (typed arrays need the alignment). */
  async take(length: number): Promise<Uint8Array> {
    if (length > this.remaining) throw damaged('ends too early', `byte ${this.position}`)
    const taken = new Uint8Array(length)
    for (let filled = 0; filled < length; ) {
      if (this.used === this.piece.length) await this.next()
      const part = this.piece.subarray(this.used, this.used + length - filled)
      taken.set(part, filled)
      filled += part.length
      this.used += part.length
    }
    this.position += length
    return taken
  }

  private async next(): Promise<void> {
    const { done, value } = await this.source.next()
    if (done) throw damaged('the file changed while it was read', `byte ${this.position}`)
    this.piece = value as Uint8Array<ArrayBuffer>
    this.used = 0
  }
}

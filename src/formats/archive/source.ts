import { damaged } from '../refusal.ts'

const none = new Uint8Array(0)
const longestText = 65536

/** The bytes of a file in order: exact lengths, or whatever comes next; what was too much can be put back. */
export class ByteSource {
  private readonly pieces: AsyncIterator<Uint8Array>
  private readonly size: number
  private fetched = 0
  private held: Uint8Array = none

  constructor(pieces: AsyncIterable<Uint8Array>, size: number) {
    this.pieces = pieces[Symbol.asyncIterator]()
    this.size = size
  }

  get position(): number {
    return this.fetched - this.held.length
  }

  get isAtEnd(): boolean {
    return this.position === this.size
  }

  /** At least one byte; `last` when no more follow. */
  async next(): Promise<{ readonly bytes: Uint8Array; readonly last: boolean }> {
    if (this.held.length === 0) await this.fetch()
    const bytes = this.held
    this.held = none
    return { bytes, last: this.fetched === this.size }
  }

  /** The end of what `next` gave. */
  putBack(bytes: Uint8Array): void {
    this.held = bytes
  }

  async peek(): Promise<Uint8Array> {
    if (this.held.length === 0) await this.fetch()
    return this.held
  }

  async take(count: number): Promise<Uint8Array> {
    while (this.held.length < count) await this.fetch()
    const taken = this.held.subarray(0, count)
    this.held = this.held.subarray(count)
    return taken
  }

  /** Bytes up to a zero byte, which is taken too. */
  async takeText(): Promise<Uint8Array> {
    let end = this.held.indexOf(0)
    for (; end < 0; end = this.held.indexOf(0)) {
      if (this.held.length > longestText) throw damaged('has a name without end')
      await this.fetch()
    }
    return (await this.take(end + 1)).subarray(0, end)
  }

  private async fetch(): Promise<void> {
    if (this.fetched === this.size) throw damaged('ends too early', `byte ${this.size}`)
    const { done, value } = await this.pieces.next()
    if (done) throw damaged('the file changed while it was read')
    this.fetched += value.length
    const both = new Uint8Array(this.held.length + value.length)
    both.set(this.held)
    both.set(value, this.held.length)
    this.held = both
  }
}

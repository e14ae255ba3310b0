import { type Allowance, Gauge } from './gauge.ts'

const partBytes = 16 * 2 ** 20

/** Expanded bytes on their way into one Blob, which the browser may keep on disk; the page never holds them all. */
export class Collector {
  readonly gauge: Gauge
  private readonly signal: AbortSignal
  private readonly parts: Blob[] = []
  private pieces: Uint8Array[] = []
  private waiting = 0

  constructor(allowance: Allowance, signal: AbortSignal) {
    this.gauge = new Gauge(allowance)
    this.signal = signal
  }

  /** Counts first, keeps then. Lets go of the thread once per part, so that a signal can arrive. */
  async add(bytes: Uint8Array): Promise<void> {
    this.gauge.add(bytes)
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

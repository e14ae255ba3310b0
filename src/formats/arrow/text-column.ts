import type { Vector } from './type.ts'

/** Fields as ranges: `to` is -1 for null; `from` is `~at` for bytes in `side`. */
export interface Ranges {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly bytes: Uint8Array
  readonly side: Uint8Array
}

const encoder = new TextEncoder()
/** Up to here a loop copies faster than `set` with the view that it needs. */
const shortBytes = 48

/** A utf8 column as it grows, value by value; reading a file spends most of its time here. */
export class TextColumn {
  private data: Uint8Array
  private used = 0
  private starts: Int32Array
  /** Bits are set at first and cleared by nulls, which are fewer. */
  private bitmap: Uint8Array
  private rows = 0
  private nulls = 0

  constructor(rows = 64, bytes = 512) {
    this.data = new Uint8Array(bytes)
    this.starts = new Int32Array(rows + 1)
    this.bitmap = new Uint8Array((rows >> 3) + 1).fill(255)
  }

  addNull(): void {
    this.nulls++
    const row = this.endValue()
    this.bitmap[row >> 3] = (this.bitmap[row >> 3] as number) & ~(1 << (row & 7))
  }

  /** Of all values so far. */
  get bytes(): number {
    return this.used
  }

  /**
   * Appends `count` ranges: the first, then each that stands `stride` behind. They must be valid UTF-8. Everything is
   * held in local variables, since this loop copies every byte of a CSV file.
   */
  addRanges({ from, to, bytes, side }: Ranges, first: number, stride: number, count: number): void {
    while (this.rows + count >= this.starts.length) this.growRows()
    const { starts, bitmap } = this
    let { data, used, rows } = this
    for (let k = first, n = 0; n < count; n++, k += stride) {
      const end = to[k] as number
      if (end < 0) {
        this.nulls++
        bitmap[rows >> 3] = (bitmap[rows >> 3] as number) & ~(1 << (rows & 7))
      } else {
        const at = from[k] as number
        const source = at < 0 ? side : bytes
        const start = at < 0 ? ~at : at
        const length = end - start
        if (used + length > data.length) data = this.growData(used, length)
        if (length > shortBytes) data.set(source.subarray(start, end), used)
        else for (let i = 0; i < length; i++) data[used + i] = source[start + i] as number
        used += length
      }
      starts[++rows] = used
    }
    this.used = used
    this.rows = rows
  }

  /** A lone surrogate becomes U+FFFD, as `TextEncoder` writes it. */
  addText(text: string): void {
    if (this.used + text.length > this.data.length) this.growData(this.used, text.length)
    const { data, used } = this
    let i = 0
    if (text.length <= shortBytes)
      for (; i < text.length; i++) {
        const unit = text.charCodeAt(i)
        if (unit > 127) break
        data[used + i] = unit
      }
    if (i === text.length) this.used += i
    else this.encode(text)
    this.endValue()
  }

  private encode(text: string): void {
    if (this.used + text.length * 3 > this.data.length) this.growData(this.used, text.length * 3)
    this.used += encoder.encodeInto(text, this.data.subarray(this.used)).written
  }

  /** Returns which row the value is of. */
  private endValue(): number {
    const row = this.rows++
    if (row + 1 >= this.starts.length) this.growRows()
    this.starts[row + 1] = this.used
    return row
  }

  private growData(used: number, length: number): Uint8Array {
    const data = new Uint8Array(Math.max(this.data.length * 2, used + length))
    data.set(this.data.subarray(0, used))
    this.data = data
    return data
  }

  private growRows(): void {
    const length = this.starts.length * 2
    const [starts, bitmap] = [new Int32Array(length), new Uint8Array((length >> 3) + 1).fill(255)]
    starts.set(this.starts)
    bitmap.set(this.bitmap)
    this.starts = starts
    this.bitmap = bitmap
  }

  /** The column so far, without a copy; the next one begins empty and as roomy as this one became. */
  take(): Vector {
    const { rows, nulls, bitmap, starts, data, used } = this
    this.data = new Uint8Array(Math.max(64, used + (used >> 3)))
    this.starts = new Int32Array(starts.length)
    this.bitmap = new Uint8Array(bitmap.length).fill(255)
    this.rows = 0
    this.nulls = 0
    this.used = 0
    return {
      length: rows,
      nulls,
      validity: nulls === 0 ? null : bitmap.subarray(0, Math.ceil(rows / 8)),
      buffers: [new Uint8Array(starts.buffer, 0, (rows + 1) * 4), data.subarray(0, used)],
      children: [],
    }
  }
}

import { damaged } from '../refusal.ts'
import {
  type Codes,
  distanceCodes,
  type Extra,
  fixedCodes,
  lengthCodes,
  order,
  type Variant,
} from './deflate-codes.ts'
import { type PrefixCode, prefixCode } from './huffman.ts'

const window = 65536
const longestMatch = 65538
const outputBytes = 512 * 1024
/** Bytes that one symbol with its extra bits, or the header of a block, can take at most. */
const symbolBytes = 16
const headerBytes = 700
const none = new Uint8Array(0)
/** Output is handed on from here. */
const full = window + outputBytes

/**
 * Expands a raw DEFLATE stream (RFC 1951) piece by piece. Our own, because `DecompressionStream` does not say where
 * a stream ends, which files of several gzip members need, and does not know Deflate64. Callers check the CRC.
 */
export class Inflater {
  /** True once the last block has ended; what was pushed and not used is in `rest`. */
  ended = false
  private readonly lengths: Extra
  private readonly distances: Extra
  private input: Uint8Array = none
  private at = 0
  private bits = 0
  private bitCount = 0
  private isLast = false
  private isFinalBlock = false
  private stored = 0
  private codes: Codes | null = null
  private readonly output = new Uint8Array(full + longestMatch)
  private sent = 0
  private end = 0

  constructor(variant: Variant) {
    this.lengths = lengthCodes(variant)
    this.distances = distanceCodes(variant)
  }

  /** What can be expanded once `piece` is there, in pieces of at most 0.6 MB; `last` says that nothing follows. */
  *push(piece: Uint8Array, last: boolean): Generator<Uint8Array> {
    this.input = joined(this.rest, piece)
    this.at = 0
    this.isLast = last
    while (!this.ended && this.step()) if (this.end >= full) yield this.flush()
    this.giveBack()
    if (this.end > this.sent) yield this.flush()
    if (last && !this.ended) throw tooShort()
  }

  /** Bytes behind the stream once it has ended, else bytes that wait for more. */
  get rest(): Uint8Array {
    return this.input.subarray(this.at)
  }

  /** Does what it can until output is full; false when more input is needed. */
  private step(): boolean {
    if (this.stored > 0) return this.copyStored()
    if (this.codes !== null) return this.expand(this.codes)
    if (this.isFinalBlock) return this.finish()
    if (!this.isLast && this.input.length - this.at < headerBytes) return false
    return this.beginBlock()
  }

  private finish(): boolean {
    this.take(this.bitCount & 7)
    this.giveBack()
    this.ended = true
    return true
  }

  /** Whole bytes that were read ahead go back to the input. */
  private giveBack(): void {
    this.at -= this.bitCount >>> 3
    this.bitCount &= 7
    this.bits &= (1 << this.bitCount) - 1
  }

  private beginBlock(): boolean {
    this.isFinalBlock = this.take(1) === 1
    const kind = this.take(2)
    if (kind === 0) this.beginStored()
    else if (kind === 1) this.codes = fixedCodes()
    else if (kind === 2) this.codes = this.dynamicCodes()
    else throw damaged('has a block of no known kind')
    this.checkInput()
    return true
  }

  private beginStored(): void {
    this.take(this.bitCount & 7)
    const length = this.take(16)
    if ((length ^ this.take(16)) !== 0xffff) throw damaged('a stored block states two lengths')
    this.giveBack()
    this.stored = length
  }

  private copyStored(): boolean {
    const room = this.output.length - this.end
    const count = Math.min(this.stored, this.input.length - this.at, room)
    if (count === 0) return false
    this.output.set(this.input.subarray(this.at, this.at + count), this.end)
    this.at += count
    this.end += count
    this.stored -= count
    return true
  }

  /** The code lengths of a block are themselves coded; 16 to 18 repeat (RFC 1951, 3.2.7). */
  private dynamicCodes(): Codes {
    const literals = this.take(5) + 257
    const distances = this.take(5) + 1
    const count = this.take(4) + 4
    const lengths = new Uint8Array(19)
    for (let i = 0; i < count; i++) lengths[order[i] ?? 0] = this.take(3)
    const all = this.codeLengths(prefixCode(lengths), literals + distances)
    return { literals: prefixCode(all.subarray(0, literals)), distances: prefixCode(all.subarray(literals)) }
  }

  private codeLengths(code: PrefixCode, count: number): Uint8Array {
    const lengths = new Uint8Array(count)
    for (let i = 0; i < count; ) {
      const symbol = this.symbol(code)
      if (symbol < 16) lengths[i++] = symbol
      else {
        if (symbol === 16 && i === 0) throw damaged('repeats a code length before the first')
        const repeated = symbol === 16 ? (lengths[i - 1] ?? 0) : 0
        const times = symbol === 16 ? 3 + this.take(2) : symbol === 17 ? 3 + this.take(3) : 11 + this.take(7)
        if (i + times > count) throw damaged('has more code lengths than codes')
        lengths.fill(repeated, i, i + times)
        i += times
      }
    }
    return lengths
  }

  /**
   * Literals and matches up to the end of the block, of the input or of the room for output. One loop on local
   * variables, because every byte passes here: small methods on fields were three times as slow.
   */
  private expand({ literals, distances }: Codes): boolean {
    const { input, output, lengths } = this
    const enough = this.isLast ? Number.POSITIVE_INFINITY : input.length - symbolBytes
    const { table, mask } = literals
    let { at, bits, bitCount, end } = this
    let going = true
    while (going && end < full && at <= enough) {
      while (bitCount < 15) {
        bits |= (at < input.length ? (input[at] as number) : 0) << bitCount
        at++
        bitCount += 8
      }
      const entry = table[bits & mask] as number
      const symbol = entry >>> 4
      bits >>>= entry & 15
      bitCount -= entry & 15
      if (symbol < 256 && entry !== 0) output[end++] = symbol
      else {
        this.at = at
        this.bits = bits
        this.bitCount = bitCount
        this.end = end
        if (entry === 0) throw damaged('has a code of no known symbol')
        if (symbol === 256) {
          this.codes = null
          going = false
        } else this.copyMatch(this.extended(lengths, symbol - 257), distances)
        at = this.at
        bits = this.bits
        bitCount = this.bitCount
        end = this.end
      }
      if (at > input.length && at - (bitCount >>> 3) > input.length) throw tooShort()
    }
    this.at = at
    this.bits = bits
    this.bitCount = bitCount
    this.end = end
    return !going || end >= full
  }

  private copyMatch(length: number, distances: PrefixCode): void {
    const { output, end } = this
    const distance = this.extended(this.distances, this.symbol(distances))
    if (distance > end) throw damaged('points before its beginning')
    if (distance === 1) output.fill(output[end - 1] as number, end, end + length)
    else if (length > 40 && distance >= length)
      output.copyWithin(end, end - distance, end - distance + length)
    else
      for (let i = end, from = end - distance; i < end + length; i++, from++)
        output[i] = output[from] as number
    this.end = end + length
  }

  private extended(codes: Extra, index: number): number {
    const base = codes.base[index]
    if (base === undefined) throw damaged('has a length or distance of no known kind')
    return base + this.take(codes.bits[index] ?? 0)
  }

  private symbol({ table, mask }: PrefixCode): number {
    while (this.bitCount < 15) this.refill()
    const entry = table[this.bits & mask] ?? 0
    const length = entry & 15
    if (length === 0) throw damaged('has a code of no known symbol')
    this.bits >>>= length
    this.bitCount -= length
    return entry >>> 4
  }

  /** At most 16 bits, first bit lowest. */
  private take(count: number): number {
    while (this.bitCount < count) this.refill()
    const value = this.bits & ((1 << count) - 1)
    this.bits >>>= count
    this.bitCount -= count
    return value
  }

  /** Behind the last byte there are zeros, which `checkInput` finds out. */
  private refill(): void {
    const byte = this.at < this.input.length ? (this.input[this.at] ?? 0) : 0
    this.bits |= byte << this.bitCount
    this.at++
    this.bitCount += 8
  }

  private checkInput(): void {
    if (this.at - (this.bitCount >>> 3) > this.input.length) throw tooShort()
  }

  /** A copy of what was not sent yet; what matches may point at stays. */
  private flush(): Uint8Array {
    const piece = this.output.slice(this.sent, this.end)
    if (this.end > window) {
      this.output.copyWithin(0, this.end - window, this.end)
      this.end = window
    }
    this.sent = this.end
    return piece
  }
}

function tooShort(): Error {
  return damaged('the compressed data ends too early')
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

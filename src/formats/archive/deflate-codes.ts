import { type PrefixCode, prefixCode } from './huffman.ts'

/** Deflate64 (ZIP method 9) doubles the window and lets one match be 64 KB; Windows writes it for files over 2 GB. */
export type Variant = 'deflate' | 'deflate64'

export interface Codes {
  readonly literals: PrefixCode
  readonly distances: PrefixCode
}

/** Lengths or distances: the least one that a symbol means, and how many bits are added to it. */
export interface Extra {
  readonly base: readonly number[]
  readonly bits: readonly number[]
}

/** In which order the lengths of the code for code lengths stand (RFC 1951, 3.2.7). */
export const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

export function lengthCodes(variant: Variant): Extra {
  const bits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]
  const base = bases(bits, 3)
  return variant === 'deflate'
    ? { base: [...base, 258], bits: [...bits, 0] }
    : { base: [...base, 3], bits: [...bits, 16] }
}

export function distanceCodes(variant: Variant): Extra {
  const count = variant === 'deflate' ? 30 : 32
  const bits = Array.from({ length: count }, (_, i) => Math.max(0, (i >>> 1) - 1))
  return { base: bases(bits, 1), bits }
}

function bases(bits: readonly number[], first: number): number[] {
  let next = first
  return bits.map(count => {
    const base = next
    next += 1 << count
    return base
  })
}

let fixed: Codes | null = null

/** The codes of blocks that bring none of their own (RFC 1951, 3.2.6). */
export function fixedCodes(): Codes {
  const lengths = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)
  fixed ??= { literals: prefixCode(lengths), distances: prefixCode(new Uint8Array(32).fill(5)) }
  return fixed
}

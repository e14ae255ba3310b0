import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Inflater } from './inflate.ts'

/** Expands `bytes` given in pieces of `size`; what stands behind the stream is in `rest`. */
function inflate(bytes: Uint8Array, size = bytes.length, variant: 'deflate' | 'deflate64' = 'deflate') {
  const inflater = new Inflater(variant)
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length && !inflater.ended; at += size)
    for (const piece of inflater.push(bytes.subarray(at, at + size), at + size >= bytes.length))
      pieces.push(piece)
  return { bytes: Buffer.concat(pieces), rest: Buffer.from(inflater.rest) }
}

/** Bits as RFC 1951 packs them: the first of the text is the lowest of the first byte. */
function packed(bits: string): Uint8Array {
  const digits = bits.replaceAll(/[^01]/g, '')
  const bytes = new Uint8Array(Math.ceil(digits.length / 8))
  for (let i = 0; i < digits.length; i++)
    if (digits[i] === '1') bytes[i >>> 3] = (bytes[i >>> 3] ?? 0) | (1 << (i & 7))
  return bytes
}

describe('DEFLATE', () => {
  test('expands what zlib compressed, at every level and strategy, however it is cut', () => {
    const compressible = fc
      .array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 400 })), { maxLength: 30 })
      .map(runs => Buffer.concat(runs.flatMap(([bytes, times]) => Array<Uint8Array>(times).fill(bytes))))
    fc.assert(
      fc.property(
        compressible,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 5000 }),
        (plain, level, strategy, size) => {
          const compressed = deflateRawSync(plain, { level, strategy })
          expect(inflate(compressed, size).bytes.equals(plain)).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('expands more than a window, with matches that reach back to its far end', () => {
    const noise = Buffer.from(Array.from({ length: 32_000 }, (_, i) => (i * i * 2654435761) >>> 24))
    const plain = Buffer.concat(Array<Uint8Array>(80).fill(noise))
    expect(inflate(deflateRawSync(plain), 1000).bytes.equals(plain)).toBe(true)
  })

  test('says exactly what stands behind the stream', () => {
    const stream = deflateRawSync(Buffer.from('hello hello hello'))
    for (let size = 1; size < 20; size++) {
      const behind = Buffer.concat([stream, Buffer.from('behind')])
      const { bytes, rest } = inflate(behind, size)
      expect(bytes.toString()).toBe('hello hello hello')
      expect('behind'.startsWith(rest.toString())).toBe(true)
      if (size === 1) continue
      expect(inflate(behind).rest.toString()).toBe('behind')
    }
  })

  test('no prefix of a stream is taken for the whole', () => {
    const stream = deflateRawSync(Buffer.from('a,b\n1,2\n'.repeat(50)))
    for (let length = 1; length < stream.length; length++)
      expect(() => inflate(Buffer.from(stream.subarray(0, length)))).toThrow('unreadable-file')
  })

  test('damage never hangs, and never throws anything but a refusal', () => {
    const stream = deflateRawSync(Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * i) % 251)))
    fc.assert(
      fc.property(fc.nat(stream.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(stream)
        damaged[at] = byte
        try {
          inflate(damaged)
        } catch (thrown) {
          expect(String(thrown)).toContain('unreadable-file')
        }
      }),
      { numRuns: 500 },
    )
  })

  // Final block, fixed codes: 'a' = 0x61 -> 00110000 + 0x61 = 10010001; length code 285 -> 11000101; distance 0 -> 00000;
  // end of block 0000000. In DEFLATE 285 is a match of 258, in Deflate64 of 3 + the 16 bits that follow.
  test('length code 285 is 258 bytes, in Deflate64 3 + 16 bits', () => {
    const a = '1 10 10010001'
    expect(inflate(packed(`${a} 11000101 00000 0000000`)).bytes.toString()).toBe('a'.repeat(259))
    const long = packed(`${a} 11000101 1111111111111111 00000 0000000`)
    expect(inflate(long, long.length, 'deflate64').bytes.toString()).toBe('a'.repeat(1 + 65538))
  })

  test('a match that points before the beginning, and codes that cannot be, are refused', () => {
    expect(() => inflate(packed('1 10 11000101 00000 0000000'))).toThrow('unreadable-file')
    expect(() => inflate(packed('1 11 0000'))).toThrow('unreadable-file')
    expect(() => inflate(new Uint8Array([1, 5, 0, 5, 0, 1, 2, 3, 4, 5]))).toThrow('unreadable-file')
  })
})

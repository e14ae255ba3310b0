import { decompress as decompressZstd } from 'fzstd'
import { limits } from '../input.ts'
import { damaged, overLimit } from '../refusal.ts'
import { decompressLz4 } from './lz4.ts'

/**
 * One buffer of a compressed batch: a little-endian int64 with the length once expanded (-1: stored as it is), then
 * the compressed bytes. What comes out must have exactly the declared length.
 */
export function expand(buffer: Uint8Array, codec: 'lz4' | 'zstd', budget: { bytes: number }): Uint8Array {
  if (buffer.length === 0) return buffer
  if (buffer.length < 8) throw damaged('a compressed buffer without its length')
  const declared = new DataView(buffer.buffer, buffer.byteOffset, 8).getBigInt64(0, true)
  const packed = buffer.subarray(8)
  if (declared === -1n) return packed.slice()
  const length = checked(declared, budget)
  if (length === 0) return new Uint8Array(0)
  const out = new Uint8Array(length)
  const written = codec === 'lz4' ? decompressLz4(packed, out) : expandZstd(packed, out)
  if (written !== length) throw damaged(`a ${codec} buffer of ${written} bytes that declares ${length}`)
  return out
}

function checked(declared: bigint, budget: { bytes: number }): number {
  if (declared < 0n) throw damaged(`a compressed buffer that declares ${declared} bytes`)
  budget.bytes -= Number(declared)
  if (budget.bytes < 0)
    throw overLimit('bytes in one expanded Arrow record batch', Number(declared), limits.bodyBytes)
  return Number(declared)
}

function expandZstd(packed: Uint8Array, out: Uint8Array): number {
  try {
    return decompressZstd(packed, out).length
  } catch (thrown) {
    throw damaged(`damaged zstd data: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

/** The `i`-th little-endian integer of `bits` bits; `bytes` begins at any position. */
export function integerAt(bytes: Uint8Array, i: number, bits: number, signed: boolean): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bits <= 32) return BigInt(numberAt(view, i, bits, signed))
  if (bits === 64) return signed ? view.getBigInt64(i * 8, true) : view.getBigUint64(i * 8, true)
  const words = bits / 64
  let value = view.getBigInt64((i * words + words - 1) * 8, true)
  for (let word = words - 2; word >= 0; word--)
    value = (value << 64n) | view.getBigUint64((i * words + word) * 8, true)
  return value
}

/** The same for at most 32 bits, as a number. */
export function numberAt(view: DataView, i: number, bits: number, signed: boolean): number {
  if (bits === 8) return signed ? view.getInt8(i) : view.getUint8(i)
  if (bits === 16) return signed ? view.getInt16(i * 2, true) : view.getUint16(i * 2, true)
  return signed ? view.getInt32(i * 4, true) : view.getUint32(i * 4, true)
}

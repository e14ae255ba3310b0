/** The highest bit of each of four bytes. */
const highBits = 0x80808080 | 0

/** Strict UTF-8 (WHATWG: no overlong forms, no surrogates, at most U+10FFFF) over the pieces of a file. */
export class Utf8Check {
  private missing = 0
  private lowest = 0x80
  private highest = 0xbf

  /** Index of the first byte that cannot stand where it does, or -1. */
  push(bytes: Uint8Array): number {
    const words = wordsOf(bytes)
    for (let i = 0; i < bytes.length; ) {
      const byte = bytes[i] as number
      if (byte > 127 || this.missing > 0) {
        if (!this.take(byte)) return i
        i++
      } else if ((++i & 3) === 0) i = behindAscii(words, i >> 2)
    }
    return -1
  }

  /** False when the last character is cut off. */
  get isComplete(): boolean {
    return this.missing === 0
  }

  private take(byte: number): boolean {
    if (this.missing === 0) return this.lead(byte)
    if (byte < this.lowest || byte > this.highest) return false
    this.missing--
    this.lowest = 0x80
    this.highest = 0xbf
    return true
  }

  private lead(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false
    this.missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    if (byte === 0xe0) this.lowest = 0xa0
    else if (byte === 0xf0) this.lowest = 0x90
    else if (byte === 0xed) this.highest = 0x9f
    else if (byte === 0xf4) this.highest = 0x8f
    return true
  }
}

/** Four bytes at once, where the memory allows it. */
function wordsOf({ buffer, byteOffset, length }: Uint8Array): Int32Array {
  return byteOffset % 4 === 0 ? new Int32Array(buffer, byteOffset, length >> 2) : new Int32Array(0)
}

/** Index of the first byte of the first word, from `word` on, that is not all ASCII. */
function behindAscii(words: Int32Array, word: number): number {
  let i = word
  while (i < words.length && ((words[i] as number) & highBits) === 0) i++
  return i * 4
}

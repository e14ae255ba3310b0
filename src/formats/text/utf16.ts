import type { Encoding } from '../../domain/file.ts'

/** So many characters of a Western or Chinese table have a zero byte at least: digits, delimiters, ends of lines. */
const leastZeros = 0.1

/**
 * UTF-16 without a byte order mark: zero bytes mostly on one side of the pairs (Chinese has some on the other: 一 is
 * U+4E00), and what they give is text. Null where it is none.
 */
export function guessUtf16(head: Uint8Array): Extract<Encoding, 'utf-16le' | 'utf-16be'> | null {
  const pairs = head.length >> 1
  if (pairs < 4) return null
  const zeros = [0, 0]
  for (let i = 0; i < pairs * 2; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd >= pairs * leastZeros && even * 3 < odd && isText(head, 'utf-16le')) return 'utf-16le'
  if (even >= pairs * leastZeros && odd * 3 < even && isText(head, 'utf-16be')) return 'utf-16be'
  return null
}

/** Decodes without an error into characters that text is made of. */
function isText(head: Uint8Array, encoding: Encoding): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character says that this is no text
    return !/[\0-\x08\x0e-\x1f\ufffe\uffff]/.test(text)
  } catch {
    return false
  }
}

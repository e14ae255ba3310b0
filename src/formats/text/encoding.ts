import type { Doubt, Encoding, EncodingEvidence } from '../../domain/file.ts'
import { type Fingerprint, pieces } from '../bytes.ts'
import { type Input, limits } from '../input.ts'
import { damaged } from '../refusal.ts'
import { looksLikeGb18030 } from './gb18030.ts'
import { Utf8Check } from './utf8.ts'
import { guessUtf16 } from './utf16.ts'

export interface Decoding {
  readonly encoding: Encoding
  readonly evidence: EncodingEvidence
}

/** So many bytes are decoded at once: as narrow as that is the place of a byte that does not fit. */
const decodedBytes = 64 * 1024

/**
 * The encoding of a text file, from all of its bytes: a chosen one, a byte order mark, strict UTF-8, then as
 * guesses GB18030 (when every byte decodes and the characters are common ones) and at last windows-1252. UTF-16
 * without a mark is guessed before UTF-8, since its ASCII characters are strict UTF-8 too.
 */
export async function detectEncoding(input: Input): Promise<Decoding> {
  if (input.options.encoding !== undefined) return { encoding: input.options.encoding, evidence: 'chosen' }
  const head = new Uint8Array(await input.file.slice(0, limits.headBytes).arrayBuffer())
  const marked = byteOrderMark(head)
  if (marked !== null) return { encoding: marked, evidence: 'byte-order-mark' }
  const wide = guessUtf16(head)
  if (wide !== null) return { encoding: wide, evidence: 'guess' }
  if (await isUtf8(input)) return { encoding: 'utf-8', evidence: 'strict' }
  if (looksLikeGb18030(await firstForeign(input)) && (await decodes(input, 'gb18030')))
    return { encoding: 'gb18030', evidence: 'guess' }
  return { encoding: 'windows-1252', evidence: 'guess' }
}

export function encodingDoubts({ evidence }: Decoding): readonly Doubt[] {
  return evidence === 'guess' ? [{ kind: 'guessed-encoding' }] : []
}

function byteOrderMark(head: Uint8Array): Encoding | null {
  const [first, second, third] = head
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

async function isUtf8(input: Input): Promise<boolean> {
  const check = new Utf8Check()
  for await (const piece of pieces(silent(input))) if (check.push(piece) >= 0) return false
  return check.isComplete
}

async function decodes(input: Input, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const piece of pieces(silent(input))) decoder.decode(piece, { stream: true })
    decoder.decode()
    return true
  } catch (thrown) {
    if (thrown instanceof TypeError) return false
    throw thrown
  }
}

/** The first piece of the file that holds anything but ASCII. */
async function firstForeign(input: Input): Promise<Uint8Array> {
  for await (const piece of pieces(silent(input))) if (piece.some(byte => byte >= 0x80)) return piece
  return new Uint8Array(0)
}

function silent(input: Input): Input {
  return { ...input, progress: () => {} }
}

/** The text of the whole file in pieces; a byte sequence that the encoding does not know stops the reading. */
export async function* decoded(
  input: Input,
  encoding: Encoding,
  fingerprint?: Fingerprint,
): AsyncGenerator<string> {
  if (encoding === 'utf-8') return yield* decodedUtf8(input, fingerprint)
  const decoder = new TextDecoder(encoding, { fatal: true })
  let at = 0
  for await (const piece of pieces(input, fingerprint)) {
    let text = ''
    for (let from = 0; from < piece.length; from += decodedBytes) {
      const block = piece.subarray(from, from + decodedBytes)
      const some = decode(decoder, block)
      if (some === null) throw await misfit(input, encoding, at + from, at + from + block.length)
      text += some
    }
    at += piece.length
    if (text !== '') yield text
  }
  if (decode(decoder, null) === null)
    throw damaged(`bytes that are not ${encoding}`, 'at the end of the file')
}

async function* decodedUtf8(input: Input, fingerprint?: Fingerprint): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const piece of checkedPieces(input, fingerprint)) {
    const text = decoder.decode(piece, { stream: true })
    if (text !== '') yield text
  }
}

/** null where the bytes do not fit. */
function decode(decoder: TextDecoder, bytes: Uint8Array | null): string | null {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    return null
  }
}

const encoder = new TextEncoder()

/** The whole file as strict UTF-8 in pieces, without byte order mark; pieces may end within a character. */
export async function* utf8Pieces(
  input: Input,
  encoding: Encoding,
  fingerprint?: Fingerprint,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') return yield* checkedPieces(input, fingerprint)
  let isFirst = true
  for await (const text of decoded(input, encoding, fingerprint)) {
    yield encoder.encode(isFirst ? text.replace(/^\ufeff/, '') : text)
    isFirst = false
  }
}

async function* checkedPieces(input: Input, fingerprint?: Fingerprint): AsyncGenerator<Uint8Array> {
  const check = new Utf8Check()
  let at = 0
  for await (const piece of pieces(input, fingerprint)) {
    const bad = check.push(piece)
    if (bad >= 0) throw await misfit(input, 'utf-8', at + bad, at + bad)
    yield at === 0 && byteOrderMark(piece) === 'utf-8' ? piece.subarray(3) : piece
    at += piece.length
  }
  if (!check.isComplete) throw damaged('bytes that are not utf-8', 'at the end of the file')
}

/** The failure of bytes between two places of the file, the first with its line. */
async function misfit(input: Input, encoding: Encoding, from: number, to: number) {
  let line = 1
  for await (const piece of pieces({ ...silent(input), file: input.file.slice(0, from) }))
    for (const byte of piece) if (byte === 10) line++
  const start = `byte ${from + 1}, line ${line}`
  const place = from === to ? start : `between ${start}, and byte ${to}`
  return damaged(`bytes that are not ${encoding}`, place)
}

import type { Doubt, Encoding, EncodingEvidence } from '../../domain/file.ts'
import { type Fingerprint, pieces } from '../bytes.ts'
import { type Input, limits } from '../input.ts'
import { damaged } from '../refusal.ts'
import { looksLikeGb18030 } from './gb18030.ts'

export interface Decoding {
  readonly encoding: Encoding
  readonly evidence: EncodingEvidence
}

/**
 * The encoding of a text file, from all of its bytes: a chosen one, a byte order mark, strict UTF-8, then as
 * guesses GB18030 (when every byte decodes and the characters are common ones) and at last windows-1252.
 */
export async function detectEncoding(input: Input): Promise<Decoding> {
  if (input.options.encoding !== undefined) return { encoding: input.options.encoding, evidence: 'chosen' }
  const head = new Uint8Array(await input.file.slice(0, limits.headBytes).arrayBuffer())
  const marked = byteOrderMark(head)
  if (marked !== null) return { encoding: marked, evidence: 'byte-order-mark' }
  if (await decodes(input, 'utf-8')) return { encoding: 'utf-8', evidence: 'strict' }
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

async function decodes(input: Input, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const piece of pieces({ ...input, progress: () => {} })) {
    try {
      decoder.decode(piece, { stream: true })
    } catch {
      return false
    }
  }
  try {
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/** The first piece of the file that holds anything but ASCII. */
async function firstForeign(input: Input): Promise<Uint8Array> {
  for await (const piece of pieces({ ...input, progress: () => {} }))
    if (piece.some(byte => byte >= 0x80)) return piece
  return new Uint8Array(0)
}

/** The text of the whole file in pieces; a byte sequence that the encoding does not know stops the reading. */
export async function* decoded(
  input: Input,
  encoding: Encoding,
  fingerprint?: Fingerprint,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let at = 0
  for await (const piece of pieces(input, fingerprint)) {
    const text = decode(decoder, piece, encoding, at)
    at += piece.length
    if (text !== '') yield text
  }
  decode(decoder, null, encoding, at)
}

function decode(decoder: TextDecoder, piece: Uint8Array | null, encoding: Encoding, at: number): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true })
  } catch {
    throw damaged(`bytes that are not ${encoding}`, `after byte ${at}`)
  }
}

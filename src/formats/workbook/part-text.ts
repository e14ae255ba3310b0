import type { Entry } from '../archive/directory.ts'
import { damaged } from '../refusal.ts'
import { unpacked, type Zip } from './zip.ts'

/** A part's text in pieces: UTF-16 by its byte order mark, UTF-8 else. */
export async function* partText(zip: Zip, entry: Entry, signal: AbortSignal): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  try {
    for await (const piece of unpacked(zip, entry)) {
      signal.throwIfAborted()
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true })
      yield decoder.decode(piece, { stream: true })
    }
    yield decoder?.decode() ?? ''
  } catch (thrown) {
    if (thrown instanceof TypeError) throw damaged('the XML is not valid UTF-8', entry.name)
    throw thrown
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

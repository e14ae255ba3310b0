import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Input } from './input.ts'
import { damaged } from './refusal.ts'

const pieceBytes = 4 * 2 ** 20
/** Up to here a file that needs random access is held in memory, so that hash and parser see the same copy. */
const heldBytes = 64 * 2 ** 20

/** A running SHA-256. */
export class Fingerprint {
  private readonly hash = sha256.create()
  add(bytes: Uint8Array): void {
    this.hash.update(bytes)
  }
  /** Lower-case hexadecimal; the fingerprint is used up. */
  hex(): string {
    return bytesToHex(this.hash.digest())
  }
}

/**
 * The file in order, in pieces of at most 4 MB, each read while the one before is worked on; throws `AbortError`
 * once the signal fires.
 */
export async function* pieces(input: Input, fingerprint?: Fingerprint): AsyncGenerator<Uint8Array> {
  const { size } = input.file
  const fetchAt = (at: number) => {
    const piece = at < size ? bytesAt(input, at, Math.min(pieceBytes, size - at)) : null
    // Awaited later, or never when the caller stops: a failure must not count as unhandled until then.
    piece?.catch(() => {})
    return piece
  }
  let coming = fetchAt(0)
  for (let at = 0; coming !== null; ) {
    const piece: Uint8Array = await coming
    input.signal.throwIfAborted()
    at += piece.length
    coming = fetchAt(at)
    fingerprint?.add(piece)
    yield piece
    input.progress(at)
  }
}

/** Exactly `length` bytes from `at`, in a buffer of their own. */
export async function bytesAt(input: Input, at: number, length: number): Promise<Uint8Array> {
  input.signal.throwIfAborted()
  if (at < 0 || length < 0 || at + length > input.file.size)
    throw damaged('points outside the file', `byte ${at}`)
  const bytes = new Uint8Array(await input.file.slice(at, at + length).arrayBuffer())
  if (bytes.length !== length) throw damaged('the file changed while it was read', `byte ${at}`)
  return bytes
}

/** A file opened for random access together with the hash of what is read from it. */
export interface Snapshot {
  readonly input: Input
  /** SHA-256 of the bytes that were parsed; throws when the file changed meanwhile. */
  sha256(): Promise<string>
}

export async function snapshot(input: Input): Promise<Snapshot> {
  if (input.file.size > heldBytes) {
    const before = await digest(input)
    return { input, sha256: async () => same(before, await digest(input)) }
  }
  const bytes = await bytesAt(input, 0, input.file.size)
  const fingerprint = new Fingerprint()
  fingerprint.add(bytes)
  const hex = fingerprint.hex()
  return { input: { ...input, file: new Blob([bytes as BlobPart]) }, sha256: async () => hex }
}

async function digest(input: Input): Promise<string> {
  const fingerprint = new Fingerprint()
  for await (const _ of pieces({ ...input, progress: () => {} }, fingerprint)) input.signal.throwIfAborted()
  return fingerprint.hex()
}

function same(before: string, after: string): string {
  if (before !== after) throw damaged('the file changed while it was read')
  return after
}

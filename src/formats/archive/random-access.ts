import { bytesAt, pieces } from '../bytes.ts'
import type { Input } from '../input.ts'
import { damaged } from '../refusal.ts'

/** A file that is read by place; a range outside it is refused. */
export interface RandomAccess {
  readonly size: number
  at(offset: number, length: number): Promise<Uint8Array>
  /** The same in pieces of a few megabytes, with a turn of the event loop between them. */
  pieces(offset: number, length: number): AsyncIterable<Uint8Array>
}

const pieceBytes = 2 ** 20

/** A file that stays where it is. */
export function onDisk(input: Input): RandomAccess {
  return {
    size: input.file.size,
    at: (offset, length) => bytesAt(input, offset, length),
    pieces: (offset, length) => pieces({ ...input, file: input.file.slice(offset, offset + length) }),
  }
}

/** Bytes that are held anyway; what is given are views of them. */
export function inMemory(bytes: Uint8Array): RandomAccess {
  const range = (offset: number, length: number) => {
    if (offset + length > bytes.length) throw damaged('points outside the file', `byte ${offset}`)
    return bytes.subarray(offset, offset + length)
  }
  return {
    size: bytes.length,
    at: async (offset, length) => range(offset, length),
    pieces: (offset, length) => slices(range(offset, length)),
  }
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    if (at > 0) await new Promise(resolve => setTimeout(resolve, 0))
    yield bytes.subarray(at, at + pieceBytes)
  }
}

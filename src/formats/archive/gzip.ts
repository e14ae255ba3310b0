import { type Fingerprint, pieces } from '../bytes.ts'
import type { Input } from '../input.ts'
import { damaged } from '../refusal.ts'
import { Collector } from './collector.ts'
import { decodedName } from './entry-name.ts'
import type { Allowance } from './gauge.ts'
import { Inflater } from './inflate.ts'
import { ByteSource } from './source.ts'

export interface Gunzipped {
  readonly file: Blob
  /** The name that the first member gives its content, without folders; null where it gives none. */
  readonly name: string | null
}

const flag = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/** All members of a gzip file (RFC 1952) one behind the other, each checked against its CRC and length. */
export async function gunzip(
  input: Input,
  allowance: Allowance,
  fingerprint?: Fingerprint,
): Promise<Gunzipped> {
  const source = new ByteSource(pieces(input, fingerprint), input.file.size)
  const parts: Blob[] = []
  let name: string | null = null
  do {
    const stated = await memberName(source)
    if (parts.length === 0) name = stated
    parts.push(await expandMember(source, new Collector(allowance, input.signal)))
  } while (await anotherMember(source))
  return { file: new Blob(parts), name }
}

/** Reads a member's header. */
async function memberName(source: ByteSource): Promise<string | null> {
  const [first, second, method = 0, flags = 0] = await source.take(10)
  if (first !== 0x1f || second !== 0x8b) throw damaged('has no gzip header', `byte ${source.position - 10}`)
  if (method !== 8 || (flags & flag.reserved) !== 0) throw damaged('has a gzip header of no known kind')
  if (flags & flag.extra) {
    const [low = 0, high = 0] = await source.take(2)
    await source.take(low | (high << 8))
  }
  const name = flags & flag.name ? decodedName(await source.takeText(), false) : ''
  if (flags & flag.comment) await source.takeText()
  if (flags & flag.headerCrc) await source.take(2)
  return name.split(/[\\/]/).at(-1) || null
}

async function expandMember(source: ByteSource, collector: Collector): Promise<Blob> {
  const inflater = new Inflater('deflate')
  while (!inflater.ended) {
    const { bytes, last } = await source.next()
    for (const piece of inflater.push(bytes, last)) await collector.add(piece)
  }
  source.putBack(inflater.rest)
  const trailer = await source.take(8)
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8)
  collector.gauge.verify(view.getUint32(0, true))
  if (view.getUint32(4, true) !== collector.gauge.size % 2 ** 32) throw damaged('its length does not match')
  return collector.blob()
}

/** Zeros that fill up a block of a tape or a download may stand behind the last member, nothing else. */
async function anotherMember(source: ByteSource): Promise<boolean> {
  if (source.isAtEnd) return false
  const at = source.position
  const [next] = await source.peek()
  if (next === 0x1f) return true
  while (!source.isAtEnd) {
    const { bytes } = await source.next()
    if (bytes.some(byte => byte !== 0)) throw damaged('has other bytes behind its end', `byte ${at}`)
  }
  return false
}

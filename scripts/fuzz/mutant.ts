import { gzipSync } from 'node:zlib'
import { zipOf } from '../../src/formats/archive/testing.ts'
import { type Random, random } from '../sample/random.ts'
import { binarySeeds, sampleSeeds } from './binary-seeds.ts'
import { utf16 } from './encode.ts'
import { joined, mutations } from './mutations.ts'
import { withInner } from './repack.ts'
import type { Seed } from './seed.ts'
import { textSeeds } from './text-seeds.ts'

export interface Mutant {
  readonly format: string
  readonly name: string
  readonly bytes: Uint8Array
  /** What was done to which seed. */
  readonly story: string
  /** Whether the file still says the same, so that no credential of it may be found anywhere. */
  readonly sound: boolean
  /** What a person does with it before confirming or cancelling, drawn from this number. */
  readonly whim: number
}

export function allSeeds(): readonly Seed[] {
  const texts = textSeeds()
  return [...texts, ...binarySeeds(texts), ...sampleSeeds()]
}

/** The mutant of a number: the same seed, number and files give the same bytes. */
export function mutantOf(seeds: readonly Seed[], seed: number, index: number): Mutant {
  const drawn = random(seed, `mutant ${index}`)
  const formats = [...new Set(seeds.map(({ format }) => format))]
  const format = drawn.pick(formats)
  const file = drawn.pick(seeds.filter(candidate => candidate.format === format))
  const whim = drawn.uniform()
  if (drawn.chance(0.12)) return { ...disguised(file, drawn), format, whim }
  const other = drawn.pick(seeds)
  return { ...damaged(file, other, drawn), format, whim }
}

type Made = Pick<Mutant, 'name' | 'bytes' | 'story' | 'sound'>

function damaged(file: Seed, other: Seed, drawn: Random): Made {
  const kinds = Array.from({ length: drawn.integer(1, 3) }, () => drawn.pick(Object.keys(mutations)))
  const change = (bytes: Uint8Array) =>
    kinds.reduce((made, kind) => mutations[kind]?.(made, drawn, other.bytes) ?? made, bytes)
  const isInner = isPacked(file) && drawn.chance(0.6)
  const bytes = isInner
    ? withInner(file.bytes, count => drawn.integer(0, count - 1), change)
    : change(file.bytes)
  const from = kinds.includes('splice') ? ` with ${other.name}` : ''
  const story = `${file.name}${isInner ? ', inside' : ''}: ${kinds.join(', ')}${from}`
  return { name: file.name, bytes, story, sound: false }
}

function isPacked({ format, bytes }: Seed): boolean {
  return ['zip', 'gzip', 'xlsx'].includes(format) && bytes.length > 22
}

/** Other clothes for the same text; they apply only to seeds that are UTF-8. */
const disguises: Readonly<Record<string, (bytes: Uint8Array, name: string) => Uint8Array>> = {
  'as it is': bytes => bytes,
  gzip: bytes => Uint8Array.from(gzipSync(bytes)),
  zip: (content, name) => Uint8Array.from(zipOf([{ name, content }])),
  'CR LF': bytes => recoded(bytes, text => text.replaceAll('\n', '\r\n')),
  'a byte order mark': bytes => joined(Uint8Array.of(0xef, 0xbb, 0xbf), bytes),
  'UTF-16': bytes => utf16(new TextDecoder().decode(bytes), 'le'),
  'names in capitals': bytes =>
    recoded(bytes, text =>
      text.replaceAll(/password|api_key|authToken|credentialsValue/g, name => name.toUpperCase()),
    ),
  'no last line end': bytes => recoded(bytes, text => text.trimEnd()),
}

function recoded(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  return new TextEncoder().encode(change(new TextDecoder().decode(bytes)))
}

function disguised(file: Seed, drawn: Random): Made {
  const isPlain =
    ['csv', 'json', 'ndjson', 'influx-csv', 'line-protocol'].includes(file.format) && isUtf8(file)
  const isUtf8Only = ['influx-csv', 'line-protocol'].includes(file.format)
  const plainNames = Object.keys(disguises).filter(kind => !(isUtf8Only && kind === 'UTF-16'))
  const names = isPlain ? plainNames : ['as it is', 'gzip', 'zip']
  const isOpen = isPlain || !isPacked(file)
  const kind = isOpen ? drawn.pick(names) : 'as it is'
  const bytes = disguises[kind]?.(file.bytes, file.name) ?? file.bytes
  return { name: file.name, bytes, story: `${file.name}, sound: ${kind}`, sound: true }
}

function isUtf8({ bytes }: Seed): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

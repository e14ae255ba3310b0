import type { Random } from '../sample/random.ts'

/** One way to damage a file. `other` is a second file to take bytes from. */
export type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array

const encoder = new TextEncoder()

export function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(pieces))
}

function position(bytes: Uint8Array, random: Random): number {
  // Heads and ends decide what a file is taken for: they get more than their share.
  const end = Math.max(0, bytes.length - 1)
  const near = Math.min(end, 400)
  return random.weighted([
    [() => random.integer(0, end), 5],
    [() => random.integer(0, near), 3],
    [() => random.integer(end - near, end), 2],
  ] as const)()
}

function slice(bytes: Uint8Array, random: Random): readonly [number, number] {
  const from = position(bytes, random)
  const longest = random.chance(0.7) ? 40 : Math.max(1, bytes.length >> 1)
  return [from, Math.min(bytes.length, from + random.integer(1, longest))]
}

function replaced(bytes: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array {
  return joined(bytes.subarray(0, from), by, bytes.subarray(to))
}

const inserts: readonly Uint8Array[] = [
  ...['"', '""', "'", ',', ';', '\t', '\n', '\r\n', '\r', '{', '}', '[', ']', '\\', '\u0000', '\ufeff', '#'],
  ...['__proto__', '\u202e', '\u2028', '=1+1', '-0', '1e400', 'NaN', '\\u0000', '\\ud800', '<a>', '&amp;'],
].map(text => encoder.encode(text))
const rawInserts = [[0xff], [0xff, 0xfe], [0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x81, 0x30, 0x81, 0x30]]
const words: readonly string[] = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    'row_no',
    'file_id',
    'rowid',
    'select',
    'a.b',
    'a"b',
    '$key',
    '',
  ],
  ...[
    'x'.repeat(5000),
    '\u0001\u0002',
    '名'.repeat(80),
    '\u200b',
    'A',
    'a ',
    "';drop table x;--",
    '%s%n',
    '[]',
  ],
]
const values: readonly string[] = [
  ...[
    '-1',
    '0',
    '1e400',
    '-0',
    'NaN',
    'Infinity',
    '9223372036854775808',
    '1'.repeat(400),
    '0x10',
    '1.7976931348623157e308',
  ],
  ...[
    '99999999999999999999',
    '-62135596801',
    '253402300800000',
    '2026-02-30',
    '0000-00-00 00:00:00',
    '1,5',
    'true',
  ],
]

/** Where a pattern stands in the bytes, taken as Latin-1; null where it is nowhere. */
function found(bytes: Uint8Array, pattern: RegExp, random: Random): readonly [number, number] | null {
  const from = random.chance(0.4) ? 0 : position(bytes, random)
  const text = Buffer.from(bytes.subarray(from, from + 4000)).toString('latin1')
  const matches = [...text.matchAll(pattern)]
  if (matches.length === 0) return null
  const match = random.pick(matches)
  return [from + match.index, from + match.index + match[0].length]
}

function substitute(pattern: RegExp, by: readonly string[]): Mutation {
  return (bytes, random) => {
    const place = found(bytes, pattern, random)
    return place === null ? bytes : replaced(bytes, ...place, encoder.encode(random.pick(by)))
  }
}

const lies = [0, 1, 2, 7, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff8]

/** Sets a little-endian number that may be a length, an offset or a count. */
const lie: Mutation = (bytes, random) => {
  if (bytes.length < 8) return bytes
  const made = bytes.slice()
  const view = new DataView(made.buffer)
  const aligned = random.chance(0.7)
  const at = Math.min(position(bytes, random), bytes.length - 8)
  const offset = aligned ? at & ~3 : at
  const old = view.getUint32(offset, true)
  const near = [old + 1, old - 1, old * 2, old + 8, bytes.length - offset, bytes.length]
  const value = random.chance(0.5) ? random.pick(near) : random.pick(lies)
  if (random.chance(0.6)) view.setUint32(offset, value >>> 0, true)
  else if (random.chance(0.5)) view.setUint16(offset, value & 0xffff, true)
  else view.setBigUint64(offset, BigInt.asUintN(64, BigInt(Math.trunc(value)) * 0x1_0000_0001n), true)
  return made
}

const rearranged: Mutation = (bytes, random) => {
  const rows = Buffer.from(bytes).toString('latin1').split('\n')
  const [from, to] = [random.integer(0, rows.length - 1), random.integer(0, rows.length - 1)]
  const row = rows[from] ?? ''
  if (random.chance(0.5)) rows.splice(from, 1)
  rows.splice(to, 0, row)
  return Uint8Array.from(Buffer.from(rows.join('\n'), 'latin1'))
}

export const mutations: Readonly<Record<string, Mutation>> = {
  'bit flips': (bytes, random) => {
    const made = bytes.slice()
    for (let left = random.integer(1, 8); left > 0 && made.length > 0; left--) {
      const at = position(made, random)
      made[at] = (made[at] ?? 0) ^ (1 << random.integer(0, 7))
    }
    return made
  },
  truncation: (bytes, random) => bytes.slice(0, position(bytes, random)),
  beheading: (bytes, random) => bytes.slice(Math.min(position(bytes, random), bytes.length >> 1)),
  'slice twice': (bytes, random) => {
    const [from, to] = slice(bytes, random)
    const times = random.chance(0.1) ? 200 : 1
    const copies = Array.from({ length: times }, () => bytes.subarray(from, to))
    return replaced(bytes, to, to, joined(...copies))
  },
  'slice gone': (bytes, random) => replaced(bytes, ...slice(bytes, random), new Uint8Array()),
  insertion: (bytes, random) => {
    const at = position(bytes, random)
    const raw = random.chance(0.3) ? Uint8Array.from(random.pick(rawInserts)) : random.pick(inserts)
    return replaced(bytes, at, at, raw)
  },
  overwriting: (bytes, random) => {
    const [from, to] = slice(bytes, random)
    return bytes.slice().fill(random.pick([0, 0xff, 0x20, 0x22, 0x80]), from, to)
  },
  'chunks swapped': (bytes, random) => {
    const [a, b, c] = [position(bytes, random), position(bytes, random), position(bytes, random)].sort(
      (x, y) => x - y,
    )
    return joined(bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(c))
  },
  splice: (bytes, random, other) =>
    joined(bytes.subarray(0, position(bytes, random)), other.subarray(position(other, random))),
  'lying number': lie,
  'word replaced': substitute(/[A-Za-z_\x80-\xff]{2,}/g, words),
  'value replaced': substitute(/-?\d[\d.:TZ-]*/g, values),
  'lines rearranged': rearranged,
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  failureOfReading,
  inspectAll,
  noSamples,
  readAll,
  sample,
  tables,
  textRows,
  value,
} from '../testing.ts'
import { Utf8Check } from './utf8.ts'

/** 名称,值 / 北京,一 in GB 18030. */
const chinese = Uint8Array.of(
  0xc3,
  0xfb,
  0xb3,
  0xc6,
  44,
  0xd6,
  0xb5,
  10,
  0xb1,
  0xb1,
  0xbe,
  0xa9,
  44,
  0xd2,
  0xbb,
  10,
)

/** Behind a byte order mark. */
function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xfeff, little)
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), little)
  return bytes
}

describe('encodings', () => {
  test.each([
    ['utf-8', 'byte-order-mark', '\ufeffa,b\n一,2\n'],
    ['utf-8', 'strict', 'a,b\n一,2\n'],
    ['utf-16le', 'byte-order-mark', utf16('a,b\n一,2\n', true)],
    ['utf-16be', 'byte-order-mark', utf16('a,b\n一,2\n', false)],
  ])('%s is known by %s', async (encoding, encodingEvidence, bytes) => {
    expect(await inspectAll(bytes)).toMatchObject({ encoding, encodingEvidence, columns: ['a', 'b'] })
    expect(textRows(await readAll(bytes))).toEqual([['一', '2']])
  })

  test.each([
    ['utf-16le', true],
    ['utf-16be', false],
  ] as const)('%s without a mark is guessed', async (encoding, little) => {
    for (const text of ['a,b\n一,2\n', '设备,状态,电压\n泵一,在线,220.5\n阀二,离线,219.8\n']) {
      const bytes = utf16(text, little).subarray(2)
      const inspection = await inspectAll(bytes)
      expect(inspection).toMatchObject({ encoding, encodingEvidence: 'guess' })
      expect(inspection.doubts).toContainEqual({ kind: 'guessed-encoding' })
      const [, ...lines] = text.trim().split('\n')
      expect(textRows(await readAll(bytes))).toEqual(lines.map(line => line.split(',')))
    }
  })

  test('bytes with zeros that are no text are not UTF-16', async () => {
    const numbers = new Uint8Array(Uint32Array.from({ length: 64 }, (_, i) => i * 7).buffer)
    expect(await failureOfReading(numbers)).toMatchObject({ kind: 'unknown-format' })
  })

  test('UTF-16 that ends within a character fails', async () => {
    const bytes = utf16('a,b\n一,2\n', true)
    expect(await failureOfReading(bytes.subarray(0, bytes.length - 1))).toMatchObject({
      detail: 'bytes that are not utf-16le',
      where: 'at the end of the file',
    })
  })

  test('the place of a byte that does not fit is told', async () => {
    const bytes = new TextEncoder().encode(`a,b\n${'Zürich,2\n'.repeat(600_000)}`)
    // 4 bytes of header and 599,999 lines of 10 stand before the last line; its first byte is number 5,999,995.
    bytes[bytes.length - 10] = 0xff
    expect(await failureOfReading(bytes, { encoding: 'utf-8' })).toMatchObject({
      where: 'byte 5999995, line 600001',
    })
    const wide = await failureOfReading(bytes, { encoding: 'gb18030' })
    expect(wide).toMatchObject({ detail: 'bytes that are not gb18030' })
    const cut = new TextEncoder().encode('a,b\n一,二').subarray(0, -1)
    expect(await failureOfReading(cut, { encoding: 'utf-8' })).toMatchObject({
      where: 'at the end of the file',
    })
  })

  test('GB 18030 is guessed from common characters, and said to be a guess', async () => {
    const inspection = await inspectAll(chinese)
    expect(inspection).toMatchObject({
      encoding: 'gb18030',
      encodingEvidence: 'guess',
      columns: ['名称', '值'],
    })
    expect(inspection.doubts).toContainEqual({ kind: 'guessed-encoding' })
    expect(textRows(await readAll(chinese))).toEqual([['北京', '一']])
  })

  test('a chosen encoding is used, and fails where it does not fit', async () => {
    expect(await inspectAll(chinese, { encoding: 'gb18030' })).toMatchObject({ encodingEvidence: 'chosen' })
    expect(await failureOfReading(chinese, { encoding: 'utf-8' })).toMatchObject({
      kind: 'unreadable-file',
      detail: 'bytes that are not utf-8',
    })
  })

  test('a byte that is not UTF-8 far behind the beginning still counts', async () => {
    const long = new TextEncoder().encode(`a,b\n${'Zürich,2\n'.repeat(600_000)}`)
    long[long.length - 8] = 0xff
    expect(await inspectAll(long)).toMatchObject({ encodingEvidence: 'guess' })
  })

  test('a file that begins as UTF-8 with its mark and breaks later fails, without U+FFFD', async () => {
    const bytes = new TextEncoder().encode('\ufeffa,b\nx,y\n')
    bytes[8] = 0xff
    expect(await failureOfReading(bytes)).toMatchObject({ detail: 'bytes that are not utf-8' })
  })

  test.skipIf(noSamples)('Latin-1 is not taken for Chinese (skipped without ../shared/samples)', async () => {
    const path = 'frictionless-datasets/csv/encodings/iso8859.csv'
    expect(await inspectAll(sample(path))).toMatchObject({
      encoding: 'windows-1252',
      encodingEvidence: 'guess',
    })
    expect(textRows(await readAll(sample(path)))[0]?.[0]).toBe('Réunion')
  })

  test.skipIf(noSamples)(
    'every character of GB 18030 arrives (skipped without ../shared/samples)',
    async () => {
      const bytes = sample('encodings/test_gb18030.csv')
      const read = await readAll(bytes)
      expect(await inspectAll(bytes)).toMatchObject({ encoding: 'gb18030', encodingEvidence: 'guess' })
      const lines = new TextDecoder('gb18030').decode(bytes).split(/\r\n|\n|\r/)
      const characters = lines.slice(1).filter(line => line !== '' && line !== '"' && line !== ',')
      const sent = tables(read).flatMap(table => [...(table.getChildAt(1) ?? [])] as (string | null)[])
      // apache-arrow's own decoder drops a byte order mark at the start of a value.
      expect(sent.filter(cell => cell !== null)).toEqual(characters.map(line => line.replace('\ufeff', '')))
      expect(value(read.summary).rejectCounts).toEqual({ 'unpaired-quote': 1, 'wrong-field-count': 1 })
    },
  )
})

describe('strict UTF-8', () => {
  /** Index of the first bad byte, with the bytes given in pieces; the length where the end is missing. */
  function firstBad(bytes: Uint8Array, size: number): number {
    const check = new Utf8Check()
    for (let at = 0; at < bytes.length; at += size) {
      const bad = check.push(bytes.slice(at, at + size))
      if (bad >= 0) return at + bad
    }
    return check.isComplete ? -1 : bytes.length
  }

  const isValid = (bytes: Uint8Array) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return true
    } catch {
      return false
    }
  }

  test.each([
    [[0xc0, 0x80], 0],
    [[0x61, 0xe0, 0x9f, 0xbf], 2],
    [[0xed, 0xa0, 0x80], 1],
    [[0xf0, 0x8f, 0xbf, 0xbf], 1],
    [[0xf4, 0x90, 0x80, 0x80], 1],
    [[0xf5], 0],
    [[0x80], 0],
    [[0xe4, 0xb8], 2],
    [[0xf4, 0x8f, 0xbf, 0xbf], -1],
  ])('%j is bad at %i', (bytes, at) => {
    expect(firstBad(Uint8Array.from(bytes), 100)).toBe(at)
    expect(firstBad(Uint8Array.from(bytes), 1)).toBe(at)
  })

  test('as strict as the platform, however the bytes are cut', () => {
    const some = fc.constantFrom(
      0x61,
      0x7f,
      0x80,
      0x9f,
      0xa0,
      0xbf,
      0xc1,
      0xc3,
      0xe0,
      0xe4,
      0xed,
      0xf0,
      0xf4,
      0xff,
    )
    const text = fc.string({ unit: 'binary' }).map(drawn => [...new TextEncoder().encode(drawn)])
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            some.map(byte => [byte]),
            text,
          ),
        ),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const bytes = Uint8Array.from(parts.flat())
          expect(firstBad(bytes, size) < 0).toBe(isValid(bytes))
          expect(firstBad(bytes, size)).toBe(firstBad(bytes, 1e6))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

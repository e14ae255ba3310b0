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

import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { directReader } from '../format.ts'
import { failureOfReading, noSamples, sample } from '../testing.ts'
import { contents, failureOfUnpacking, unpack } from './testing.ts'

const text = 'a,b\n1,2\n'

/** A header with every optional field: FEXTRA, FNAME, FCOMMENT, FHCRC (RFC 1952, 2.3.1). */
function withFields(name: Uint8Array): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3])
  const fields = Buffer.concat([header, name, Buffer.from('\0a comment\0'), Buffer.from([0, 0])])
  return Buffer.concat([fields, gzipSync(text).subarray(10)])
}

describe('a gzip file', () => {
  test('gives its content under its name without the ending, and its own hash', async () => {
    const bytes = gzipSync(text)
    expect(await contents(bytes, 'day/a.csv.gz')).toEqual({ 'day/a.csv': text })
    expect((await unpack(bytes))?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  test.each([
    ['b.CSV.GZ', 'b.CSV'],
    ['b.tgz', 'b.tar'],
    ['.gz', '.gz'],
    ['b.csv', 'b.csv'],
  ])('%s holds %s', async (name, inner) => {
    expect(Object.keys(await contents(gzipSync(text), name))).toEqual([inner])
  })

  test('whose name has no ending bears the one in its header, without folders', async () => {
    expect(await contents(withFields(Buffer.from('/var/log/a.csv')), 'download')).toEqual({ 'a.csv': text })
    expect(await contents(withFields(Buffer.from('a.csv')), 'b.csv.gz')).toEqual({ 'b.csv': text })
    // 设备 in GBK
    expect(Object.keys(await contents(withFields(Buffer.from([0xc9, 0xe8, 0xb1, 0xb8])), 'x'))).toEqual([
      '设备',
    ])
  })

  test('of several members is read to its end', async () => {
    const bytes = Buffer.concat([gzipSync('a,b\n'), gzipSync(''), gzipSync('1,2\n', { level: 0 })])
    expect(await contents(bytes, 'x.gz')).toEqual({ x: text })
  })

  test('of many megabytes comes out whole', async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => `${(i * 2654435761) % 1000003},${i}\n`).join('')
    const found = await contents(Buffer.concat([gzipSync(lines), gzipSync(lines)]), 'x.gz')
    expect(found.x === lines + lines).toBe(true)
  })

  test('may be filled up with zeros', async () => {
    expect(await contents(Buffer.concat([gzipSync(text), Buffer.alloc(1000)]), 'x.gz')).toEqual({ x: text })
  })

  test.each(['garbage', '\0\0garbage', '\x1f\x8bgarbage'])('followed by %j is refused', async garbage => {
    const bytes = Buffer.concat([gzipSync(text), Buffer.from(garbage, 'latin1')])
    expect(await failureOfUnpacking(bytes)).toMatchObject({ kind: 'unreadable-file', format: 'gzip archive' })
  })

  test('cut short anywhere is refused', async () => {
    const whole = gzipSync(text)
    for (let length = 2; length < whole.length; length++)
      expect(await failureOfUnpacking(whole.subarray(0, length))).toMatchObject({ kind: 'unreadable-file' })
  })

  test.each([
    ['checksum', 8, 'CRC-32'],
    ['length', 4, 'length'],
  ])('whose %s does not match is refused', async (_, back, words) => {
    const bytes = gzipSync(text)
    bytes[bytes.length - back] = (bytes[bytes.length - back] ?? 0) ^ 1
    expect(await failureOfUnpacking(bytes)).toMatchObject({ detail: expect.stringContaining(words) })
  })

  test('a bomb ends in less than 10 s', { timeout: 60_000 }, async () => {
    const bomb = gzipSync(Buffer.alloc(260 * 2 ** 20, '1,2\n'), { level: 1 })
    const begun = performance.now()
    expect(await failureOfUnpacking(bomb, 'bomb.csv.gz')).toMatchObject({
      kind: 'over-limit',
      file: 'bomb.csv.gz',
      limit: 'expansion ratio',
      allowed: 200,
    })
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  test('a bomb of many members ends as well', { timeout: 60_000 }, async () => {
    const member = gzipSync(Buffer.alloc(2 ** 20))
    const bomb = Buffer.concat(Array<Uint8Array>(270).fill(member))
    expect(await failureOfUnpacking(bomb)).toMatchObject({ kind: 'over-limit' })
  })

  test('can be cancelled before and while it is read', async () => {
    const blob = new Blob([gzipSync(Buffer.alloc(100 * 2 ** 20), { level: 1 })])
    const control = new AbortController()
    const unpacking = directReader().unpack(blob, 'x.gz', control.signal, () => {})
    setTimeout(() => control.abort(), 20)
    expect(await unpacking).toMatchObject({ failure: { kind: 'cancelled' } })
    expect(await directReader().unpack(blob, 'x.gz', control.signal, () => {})).toMatchObject({
      failure: { kind: 'cancelled' },
    })
  })

  test('is not read without being unpacked', async () => {
    expect(await failureOfReading(gzipSync(text))).toMatchObject({ looksLike: 'gzip archive' })
  })

  // frictionless-py/table.csv.gz holds table.csv of the same folder: 'id,name', '1,english', '2,中国人'.
  test.skipIf(noSamples)(
    'real files equal their plain twins (skipped without ../shared/samples)',
    async () => {
      const found = await contents(sample('parity/NYC311-5.csv.gz'), 'NYC311-5.csv.gz')
      expect(found).toEqual({ 'NYC311-5.csv': Buffer.from(sample('parity/NYC311-5.csv')).toString() })
      const small = await contents(sample('frictionless-py/table.csv.gz'), 'table.csv.gz')
      expect(small).toEqual({ 'table.csv': 'id,name\n1,english\n2,中国人\n' })
    },
  )
})

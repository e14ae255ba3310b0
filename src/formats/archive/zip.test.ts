import { createHash } from 'node:crypto'
import { deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { directReader } from '../format.ts'
import { noSamples, sample } from '../testing.ts'
import { Allowance } from './gauge.ts'
import { contents, endRecord, failureOfUnpacking, type Made, unpack, zipOf } from './testing.ts'

const table = { name: 'a.csv', content: 'a,b\n1,2\n' }

describe('a ZIP file', () => {
  test('gives its files with their paths, deflated or stored, and its own hash', async () => {
    const bytes = zipOf(
      [{ name: 'day/' }, { ...table, name: 'day/a.csv' }, { ...table, method: 0 }],
      'a comment',
    )
    expect(await contents(bytes)).toEqual({ 'day/a.csv': table.content, 'a.csv': table.content })
    expect((await unpack(bytes))?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  test('any contents come out as they went in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.uint8Array({ maxLength: 5000 }).filter(bytes => bytes[0] !== 0x1f),
            fc.constantFrom(0, 8),
          ),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
        async given => {
          const files = await unpack(
            zipOf(given.map(([content, method], i) => ({ name: `${i}.bin`, content, method }))),
          )
          const found = await Promise.all(files?.files.map(({ file }) => file.arrayBuffer()) ?? [])
          expect(found.map(bytes => [...new Uint8Array(bytes)])).toEqual(
            given.map(([content]) => [...content]),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  test('leaves out folders and what macOS adds', async () => {
    const bytes = zipOf([
      table,
      { name: '__MACOSX/._a.csv', content: 'x' },
      { name: 'b/.DS_Store', content: 'x' },
    ])
    expect(Object.keys(await contents(bytes))).toEqual(['a.csv'])
  })

  // 设备 in GBK is C9 E8 B1 B8; 誠 is D5 5C, whose second byte is a backslash in ASCII.
  test('names from Chinese Windows are GBK, flagged or not others are UTF-8', async () => {
    const gbk = new Uint8Array([0xc9, 0xe8, 0xb1, 0xb8, 0xd5, 0x5c, 0x2e, 0x63, 0x73, 0x76])
    const bytes = zipOf([
      { ...table, name: gbk },
      { ...table, name: '遥测.csv' },
      { ...table, name: '属性.csv', flags: 0x800 },
    ])
    expect(Object.keys(await contents(bytes))).toEqual(['设备誠.csv', '遥测.csv', '属性.csv'])
  })

  test('a gzip file inside is expanded; a ZIP file inside stays closed and is named by inspect', async () => {
    const packed = gzipSync('x\n1\n')
    const bytes = zipOf([
      { name: 'd/t.csv.gz', content: packed },
      { name: 'both.csv', content: 'y\n' },
      { name: 'both.csv.gz', content: packed },
      { name: 'inner.zip', content: zipOf([table]) },
    ])
    const files = (await unpack(bytes))?.files ?? []
    expect(files.map(({ name }) => name)).toEqual(['d/t.csv', 'both.csv', 'both.csv.gz', 'inner.zip'])
    expect(await files[0]?.file.text()).toBe('x\n1\n')
    expect(await files[2]?.file.text()).toBe('x\n1\n')
    const inner = files[3]?.file ?? new Blob()
    const inspected = await directReader().inspect(inner, 'inner.zip', {}, new AbortController().signal)
    expect(inspected).toMatchObject({ failure: { kind: 'unknown-format', looksLike: 'ZIP archive' } })
  })

  test('what `zip` took from its standard input is a file, though it bears the type of a pipe', async () => {
    expect(await contents(zipOf([{ ...table, name: '-', unixMode: 0o010600 }]))).toEqual({
      '-': table.content,
    })
  })

  // Stored block: 1 = final, length 3 and its complement, the bytes. DEFLATE and Deflate64 write it alike.
  test('Deflate64, as Windows writes large files, is expanded', async () => {
    const packed = new Uint8Array([1, 3, 0, 0xfc, 0xff, 0x61, 0x62, 0x63])
    expect(await contents(zipOf([{ name: 'a', content: 'abc', method: 9, packed }]))).toEqual({ a: 'abc' })
  })

  test('two gzip files that would bear one name keep theirs apart', async () => {
    const packed = gzipSync('x')
    const bytes = zipOf([
      { name: 'a.tgz', content: packed },
      { name: 'a.tar.gz', content: packed },
    ])
    expect(await contents(bytes)).toEqual({ 'a.tar': 'x', 'a.tar.gz': 'x' })
  })

  test('sizes of more than 32 bits stand in the ZIP64 field', async () => {
    const packed = deflateRawSync(table.content)
    const extra = Buffer.alloc(20)
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(16, 2)
    extra.writeBigUInt64LE(BigInt(table.content.length), 4)
    extra.writeBigUInt64LE(BigInt(packed.length), 12)
    const plain = zipOf([{ ...table, packed, extra }])
    expect(await contents(plain)).toEqual({ 'a.csv': table.content })
    expect(await contents(withEnd64(plain))).toEqual({ 'a.csv': table.content })
  })

  test('Office and OpenDocument files are no archives, whole or cut short', async () => {
    const workbook = zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/workbook.xml' },
    ])
    expect(await unpack(workbook)).toBeNull()
    expect(await unpack(workbook.subarray(0, 60))).toBeNull()
    expect(await unpack(zipOf([{ name: 'a' }, { name: '[Content_Types].xml' }]))).toBeNull()
    expect(
      await unpack(zipOf([{ name: 'mimetype', method: 0, content: 'application/vnd.oasis' }])),
    ).toBeNull()
    expect(await unpack(Buffer.from('a,b\n1,2\n'))).toBeNull()
    expect(await unpack(Buffer.from(''))).toBeNull()
  })

  test.skipIf(noSamples)('real workbooks are no archives (skipped without ../shared/samples)', async () => {
    expect(await unpack(sample('frictionless-datasets/excel/sample-2-sheets.xlsx'))).toBeNull()
  })
})

describe('a ZIP file is refused', () => {
  const big = 'a'.repeat(2 ** 20)
  const link = { name: 'link', content: '/etc/passwd', unixMode: 0o120777 }
  const cases: readonly (readonly [string, readonly Made[], object])[] = [
    ['a path that leads upwards', [{ name: '../../evil.txt' }], { where: 'entry ../../evil.txt' }],
    ['a path that leads upwards further down', [table, { name: 'ok/../../evil.txt' }], {}],
    ['a backslash', [{ name: '..\\..\\evil.txt' }], { detail: expect.stringContaining('backslash') }],
    ['an absolute path', [{ name: '/abs.txt' }], { detail: expect.stringContaining('absolute') }],
    ['a drive', [{ name: 'C:/evil.txt' }], { detail: expect.stringContaining('absolute') }],
    ['a NUL', [{ name: 'a\0.csv' }], { where: 'entry a\ufffd.csv' }],
    ['an unsafe folder', [table, { name: '../' }], {}],
    [
      'a symbolic link',
      [table, link],
      { detail: expect.stringContaining('symbolic link'), where: 'entry link' },
    ],
    ['one name twice', [table, { ...table, content: 'other' }], { detail: expect.stringContaining('twice') }],
    [
      'two names for one entry',
      [{ ...table, localName: 'b.csv' }],
      { detail: expect.stringContaining('two names') },
    ],
    [
      'a wrong checksum',
      [{ ...table, crc: 1 }],
      { detail: expect.stringContaining('CRC-32'), where: 'entry a.csv' },
    ],
    [
      'more than it states',
      [{ name: 'a', content: big, bytes: 10 }],
      { detail: expect.stringContaining('longer') },
    ],
    ['less than it states', [{ ...table, bytes: 10 }], { detail: expect.stringContaining('shorter') }],
    [
      'entries on one place',
      [table, { ...table, name: 'b', offset: 0 }],
      { detail: expect.stringContaining('overlap') },
    ],
    [
      'an entry inside another',
      [
        { ...table, method: 0, content: 'x'.repeat(99) },
        { ...table, name: 'b', offset: 40 },
      ],
      { detail: expect.stringContaining('overlap') },
    ],
    ['an entry outside', [{ ...table, offset: 10_000 }], { detail: expect.stringContaining('overlap') }],
    [
      'data behind the stream',
      [{ ...table, packed: Buffer.concat([deflateRawSync(table.content), Buffer.from('x')]) }],
      { detail: expect.stringContaining('length') },
    ],
    [
      'a stream cut short',
      [{ ...table, packed: deflateRawSync(table.content).subarray(0, 5) }],
      { detail: expect.stringContaining('too early') },
    ],
    [
      'a damaged gzip file inside',
      [{ name: 't.gz', content: gzipSync('abc').subarray(0, 15) }],
      { where: 'entry t.gz, byte 15' },
    ],
    ['nothing', [{ name: 'folder/' }], { detail: 'the archive holds no file' }],
  ]
  test.each(cases)('for %s', async (_, entries, failure) => {
    expect(await failureOfUnpacking(zipOf(entries))).toMatchObject({
      kind: 'unreadable-file',
      format: 'ZIP archive',
      file: 'given.zip',
      ...failure,
    })
  })

  test.each([
    [{ ...table, flags: 1 }, 'encrypted entry a.csv'],
    [{ ...table, method: 99 }, 'encrypted entry a.csv'],
    [{ ...table, method: 14 }, 'compression LZMA of entry a.csv'],
    [{ ...table, method: 77 }, 'compression method 77 of entry a.csv'],
  ])('%# by name', async (entry, feature) => {
    expect(await failureOfUnpacking(zipOf([entry]))).toMatchObject({ kind: 'unsupported-feature', feature })
  })

  test('when it is cut short, lies about its entries, or has bytes behind its end', async () => {
    const whole = zipOf([table])
    for (let length = 4; length < whole.length; length++)
      expect(await failureOfUnpacking(whole.subarray(0, length))).toMatchObject({ kind: 'unreadable-file' })
    expect(await failureOfUnpacking(Buffer.concat([whole, Buffer.from('tail')]))).toMatchObject({
      kind: 'unreadable-file',
    })
    const body = whole.subarray(0, whole.length - 22)
    const directory = body.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    const lying = Buffer.concat([body, endRecord(2, body.length - directory, directory)])
    expect(await failureOfUnpacking(lying)).toMatchObject({ detail: 'lists 1 of 2 entries' })
  })

  test('for more entries than the limit', async () => {
    const bytes = zipOf(Array.from({ length: 5001 }, (_, i) => ({ name: `e${i}` })))
    expect(await failureOfUnpacking(bytes)).toMatchObject({ kind: 'over-limit', actual: 5001, allowed: 5000 })
  })

  test('as a bomb, in less than 10 s, whatever sizes it states', { timeout: 60_000 }, async () => {
    const packed = deflateRawSync(Buffer.alloc(260 * 2 ** 20), { level: 1 })
    const begun = performance.now()
    const bomb = { name: 'a', packed, bytes: 2 ** 32 - 2 }
    expect(await failureOfUnpacking(zipOf([bomb]))).toMatchObject({ kind: 'over-limit', allowed: 200 })
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  test('as a bomb of gzip files inside', { timeout: 60_000 }, async () => {
    const inner = gzipSync(Buffer.alloc(90 * 2 ** 20), { level: 1 })
    const bomb = zipOf(['a', 'b', 'c'].map(name => ({ name: `${name}.gz`, content: inner })))
    expect(await failureOfUnpacking(bomb)).toMatchObject({ kind: 'over-limit', allowed: 200 })
  })

  test('once all its files together are over the limit', () => {
    const allowance = new Allowance(10 ** 9)
    for (let i = 0; i < 4; i++) allowance.count(2 ** 30)
    expect(() => allowance.count(1)).toThrow('over-limit')
  })

  test('damage never hangs and always fails in words', async () => {
    const whole = zipOf([table, { name: 'b.csv', content: 'x'.repeat(500) }])
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Buffer.from(whole)
        damaged[at] = byte
        const blob = new Blob([damaged])
        const result = await directReader().unpack(blob, 'x', new AbortController().signal, () => {})
        if (!result.ok)
          expect(['unreadable-file', 'unsupported-feature', 'over-limit']).toContain(result.failure.kind)
        else
          for (const { file } of result.value?.files ?? [])
            expect([table.content, 'x'.repeat(500)]).toContain(await file.text())
      }),
      { numRuns: 300 },
    )
  })
})

/** The same archive with a ZIP64 end record and locator (4.3.14, 4.3.15), the plain end record full of ones. */
function withEnd64(zip: Buffer): Buffer {
  const end = zip.length - 22
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeBigUInt64LE(1n, 24)
  record.writeBigUInt64LE(1n, 32)
  record.writeBigUInt64LE(BigInt(zip.readUInt32LE(end + 12)), 40)
  record.writeBigUInt64LE(BigInt(zip.readUInt32LE(end + 16)), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(end), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([zip.subarray(0, end), record, locator, endRecord(0xffff, 0xffffffff, 0xffffffff)])
}

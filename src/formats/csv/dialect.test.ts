import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dialect, ReadOptions } from '../../domain/file.ts'
import { failureOfReading, inspectAll, readAll, textRows, value } from '../testing.ts'
import { RecordScanner, type ScanDialect } from './record-scanner.ts'
import { recordOf } from './scanner.ts'

const plain: Dialect = {
  delimiter: ',',
  quote: '"',
  escape: 'doubled',
  comment: '',
  trim: false,
  decimal: '.',
}

/** The dialect where it differs from RFC 4180. */
async function difference(text: string, options: ReadOptions = {}): Promise<Partial<Dialect>> {
  const { dialect } = await inspectAll(text, options)
  const parts = Object.entries(dialect ?? {}).filter(([key, part]) => plain[key as keyof Dialect] !== part)
  return Object.fromEntries(parts)
}

const rowsOf = async (text: string, options: ReadOptions = {}) => textRows(await readAll(text, options))

describe('dialects of platforms, built from their documentation', () => {
  test('Apache IoTDB escapes by backslash', async () => {
    const text = [
      'Time,root.test.t1.str(TEXT),root.test.t2.var(INT32)',
      '1970-01-01T08:00:00.001+08:00,"123hello world",100',
      '1970-01-01T08:00:00.002+08:00,"123\\,abc",',
      '1970-01-01T08:00:00.003+08:00,"say \\"yes\\"",7',
    ].join('\n')
    expect(await difference(text)).toEqual({ escape: 'backslash' })
    expect((await rowsOf(text)).map(row => row.slice(1))).toEqual([
      ['123hello world', '100'],
      ['123,abc', null],
      ['say "yes"', '7'],
    ])
  })

  test('a backslash before a delimiter in quotes is evidence enough', async () => {
    const text = 'Time,Device,str\n1,root.a,"123\\,abc"\n2,root.b,"x"\n'
    expect(await difference(text)).toEqual({ escape: 'backslash' })
    expect(await rowsOf(text)).toEqual([
      ['1', 'root.a', '123,abc'],
      ['2', 'root.b', 'x'],
    ])
  })

  test.each(['C:\\data\\', '"C:\\data\\"', '"C:\\data\\new,old"', '"{""a"":""x\\""y""}"', 'a\\b'])(
    'the backslash of %s is one',
    async cell => {
      const text = `id,path,n\n1,${cell},2\n2,${cell},3\n`
      expect(await difference(text)).toEqual({})
      const bare = cell.replace(/^"|"$/g, '').replaceAll('""', '"')
      expect((await rowsOf(text)).map(row => row[1])).toEqual([bare, bare])
    },
  )

  test('where backslashes escape, one that protects nothing stays', async () => {
    expect(await rowsOf('a,b\n"C:\\new","x\\\\y"\n"z\\,",1\n', { escape: 'backslash' })).toEqual([
      ['C:\\new', 'x\\y'],
      ['z,', '1'],
    ])
  })

  test('TDengine writes a blank behind each comma', async () => {
    const text = [
      'devid,location,color,devgroup,ts,temperature,humidity',
      '0, beijing, white, 0, 1575129600000, 16, 19.405091',
      '0, beijing, white, 0, 1575129601000, 22, 14.377142',
    ].join('\n')
    expect(await difference(text)).toEqual({ trim: true })
    expect((await rowsOf(text))[0]).toEqual([
      '0',
      'beijing',
      'white',
      '0',
      '1575129600000',
      '16',
      '19.405091',
    ])
    const headless = text.slice(text.indexOf('\n') + 1)
    const { layout, columns, doubts } = await inspectAll(headless)
    expect(layout).toMatchObject({ skipRows: 0, headerRows: 0 })
    expect(columns[6]).toBe('column_7')
    expect(doubts).toEqual([{ kind: 'no-header' }])
    expect(await rowsOf(headless)).toHaveLength(2)
  })

  test('blanks in front of quotes', async () => {
    expect(await rowsOf('a, b\n1, "x, y" \n2, "z"\n')).toEqual([
      ['1', 'x, y'],
      ['2', 'z'],
    ])
  })

  test('blanks in some fields are text', async () => {
    expect(await difference('a,b,c\n1, x,y\n2,z,w\n')).toEqual({})
    expect(await rowsOf('a,b,c\n1, x,y\n2,z,w\n')).toContainEqual(['1', ' x', 'y'])
  })
})

describe('decimal commas', () => {
  test.each([
    ['a;b\n1,5;2\n2,25;3\n', ','],
    ['a\tb\n1.234,56\t2\n', ','],
    ['2026-01-01;1,5;2,5\n2026-01-02;1,6;2,6\n', ','],
    ['a;b\n0,125;x\n', ','],
    ['a;b\n1,234;2\n', '.'],
    ['a;b\n1.5;2\n', '.'],
    ['a;b\n1.5;2,5\n1.6;x\n', '.'],
    ['a,b\n"1,5",2\n', '.'],
  ] as const)('%j: %s', async (text, decimal) => {
    const { dialect, doubts } = await inspectAll(text)
    expect(dialect?.decimal).toBe(decimal)
    expect(doubts.some(({ kind }) => kind === 'decimal-comma')).toBe(decimal === ',')
  })

  test('the values stay as written', async () => {
    expect(await rowsOf('a;b\n1,5;2\n1.234,25;3\n')).toEqual([
      ['1,5', '2'],
      ['1.234,25', '3'],
    ])
  })
})

describe('each part may be chosen', () => {
  test.each<[ReadOptions, string, readonly (readonly (string | null)[])[]]>([
    [{ delimiter: ':' }, 'a:b\n1:2\n', [['1', '2']]],
    [{ delimiter: '^' }, 'a^b\n1^2\n', [['1', '2']]],
    [{ delimiter: '，' }, 'a，b\n1，“x”\n', [['1', '“x”']]],
    [{ delimiter: ' ' }, 'a b\n1 "x y"\n', [['1', 'x y']]],
    [{ quote: "'" }, "a,b\n'1,2',3\n", [['1,2', '3']]],
    [{ quote: '' }, 'a,b\n"1,2"\n', [['"1', '2"']]],
    [{ escape: 'doubled' }, 'a,b\n"1\\,2",3\n', [['1\\,2', '3']]],
    [{ comment: '%' }, 'a,b\n%x,y\n1,2\n', [['1', '2']]],
    [{ comment: '' }, '#x\na,b\n1,2\n', [['1', '2']]],
    [{ trim: true }, 'a,b\n1 , 2\n  \n', [['1', '2']]],
    [{ trim: false }, 'a,b\n1, 2\n', [['1', ' 2']]],
    [{ skipRows: 1 }, 'x,y\na,b\n1,2\n', [['1', '2']]],
    [
      { headerRows: 0 },
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [{ headerRows: 2 }, 'a,b\nc,d\n1,2\n', [['1', '2']]],
  ])('%j', async (options, text, rows) => {
    expect(await rowsOf(text, options)).toEqual(rows)
  })

  test('a choice that cannot be is refused', async () => {
    for (const options of [
      { delimiter: 'ab' },
      { delimiter: '\n' },
      { quote: '“' },
      { quote: ',', delimiter: ',' },
    ])
      expect(await failureOfReading('a,b\n1,2\n', options)).toMatchObject({ kind: 'unsupported-feature' })
  })
})

test("Excel's first line is honoured and is no row", async () => {
  const text = 'sep=;\r\na;b\r\n1,5;2\r\n'
  expect(await difference(text)).toEqual({ delimiter: ';', decimal: ',' })
  expect(await rowsOf(text)).toEqual([['1,5', '2']])
  expect(await rowsOf('sep=^\na^b\n1^2\n')).toEqual([['1', '2']])
  expect((await inspectAll(text)).head).toEqual([
    ['sep=', null],
    ['a', 'b'],
    ['1,5', '2'],
  ])
})

describe('the head as it stands', () => {
  test('titles, comments, header and rows; at most 12 lines', async () => {
    const text = `# made by x\nReport\nid,name\n${'1,a\n'.repeat(20)}`
    const { head, layout } = await inspectAll(text)
    expect(layout).toMatchObject({ skipRows: 1, headerRows: 1 })
    expect(head.slice(0, 4)).toEqual([['# made by x'], ['Report'], ['id', 'name'], ['1', 'a']])
    expect(head).toHaveLength(12)
  })

  test.each([
    'id,password\na,CANARY\nb,CANARY,c\nCANARY\n',
    '# password: CANARY\nid,x\na,1\n',
    'Password:,CANARY\nid,x,y,z\na,1,2,3\nb,1,2,3\n',
    'id,config\na,"{""password"":""CANARY""}"\n',
  ])('without credentials: %j', async text => {
    expect(JSON.stringify(await inspectAll(text))).not.toContain('CANARY')
  })

  test('a header that is chosen away still names what is secret', async () => {
    const text = 'id,password\na,CANARY\n'
    for (const options of [{ headerRows: 0 }, { headerRows: 2 }]) {
      const read = await readAll(text, options)
      expect(read.chunks.map(chunk => new TextDecoder().decode(chunk)).join()).not.toContain('CANARY')
      expect(JSON.stringify(await inspectAll(text, options))).not.toContain('CANARY')
    }
  })
})

test('only titles or comments are no table', async () => {
  for (const options of [{ skipRows: 5 }, { headerRows: 3 }])
    expect(await failureOfReading('a\nb\n', options)).toMatchObject({ detail: 'has no header row' })
  expect(value((await readAll('a,b\n', { headerRows: 1 })).summary)).toMatchObject({ rowsRead: 0 })
})

/** All that a scanner says of bytes given in pieces of `size`. */
function scan(bytes: Uint8Array, dialect: ScanDialect, size: number): unknown[] {
  const scanner = new RecordScanner(dialect)
  const found: unknown[] = []
  for (let at = 0; at <= bytes.length; at += size) {
    scanner.push(bytes.subarray(at, at + size), at + size > bytes.length)
    for (let next = scanner.next(); next !== 'more'; next = scanner.next())
      found.push(next === 'comment' ? next : [recordOf(scanner, next), scanner.multiline, scanner.isBlank])
  }
  return found
}

test('where the pieces of a file end makes no difference', () => {
  const part = fc.constantFrom('a', 'é', '界', ',', '，', '"', "'", '\\', '#', ' ', '\n', '\r', '\r\n', '""')
  const dialect = fc.record({
    delimiter: fc.constantFrom(',', '，'),
    quote: fc.constantFrom('"', "'", ''),
    escape: fc.constantFrom('doubled' as const, 'backslash' as const),
    comment: fc.constantFrom('', '#', '\\\\'),
    trim: fc.boolean(),
  })
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 40 }),
      dialect,
      fc.integer({ min: 1, max: 7 }),
      (parts, chosen, size) => {
        const bytes = new TextEncoder().encode(parts.join(''))
        expect(scan(bytes, chosen, size)).toEqual(scan(bytes, chosen, 1e6))
      },
    ),
    { numRuns: 3000 },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnNames, inspectAll, readAll, tables, textRows, value } from '../testing.ts'
import { PointCursor } from './point.ts'
import { type Line, PointScanner } from './points.ts'

// Built from the vendor's documentation, "Line protocol" of InfluxDB 2, and from the cases of its own grammar.

describe('line protocol', () => {
  test('gives one row per field, values and times exactly as written', async () => {
    const read = await readAll(
      'air,sensor=TLM0100,site=苏州 co=0.48017053034288720,n=9007199254740993i,ok=t 1623403945000000001\n' +
        'air,sensor=TLM0101 u=18446744073709551615u,note="a \\"b\\", c=d" 1623403955000000000\n',
    )
    expect(columnNames(read).slice(1)).toEqual([
      'measurement',
      'time',
      'field',
      'value',
      'datatype',
      'sensor',
      'site',
    ])
    expect(textRows(read)).toEqual([
      ['air', '1623403945000000001', 'co', '0.48017053034288720', 'double', 'TLM0100', '苏州'],
      ['air', '1623403945000000001', 'n', '9007199254740993', 'long', 'TLM0100', '苏州'],
      ['air', '1623403945000000001', 'ok', 't', 'boolean', 'TLM0100', '苏州'],
      ['air', '1623403955000000000', 'u', '18446744073709551615', 'unsignedLong', 'TLM0101', null],
      ['air', '1623403955000000000', 'note', 'a "b", c=d', 'string', 'TLM0101', null],
    ])
    expect(tables(read).flatMap(table => [...(table.getChild('row_no') ?? [])])).toEqual([1n, 2n, 3n, 4n, 5n])
    expect(value(read.summary)).toMatchObject({ rowsRead: 5, rowsSent: 5, doubts: [] })
  })

  test('inspects as it reads', async () => {
    const given = 'm,a=1 x=1i 5\nm,b=2 y=2 \n'
    const inspection = await inspectAll(given)
    const read = await readAll(given)
    expect(inspection).toMatchObject({ format: 'line-protocol', encoding: 'utf-8', declaredRows: null })
    expect(inspection.columns).toEqual(columnNames(read).slice(1))
    expect(inspection.preview).toEqual(textRows(read))
  })

  test('the top of an influx_inspect export is neither rows nor rejects', async () => {
    const read = await readAll(
      [
        '# INFLUXDB EXPORT: 1677-09-21T00:12:43Z - 2262-04-11T23:47:16Z',
        '# DDL',
        'CREATE DATABASE plant WITH NAME autogen',
        '# DML',
        '# CONTEXT-DATABASE:plant',
        '',
        ' # writing tsm data',
        'm x=1 5\r',
        '',
      ].join('\n'),
    )
    expect(textRows(read)).toEqual([['m', '5', 'x', '1', 'double']])
    expect(value(read.summary)).toMatchObject({ rowsRead: 1, rowsSent: 1 })
  })

  test('a bad line is rejected with its number, blank lines and comments apart', async () => {
    const good = 'm x=1,y=2 5'
    const read = await readAll(
      [good, good, good, '# c', '', 'm x=', good, 'm x=1,x=2', good, good].join('\n'),
    )
    const summary = value(read.summary)
    expect(summary).toMatchObject({ rowsRead: 14, rowsSent: 12, rejectCounts: { 'not-line-protocol': 2 } })
    expect(summary.rejects).toEqual([
      { row: 4, reason: 'not-line-protocol', column: null, value: 'a field value of no known type' },
      { row: 6, reason: 'not-line-protocol', column: null, value: 'a field given twice' },
    ])
  })

  test('a text that is never closed costs its line alone', async () => {
    const read = await readAll('m x=1\nm x=2\nm s="open\nm x=3\nm s="closed"\nm x=4\n')
    expect(textRows(read).map(row => row[3])).toEqual(['1', '2', '3', 'closed', '4'])
    expect(value(read.summary).rejects.map(({ row }) => row)).toEqual([3])
    const last = await readAll('m x=1\nm x=2\nm x=3\nm x=4\nm s="open\nm x=5\n')
    expect(textRows(last).map(row => row[3])).toEqual(['1', '2', '3', '4', '5'])
  })

  test('a tag named like a column of its own gets another name', async () => {
    const read = await readAll('m,time=t,Value=v x=1 5\n')
    expect(columnNames(read).slice(6)).toEqual(['time_2', 'Value_2'])
    expect(value(read.summary).doubts).toEqual([
      { kind: 'duplicate-header', column: 'time_2' },
      { kind: 'duplicate-header', column: 'Value_2' },
    ])
  })

  test('credentials are dropped, as tags and as fields', async () => {
    const read = await readAll('m,api_token=t0k3n,host=h password="hunter2",x=1 5\nm password="hunter2" 5\n')
    expect(textRows(read)).toEqual([['m', '5', 'x', '1', 'double', 'h']])
    expect(value(read.summary)).toMatchObject({ rowsRead: 1, droppedSecrets: ['api_token', 'password'] })
  })

  test('a reject says nothing of the line', async () => {
    const summary = value((await readAll('m x=1\nm x=1\nm x=1\nm x=1\nm password=hunter2\n')).summary)
    expect(summary.rowsRead).toBe(5)
    expect(JSON.stringify(summary)).not.toContain('hunter2')
  })

  test('a tag that comes late is there in every chunk', async () => {
    const many = Array.from({ length: 150_000 }, (_, i) => `m x=${i}i,y=${i}i ${i}`)
    const read = await readAll(`${many.join('\n')}\nm,late=t x=1\n`)
    expect(read.chunks.length).toBeGreaterThan(1)
    for (const table of tables(read)) expect(table.schema.fields.at(-1)?.name).toBe('late')
    expect(value(read.summary).rowsSent).toBe(300_001)
  })
})

describe('line protocol is recognised, and what is not is not', () => {
  test.each([
    ['m f=1', 'line-protocol'],
    ['# comment\nm,t=v f=23i 1689253834000000000\n', 'line-protocol'],
    ['time,a=b,c d\n1,2,3\n', 'csv'],
    ['a b=1,c\n1,2\n', 'csv'],
    ['name=value\nx=1\n', 'csv'],
    ['device,value\nd1,1\n', 'csv'],
    ['#datatype,string\n,a\n,1\n', 'influx-csv'],
    ['#datatype measurement,tag\nm,a\ncpu,1\n', 'influx-csv'],
    ['#group false,true\n#datatype measurement,tag\nm,a\ncpu,1\n', 'influx-csv'],
    ['#default settings, of mine\na,b\n1,2\n', 'csv'],
    ['#datatypes\na,b\n1,2\n', 'csv'],
  ])('%j is %s', async (given, format) => {
    expect((await inspectAll(given)).format).toBe(format)
  })
})

/** The parts of a line, for comparison. */
function parsed(line: string) {
  const { measurement, tags, fields, time } = new PointCursor(line).point()
  return [measurement, [...tags], fields.map(({ key, value, type }) => [key, value, type]), time]
}

describe('a point', () => {
  test.each([
    ['m f=1', ['m', [], [['f', '1', 'double']], null]],
    ['  m  f=-1.5e+3   7  ', ['m', [], [['f', '-1.5e+3', 'double']], '7']],
    [
      'm f=.5,g=1.,h=1E5,i=-0 -7',
      [
        'm',
        [],
        [
          ['f', '.5', 'double'],
          ['g', '1.', 'double'],
          ['h', '1E5', 'double'],
          ['i', '-0', 'double'],
        ],
        '-7',
      ],
    ],
    [
      'm t=t,f=F,a=true,b=FALSE',
      [
        'm',
        [],
        [
          ['t', 't', 'boolean'],
          ['f', 'F', 'boolean'],
          ['a', 'true', 'boolean'],
          ['b', 'FALSE', 'boolean'],
        ],
        null,
      ],
    ],
    // Special characters: a measurement escapes comma and space, keys and tag values the equals sign too.
    [
      'my\\ Mea\\,surement\\=x,t\\ k\\=1=v\\,\\ w f\\=k=1',
      ['my Mea,surement\\=x', [['t k=1', 'v, w']], [['f=k', '1', 'double']], null],
    ],
    ['m"q",t="a" f="x"', ['m"q"', [['t', '"a"']], [['f', 'x', 'string']], null]],
    // In a text a backslash escapes quotes and backslashes; anywhere else it stands for itself.
    [
      'm f="a\\\\b",g="\\\\\\"",h="C:\\new"',
      [
        'm',
        [],
        [
          ['f', 'a\\b', 'string'],
          ['g', '\\"', 'string'],
          ['h', 'C:\\new', 'string'],
        ],
        null,
      ],
    ],
    ['m,p=C:\\new\\dir f=1', ['m', [['p', 'C:\\new\\dir']], [['f', '1', 'double']], null]],
    ['m,p=a\\\\,b f=1', ['m', [['p', 'a\\,b']], [['f', '1', 'double']], null]],
    ['m f="two\nlines" 7', ['m', [], [['f', 'two\nlines', 'string']], '7']],
    [
      'm f="",g="a=b, c d#"',
      [
        'm',
        [],
        [
          ['f', '', 'string'],
          ['g', 'a=b, c d#', 'string'],
        ],
        null,
      ],
    ],
    ['测点,站=北京 温度=1i', ['测点', [['站', '北京']], [['温度', '1', 'long']], null]],
  ] as const)('%j', (line, expected) => {
    expect(parsed(line)).toEqual(expected)
  })

  test.each([
    'm',
    'm ',
    'm f',
    'm f=',
    'm =1',
    ',t=v f=1',
    'm, f=1',
    'm,t f=1',
    'm,t= f=1',
    'm,=v f=1',
    'm,t=v,t=w f=1',
    'm f=1,f=2',
    'm f=1,',
    'm f=1, g=2',
    'm f=1 g=2',
    'm f=1 1.5',
    'm f=1 2 3',
    'm f=abc',
    'm f=+1',
    'm f=1e',
    'm f=.',
    'm f=-',
    'm f=0x1F',
    'm f=NaN',
    'm f=1.5i',
    'm f=-1u',
    'm f=tRUE',
    'm f="a"b',
    'm f="a',
    'm f="a\\"',
    'm f=1 "',
    'm\tf=1',
    'm,t=a\tb f=1',
    'm,t=a\\',
    'a,b,c',
    'time,device,value',
    '1,2,3',
  ])('%j is none', line => {
    expect(() => parsed(line)).toThrow()
  })

  // The rules of the documentation, the other way round. A backslash before what it could escape cannot be written.
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter(text => !/\p{Cc}|\\|^#/u.test(text))
  const escaped = (text: string) => text.replaceAll(/[, =]/g, '\\$&')
  const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`
  const field = fc.oneof(
    fc.string({ unit: 'grapheme' }).map(text => ({ written: quoted(text), value: text, type: 'string' })),
    fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .map(n => ({ written: `${n}i`, value: `${n}`, type: 'long' })),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map(n => ({ written: `${n}`, value: `${n}`, type: 'double' })),
    fc.boolean().map(on => ({ written: `${on}`, value: `${on}`, type: 'boolean' })),
  )
  const point = fc.record({
    measurement: name,
    tags: fc.uniqueArray(fc.tuple(name, name), { selector: ([key]) => key, maxLength: 4 }),
    fields: fc.uniqueArray(fc.tuple(name, field), { selector: ([key]) => key, minLength: 1, maxLength: 4 }),
    time: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
  })
  type Given = typeof point extends fc.Arbitrary<infer T> ? T : never

  function written({ measurement, tags, fields, time }: Given): string {
    const head = [measurement.replaceAll(/[, ]/g, '\\$&'), ...tags.map(pair => pair.map(escaped).join('='))]
    const values = fields.map(([key, { written }]) => `${escaped(key)}=${written}`)
    return [head.join(','), values.join(','), ...(time === null ? [] : [time])].join(' ')
  }

  function expectedOf({ measurement, tags, fields, time }: Given) {
    return [measurement, tags, fields.map(([key, { value, type }]) => [key, value, type]), time]
  }

  test('whatever is written by the rules is read as it was', () => {
    fc.assert(
      fc.property(point, given => {
        expect(parsed(written(given))).toEqual(expectedOf(given))
      }),
      {
        numRuns: 500,
      },
    )
  })

  test('however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), (given, size) => {
        const text = given.map(one => `${written(one)}\r\n`).join('')
        const scanner = new PointScanner()
        const found: Line[] = []
        for (let at = 0; at < text.length; at += size)
          found.push(...scanner.push(text.slice(at, at + size), false))
        found.push(...scanner.push('', true))
        expect(found.map(line => ('point' in line ? line.point.measurement : line.fault))).toEqual(
          given.map(({ measurement }) => measurement),
        )
      }),
      { numRuns: 200 },
    )
  })

  test('any text is a point or a fault, never a hang', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'m, =\\"1i\n#t') }), text => {
        expect([...new PointScanner().push(text, true)].length).toBeLessThanOrEqual(text.split('\n').length)
      }),
      { numRuns: 1000 },
    )
  })
})

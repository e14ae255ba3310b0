import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnNames, failureOfReading, inspectAll, readAll, tables, textRows, value } from '../testing.ts'
import { JsonCursor, JsonFault, type JsonNode, KeyGuess } from './cursor.ts'

describe('NDJSON', () => {
  test('keeps numbers as they are written', async () => {
    const read = await readAll('{"a":12345678901234567890,"b":1e400}\n{"a":1.10,"b":-0}\n')
    expect(textRows(read)).toEqual([
      ['12345678901234567890', '1e400'],
      ['1.10', '-0'],
    ])
  })

  test('opens objects into dotted columns, keeps arrays as JSON, unites the columns of all rows', async () => {
    const read = await readAll('{"a":{"b":1,"c":{"d":null}}}\n{"a":{"b":""},"t":[1.0,{"x":"é"}],"e":{}}\n')
    expect(columnNames(read)).toEqual(['row_no', 'a.b', 'a.c.d', 't'])
    expect(textRows(read)).toEqual([
      ['1', null, null],
      ['', null, '[1.0,{"x":"é"}]'],
    ])
  })

  test('a column that comes late is there in every chunk', async () => {
    const rows = Array.from({ length: 300_000 }, (_, i) => `{"i":${i}}`)
    const read = await readAll(`${rows.join('\n')}\n{"late":true}\n`)
    expect(read.chunks.length).toBeGreaterThan(1)
    for (const table of tables(read))
      expect(table.schema.fields.map(({ name }) => name)).toEqual(['row_no', 'i', 'late'])
    expect(value(read.summary).rowsSent).toBe(300_001)
  })

  test('too long to be held in memory gives the same rows', async () => {
    const filler = ` ${' '.repeat(1000)}\n`.repeat(70_000)
    const text = `{"a":1}\n${filler}{"a":2,"late":3}\n{"a":\n`
    const read = await readAll(text)
    expect(columnNames(read)).toEqual(['row_no', 'a', 'late'])
    expect(textRows(read)).toEqual([
      ['1', null],
      ['2', '3'],
    ])
    expect(value(read.summary)).toMatchObject({ rowsRead: 3, rowsSent: 2, bytes: text.length })
  })

  test('rejects lines that are no JSON, no object, or name a key twice; blank lines are no rows', async () => {
    const read = await readAll('{"a":1}\n\n{"a":\n7\n{"a":1,"a":2}\n{"a.b":1,"a":{"b":2}}\n{"a":2}\n')
    const summary = value(read.summary)
    expect(summary).toMatchObject({ rowsRead: 6, rowsSent: 2 })
    expect(summary.rejects.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'not-json'],
      [3, 'not-an-object'],
      [4, 'not-json'],
      [5, 'not-json'],
    ])
    expect(tables(read).flatMap(table => [...(table.getChild('row_no') ?? [])])).toEqual([1n, 6n])
  })

  test('keys of the prototype are columns like any other', async () => {
    const read = await readAll('{"__proto__":1,"constructor":{"name":2},"toString":3}\n')
    expect(columnNames(read)).toEqual(['row_no', '__proto__', 'constructor.name', 'toString'])
    expect(textRows(read)).toEqual([['1', '2', '3']])
  })

  test('says nothing of a bad line but where it breaks', async () => {
    const summary = value((await readAll('{"a":1}\n{"password":"hunter2" "x"}\n')).summary)
    expect(JSON.stringify(summary)).not.toContain('hunter2')
  })
})

describe('a JSON document', () => {
  test.each([
    '[{"a":1},{"a":2}]',
    '{"things":[{"a":1},{"a":2}]}',
    '{"total":2,"data":[{"a":1},{"a":2}],"links":["x"]}',
    '{\n  "devices": [\n    {"a": 1},\n    {"a": 2}\n  ]\n}',
  ])('%j gives two rows', async text => {
    expect(textRows(await readAll(text))).toEqual([['1'], ['2']])
    expect(await inspectAll(text)).toMatchObject({ format: 'json', declaredRows: 2, preview: [['1'], ['2']] })
  })

  test('that breaks off is unreadable, and says where', async () => {
    const failure = await failureOfReading('[{"a":1},{"a":')
    expect(failure).toMatchObject({ kind: 'unreadable-file', where: 'no value at character 15' })
  })

  test('rejects elements that are no objects', async () => {
    const summary = value((await readAll('[{"a":1},2,null]')).summary)
    expect(summary).toMatchObject({ rowsRead: 3, rowsSent: 1, rejectCounts: { 'not-an-object': 2 } })
  })
})

describe('the JSON cursor', () => {
  test('takes no key for the one that stood there in the line before', async () => {
    const lines = [
      '{"a\\"b":1,"x":1}',
      '{"a"b":2}',
      '{"a\\\\b":3}',
      '{"a\\b":4}',
      '{"ab":5}',
      '{"a":6,"":7}',
      '{"a":8,"":9}',
    ]
    const read = await readAll(lines.join('\n'))
    expect(value(read.summary).rejects).toMatchObject([{ row: 2, reason: 'not-json' }])
    expect(columnNames(read)).toEqual(['row_no', 'a"b', 'x', 'a\\b', 'a\b', 'ab', 'a', 'column_7'])
    expect(textRows(read).map(row => row.filter(cell => cell !== null))).toEqual([
      ['1', '1'],
      ['3'],
      ['4'],
      ['5'],
      ['6', '7'],
      ['8', '9'],
    ])
  })

  test('lines of any keys read as JSON.parse reads them', async () => {
    const line = fc.dictionary(fc.string({ maxLength: 3 }), fc.nat(9), { minKeys: 1, maxKeys: 4 })
    await fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), rows => {
        const keys = new KeyGuess()
        for (const row of rows) {
          const text = JSON.stringify(row)
          expect(plain(new JsonCursor(text, keys).whole())).toEqual(JSON.parse(text))
        }
      }),
    )
  })

  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1), (text, space) => {
        const spaced = JSON.stringify(JSON.parse(text), null, space)
        expect(plain(new JsonCursor(spaced).whole())).toEqual(JSON.parse(spaced))
      }),
    )
  })

  test('refuses what JSON.parse refuses, and keys given twice besides', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', ',', '}', '\\', '\n', '0', 'x'),
        (text, at, put) => {
          const place = at % (text.length + 1)
          const changed = text.slice(0, place) + put + text.slice(place + 1)
          const fault = faultOf(() => new JsonCursor(changed).whole())
          if (fault?.includes('a key given twice')) return
          expect(fault === null).toBe(faultOf(() => JSON.parse(changed)) === null)
        },
      ),
    )
  })

  test('does not follow arrays without end', () => {
    expect(() => new JsonCursor('['.repeat(100_000)).whole()).toThrow(JsonFault)
  })
})

function faultOf(parse: () => unknown): string | null {
  try {
    parse()
    return null
  } catch (thrown) {
    return String(thrown)
  }
}

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'null':
      return null
    case 'string':
      return node.text
    case 'literal':
      return JSON.parse(node.text)
    case 'array':
      return node.items.map(plain)
    case 'object':
      return Object.fromEntries([...node.members].map(([key, member]) => [key, plain(member)]))
  }
}

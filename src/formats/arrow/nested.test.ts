import {
  type Vector as ArrowVector,
  Dictionary,
  Field,
  Int8,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  tableFromArrays,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { chunksOf, openTestEngine } from '../../engine/testing.ts'
import { name, sql } from '../../sql/sql.ts'
import { columnNames, inspectAll, type Read, readAll, tables, value } from '../testing.ts'
import { concatenate, take } from './take.ts'
import { nestedStream, secretsFile, secretsParquet } from './testing.ts'
import { textVector } from './text-vector.ts'
import type { ArrowField, Vector } from './type.ts'
import { valueText } from './value-text.ts'

const planted = 'CANARY-7f3a'

describe('nested columns of pyarrow', () => {
  const { signal } = new AbortController()
  let engine: Engine
  beforeAll(async () => {
    engine = await openTestEngine()
    const { chunks, summary } = await readAll(nestedStream)
    expect(value(summary)).toMatchObject({ rowsRead: 5, rowsSent: 5, rejects: [] })
    value(await engine.ingest(chunksOf(...chunks), 'nested', signal))
  })
  afterAll(() => engine.close())

  // Expected as pyarrow's own to_pylist() gives the columns, in DuckDB's notation.
  test.each<readonly [string, readonly (string | null)[]]>([
    ['lv', ['[NULL, s]', '[]', '[p, q, NULL]', '[q]', '[]']],
    ['llv', ['[20]', '[10, 20]', '[30]', '[]', '[10, 20, 30]']],
    ['lvnull', ['[1]', null, '[]', '[2, 3]', null]],
    ['dstruct.a', [null, '2', null, '1', '2']],
    ['dstruct.b', [null, null, null, 'x', null]],
    ['dlist', ['[3, NULL]', null, '[1, 2]', null, '[]']],
    ['rstruct.a', ['1', '1', '2', null, null]],
    ['rstruct.b', ['x', 'x', null, null, null]],
    ['rdict', ['u', 'v', 'v', 'v', 'v']],
    ['deep.s.t.u', ['1', null, null, null, null]],
    ['deep.s.t.w', ['[m]', null, null, null, null]],
    ['word.d', ['k', 'l', null, null, 'k']],
    ['d256', ['1.10', '-99999999999999999999999999999999999.99', null, '0.00', '12345678901234567890.12']],
    ['wide', [`${'1'.repeat(40)}.5`, null, '-2.5', '0.0', '3.5']],
    ['ml', ['{k=[1, 2]}', null, '{}', '{a=NULL, b=[]}', '{z=[3]}']],
    ['ls', ["[{'x': 1, 'y': q}]", null, '[]', "[NULL, {'x': NULL, 'y': w}]", "[{'x': 9, 'y': NULL}]"]],
  ])('%s', async (column, expected) => {
    const statement = sql`select ${name(column)}::varchar as v from nested order by row_no`
    const { rows } = value(await engine.query(statement, { v: 'text' }, signal))
    expect(rows.map(({ v }) => v)).toEqual(expected)
  })

  test('decimals of 256 bits that fit stay numbers', async () => {
    const statement = sql`select typeof(d256) as v from nested limit 1`
    const { rows } = value(await engine.query(statement, { v: 'text' }, signal))
    expect(rows).toEqual([{ v: 'DECIMAL(38,2)' }])
  })

  test('show in the preview as they are sent', async () => {
    const { columns, preview } = await inspectAll(nestedStream)
    expect(columns).toContain('deep.s.t.u')
    expect(preview.map(row => row[columns.indexOf('word.d')])).toEqual(['k', 'l', null, null, 'k'])
    expect(preview.map(row => row[columns.indexOf('ml')])[3]).toContain('"b"')
  })
})

describe('a credential in a nested column never leaves the reader', () => {
  function expectClean(read: Read, inspection: unknown): void {
    for (const chunk of read.chunks) expect(new TextDecoder('latin1').decode(chunk)).not.toContain(planted)
    expect(JSON.stringify([value(read.summary), inspection])).not.toContain(planted)
    expect(value(read.summary).rowsSent).toBe(2)
  }

  const dropped = [
    'authentication',
    'tags.accessKey',
    'mods.connectionString',
    'props.password',
    'props.pwd',
    'creds.token',
    'raw.mqtt.password',
    'bin.apiKey',
    'inlist.token',
    'cut.password',
  ]

  test('of an Arrow file', async () => {
    const read = await readAll(secretsFile)
    expectClean(read, await inspectAll(secretsFile))
    expect(value(read.summary).droppedSecrets).toEqual(expect.arrayContaining([...dropped, 'view.pwd']))
  })

  test('of a Parquet file, and the rest of the column stays', async () => {
    const read = await readAll(secretsParquet)
    expectClean(read, await inspectAll(secretsParquet))
    expect(value(read.summary).droppedSecrets).toEqual(expect.arrayContaining(dropped))
    const { columns, preview } = await inspectAll(secretsParquet)
    const cells = preview.map(row => Object.fromEntries(columns.map((column, i) => [column, row[i]])))
    expect(cells).toMatchObject([
      {
        id: 'a',
        'tags.site': 's',
        mods: '[{"name":"m"}]',
        raw: '{"mqtt":{},"x":1.10}',
        drop: '{"v":2}',
        cut: '{}',
      },
      { id: 'b', 'tags.site': 't', mods: '[]', raw: 'plain', bin: '00ff', cut: '{"a":1,"v":"x' },
    ])
    expect(cells[0]?.props).toBe('[{"key":"mode","value":"x"}]')
    expect(columns).not.toContain('authentication')
  })

  test('of a dictionary that a dropped column shares with one that stays', async () => {
    const type = new Dictionary(new Utf8(), new Int8(), 7)
    const fields = [new Field('token', type, true), new Field('name', type, true)]
    const words = vectorFromArray([planted, 'pump'], new Utf8())
    const indices = (value: number) =>
      makeData({ type, length: 2, data: Int8Array.of(value, value), dictionary: words })
    const data = makeData({ type: new Struct(fields), length: 2, children: [indices(0), indices(1)] })
    const writer = new RecordBatchStreamWriter()
    writer.write(new RecordBatch(new Schema(fields), data))
    writer.finish()
    const read = await readAll(await writer.toUint8Array())
    expectClean(read, null)
    expect(tables(read).flatMap(table => [...(table.getChild('name') ?? [])])).toEqual(['pump', 'pump'])
  })
})

describe('structs', () => {
  const member = (...names: readonly string[]): ArrowVector =>
    vectorFromArray(
      [Object.fromEntries(names.map(key => [key, key]))],
      new Struct(names.map(key => new Field(key, new Utf8(), true))),
    )

  test('whose columns meet others get names of their own, with a doubt', async () => {
    const table = tableFromArrays({ 'a.b': ['1'] }).assign(tableFromArrays({ x: ['2'] }))
    const bytes = tableToIPC(
      table.assign(
        new (table.constructor as never as new (c: object) => typeof table)({ a: member('b', 'B') }),
      ),
      'stream',
    )
    const read = await readAll(bytes)
    expect(columnNames(read)).toEqual(['a.b', 'x', 'a.b_2', 'a.B_3'])
    expect(value(read.summary).doubts.map(({ kind }) => kind)).toEqual([
      'duplicate-header',
      'duplicate-header',
    ])
  })
})

describe('looking up and joining nested values', () => {
  const text: ArrowField = {
    name: 'item',
    nullable: true,
    type: { kind: 'utf8' },
    children: [],
    dictionary: null,
  }
  const list: ArrowField = { ...text, name: 'v', type: { kind: 'list' }, children: [text] }

  /** Lists that lie in the middle of their values, as a slice of a bigger batch does. */
  function lists(starts: readonly number[], words: readonly string[]): Vector {
    const buffers = [new Uint8Array(Int32Array.from(starts).buffer)]
    return { length: starts.length - 1, nulls: 0, validity: null, buffers, children: [textVector(words)] }
  }
  const shown = (field: ArrowField, vector: Vector) =>
    Array.from({ length: vector.length }, (_, i) => valueText(field, vector, i))

  test('counts offsets on from what the first part uses', () => {
    const joined = concatenate(
      list,
      lists([1, 2, 3], ['gap', 'a', 'b', 'gap']),
      lists([1, 1, 3], ['gap', 'c', 'd']),
    )
    expect(shown(list, joined)).toEqual(['["a"]', '["b"]', '[]', '["c","d"]'])
    const [whole, part] = [textVector(['x', 'yy', 'z']), textVector(['u', 'v'])]
    const tail = {
      ...part,
      length: 1,
      buffers: [part.buffers[0]?.subarray(4) ?? new Uint8Array(8), part.buffers[1] ?? new Uint8Array(0)],
    }
    expect(shown(text, concatenate(text, whole, tail))).toEqual(['x', 'yy', 'z', 'v'])
  })

  test('gives null where there is no index', () => {
    const taken = take(list, lists([0, 2, 3], ['a', 'b', 'c']), Int32Array.of(1, -1, 0, 1))
    expect(shown(list, taken)).toEqual(['["c"]', null, '["a","b"]', '["c"]'])
    const pairs: ArrowField = { ...list, type: { kind: 'fixed-list', size: 2 } }
    const four: Vector = {
      length: 2,
      nulls: 0,
      validity: null,
      buffers: [],
      children: [textVector(['a', 'b', 'c', 'd'])],
    }
    expect(shown(pairs, take(pairs, four, Int32Array.of(-1, 1)))).toEqual([null, '["c","d"]'])
    expect(shown(pairs, concatenate(pairs, four, four))).toHaveLength(4)
  })
})

import {
  makeData,
  makeVector,
  TimestampMicrosecond,
  Uint8,
  Uint64,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { name, sql } from '../sql/sql.ts'
import type { Engine, ResultSchema } from './engine.ts'
import { arrowStream, chunksOf, openTestEngine } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const signal = new AbortController().signal

function ingest(into: string, ...streams: Uint8Array[]) {
  return engine.ingest(chunksOf(...streams), into, signal)
}

async function rowsOf(table: string, result: ResultSchema) {
  const answer = await engine.query(sql`from ${name(table)} order by row_no`, result, signal)
  return answer.ok ? answer.value.rows.map(row => Object.values(row)) : answer.failure
}

const sound = (from: number, count: number) =>
  arrowStream({
    n: { type: 'integer', values: Array.from({ length: count }, (_, i) => from + i) },
    c: { type: 'category', values: Array.from({ length: count }, (_, i) => ['b', 'a', null][i % 3]) },
  })

/** Nothing but tables with a name that somebody asked for, and no type of their ENUMs. */
async function hiddenTraces() {
  const traces = sql`select table_name as name from duckdb_tables() where regexp_matches(table_name, '^(import|piece) ')
    union all select type_name from duckdb_types() where type_name like 'values %'`
  const answer = await engine.query(traces, { name: 'text' }, signal)
  return answer.ok ? answer.value.rows : answer.failure
}

describe('sound streams', () => {
  test('several chunks become one table, counted and numbered in their order', async () => {
    const progress: number[] = []
    const chunks = chunksOf(sound(10, 3), sound(20, 0), sound(30, 2))
    const result = await engine.ingest(chunks, 'several', signal, rows => progress.push(rows))
    expect(result).toEqual({
      ok: true,
      value: {
        rows: 5,
        columns: [
          { name: 'row_no', type: 'integer' },
          { name: 'n', type: 'integer' },
          { name: 'c', type: 'text' },
        ],
      },
    })
    expect(progress).toEqual([3, 3, 5])
    expect(await rowsOf('several', { row_no: 'integer', n: 'integer', c: 'text' })).toEqual([
      [1, 10, 'b'],
      [2, 11, 'a'],
      [3, 12, null],
      [4, 30, 'b'],
      [5, 31, 'a'],
    ])
    expect(await hiddenTraces()).toEqual([])
  })

  test('a dictionary column is an ENUM that sorts as its text, and max works on it', async () => {
    await ingest('coded', arrowStream({ c: { type: 'category', values: ['成', 'b', 'a', null] } }))
    const types = sql`select data_type as t from duckdb_columns() where table_name = 'coded' and column_name = 'c'`
    expect(await engine.query(types, { t: 'text' }, signal)).toMatchObject({
      value: { rows: [{ t: "ENUM('a', 'b', '成')" }] },
    })
    const greatest = sql`select max(c) as m, count(distinct c) as n from coded`
    expect(await engine.query(greatest, { m: 'text', n: 'integer' }, signal)).toMatchObject({
      value: { rows: [{ m: '成', n: 3 }] },
    })
  })

  test('a dictionary that grows from chunk to chunk keeps every value', async () => {
    const chunk = (values: string[]) => arrowStream({ c: { type: 'category', values } })
    await ingest('growing', chunk(['x', 'y']), chunk(['z', 'x']))
    expect(await rowsOf('growing', { c: 'text' })).toEqual([['x'], ['y'], ['z'], ['x']])
  })

  test('the row numbers of the stream are kept, and moved to the front', async () => {
    const stream = arrowStream({
      t: { type: 'text', values: ['a', 'b'] },
      row_no: { type: 'integer', values: [7, 9] },
    })
    expect(await ingest('numbered', stream)).toMatchObject({
      value: { columns: [{ name: 'row_no' }, { name: 't' }] },
    })
    expect(await rowsOf('numbered', { row_no: 'integer', t: 'text' })).toEqual([
      [7, 'a'],
      [9, 'b'],
    ])
  })

  test('no rows and nothing but nulls are tables too', async () => {
    await ingest('no rows', sound(0, 0))
    expect(await rowsOf('no rows', { n: 'integer', c: 'text' })).toEqual([])
    const nothing = {
      t: { type: 'category', values: [null, null] },
      at: { type: 'timestamp', values: [null, null] },
    }
    await ingest('all null', arrowStream(nothing as Parameters<typeof arrowStream>[0]))
    expect(await rowsOf('all null', { t: 'text', at: 'timestamp' })).toEqual([
      [null, null],
      [null, null],
    ])
  })

  test('odd names arrive as they are', async () => {
    const odd = ['__proto__', 'rowid', 'a"b', 'select', '列 1', "it's", ' ']
    const columns = Object.fromEntries(
      odd.map(column => [column, { type: 'text', values: [column] } as const]),
    )
    Object.defineProperty(columns, '__proto__', {
      value: { type: 'text', values: ['__proto__'] },
      enumerable: true,
    })
    expect(await ingest('odd "names"', arrowStream(columns))).toMatchObject({ ok: true })
    const schema = Object.fromEntries(
      odd.filter(column => column !== '__proto__').map(column => [column, 'text']),
    )
    const answer = await engine.query(sql`from "odd ""names"""`, schema as ResultSchema, signal)
    expect(
      answer.ok ? Object.entries(answer.value.rows[0] ?? {}).every(([key, value]) => key === value) : answer,
    ).toBe(true)
    expect(
      await engine.query(sql`from "odd ""names"""`, JSON.parse('{"__proto__":"text"}'), signal),
    ).toMatchObject({
      ok: true,
    })
  })

  test('unsigned integers keep every digit, and times with a zone keep it', async () => {
    const zoned = makeVector(
      makeData({
        type: new TimestampMicrosecond('Asia/Shanghai'),
        length: 1,
        data: BigInt64Array.of(1_000_001n),
      }),
    )
    const stream = arrowStream({
      u64: vectorFromArray([18446744073709551615n], new Uint64()),
      u8: vectorFromArray([255], new Uint8()),
      at: zoned,
    })
    await ingest('wide', stream)
    expect(await rowsOf('wide', { u64: 'integer', u8: 'integer', at: 'timestamp' })).toEqual([
      [18446744073709551615n, 255, 1_000_001],
    ])
    const written = sql`select cast("at" as varchar) as w from wide`
    expect(await engine.query(written, { w: 'text' }, signal)).toMatchObject({
      value: { rows: [{ w: '1970-01-01 00:00:01.000001+00' }] },
    })
  })
})

describe('refusals', () => {
  const whole = sound(1, 3)
  const cases: readonly (readonly [string, readonly Uint8Array[]])[] = [
    ['bytes that are not Arrow', [new TextEncoder().encode('<html>not found</html>')]],
    [
      'an Arrow file instead of a stream',
      [Uint8Array.of(...new TextEncoder().encode('ARROW1\0\0'), ...whole)],
    ],
    ['a stream without its end', [whole.subarray(0, whole.length - 8)]],
    ['a stream cut inside a batch', [whole.subarray(0, whole.length - 40)]],
    ['no stream at all', []],
    ['a second stream with other columns', [whole, arrowStream({ m: { type: 'integer', values: [1] } })]],
    [
      'a second stream with its columns swapped',
      [
        arrowStream({ a: { type: 'text', values: ['1'] }, b: { type: 'text', values: ['2'] } }),
        arrowStream({ b: { type: 'text', values: ['2'] }, a: { type: 'text', values: ['1'] } }),
      ],
    ],
    [
      'a second stream of another type',
      [
        arrowStream({ n: { type: 'integer', values: [1] } }),
        arrowStream({ n: { type: 'number', values: [1.5] } }),
      ],
    ],
    ['row numbers that are text', [arrowStream({ Row_No: vectorFromArray(['x'], new Utf8()) })]],
    [
      'names that differ only in case',
      [arrowStream({ a: { type: 'integer', values: [1] }, A: { type: 'integer', values: [2] } })],
    ],
  ]

  test.each(cases)('%s: refused, nothing stays, and the next import works', async (_, streams) => {
    expect(await ingest('refused', ...streams)).toMatchObject({
      failure: { kind: 'ingest-mismatch', table: 'refused' },
    })
    expect(await hiddenTraces()).toEqual([])
    expect(await ingest('refused', whole)).toMatchObject({ ok: true, value: { rows: 3 } })
    await engine.execute(sql`drop table refused`, signal)
  })

  test('a table that exists is not touched', async () => {
    await ingest('taken', sound(1, 1))
    expect(await ingest('taken', sound(5, 2))).toMatchObject({ failure: { kind: 'query-failed' } })
    expect(await rowsOf('taken', { n: 'integer' })).toEqual([[1]])
    expect(await hiddenTraces()).toEqual([])
  })
})

describe('cancel', () => {
  test('between chunks: nothing stays and the source is told', async () => {
    const abort = new AbortController()
    let told = false
    async function* endless() {
      try {
        for (;;) yield sound(1, 1000)
      } finally {
        told = true
      }
    }
    const result = await engine.ingest(endless(), 'cancelled', abort.signal, rows => {
      if (rows >= 3000) abort.abort()
    })
    expect(result).toEqual({ ok: false, failure: { kind: 'cancelled' } })
    expect(told).toBe(true)
    expect(await hiddenTraces()).toEqual([])
    expect(await engine.columns('cancelled', signal)).toMatchObject({ ok: false })
  })

  test('while the source has nothing to give', async () => {
    const abort = new AbortController()
    const silent: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
    }
    setTimeout(() => abort.abort(), 50)
    expect(await engine.ingest(silent, 'waiting', abort.signal)).toEqual({
      ok: false,
      failure: { kind: 'cancelled' },
    })
  })
})

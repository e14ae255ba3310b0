import { tableFromIPC } from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Table, ValueType } from '../domain/table.ts'
import { type Sql, sql } from '../sql/sql.ts'
import type { Engine } from './engine.ts'
import { loadRows, openTestEngine } from './testing.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

const signal = new AbortController().signal

async function rowsOf(statement: Sql, result: Record<string, ValueType>): Promise<Table['rows']> {
  const answer = await engine.query(statement, result, signal)
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.value.rows
}

describe('values', () => {
  test('integers keep every digit, in 64 bits and beyond', async () => {
    const statement = sql`select 9007199254740991 as safe, 9007199254740993 as large, -9223372036854775808 as least,
      18446744073709551615::ubigint as unsigned, sum(x) as total, sum(x - x + 2) as small
      from (values (9223372036854775807), (9223372036854775807)) as t(x)`
    expect(
      await rowsOf(statement, {
        safe: 'integer',
        large: 'integer',
        least: 'integer',
        unsigned: 'integer',
        total: 'integer',
        small: 'integer',
      }),
    ).toEqual([
      {
        safe: 9007199254740991,
        large: 9007199254740993n,
        least: -9223372036854775808n,
        unsigned: 18446744073709551615n,
        total: 18446744073709551614n,
        small: 4,
      },
    ])
  })

  test('a fraction is refused as an integer, a whole double is not', async () => {
    expect(
      await rowsOf(sql`select 3.0::double as n, 'nan'::double as m`, { n: 'integer', m: 'integer' }),
    ).toEqual([{ n: 3, m: null }])
    expect(await engine.query(sql`select 1.5 as n`, { n: 'integer' }, signal)).toMatchObject({
      failure: { kind: 'query-failed', detail: expect.stringContaining('not a whole number') },
    })
  })

  test('decimals keep their scale; what is not finite is null', async () => {
    const statement = sql`select 12.34::decimal(10, 2) as d, 'nan'::double as nan, '-inf'::double as inf, 1e308 as big`
    expect(await rowsOf(statement, { d: 'number', nan: 'number', inf: 'number', big: 'number' })).toEqual([
      { d: 12.34, nan: null, inf: null, big: 1e308 },
    ])
  })

  test('times are microseconds since 1970 in UTC, whatever their stored kind', async () => {
    const statement = sql`select timestamp '2026-01-02 03:04:05.678901' as us, timestamp_ns '1969-12-31 23:59:59.999999' as ns,
      timestamptz '2026-01-01 08:00:00+08' as tz, date '1969-12-31' as d, 'infinity'::timestamp as never`
    const types = {
      us: 'timestamp',
      ns: 'timestamp',
      tz: 'timestamp',
      d: 'date',
      never: 'timestamp',
    } as const
    expect(await rowsOf(statement, types)).toEqual([
      { us: 1767323045678901, ns: -1, tz: 1767225600000000, d: -86_400_000_000, never: null },
    ])
  })

  test('intervals, lists, structs and ENUMs come as text', async () => {
    const statement = sql`select interval '1 day 2 hours' as i, [1, 2] as l, {'a': 1} as s, 'x'::enum('x', 'y') as e`
    expect(await rowsOf(statement, { i: 'text', l: 'text', s: 'text', e: 'text' })).toEqual([
      { i: '1 day 02:00:00', l: '[1, 2]', s: "{'a': 1}", e: 'x' },
    ])
  })

  test('a column called __proto__ is a column like any other', async () => {
    const names = JSON.parse('{"__proto__": "text", "constructor": "integer"}')
    const [row] = await rowsOf(sql`select 'kept' as "__proto__", 1 as "constructor"`, names)
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', 'kept'],
      ['constructor', 1],
    ])
    expect(Object.getPrototypeOf(row)).toBe(null)
  })
})

describe('result schema', () => {
  test('gives the declared columns in the declared order and keeps the order of the rows', async () => {
    await loadRows(engine, 'ordered', { n: 'integer', t: 'text' }, [
      { n: 2, t: 'b' },
      { n: 3, t: 'c' },
      { n: 1, t: 'a' },
    ])
    const answer = await engine.query(
      sql`select n, t, 1 as unused from ordered order by n desc -- a remark`,
      { t: 'text', n: 'integer' },
      signal,
    )
    expect(answer).toEqual({
      ok: true,
      value: {
        columns: [
          { name: 't', type: 'text' },
          { name: 'n', type: 'integer' },
        ],
        rows: [
          { t: 'c', n: 3 },
          { t: 'b', n: 2 },
          { t: 'a', n: 1 },
        ],
        truncated: false,
      },
    })
  })

  test.each([
    ['a missing column', sql`select 1 as a`, { a: 'integer', b: 'integer' }],
    ['a column that occurs twice', sql`select 1 as a, 2 as a`, { a: 'integer' }],
    ['a column in other letters', sql`select 1 as A`, { a: 'integer' }],
  ] as const)('refuses %s', async (_, statement, types) => {
    expect(await engine.query(statement, types, signal)).toMatchObject({
      failure: { kind: 'unexpected-result' },
    })
  })

  test('columns that differ only in case stay apart', async () => {
    expect(await rowsOf(sql`select 1 as "a", 2 as "A"`, { A: 'integer', a: 'integer' })).toEqual([
      { A: 2, a: 1 },
    ])
  })

  test('an empty and an all-null result keep their columns', async () => {
    expect(await rowsOf(sql`select 1 as n where false`, { n: 'integer' })).toEqual([])
    const nulls = sql`select null as t, null as n, null as b, null as at`
    expect(await rowsOf(nulls, { t: 'text', n: 'number', b: 'boolean', at: 'timestamp' })).toEqual([
      { t: null, n: null, b: null, at: null },
    ])
  })

  test('reads no more than the limit and says so', async () => {
    const numbers = sql`select range as n from range(10)`
    expect(await engine.query(numbers, { n: 'integer' }, signal, 9)).toMatchObject({
      value: { rows: { length: 9 }, truncated: true },
    })
    expect(await engine.query(numbers, { n: 'integer' }, signal, 10)).toMatchObject({
      value: { rows: { length: 10 }, truncated: false },
    })
  })
})

describe('failures', () => {
  test('a wrong statement fails with the words of DuckDB and its own SQL', async () => {
    expect(await engine.query(sql`select nonsense from nowhere`, { n: 'integer' }, signal)).toEqual({
      ok: false,
      failure: {
        kind: 'query-failed',
        sql: 'select nonsense from nowhere',
        detail: expect.stringMatching(
          /^Catalog Error: Table with name nowhere does not exist!(\nDid you mean .*)?$/,
        ),
      },
    })
  })

  test('a syntax error is told in plain words', async () => {
    expect(await engine.query(sql`select from where`, { n: 'integer' }, signal)).toMatchObject({
      failure: {
        kind: 'query-failed',
        detail: expect.stringMatching(/^Parser Error: syntax error at or near "\S+"$/),
      },
    })
  })

  test('more than the memory limit is refused and the database lives', async () => {
    const large = sql`create table large as select repeat('x', 100_000) || range as t from range(100_000)`
    expect(await engine.execute(large, signal)).toMatchObject({ failure: { kind: 'out-of-memory' } })
    expect(await rowsOf(sql`select count(*) as n from ordered`, { n: 'integer' })).toEqual([{ n: 3 }])
  }, 60_000)
})

describe('Arrow', () => {
  test('gives one stream with exactly the declared types', async () => {
    const statement = sql`select 'x'::enum('x') as t, 1::hugeint as i, 1.5::decimal(3, 1) as n, true as b,
      timestamptz '2026-01-01 00:00:00.000001+00' as at, timestamp '2026-01-01 10:00:00' as d`
    const types = { t: 'text', i: 'integer', n: 'number', b: 'boolean', at: 'timestamp', d: 'date' } as const
    const stream = await engine.queryArrow(statement, types, signal)
    if (!stream.ok) throw new Error(JSON.stringify(stream.failure))
    const table = tableFromIPC(stream.value)
    expect(table.schema.fields.map(field => `${field.name} ${field.type}`)).toEqual([
      't Utf8',
      'i Int64',
      'n Float64',
      'b Bool',
      'at Timestamp<MICROSECOND>',
      'd Date32<DAY>',
    ])
    const [text, integer, number, boolean, at, date] = table.batches[0]?.data.children ?? []
    expect([text, boolean].map(column => column?.length)).toEqual([1, 1])
    expect([integer?.values[0], number?.values[0], at?.values[0], date?.values[0]]).toEqual([
      1n,
      1.5,
      1767225600000001n,
      20454,
    ])
  })

  test('carries all rows of many batches, and none of an empty result', async () => {
    const count = async (rows: number) => {
      const stream = await engine.queryArrow(
        sql`select range as n from range(${rows})`,
        { n: 'integer' },
        signal,
      )
      return stream.ok ? tableFromIPC(stream.value).numRows : stream.failure
    }
    expect(await count(100_000)).toBe(100_000)
    expect(await count(0)).toBe(0)
  })
})

test('columns and memory tell what is stored', async () => {
  await loadRows(engine, 'stored', { c: 'category', at: 'timestamp' }, [{ c: 'x' }])
  expect(await engine.columns('stored', signal)).toEqual({
    ok: true,
    value: [
      { name: 'row_no', type: 'integer' },
      { name: 'c', type: 'text' },
      { name: 'at', type: 'timestamp' },
    ],
  })
  const before = await engine.memory()
  await engine.execute(sql`create table million as select range as n from range(1_000_000)`, signal)
  const after = await engine.memory()
  expect(after.ok && before.ok ? after.value - before.value : 0).toBeGreaterThan(500_000)
})

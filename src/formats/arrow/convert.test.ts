import {
  type Vector as ArrowVector,
  Bool,
  Dictionary,
  Duration,
  Field,
  Float16,
  Int8,
  Int32,
  IntervalDayTime,
  LargeUtf8,
  makeData,
  makeVector,
  Null,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Table,
  TimeNanosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../engine/engine.ts'
import { chunksOf, openTestEngine } from '../../engine/testing.ts'
import { name, sql } from '../../sql/sql.ts'
import { failureOfReading, inspectAll, readAll, tables, value } from '../testing.ts'

const { signal } = new AbortController()
let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.close())

function stream(columns: Record<string, ArrowVector>): Uint8Array {
  return tableToIPC(new Table(columns), 'stream')
}

/** The column `v` as DuckDB prints it. */
async function inDuckDb(bytes: Uint8Array): Promise<readonly unknown[]> {
  const { chunks, summary } = await readAll(bytes)
  value(summary)
  const table = crypto.randomUUID()
  value(await engine.ingest(chunksOf(...chunks), table, signal))
  const statement = sql`select v::varchar as v from ${name(table)} order by row_no`
  return value(await engine.query(statement, { v: 'text' }, signal)).rows.map(row => row.v)
}

const int64 = (values: readonly bigint[]) => BigInt64Array.from(values)

describe('what DuckDB-WASM would load with wrong values', () => {
  test.each<readonly [string, ArrowVector, readonly (string | null)[]]>([
    [
      'time[ns]',
      makeVector(makeData({ type: new TimeNanosecond(), data: int64([3_723_000_000_001n]) })),
      ['01:02:03.000000001'],
    ],
    [
      'float16',
      makeVector(makeData({ type: new Float16(), data: Uint16Array.of(0x3c00, 0xc000, 0x0001) })),
      ['1.0', '-2.0', '5.9604645e-08'],
    ],
    [
      'duration',
      makeVector(makeData({ type: new Duration(3), data: int64([-1_500_000_001n]) })),
      ['PT-1.500000001S'],
    ],
    [
      'interval',
      makeVector(makeData({ type: new IntervalDayTime(), data: Int32Array.of(2, 3500) })),
      ['P2DT3.5S'],
    ],
    ['large utf8', vectorFromArray(['一', null, ''], new LargeUtf8()), ['一', null, '']],
    ['null', makeVector(makeData({ type: new Null(), length: 2 })), [null, null]],
    [
      'timestamp[ns] with zone',
      makeVector(makeData({ type: new TimestampNanosecond('UTC'), data: int64([1_000_001n, -1n]) })),
      ['1970-01-01 00:00:00.001+00', '1969-12-31 23:59:59.999999+00'],
    ],
    ['booleans that are null all through', vectorFromArray([null, null], new Bool()), [null, null]],
    [
      'timestamp[ns] at the ends of its range',
      makeVector(makeData({ type: new TimestampNanosecond(), data: int64([2n ** 63n - 1n, -(2n ** 63n)]) })),
      ['2262-04-11 23:47:16.854775', '1677-09-21 00:12:43.145224'],
    ],
    [
      'timestamp[ms] before 1970',
      makeVector(makeData({ type: new TimestampMillisecond(), data: int64([-1n]) })),
      ['1969-12-31 23:59:59.999'],
    ],
  ])('%s arrives whole', async (_, vector, expected) => {
    expect(await inDuckDb(stream({ v: vector }))).toEqual(expected)
  })

  test('a cut below microseconds is a doubt', async () => {
    const zoned = makeVector(
      makeData({ type: new TimestampNanosecond('UTC'), data: int64([1_000n, 1_001n]) }),
    )
    const summary = value((await readAll(stream({ v: zoned }))).summary)
    expect(summary.doubts).toEqual([{ kind: 'time-lost-precision', column: 'v' }])
  })
})

describe('dictionaries', () => {
  const type = new Dictionary(new Utf8(), new Int8(), 7)
  const schema = new Schema([new Field('v', type, true)])

  function batch(words: readonly string[], indices: readonly number[]): RecordBatch {
    const dictionary = vectorFromArray(words, new Utf8())
    const child = makeData({ type, length: indices.length, data: Int8Array.from(indices), dictionary })
    return new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: indices.length, children: [child] }),
    )
  }

  async function written(...batches: readonly RecordBatch[]): Promise<Uint8Array> {
    const writer = new RecordBatchStreamWriter()
    for (const next of batches) writer.write(next)
    writer.finish()
    return writer.toUint8Array()
  }

  test('a dictionary that is replaced between batches keeps the words of both', async () => {
    const bytes = await written(batch(['a', 'b'], [0, 1]), batch(['x', 'y', 'z'], [2, 0]))
    expect(await inDuckDb(bytes)).toEqual(['a', 'b', 'z', 'x'])
    expect((await inspectAll(bytes)).preview).toEqual([['a'], ['b'], ['z'], ['x']])
  })

  test('an index outside the dictionary is refused', async () => {
    const failure = await failureOfReading(await written(batch(['a', 'b'], [0, 2])))
    expect(failure).toMatchObject({
      kind: 'unreadable-file',
      detail: 'index 2 of a dictionary of 2',
      where: 'column v',
    })
  })

  test('numbers in a dictionary arrive as numbers', async () => {
    const numbers = vectorFromArray([7, 9, 7, null], new Dictionary(new Int32(), new Int8()))
    expect(await inDuckDb(stream({ v: numbers }))).toEqual(['7', '9', '7', null])
  })
})

test('a column that the engine cannot tell from another is renamed, with a doubt', async () => {
  const read = await readAll(
    stream({ v: vectorFromArray(['a']), V: vectorFromArray(['b']), row_no: vectorFromArray(['c']) }),
  )
  expect(tables(read)[0]?.schema.fields.map(field => field.name)).toEqual(['v', 'V_2', 'row_no_2'])
  expect(value(read.summary).doubts.map(({ kind }) => kind)).toEqual(['duplicate-header', 'duplicate-header'])
})

test('a batch of many rows is cut into batches that the engine can take', async () => {
  const many = vectorFromArray(
    Array.from({ length: 200_001 }, (_, i) => (i % 9 === 0 ? null : `行${i}`)),
    new Utf8(),
  )
  const read = await readAll(stream({ v: many }))
  const [table] = tables(read)
  expect(table?.batches.map(({ numRows }) => numRows)).toEqual([65_536, 65_536, 65_536, 3_393])
  expect([...(table?.getChild('v') ?? [])]).toEqual([...many])
})

test('a stream without its end marker is refused', async () => {
  const bytes = stream({ v: vectorFromArray(['a']) })
  expect(await failureOfReading(bytes.slice(0, -8))).toMatchObject({
    detail: 'has no end marker; it may have been cut short',
  })
})

test('a stream of no batches is a table of no rows', async () => {
  const bytes = stream({ v: vectorFromArray(['a']).slice(0, 0) })
  expect(await inDuckDb(bytes)).toEqual([])
})

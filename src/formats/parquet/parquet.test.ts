import { describe, expect, test } from 'vitest'
import {
  failureOfReading,
  inspectAll,
  noSamples,
  readAll,
  sample,
  tables,
  value,
  withTraps,
} from '../testing.ts'

/** Rows, and one value of the first row, as the README files beside the originals and pyarrow give them. */
const good: readonly (readonly [string, number, string, unknown])[] = [
  ['alltypes_plain.parquet', 8, 'id', 4],
  ['alltypes_plain.snappy.parquet', 2, 'id', 6],
  ['alltypes_dictionary.parquet', 2, 'double_col', 0],
  ['byte_stream_split.zstd.parquet', 300, 'f64', -1.3065268517353166],
  ['datapage_v2.snappy.parquet', 5, 'a', 'abc'],
  ['int32_with_null_pages.parquet', 1000, 'int32_field', -654807448],
  ['int96_from_spark.parquet', 6, 'a', 1704141296123456n],
  ['lz4_raw_compressed.parquet', 4, 'c0', 1593604800n],
  ['nested_lists.snappy.parquet', 3, 'b', 1],
  ['nulls.snappy.parquet', 8, 'b_struct.b_c_int', null],
]

/** Times as the integers they are stored as; apache-arrow would hand out rounded milliseconds. */
function firstValue(chunk: Uint8Array, column: string): unknown {
  const [table] = tables({ chunks: [chunk], summary: { ok: false, failure: { kind: 'cancelled' } } })
  const vector = table?.getChild(column)
  const raw: unknown = vector?.data[0]?.values?.[0]
  if (typeof raw === 'bigint') return raw
  const cell: unknown = vector?.get(0)
  return cell !== null && typeof cell === 'object' ? JSON.parse(JSON.stringify(cell)) : cell
}

describe.skipIf(noSamples)('Parquet files of parquet-testing (skipped without ../shared/samples)', () => {
  test.each(good)('%s has %i rows, first %s = %s', async (file, rows, column, first) => {
    const bytes = sample(`parquet/${file}`)
    const read = await readAll(bytes)
    expect(value(read.summary)).toMatchObject({ rowsRead: rows, rowsSent: rows, bytes: bytes.length })
    expect(firstValue(read.chunks[0] ?? new Uint8Array(0), column)).toEqual(first)
    expect((await inspectAll(bytes)).declaredRows).toBe(rows)
  })

  test('times of Spark that nanoseconds cannot hold are read right', async () => {
    const read = await readAll(sample('parquet/int96_from_spark.parquet'))
    expect(value(read.summary).doubts).toEqual([])
    // As int96_from_spark.md beside the file gives them; the fifth is null.
    const [values = []] = tables(read).map(table => [...(table.getChild('a')?.data[0]?.values ?? [])])
    expect(values.toSpliced(4, 1)).toEqual([
      1704141296123456n,
      1704070800000000n,
      253402225200000000n,
      1735599600000000n,
      9089380393200000000n,
    ])
  })

  test('a file cut short is refused before the library sees it', async () => {
    const bytes = sample('parquet/alltypes_plain.parquet')
    for (let length = 4; length < bytes.length; length += 64)
      expect(await failureOfReading(bytes.slice(0, length)), `${length} bytes`).toMatchObject({
        kind: 'unreadable-file',
      })
  })

  // Last in this file: after a trap the library's instance is unusable.
  test.each(['PARQUET-1481.parquet', 'ARROW-RS-GH-6229-LEVELS.parquet'])('%s fails cleanly', async file => {
    const failure = await withTraps(() => failureOfReading(sample(`parquet/bad/${file}`)))
    expect(failure).toMatchObject({ kind: 'unreadable-file', format: 'Parquet' })
  })
})

import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recognise } from './adapters/adapter.ts'
import type { ReadOptions } from './domain/file.ts'
import type { Engine } from './engine/engine.ts'
import { openTestEngine } from './engine/testing.ts'
import { directReader } from './formats/format.ts'
import { noSamples, sample, samples, value, withTraps } from './formats/testing.ts'
import { name, sql } from './sql/sql.ts'

/**
 * What must become of the files that nobody here wrote: format, rows accepted (of those read), columns, checksum of all
 * cells, and the adapter that knows the table (null: none). A failure is its kind. A file that was packed says so, a
 * workbook of several sheets has a line for each.
 *
 * The checksums are not ours: SHA-256, of which the first eight digits stand here, of the cells joined by TAB, rows by
 * LF, null as U+2400, as they come from Python's csv, json and gzip (text files), openpyxl 3.0 and xlrd 1.2 (workbooks;
 * numbers without a fraction as integers) and pyarrow 25 (Parquet, Arrow; doubles as Python prints them, floats as
 * numpy does, times as `YYYY-MM-DD HH:MM:SS[.ffffff]`, lists as `[a, NULL]`). The times of `int96_from_spark` are those
 * of its documentation, since pyarrow overflows on the last. `test_gb18030.csv` holds one character in each line; its
 * rejects are the lone quote and the lone comma, and text/encoding.test.ts has its values: Python's table of 2000 is
 * older than that of WHATWG. A struct (`nulls`) comes as its fields, which pyarrow shows otherwise. Both have no sum. The values of arrow/ are held by formats/arrow/golden.test.ts.
 */
const outcomes: Readonly<Record<string, readonly [outcome: string, adapter: string | null]>> = {
  'cn/addr.csv': ['csv, 18367 rows, 2 columns, b85f9452', null],
  'cn/provinces.csv': ['csv, 31 rows, 2 columns, b1aecd4b', null],
  'csv/nab_machine_temperature_system_failure.csv': [
    'csv, 22695 rows, 2 columns, 09bec3b0',
    'generic-telemetry',
  ],
  'encodings/test_gb18030.csv': ['csv, 30860 of 30862 rows, 1 columns', null],
  'frictionless-datasets/csv/encodings/iso8859.csv': ['csv, 5 rows, 4 columns, 8a006d66', null],
  'frictionless-datasets/csv/encodings/western-macos-roman.csv': ['csv, 5 rows, 4 columns, 3a2d6411', null],
  'frictionless-datasets/csv/inconsistent-column-number.csv': ['csv, 1 of 2 rows, 3 columns, fa4a3338', null],
  'frictionless-datasets/csv/separators/pipes.csv': ['csv, 2 rows, 3 columns, d94be8ac', null],
  'frictionless-datasets/csv/various-characters.csv': ['csv, 5 rows, 3 columns, 17e4d420', null],
  'frictionless-datasets/empty-files/empty.csv': ['unreadable-file', null],
  'frictionless-datasets/excel/sample-2-sheets.xls › Sheet1': ['xls, 2 rows, 3 columns, 8b110ed4', null],
  'frictionless-datasets/excel/sample-2-sheets.xls › Sheet2': ['xls, 2 rows, 3 columns, df777ad3', null],
  'frictionless-datasets/excel/sample-2-sheets.xlsx › Sheet1': ['xlsx, 2 rows, 3 columns, 8b110ed4', null],
  'frictionless-datasets/excel/sample-2-sheets.xlsx › Sheet2': ['xlsx, 2 rows, 3 columns, df777ad3', null],
  'frictionless-datasets/wrong-extension-files/sample-1-sheet.txt': [
    'xls, 2 rows, 3 columns, 180c05c4',
    null,
  ],
  'frictionless-py/bom.csv': ['csv, 2 rows, 2 columns, c2ca71bd', null],
  'frictionless-py/datapackage.json': ['json, 2 rows, 3 columns, 7a1f623d', null],
  'frictionless-py/duplicate-headers.csv': ['csv, 2 rows, 5 columns, 9d6da658', null],
  'frictionless-py/encoding-issue-274.csv': ['csv, 507 rows, 17 columns, da88eb1c', null],
  'frictionless-py/issue-1105-timezone.csv': ['csv, 2 rows, 2 columns, 10d0cad4', null],
  'frictionless-py/leading-zeros.csv': ['csv, 3 rows, 1 columns, 6e156f96', null],
  'frictionless-py/merged-cells.xlsx': ['xlsx, 2 rows, 2 columns, 78a8e531', null],
  'frictionless-py/multiline-headers.xlsx': ['xlsx, 1 rows, 4 columns, 6df79411', null],
  'frictionless-py/preserve-formatting.xlsx': ['xlsx, 1 rows, 11 columns, 3cf3e7a4', null],
  'frictionless-py/sheets.xlsx › Sheet1': ['xlsx, 1 rows, 2 columns, 9d168500', null],
  'frictionless-py/sheets.xlsx › Sheet2': ['xlsx, 1 rows, 2 columns, cb49b0de', null],
  'frictionless-py/sheets.xlsx › Sheet3': ['xlsx, 1 rows, 2 columns, c3613cf6', null],
  'frictionless-py/skip-rows.xlsx': ['xlsx, 2 rows, 2 columns, c49305a4', null],
  'frictionless-py/table-infer-iso-8859-7.csv': ['csv, 4 rows, 3 columns, a91a9010', null],
  'frictionless-py/table-unicode-headers.csv': ['csv, 2 rows, 2 columns, c2ca71bd', null],
  'frictionless-py/table.csv.gz': ['gzip: csv, 2 rows, 2 columns, c2ca71bd', null],
  'frictionless-py/table.jsonl': ['ndjson, 2 rows, 2 columns, c2ca71bd', null],
  'frictionless-py/table.ndjson': ['ndjson, 2 rows, 2 columns, c2ca71bd', null],
  'frictionless-py/table.parquet': ['parquet, 2 rows, 2 columns, c2ca71bd', null],
  'parity/NYC311-5.arrow': ['arrow-file, 5 rows, 41 columns, 187b2e99', null],
  'parity/NYC311-5.csv': ['csv, 5 rows, 41 columns, 187b2e99', null],
  'parity/NYC311-5.csv.gz': ['gzip: csv, 5 rows, 41 columns, 187b2e99', null],
  'parity/NYC311-5.jsonl': ['ndjson, 5 rows, 41 columns, 187b2e99', null],
  'parity/NYC311-5.parquet': ['parquet, 5 rows, 41 columns, 187b2e99', null],
  'parity/NYC311-5.tsv': ['csv, 5 rows, 41 columns, 187b2e99', null],
  'parquet/alltypes_dictionary.parquet': ['parquet, 2 rows, 11 columns, 4774937b', null],
  'parquet/alltypes_plain.parquet': ['parquet, 8 rows, 11 columns, 87ddcc0e', null],
  'parquet/alltypes_plain.snappy.parquet': ['parquet, 2 rows, 11 columns, d587ee1f', null],
  'parquet/bad/ARROW-GH-43605.parquet': ['parquet, 21186 rows, 1 columns, e75de072', null],
  'parquet/bad/ARROW-RS-GH-6229-LEVELS.parquet': ['unreadable-file', null],
  'parquet/bad/PARQUET-1481.parquet': ['unreadable-file', null],
  'parquet/byte_stream_split.zstd.parquet': ['parquet, 300 rows, 2 columns, 2ca0feed', null],
  'parquet/datapage_v2.snappy.parquet': ['parquet, 5 rows, 5 columns, 17d14b79', null],
  'parquet/int32_with_null_pages.parquet': ['parquet, 1000 rows, 1 columns, 101339de', null],
  'parquet/int96_from_spark.parquet': ['parquet, 6 rows, 1 columns, 9ab9e465', null],
  'parquet/lz4_raw_compressed.parquet': ['parquet, 4 rows, 3 columns, 398f0db5', null],
  'parquet/nested_lists.snappy.parquet': ['parquet, 3 rows, 2 columns, 9b788f7c', null],
  'parquet/nulls.snappy.parquet': ['parquet, 8 rows, 1 columns', null],
  'survival/gbsg2.csv': ['csv, 686 rows, 10 columns, fa8b7a38', null],
  'survival/lung.csv': ['csv, 228 rows, 10 columns, 3722d7c8', null],
  'survival/waltons_dataset.csv': ['csv, 163 rows, 3 columns, 1dd17f6e', null],
  'xlsx/any_sheets.xlsx › Visible': ['xlsx, 4 rows, 2 columns, 3b589769', null],
  'xlsx/any_sheets.xlsx › Hidden': ['unreadable-file', null],
  'xlsx/any_sheets.xlsx › VeryHidden': ['unreadable-file', null],
}

describe.skipIf(noSamples)('files of other projects (skipped without ../shared/samples)', () => {
  let engine: Engine
  const reader = directReader()
  const { signal } = new AbortController()
  beforeAll(async () => {
    engine = await openTestEngine()
  })
  afterAll(() => engine.close())

  test('every file has its expected outcome', () => {
    const files = readdirSync(samples, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !/\.(md|tsv)$/.test(entry.name.replace('NYC311-5.tsv', '')))
      .map(entry => `${entry.parentPath}/${entry.name}`.slice(samples.pathname.length))
    expect(files.filter(path => !path.startsWith('arrow/')).sort()).toEqual(
      [...new Set(Object.keys(outcomes).map(fileOf))].sort(),
    )
  })

  // A trap, which one of the files causes, leaves the Parquet library unusable: that file comes last.
  const paths = [...new Set(Object.keys(outcomes).map(fileOf))].sort(
    (a, b) => Number(traps(a)) - Number(traps(b)),
  )
  test.each(paths)('%s', async path => {
    const found = traps(path) ? await withTraps(() => outcomesOf(path)) : await outcomesOf(path)
    const expected = Object.entries(outcomes).filter(([label]) => fileOf(label) === path)
    expect(found.map(([label, , adapter]) => [label, adapter])).toEqual(
      expected.map(([label, [, adapter]]) => [label, adapter]),
    )
    for (const [label, outcome] of found) expect(withoutSum(label, outcome)).toBe(outcomes[label]?.[0])
  })

  /** The file as it is, or as the one that came out of it: its tables with what became of each. */
  async function outcomesOf(path: string): Promise<readonly Outcome[]> {
    const file = new Blob([sample(path)])
    const unpacked = value(await reader.unpack(file, path, signal, () => {}))
    const inner = unpacked?.files[0]
    const found = await tablesOf(inner?.file ?? file, path)
    return inner === undefined
      ? found
      : found.map(([label, words, adapter]) => [label, `gzip: ${words}`, adapter])
  }

  async function tablesOf(file: Blob, path: string): Promise<readonly Outcome[]> {
    const looked = await reader.inspect(file, path, {}, signal)
    if (!looked.ok) return [[path, looked.failure.kind, null]]
    if (looked.value.parts.length < 2) return [await outcomeOf(file, path, {})]
    const found: Outcome[] = []
    for (const { id } of looked.value.parts)
      found.push(await outcomeOf(file, `${path} › ${id}`, { part: id }))
    return found
  }

  async function outcomeOf(file: Blob, label: string, options: ReadOptions): Promise<Outcome> {
    const looked = await reader.inspect(file, label, options, signal)
    if (!looked.ok) return [label, looked.failure.kind, null]
    const reading = reader.read(file, label, options, signal, () => {})
    const loaded = await engine.ingest(reading.chunks, label, signal)
    const summary = await reading.summary
    if (!summary.ok) return [label, summary.failure.kind, null]
    const { rows, columns: stored } = value(loaded)
    const { rowsRead, rowsSent, rejectCounts } = summary.value
    expect(rows).toBe(rowsSent)
    expect(Object.values(rejectCounts).reduce((sum, count) => sum + count, 0)).toBe(rowsRead - rowsSent)
    const told = rowsSent === rowsRead ? `${rowsSent}` : `${rowsSent} of ${rowsRead}`
    const columns = stored.map(column => column.name).filter(column => column !== 'row_no')
    const { format } = looked.value
    const adapter = recognise({ fileName: label, ...looked.value })?.adapter.id ?? null
    const words = `${format}, ${told} rows, ${columns.length} columns, ${await checksum(label, columns)}`
    return [label, words, adapter]
  }

  async function checksum(table: string, columns: readonly string[]): Promise<string> {
    const schema = Object.fromEntries(columns.map(column => [column, 'text' as const]))
    const found = await engine.query(sql`select * from ${name(table)} order by row_no`, schema, signal)
    const lines = value(found).rows.map(row => columns.map(column => row[column] ?? '\u2400').join('\t'))
    return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 8)
  }
})

type Outcome = readonly [label: string, outcome: string, adapter: string | null]

/** Where another tool could say no checksum, ours says nothing. */
function withoutSum(label: string, outcome: string): string {
  const hasSum = /, [0-9a-f]{8}$/.test(outcomes[label]?.[0] ?? '')
  return hasSum ? outcome : outcome.replace(/, [0-9a-f]{8}$/, '')
}

function fileOf(label: string): string {
  return label.split(' › ')[0] ?? label
}

function traps(path: string): boolean {
  return path.endsWith('ARROW-RS-GH-6229-LEVELS.parquet')
}

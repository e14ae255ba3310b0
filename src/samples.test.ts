import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from './engine/engine.ts'
import { openTestEngine } from './engine/testing.ts'
import { directReader } from './formats/format.ts'
import { noSamples, sample, samples, withTraps } from './formats/testing.ts'
import { name, sql } from './sql/sql.ts'

/**
 * What must become of the files that nobody here wrote: format, rows accepted (of those read), columns, and where
 * another tool could say it the checksum of all cells: SHA-256 begins so when cells are joined by TAB, rows by LF
 * and null is U+2400, as Python's csv and json (text files), openpyxl and xlrd
 * (workbooks) and pyarrow 25 (Parquet) give them. A failure is its kind.
 * The values of arrow/ are held by formats/arrow/golden.test.ts.
 */
const outcomes: Readonly<Record<string, string>> = {
  'cn/addr.csv': 'csv, 18367 rows, 2 columns, b85f9452',
  'cn/provinces.csv': 'csv, 31 rows, 2 columns, b1aecd4b',
  'csv/nab_machine_temperature_system_failure.csv': 'csv, 22695 rows, 2 columns, 09bec3b0',
  'encodings/test_gb18030.csv': 'csv, 30860 of 30862 rows, 1 columns',
  'frictionless-datasets/csv/encodings/iso8859.csv': 'csv, 5 rows, 4 columns, 8a006d66',
  'frictionless-datasets/csv/encodings/western-macos-roman.csv': 'csv, 5 rows, 4 columns, 3a2d6411',
  'frictionless-datasets/csv/inconsistent-column-number.csv': 'csv, 1 of 2 rows, 3 columns, fa4a3338',
  'frictionless-datasets/csv/separators/pipes.csv': 'csv, 2 rows, 3 columns, d94be8ac',
  'frictionless-datasets/csv/various-characters.csv': 'csv, 5 rows, 3 columns, 17e4d420',
  'frictionless-datasets/empty-files/empty.csv': 'unreadable-file',
  'frictionless-datasets/excel/sample-2-sheets.xls': 'xls, 2 rows, 3 columns, 8b110ed4',
  'frictionless-datasets/excel/sample-2-sheets.xlsx': 'xlsx, 2 rows, 3 columns, 8b110ed4',
  'frictionless-datasets/wrong-extension-files/sample-1-sheet.txt': 'xls, 2 rows, 3 columns, 180c05c4',
  'frictionless-py/bom.csv': 'csv, 2 rows, 2 columns, c2ca71bd',
  'frictionless-py/datapackage.json': 'json, 2 rows, 3 columns',
  'frictionless-py/duplicate-headers.csv': 'csv, 2 rows, 5 columns, 9d6da658',
  'frictionless-py/encoding-issue-274.csv': 'csv, 507 rows, 17 columns, da88eb1c',
  'frictionless-py/issue-1105-timezone.csv': 'csv, 2 rows, 2 columns, 10d0cad4',
  'frictionless-py/leading-zeros.csv': 'csv, 3 rows, 1 columns, 6e156f96',
  'frictionless-py/merged-cells.xlsx': 'xlsx, 2 rows, 2 columns, 78a8e531',
  'frictionless-py/multiline-headers.xlsx': 'xlsx, 1 rows, 4 columns, 6df79411',
  'frictionless-py/preserve-formatting.xlsx': 'xlsx, 1 rows, 11 columns, 3cf3e7a4',
  'frictionless-py/sheets.xlsx': 'xlsx, 1 rows, 2 columns, 9d168500',
  'frictionless-py/skip-rows.xlsx': 'xlsx, 2 rows, 2 columns, c49305a4',
  'frictionless-py/table-infer-iso-8859-7.csv': 'csv, 4 rows, 3 columns, a91a9010',
  'frictionless-py/table-unicode-headers.csv': 'csv, 2 rows, 2 columns, c2ca71bd',
  'frictionless-py/table.csv.gz': 'unknown-format',
  'frictionless-py/table.jsonl': 'ndjson, 2 rows, 2 columns, c2ca71bd',
  'frictionless-py/table.ndjson': 'ndjson, 2 rows, 2 columns, c2ca71bd',
  'frictionless-py/table.parquet': 'parquet, 2 rows, 2 columns, c2ca71bd',
  'parity/NYC311-5.arrow': 'arrow-file, 5 rows, 41 columns',
  'parity/NYC311-5.csv': 'csv, 5 rows, 41 columns, 187b2e99',
  'parity/NYC311-5.csv.gz': 'unknown-format',
  'parity/NYC311-5.jsonl': 'ndjson, 5 rows, 41 columns, 187b2e99',
  'parity/NYC311-5.parquet': 'parquet, 5 rows, 41 columns',
  'parity/NYC311-5.tsv': 'csv, 5 rows, 41 columns, 187b2e99',
  'parquet/alltypes_dictionary.parquet': 'parquet, 2 rows, 11 columns',
  'parquet/alltypes_plain.parquet': 'parquet, 8 rows, 11 columns',
  'parquet/alltypes_plain.snappy.parquet': 'parquet, 2 rows, 11 columns',
  'parquet/bad/ARROW-GH-43605.parquet': 'parquet, 21186 rows, 1 columns, e75de072',
  'parquet/bad/ARROW-RS-GH-6229-LEVELS.parquet': 'unreadable-file',
  'parquet/bad/PARQUET-1481.parquet': 'unreadable-file',
  'parquet/byte_stream_split.zstd.parquet': 'parquet, 300 rows, 2 columns',
  'parquet/datapage_v2.snappy.parquet': 'parquet, 5 rows, 5 columns',
  'parquet/int32_with_null_pages.parquet': 'parquet, 1000 rows, 1 columns, 101339de',
  'parquet/int96_from_spark.parquet': 'parquet, 6 rows, 1 columns',
  'parquet/lz4_raw_compressed.parquet': 'parquet, 4 rows, 3 columns',
  'parquet/nested_lists.snappy.parquet': 'parquet, 3 rows, 2 columns',
  'parquet/nulls.snappy.parquet': 'parquet, 8 rows, 1 columns',
  'survival/gbsg2.csv': 'csv, 686 rows, 10 columns, fa8b7a38',
  'survival/lung.csv': 'csv, 228 rows, 10 columns, 3722d7c8',
  'survival/waltons_dataset.csv': 'csv, 163 rows, 3 columns, 1dd17f6e',
  'xlsx/any_sheets.xlsx': 'xlsx, 4 rows, 2 columns, 3b589769',
}

describe.skipIf(noSamples)('files of other projects (skipped without ../shared/samples)', () => {
  let engine: Engine
  const { signal } = new AbortController()
  beforeAll(async () => {
    engine = await openTestEngine()
  })
  afterAll(() => engine.close())

  test('every file has its expected outcome', () => {
    const files = readdirSync(samples, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !/\.(md|tsv)$/.test(entry.name.replace('NYC311-5.tsv', '')))
      .map(entry => `${entry.parentPath}/${entry.name}`.slice(samples.pathname.length))
    expect(files.filter(path => !path.startsWith('arrow/')).sort()).toEqual(Object.keys(outcomes).sort())
  })

  // A trap, which one of the files causes, leaves the Parquet library unusable: that file comes last.
  const cases = Object.entries(outcomes).toSorted(([a], [b]) => Number(traps(a)) - Number(traps(b)))
  test.each(cases)('%s: %s', async (path, expected) => {
    const found = traps(path) ? await withTraps(() => outcomeOf(path)) : await outcomeOf(path)
    const hasSum = expected.split(', ').length > 3
    expect(hasSum ? found : found.replace(/, [0-9a-f]{8}$/, '')).toBe(expected)
  })

  async function outcomeOf(path: string): Promise<string> {
    const file = new Blob([sample(path)])
    const reading = directReader().read(file, path, {}, signal, () => {})
    const loaded = await engine.ingest(reading.chunks, path, signal)
    const summary = await reading.summary
    if (!summary.ok) return summary.failure.kind
    if (!loaded.ok) return loaded.failure.kind
    const { rowsRead, rowsSent } = summary.value
    expect(loaded.value.rows).toBe(rowsSent)
    const rows = rowsSent === rowsRead ? `${rowsSent}` : `${rowsSent} of ${rowsRead}`
    const columns = loaded.value.columns.map(column => column.name).filter(column => column !== 'row_no')
    const format = await formatOf(file, path)
    return `${format}, ${rows} rows, ${columns.length} columns, ${await checksum(path, columns)}`
  }

  async function formatOf(file: Blob, path: string): Promise<string> {
    const inspected = await directReader().inspect(file, path, {}, signal)
    return inspected.ok ? inspected.value.format : inspected.failure.kind
  }

  async function checksum(table: string, columns: readonly string[]): Promise<string> {
    const schema = Object.fromEntries(columns.map(column => [column, 'text' as const]))
    const found = await engine.query(sql`select * from ${name(table)} order by row_no`, schema, signal)
    if (!found.ok) return found.failure.kind
    const lines = found.value.rows.map(row => columns.map(column => row[column] ?? '\u2400').join('\t'))
    return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 8)
  }
})

function traps(path: string): boolean {
  return path.endsWith('ARROW-RS-GH-6229-LEVELS.parquet')
}

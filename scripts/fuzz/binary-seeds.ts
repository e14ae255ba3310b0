import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { tableFromIPC, tableToIPC } from 'apache-arrow'
import { Table as ParquetTable, writeParquet } from 'parquet-wasm'
import { arrowStream } from '../../src/engine/testing.ts'
import { zipOf } from '../../src/formats/archive/testing.ts'
import { noSamples, samples } from '../../src/formats/testing.ts'
import { bookOf, bytesOf, sheetOf } from '../../src/formats/workbook/testing.ts'
import { canary, type Seed } from './seed.ts'

/** Exports in binary formats, and packed ones; every credential is the canary. */
export function binarySeeds(texts: readonly Seed[]): readonly Seed[] {
  return [...columnar(), ...workbooks(), ...packed(texts)]
}

const rows = Array.from({ length: 50 }, (_, i) => i)

function columnar(): readonly Seed[] {
  const stream = arrowStream({
    platform_id: { type: 'category', values: rows.map(i => `P${i % 3}`) },
    device_id: { type: 'text', values: rows.map(i => `设备 ${i}`) },
    created_at: { type: 'timestamp', values: rows.map(i => (i % 5 ? 1.7e15 + i : null)) },
    n: { type: 'integer', values: rows.map(i => 2n ** 60n + BigInt(i)) },
    x: { type: 'number', values: rows.map(i => (i % 4 ? i / 3 : null)) },
    ok: { type: 'boolean', values: rows.map(i => i % 2 === 0) },
    day: { type: 'date', values: rows.map(i => i * 86_400_000_000) },
    device_secret: { type: 'text', values: rows.map(() => canary) },
  })
  const file = tableToIPC(tableFromIPC(stream), 'file')
  const parquet = writeParquet(ParquetTable.fromIPCStream(stream))
  return [
    { format: 'arrow-stream', name: 'device.arrows', bytes: stream },
    { format: 'arrow-file', name: 'device.arrow', bytes: file },
    { format: 'parquet', name: 'device.parquet', bytes: parquet },
  ]
}

function workbooks(): readonly Seed[] {
  const table = [
    ['platform_id', 'device_id', 'name', 'created_at', 'password'],
    ...rows
      .slice(0, 12)
      .map(i => [`P${i % 3}`, `00${i}`, `泵 ${i}`, new Date(Date.UTC(2026, 0, i + 1)), canary]),
  ]
  const merged = sheetOf([['台账'], [], ['区域', '电压', ''], ['', 'A', 'B'], ['东', 1.5, 2], ['', 3, 4]])
  merged['!merges'] = [
    { s: { r: 2, c: 1 }, e: { r: 2, c: 2 } },
    { s: { r: 4, c: 0 }, e: { r: 5, c: 0 } },
  ]
  const book = () => bookOf({ 设备: sheetOf(table), 电压: merged, 空: sheetOf([]) })
  const one = () => bookOf({ device: sheetOf(table) })
  return [
    { format: 'xlsx', name: 'book.xlsx', bytes: bytesOf(book()) },
    { format: 'xlsx', name: 'one.xlsx', bytes: bytesOf(one()) },
    { format: 'xls', name: 'book.xls', bytes: bytesOf(book(), 'biff8') },
    { format: 'xls', name: 'one.xls', bytes: bytesOf(one(), 'biff5') },
  ]
}

function packed(texts: readonly Seed[]): readonly Seed[] {
  const files = texts.filter(({ format }) => ['csv', 'json', 'ndjson'].includes(format)).slice(0, 12)
  const entries = files.map(({ name, bytes }) => ({ name: `export/${name}`, content: bytes }))
  const manifest = { name: 'p', resources: [{ name: 'device', path: 'device.csv' }] }
  return [
    ...files.slice(0, 4).map(({ name, bytes }) => ({
      format: 'gzip',
      name: `${name}.gz`,
      bytes: Uint8Array.from(gzipSync(bytes)),
    })),
    { format: 'zip', name: 'few.zip', bytes: Uint8Array.from(zipOf(entries.slice(0, 3))) },
    {
      format: 'zip',
      name: 'package.zip',
      bytes: Uint8Array.from(
        zipOf([
          { name: 'export/datapackage.json', content: JSON.stringify(manifest) },
          ...entries.slice(0, 2),
        ]),
      ),
    },
    {
      format: 'zip',
      name: 'stored.zip',
      bytes: Uint8Array.from(zipOf(entries.slice(4, 8).map(entry => ({ ...entry, method: 0 })))),
    },
  ]
}

const most = 300_000

const formats: Readonly<Record<string, string>> = {
  csv: 'csv',
  tsv: 'csv',
  jsonl: 'ndjson',
  ndjson: 'ndjson',
  xlsx: 'xlsx',
  xls: 'xls',
  txt: 'xls',
  gz: 'gzip',
  parquet: 'parquet',
  arrow: 'arrow-file',
  arrow_file: 'arrow-file',
  stream: 'arrow-stream',
  json: 'json',
}

/** The small files of ../shared/samples; none where they are missing. */
export function sampleSeeds(): readonly Seed[] {
  if (noSamples) return []
  const entries = readdirSync(samples, { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  )
  const paths = entries.map(entry => `${entry.parentPath}/${entry.name}`).sort()
  return paths.flatMap(path => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const format = formats[name.slice(name.lastIndexOf('.') + 1)]
    const bytes = format === undefined ? null : new Uint8Array(readFileSync(path))
    return format === undefined || bytes === null || bytes.length > most ? [] : [{ format, name, bytes }]
  })
}

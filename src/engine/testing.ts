import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  Bool,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  Table,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow'
import WebWorker from 'web-worker'
import type { Value, ValueType } from '../domain/table.ts'
import type { Bundle } from './bundle.ts'
import type { Engine, Ingested } from './engine.ts'
import { type Patience, usualPatience } from './link.ts'
import { openBundles } from './open.ts'

const dist = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'))

/** duckdb-wasm's worker prints every error that it also answers; tests want these errors, not their print. */
const quietWorker = `data:text/javascript,${encodeURIComponent(
  `console.log = () => {}; await import(${JSON.stringify(pathToFileURL(join(dist, 'duckdb-node-eh.worker.cjs')))})`,
)}`

/** The build that the tests run on: the same wasm as in the page, its worker made by Node. */
export const nodeBundle: Bundle = {
  name: 'eh',
  threads: 1,
  wasm: join(dist, 'duckdb-eh.wasm'),
  spawn: () => new WebWorker(quietWorker, { type: 'module' }),
}

/** The real engine in Node, locked and empty. Close it after use. */
export async function openTestEngine(patience: Patience = usualPatience): Promise<Engine> {
  const opened = await openBundles([nodeBundle], patience)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  return opened.value
}

/** A cell of a fixture: times and dates as ISO 8601 text (UTC) or as microseconds; absent is null. */
export type Cell = Value | undefined

/** `category` is dictionary-coded text, which the engine stores as an ENUM. */
export type CellType = ValueType | 'category'

/** Cells with their type, or a vector of apache-arrow for types that the domain does not name. */
export type ArrowColumn = { readonly type: CellType; readonly values: readonly Cell[] } | Vector

/** One complete Arrow IPC stream with one batch. All columns have the same length. */
export function arrowStream(columns: Readonly<Record<string, ArrowColumn>>): Uint8Array {
  const vectors: Record<string, Vector> = Object.create(null)
  for (const [name, column] of Object.entries(columns)) {
    vectors[name] = column instanceof Vector ? column : vectorOf(column.type, column.values)
  }
  return tableToIPC(new Table(vectors), 'stream')
}

/**
 * Creates a table and fills it; besides the given columns it has `row_no`, as every ingested table has. Absent
 * keys are null; a key that is not a declared column throws, and so does any failure of the engine.
 */
export async function loadRows(
  engine: Engine,
  table: string,
  columns: Readonly<Record<string, CellType>>,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<Ingested> {
  const stray = rows.flatMap(row => Object.keys(row)).find(key => !Object.hasOwn(columns, key))
  if (stray !== undefined) throw new Error(`${table} has no column ${stray}`)
  const stream = arrowStream(
    Object.fromEntries(
      Object.entries(columns).map(([name, type]) => [name, { type, values: rows.map(row => row[name]) }]),
    ),
  )
  const loaded = await engine.ingest(chunksOf(stream), table, new AbortController().signal)
  if (!loaded.ok) throw new Error(`${table}: ${JSON.stringify(loaded.failure)}`)
  return loaded.value
}

/** The given streams as a reader would hand them over. */
export async function* chunksOf(...streams: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* streams
}

function vectorOf(type: CellType, cells: readonly Cell[]): Vector {
  const values = cells.map(cell => cell ?? null)
  switch (type) {
    case 'text':
      return vectorFromArray(values, new Utf8())
    case 'category':
      return categories(values)
    case 'boolean':
      return vectorFromArray(values, new Bool())
    case 'number':
      return vectorFromArray(values, new Float64())
    case 'integer':
      return vectorFromArray(
        values.map(value => (value === null ? null : BigInt(value))),
        new Int64(),
      )
    case 'timestamp':
      return timestamps(values.map(micros))
    case 'date':
      return vectorFromArray(
        values.map(value => (value === null ? null : new Date(Number(micros(value)) / 1000))),
        new DateDay(),
      )
  }
}

/** apache-arrow 17 writes no dictionary at all where it would be empty; the last, unused value prevents it. */
function categories(values: readonly Value[]): Vector {
  const type = new Dictionary(new Utf8(), new Int32())
  return vectorFromArray([...values, ''], type).slice(0, values.length)
}

function micros(cell: Value): bigint | null {
  if (cell === null) return null
  if (typeof cell !== 'string') return BigInt(cell)
  const time = Date.parse(/[Zz]$|[+-]\d\d:\d\d$|^\d{4}-\d\d-\d\d$/.test(cell) ? cell : `${cell}Z`)
  if (Number.isNaN(time)) throw new Error(`not a time: ${cell}`)
  return BigInt(time) * 1000n
}

/** apache-arrow 17 builds timestamps from milliseconds; this keeps the microseconds. */
function timestamps(values: readonly (bigint | null)[]): Vector {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8))
  values.forEach((value, i) => {
    if (value !== null) nullBitmap[i >> 3] = (nullBitmap[i >> 3] ?? 0) | (1 << (i & 7))
  })
  return makeVector(
    makeData({
      type: new TimestampMicrosecond(),
      length: values.length,
      nullCount: values.filter(value => value === null).length,
      data: BigInt64Array.from(values, value => value ?? 0n),
      nullBitmap,
    }),
  )
}

import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import {
  AsyncByteQueue,
  Field,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
} from 'apache-arrow'
import { type CanonicalName, canonicalTable } from '../../src/domain/canonical.ts'
import type { Value } from '../../src/domain/table.ts'
import { type ArrowColumn, arrowColumn } from './arrow-columns.ts'
import type { CanonicalRow } from './canonical-row.ts'

/** A canonical table that is being written to disk as an Arrow IPC file, a batch at a time. */
export interface TableFile<N extends CanonicalName> {
  append(rows: readonly CanonicalRow<N>[]): void
  close(): WrittenFile
}

export interface WrittenFile {
  readonly rows: number
  readonly bytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

const batchRows = 32_768

/** Column name -> the values of its dictionary; needed for every category column of the table. */
export type Categories = Readonly<Record<string, readonly string[]>>

/** Creates or overwrites the file; nothing is held in memory but the batch at hand. */
export function openTableFile<N extends CanonicalName>(
  name: N,
  path: string,
  categories: Categories,
): TableFile<N> {
  const columns = columnsOf(name, categories)
  const schema = schemaOf(name, columns)
  const sink = new FileSink(path)
  const writer = new RecordBatchFileWriter()
  writer.reset(sink, schema)
  let waiting: CanonicalRow<N>[] = []
  let rows = 0
  const flush = () => {
    if (waiting.length > 0) writer.write(encodeBatch(schema, columns, waiting))
    rows += waiting.length
    waiting = []
  }
  const append = (more: readonly CanonicalRow<N>[]) => {
    for (const row of more) {
      waiting.push(row)
      if (waiting.length === batchRows) flush()
    }
  }
  const close = () => {
    flush()
    writer.close()
    return { rows, ...sink.seal() }
  }
  return { append, close }
}

type NamedColumns = readonly (readonly [name: string, column: ArrowColumn])[]

function columnsOf(name: CanonicalName, categories: Categories): NamedColumns {
  return Object.entries(canonicalTable(name).columns).map(([column, declared], id) => [
    column,
    arrowColumn(column, declared, id, categories[column] ?? []),
  ])
}

/** The distinct values of every category column of a table that is held in memory, in sorted order. */
export function categoriesOf<N extends CanonicalName>(name: N, rows: readonly CanonicalRow<N>[]): Categories {
  const categories = Object.entries(canonicalTable(name).columns).filter(([, { category }]) => category)
  return Object.fromEntries(
    categories.map(([column]) => {
      const values = rows.map(row => (row as Readonly<Record<string, Value>>)[column])
      return [column, [...new Set(values)].filter(value => typeof value === 'string').sort()]
    }),
  )
}

function schemaOf(name: CanonicalName, columns: NamedColumns): Schema {
  const declared = canonicalTable(name).columns
  const fields = columns.map(([column, { type }]) => {
    const required = declared[column]?.key ?? declared[column]?.required ?? false
    return new Field(column, type, !required)
  })
  return new Schema(fields, new Map([['assay.synthetic', 'true']]))
}

function encodeBatch(schema: Schema, columns: NamedColumns, rows: readonly object[]): RecordBatch {
  const children = columns.map(([name, column]) =>
    column.encode(rows.map(row => (row as Readonly<Record<string, Value>>)[name] ?? null)),
  )
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }),
  )
}

/** Takes what the Arrow writer gives straight to disk and to the hash, so that big files never wait in memory. */
class FileSink extends AsyncByteQueue {
  readonly #file: number
  readonly #hash = createHash('sha256')
  #bytes = 0

  constructor(path: string) {
    super()
    this.#file = openSync(path, 'w')
  }

  override write(chunk: Uint8Array): void {
    writeSync(this.#file, chunk)
    this.#hash.update(chunk)
    this.#bytes += chunk.byteLength
  }

  seal(): { bytes: number; sha256: string } {
    closeSync(this.#file)
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }
}

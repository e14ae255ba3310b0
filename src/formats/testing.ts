import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Table, tableFromIPC } from 'apache-arrow'
import type { Failure, Result } from '../domain/failure.ts'
import type { Inspection, ReadOptions, ReadSummary } from '../domain/file.ts'
import { directReader } from './format.ts'

/** Files that other projects wrote, read in place; tests that need them skip by name where they are missing. */
export const samples = new URL('../../../shared/samples/', import.meta.url)
export const noSamples = !existsSync(samples)

export function sample(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, samples)))
}

export function sampleJson(path: string): unknown {
  return JSON.parse(gunzipSync(sample(path)).toString('utf8'))
}

export interface Read {
  readonly chunks: readonly Uint8Array[]
  readonly summary: Result<ReadSummary>
}

/** Reads bytes to the end and keeps every chunk. */
export async function readAll(bytes: Uint8Array | string, options: ReadOptions = {}): Promise<Read> {
  const file = new Blob([bytes as BlobPart])
  const reading = directReader().read(file, 'test', options, new AbortController().signal, () => {})
  const chunks: Uint8Array[] = []
  for await (const chunk of reading.chunks) chunks.push(chunk)
  return { chunks, summary: await reading.summary }
}

export async function inspectAll(bytes: Uint8Array | string, options: ReadOptions = {}): Promise<Inspection> {
  const file = new Blob([bytes as BlobPart])
  return value(await directReader().inspect(file, 'test', options, new AbortController().signal))
}

/** The value of a result that must be one. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`failed: ${JSON.stringify(result.failure)}`)
  return result.value
}

/** The failure of reading bytes that must not be readable. */
export async function failureOfReading(
  bytes: Uint8Array | string,
  options: ReadOptions = {},
): Promise<Failure> {
  const { summary } = await readAll(bytes, options)
  if (summary.ok) throw new Error(`read ${summary.value.rowsRead} rows`)
  return summary.failure
}

/** The chunks as apache-arrow's own reader sees them, one table each. */
export function tables({ chunks }: Read): readonly Table[] {
  return chunks.map(chunk => tableFromIPC(chunk))
}

/** All rows of a text format as arrays of columns after `row_no`. */
export function textRows(read: Read): readonly (readonly (string | null)[])[] {
  return tables(read).flatMap(table =>
    Array.from({ length: table.numRows }, (_, i) =>
      table.schema.fields.slice(1).map((_, column) => table.getChildAt(column + 1)?.get(i) as string | null),
    ),
  )
}

/** The columns that were sent, `row_no` included. */
export function columnNames(read: Read): readonly string[] {
  const [first] = tables(read)
  return first?.schema.fields.map(field => field.name) ?? []
}

/** A trap in the library's own futures is an error of the whole process: here it is handed to the waiting reader. */
export async function withTraps<T>(work: () => Promise<T>): Promise<T> {
  const kept = process.listeners('uncaughtException')
  const target = new EventTarget()
  const onTrap = (error: Error) =>
    target.dispatchEvent(Object.assign(new Event('error'), { message: error.message }))
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', onTrap)
  Object.assign(globalThis, {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  })
  try {
    return await work()
  } finally {
    process.removeListener('uncaughtException', onTrap)
    for (const listener of kept) process.on('uncaughtException', listener)
    Object.assign(globalThis, { addEventListener: undefined, removeEventListener: undefined })
  }
}

import { randomUUID } from 'node:crypto'
import type { CanonicalName } from '../domain/canonical.ts'
import type { Result } from '../domain/failure.ts'
import type { ReadOptions } from '../domain/file.ts'
import type { Column, Row } from '../domain/table.ts'
import type { Engine } from '../engine/engine.ts'
import { loadRows } from '../engine/testing.ts'
import { directReader } from '../formats/format.ts'
import { name, sql } from '../sql/sql.ts'
import type { Adapter, Mapping, RawTable, StagingPlan, StagingQuery, StagingRequest } from './adapter.ts'
import { adapters, proposedOptions, recognise, stage } from './adapter.ts'

/** A row of a text format. */
export type TextRow = Readonly<Record<string, string | null>>

const signal = new AbortController().signal

/** What an import gave: the answers to the plan's questions, and the rows of each canonical table. */
export interface Staged {
  readonly plan: StagingPlan
  readonly counts: { readonly read: number; readonly accepted: number; readonly rejected: number }
  readonly rejectCounts: readonly Row[]
  readonly rejects: readonly Row[]
  readonly unresolved: readonly Row[]
}

export interface StagingOptions {
  readonly zone?: string
  readonly decimal?: StagingRequest['decimal']
  readonly aliases?: StagingRequest['aliases']
  readonly existing?: Partial<Record<CanonicalName, readonly string[]>>
  /** Stages in slices: how many rows there are, and how many of them a statement takes. */
  readonly slices?: Pick<StagingRequest, 'rows' | 'bounds'>
}

/** The value of a result; throws its failure. */
export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** Stages a raw table of the engine into tables named after it (`raw_1` -> `raw_1_device`). */
export async function stageRaw(
  engine: Engine,
  raw: string,
  mapping: Mapping,
  { zone = '+00:00', decimal = '.', aliases = [], existing = {}, slices = {} }: StagingOptions = {},
): Promise<Staged> {
  const rawColumns = valueIn(await engine.columns(raw, signal))
  const outputs = Object.fromEntries(mapping.targets.map(({ table }) => [table, `${raw}_${table}`]))
  const plan = stage({
    raw,
    rawColumns,
    fileId: `file of ${raw}`,
    mapping,
    zone,
    decimal,
    aliases,
    outputs,
    existing,
    ...slices,
  })
  for (const statement of plan.statements) valueIn(await engine.execute(statement, signal))
  const [counts] = await ask(engine, plan.counts)
  return {
    plan,
    counts: {
      read: Number(counts?.rowsRead),
      accepted: Number(counts?.rowsAccepted),
      rejected: Number(counts?.rowsRejected),
    },
    rejectCounts: await ask(engine, plan.rejectCounts),
    rejects: await ask(engine, plan.rejects),
    unresolved: await ask(engine, plan.unresolved),
  }
}

export async function ask(engine: Engine, { statement, result }: StagingQuery): Promise<readonly Row[]> {
  return valueIn(await engine.query(statement, result, signal)).rows
}

/** How many cells of all tables of the engine contain the text. */
export async function findings(engine: Engine, text: string): Promise<number> {
  const columns = await ask(engine, {
    statement: sql`select table_name as "table", column_name as "column" from information_schema.columns`,
    result: { table: 'text', column: 'text' },
  })
  let found = 0
  for (const { table, column } of columns) {
    const cell = sql`cast(${name(String(column))} as varchar)`
    const statement = sql`select count(*) as found from ${name(String(table))} where contains(${cell}, ${text})`
    const [counted] = await ask(engine, { statement, result: { found: 'integer' } })
    found += Number(counted?.found)
  }
  return found
}

/** The rows of a table without bookkeeping and without columns that are null throughout, in file order. */
export async function rowsOf(engine: Engine, table: string): Promise<readonly Record<string, unknown>[]> {
  const columns = valueIn(await engine.columns(table, signal))
  const result = Object.fromEntries(columns.map(column => [column.name, column.type]))
  const rows = await ask(engine, { statement: sql`select * from ${name(table)} order by row_no`, result })
  const shown = columns.filter(
    column => !['file_id', 'row_no'].includes(column.name) && rows.some(row => row[column.name] !== null),
  )
  return rows.map(row => Object.fromEntries(shown.map(column => [column.name, shownAs(column, row)])))
}

function shownAs({ name: column, type }: Column, row: Row): unknown {
  const value = row[column]
  const isTime = type === 'timestamp' || type === 'date'
  return isTime && typeof value === 'number' ? new Date(value / 1000).toISOString() : value
}

/** A mapping as the workbench would propose it. */
export function proposedMapping(
  adapter: Adapter,
  raw: RawTable,
  chosen: Readonly<Record<string, string>> = {},
): Mapping {
  return adapter.map(raw, { ...proposedOptions(adapter, raw), ...chosen })
}

/** The mapping of a table whose headers are canonical. */
export function canonicalMapping(headers: readonly string[], table: CanonicalName, zone = '+00:00'): Mapping {
  const canonical = adapters.find(adapter => adapter.id === 'canonical-table')
  if (!canonical) throw new Error('the catalogue has no canonical tables')
  const empty = Object.fromEntries(headers.map(header => [header, null]))
  return proposedMapping(canonical, rawTable(`${table}.csv`, [empty]), { table, zone })
}

/** Loads rows of text under a new name, which it gives. */
export async function loadText(engine: Engine, rows: readonly TextRow[]): Promise<string> {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const table = `raw_${randomUUID()}`
  await loadRows(engine, table, Object.fromEntries(columns.map(column => [column, 'text'])), rows)
  return table
}

/** From the bytes of an export to canonical tables, as the workbench goes. */
export async function importBytes(
  engine: Engine,
  fileName: string,
  bytes: Uint8Array<ArrayBuffer> | string,
  chosen: Readonly<Record<string, string>> = {},
) {
  const file = new Blob([bytes])
  const look = async (options: ReadOptions) => {
    const { format, part, columns, preview, dialect } = valueIn(
      await directReader().inspect(file, fileName, options, signal),
    )
    return { raw: { fileName, format, part, columns, preview }, decimal: dialect?.decimal ?? '.' }
  }
  const first = await look({})
  const found = recognise(first.raw)
  if (!found) throw new Error(`nobody knows ${fileName}`)
  const readAs = found.adapter.readAs?.(first.raw) ?? {}
  const { raw, decimal } = await look(readAs)
  const table = `export_${randomUUID()}`
  const reading = directReader().read(file, fileName, readAs, signal, () => {})
  valueIn(await engine.ingest(reading.chunks, table, signal))
  const summary = valueIn(await reading.summary)
  const options = { ...proposedOptions(found.adapter, raw), ...chosen }
  const mapping = found.adapter.map(raw, options)
  const staged = await stageRaw(engine, table, mapping, { zone: options.zone ?? '+00:00', decimal })
  const rows = (canonical: CanonicalName) => rowsOf(engine, `${table}_${canonical}`)
  return { id: found.adapter.id, raw, mapping, summary, rows, ...staged }
}

/** A raw table as a reader of a text format would show it. */
export function rawTable(
  fileName: string,
  rows: readonly Readonly<Record<string, string | null>>[],
): RawTable {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const preview = rows.slice(0, 50).map(row => columns.map(column => row[column] ?? null))
  return { fileName, format: 'ndjson', part: null, columns, preview }
}

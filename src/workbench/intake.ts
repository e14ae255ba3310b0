import {
  type Mapping,
  type RawTable,
  type StagingPlan,
  type StagingQuery,
  stage,
} from '../adapters/adapter.ts'
import type { Alias } from '../domain/alias.ts'
import { type CanonicalName, canonicalTable } from '../domain/canonical.ts'
import { cancelled, type Failure, failed, type Result, success } from '../domain/failure.ts'
import {
  type Dialect,
  type Doubt,
  type Inspection,
  type ReadOptions,
  type ReadSummary,
  type Reject,
  type RejectReason,
  rejectReasons,
  type UnresolvedName,
} from '../domain/file.ts'
import type { Column, Row, Table, Value } from '../domain/table.ts'
import type { World } from '../domain/world.ts'
import type { Engine } from '../engine/engine.ts'
import type { Reader } from '../formats/format.ts'
import { name, type Sql, sql } from '../sql/sql.ts'
import type { ItemCounts } from './state.ts'

/** How one file gets into the engine: read into a raw table, then mapped into canonical tables beside it. */
export interface Intake {
  readonly engine: Engine
  readonly reader: Reader
  readonly world: World
}

/** A file that stands in the engine as a raw table. */
export interface RawFile {
  readonly table: string
  readonly columns: readonly Column[]
  readonly summary: ReadSummary
}

/** A raw file with its canonical tables. */
export interface MappedFile {
  readonly outputs: Readonly<Partial<Record<CanonicalName, string>>>
  readonly counts: ItemCounts
  /** Canonical name -> accepted rows. */
  readonly rows: Readonly<Partial<Record<CanonicalName, number>>>
}

export interface IntakeProgress {
  bytes(read: number): void
  rows(ingested: number): void
}

export interface ReadRequest {
  readonly file: Blob
  readonly name: string
  readonly options: ReadOptions
  /** The raw table to be made. */
  readonly table: string
}

/** Reads a whole file into a raw table. On failure or cancel there is no table. */
export async function readIn(
  intake: Intake,
  { file, name: fileName, options, table }: ReadRequest,
  signal: AbortSignal,
  progress: IntakeProgress,
): Promise<Result<RawFile>> {
  const reading = intake.reader.read(file, fileName, options, signal, progress.bytes)
  const ingested = await intake.engine.ingest(reading.chunks, table, signal, progress.rows)
  const summary = await reading.summary
  const failure = readFailure(table, summary, ingested, signal)
  if (failure !== null || !summary.ok || !ingested.ok) {
    await dropTables(intake.engine, [table])
    return failure === null ? cancelled : failed(failure)
  }
  return success({ table, columns: ingested.value.columns, summary: summary.value })
}

/** The reader's word counts before the engine's: the engine only sees that chunks stopped coming. */
function readFailure(
  table: string,
  summary: Result<ReadSummary>,
  ingested: Result<{ readonly rows: number }>,
  signal: AbortSignal,
): Failure | null {
  if (signal.aborted) return { kind: 'cancelled' }
  if (!summary.ok && summary.failure.kind !== 'cancelled') return summary.failure
  if (!ingested.ok) return ingested.failure
  if (!summary.ok) return summary.failure
  if (ingested.value.rows === summary.value.rowsSent) return null
  return {
    kind: 'ingest-mismatch',
    table,
    expected: `${summary.value.rowsSent} rows`,
    actual: `${ingested.value.rows} rows`,
  }
}

export interface MapRequest {
  readonly raw: RawFile
  readonly mapping: Mapping
  readonly fileId: string
  readonly zone: string
  readonly decimal: Dialect['decimal']
  readonly aliases: readonly Alias[]
  /** Tables whose keys must not come again. */
  readonly existing: CanonicalTables
  /** The canonical tables to be made. */
  readonly outputs: Readonly<Partial<Record<CanonicalName, string>>>
}

/** Canonical name -> engine tables. */
export type CanonicalTables = Readonly<Partial<Record<CanonicalName, readonly string[]>>>

/** Runs a mapping over a raw table. On failure or cancel none of its tables is left. */
export async function mapIn(
  intake: Intake,
  request: MapRequest,
  signal: AbortSignal,
): Promise<Result<MappedFile>> {
  const { raw, outputs } = request
  const { engine } = intake
  const plan = stage({ ...request, raw: raw.table, rawColumns: raw.columns, rows: raw.summary.rowsSent })
  const done = await runAll(engine, plan.statements, signal)
  const counts = done.ok ? await accountFor(engine, raw, plan, signal) : done
  const rows = counts.ok ? await countOutputs(engine, outputs, signal) : counts
  await runAll(engine, rows.ok ? plan.release : plan.drop, new AbortController().signal)
  if (!counts.ok) return counts
  return rows.ok ? success({ outputs, counts: counts.value, rows: rows.value }) : rows
}

/** Every row of the file, accepted or rejected: the reader's rejects and those of the mapping. */
async function accountFor(
  engine: Engine,
  { summary }: RawFile,
  plan: StagingPlan,
  signal: AbortSignal,
): Promise<Result<ItemCounts>> {
  const ask = (query: StagingQuery) => engine.query(query.statement, query.result, signal)
  const [counts, reasons, rejects, unresolved, cut, moved] = [
    await ask(plan.counts),
    await ask(plan.rejectCounts),
    await ask(plan.rejects),
    await ask(plan.unresolved),
    await ask(plan.cutTimes),
    await ask(plan.movedDays),
  ]
  if (!counts.ok) return counts
  if (!reasons.ok) return reasons
  if (!rejects.ok) return rejects
  if (!unresolved.ok) return unresolved
  if (!cut.ok) return cut
  if (!moved.ok) return moved
  const accepted = Number(counts.value.rows[0]?.rowsAccepted ?? 0)
  return success({
    rowsRead: summary.rowsRead,
    rowsAccepted: accepted,
    rowsRejected: summary.rowsRead - accepted,
    rejectCounts: { ...summary.rejectCounts, ...tally(reasons.value.rows, 'reason') },
    rejects: [...summary.rejects, ...rejects.value.rows.map(toReject)],
    doubts: [
      ...summary.doubts,
      ...cut.value.rows.map(toDoubt('time-lost-precision')),
      ...moved.value.rows.map(toDoubt('day-within-month')),
    ],
    droppedSecrets: summary.droppedSecrets,
    unresolved: unresolved.value.rows.map(toUnresolved),
    sha256: summary.sha256,
  })
}

function toReject(row: Row): Reject {
  const text = (value: Value | undefined) => (value === null || value === undefined ? null : String(value))
  const reason = rejectReasonOf(String(row.reason))
  return { row: Number(row.row), reason, column: text(row.column), value: text(row.value) }
}

function toDoubt(kind: Doubt['kind']): (row: Row) => Doubt {
  return row => ({ kind, column: String(row.column), rows: Number(row.rows) })
}

function toUnresolved(row: Row): UnresolvedName {
  return {
    table: String(row.table),
    column: String(row.column),
    value: String(row.value),
    rows: Number(row.rows),
    rejected: row.rejected === true,
  }
}

function rejectReasonOf(text: string): RejectReason {
  if (Object.hasOwn(rejectReasons, text)) return text as RejectReason
  throw new Error(`no such reason: ${text}`)
}

/** Sums `rows` by the values of a column. */
function tally(rows: readonly Row[], by: string): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const row of rows) {
    const key = String(row[by])
    sums[key] = (sums[key] ?? 0) + Number(row.rows)
  }
  return sums
}

async function countOutputs(
  engine: Engine,
  outputs: MapRequest['outputs'],
  signal: AbortSignal,
): Promise<Result<MappedFile['rows']>> {
  const counted: Partial<Record<CanonicalName, number>> = {}
  for (const [canonical, table] of Object.entries(outputs)) {
    const rows = await engine.query(sql`select count(*) as n from ${name(table)}`, { n: 'integer' }, signal)
    if (!rows.ok) return rows
    counted[canonical as CanonicalName] = Number(rows.value.rows[0]?.n)
  }
  return success(counted)
}

const shownRows = 50

/** The first rows of each canonical table, in file order, as they were stored. */
export async function firstRows(
  engine: Engine,
  outputs: MapRequest['outputs'],
  signal: AbortSignal,
): Promise<Result<Readonly<Partial<Record<CanonicalName, Table>>>>> {
  const shown: Partial<Record<CanonicalName, Table>> = {}
  for (const [canonical, table] of Object.entries(outputs) as [CanonicalName, string][]) {
    const columns = Object.entries(canonicalTable(canonical).columns)
    const result = Object.fromEntries([
      ['row_no', 'integer' as const],
      ...columns.map(([column, { type }]) => [column, type] as const),
    ])
    const statement = sql`select * from ${name(table)} order by row_no limit ${shownRows}`
    const rows = await engine.query(statement, result, signal, shownRows)
    if (!rows.ok) return rows
    shown[canonical] = rows.value
  }
  return success(shown)
}

/** Counts of a file that is kept as a raw table: what the reader sent is what was accepted. */
export function rawCounts({ summary }: RawFile): ItemCounts {
  return {
    rowsRead: summary.rowsRead,
    rowsAccepted: summary.rowsSent,
    rowsRejected: summary.rowsRead - summary.rowsSent,
    rejectCounts: summary.rejectCounts,
    rejects: summary.rejects,
    doubts: summary.doubts,
    droppedSecrets: summary.droppedSecrets,
    unresolved: [],
    sha256: summary.sha256,
  }
}

/** What the adapters are shown of a file. */
export function rawTable(fileName: string, inspection: Inspection): RawTable {
  return {
    fileName,
    format: inspection.format,
    part: inspection.part,
    columns: inspection.columns,
    preview: inspection.preview,
  }
}

/** Drops tables that may or may not be there. */
export async function dropTables(engine: Engine, tables: readonly string[]): Promise<void> {
  const never = new AbortController().signal
  for (const table of tables) await engine.execute(sql`drop table if exists ${name(table)}`, never)
}

async function runAll(
  engine: Engine,
  statements: readonly Sql[],
  signal: AbortSignal,
): Promise<Result<void>> {
  for (const statement of statements) {
    const done = await engine.execute(statement, signal)
    if (!done.ok) return done
  }
  return success(undefined)
}

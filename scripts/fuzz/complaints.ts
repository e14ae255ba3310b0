import type { Failure } from '../../src/domain/failure.ts'
import { isSecretName } from '../../src/domain/secret.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { name, sql } from '../../src/sql/sql.ts'
import type { ImportItem, State } from '../../src/workbench/workbench.ts'
import { canary } from './seed.ts'

const { signal } = new AbortController()

/** Failures that a file of whatever content must not have: they mean that the app, not the file, is wrong. */
const ours: ReadonlySet<Failure['kind']> = new Set([
  'query-failed',
  'unexpected-result',
  'engine-lost',
  'ingest-mismatch',
  'out-of-memory',
  'cancelled',
] as const)

/** The words of JavaScript itself: a reader met something that it had not thought of. */
const unworded =
  /is not (a function|iterable|defined)|of (undefined|null)|Invalid (array|typed array|string) length|out(side)? of (the )?bounds|Cannot (convert|mix|read|set)|call stack|must be an? |Offset is outside|Received |Unexpected token|is not valid JSON/i

export function failureComplaint(failure: Failure, where: string): string | null {
  if (ours.has(failure.kind)) return `${where}: ${words(failure)}`
  const isUnworded = failure.kind === 'unreadable-file' && unworded.test(failure.detail)
  return isUnworded ? `${where}: not in our words: ${failure.detail}` : null
}

/** What is said of a failure, without the statement that ran. */
export function words(failure: Failure): string {
  return failure.kind === 'query-failed' ? `query-failed: ${failure.detail}` : JSON.stringify(failure)
}

/** What is wrong with a file that stands in the open import. */
export function itemComplaints(item: ImportItem): readonly string[] {
  const said: string[] = []
  const { counts, failure, progress, included } = item
  const where = item.name
  if (failure !== null) said.push(...[failureComplaint(failure, where) ?? []].flat())
  if (progress.stage === 'failed' && failure === null) said.push(`${where}: failed without a failure`)
  if (progress.stage === 'reading' || progress.stage === 'mapping')
    said.push(`${where}: still ${progress.stage}`)
  if (progress.stage === 'waiting' && included) said.push(`${where}: nobody took it in`)
  if (progress.stage === 'ready' && counts === null) said.push(`${where}: ready without counts`)
  if (counts !== null) said.push(...countComplaints(item).map(words => `${where}: ${words}`))
  return said
}

function countComplaints({ counts }: ImportItem): readonly string[] {
  if (counts === null) return []
  const said: string[] = []
  const { rowsRead, rowsAccepted, rowsRejected, rejectCounts, rejects } = counts
  const tallied = Object.values(rejectCounts).reduce((sum, rows) => sum + rows, 0)
  if (rowsRead !== rowsAccepted + rowsRejected)
    said.push(`${rowsRead} rows read, ${rowsAccepted} + ${rowsRejected}`)
  if (rowsAccepted < 0 || rowsRejected < 0 || !Number.isSafeInteger(rowsRead)) said.push('impossible counts')
  if (tallied !== rowsRejected) said.push(`${rowsRejected} rows rejected, ${tallied} with a reason`)
  if (rejects.length > rowsRejected) said.push(`${rejects.length} rejects listed, ${rowsRejected} counted`)
  if (rejects.some(({ row }) => !(row >= 1 && row <= rowsRead)))
    said.push('a reject of a row that is not there')
  if (rejects.some(({ value }) => value !== null && [...value].length > 81))
    said.push('a long value in a reject')
  return said
}

/** A credential with its name beside it, as no damage can excuse. */
const named = new RegExp(
  String.raw`(password|api_key|authToken|credentialsValue|primaryKey|secondaryKey|device_secret|密码)[\\"'\s:=]{1,8}${canary}`,
  'i',
)

function text(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? ''
}

/** What of a credential may not be found: its value, its value beside its name, or a column of its name alone. */
export type Search = 'value' | 'named value' | 'column'

/** A sound file gives none away. JSON and line protocol so damaged that they are taken for CSV tell no names any more. */
export function searchFor({ importing }: State, format: string, sound: boolean): Search {
  if (sound) return 'value'
  const isNamed = ['json', 'ndjson', 'line-protocol', 'gzip', 'zip'].includes(format)
  const isCsv = importing?.items.some(({ inspection }) => inspection?.format === 'csv')
  return isNamed && isCsv ? 'column' : 'named value'
}

/** Credentials that the open import would show. */
export function shownSecrets({ importing, notices }: State, search: Search): readonly string[] {
  if (search === 'column') return []
  const shown = text([importing, notices])
  const at = search === 'value' ? shown.indexOf(canary) : shown.search(named)
  return at === -1 ? [] : [`a credential is shown: ${shown.slice(Math.max(0, at - 80), at + 60)}`]
}

export async function tableNames(engine: Engine): Promise<readonly string[]> {
  const statement = sql`select table_name::varchar as t from duckdb_tables() order by 1`
  const found = await engine.query(statement, { t: 'text' }, signal)
  if (!found.ok) throw new Error(text(found.failure))
  return found.value.rows.map(row => String(row.t))
}

export async function count(engine: Engine, statement: ReturnType<typeof sql>): Promise<number> {
  const found = await engine.query(statement, { n: 'integer' }, signal)
  if (!found.ok) throw new Error(text(found.failure))
  return Number(found.value.rows[0]?.n)
}

/** Credentials that the engine's tables hold, by value or by the name of a column. */
export async function storedSecrets(
  engine: Engine,
  tables: readonly string[],
  search: Search,
): Promise<readonly string[]> {
  const said: string[] = []
  for (const table of tables) {
    const columns = await engine.columns(table, signal)
    const secret = columns.ok ? columns.value.find(column => isSecretName(column.name)) : undefined
    if (secret !== undefined) said.push(`${table} has a column ${secret.name}`)
    const cells = sql`cast(held as varchar)`
    const hit =
      search === 'value'
        ? sql`contains(${cells}, ${canary})`
        : sql`regexp_matches(${cells}, ${named.source}, 'i')`
    if (search === 'column') continue
    const found = await count(engine, sql`select count(*) as n from ${name(table)} as held where ${hit}`)
    if (found > 0) said.push(`${table} holds a credential in ${found} rows`)
  }
  return said
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype]
const own = () => text(prototypes.map(one => Reflect.ownKeys(one).map(String)))
const untouched = own()

export function prototypeComplaints(): readonly string[] {
  return own() === untouched ? [] : ['a built-in prototype has other properties than before']
}

import { type Adapter, adapters, proposedOptions, type RawTable, recognise } from '../adapters/adapter.ts'
import { failed, type Result, success } from '../domain/failure.ts'
import type { Inspection, Part, ReadOptions } from '../domain/file.ts'
import type { SavedMapping } from '../domain/mapping.ts'
import type { Desk } from './importing.ts'
import { manifestFailure } from './incoming.ts'
import { rawTable } from './intake.ts'
import { changeItem, findItem, type OpenItem } from './open-item.ts'
import { changeSession } from './session.ts'

/** What a first look found out about a file. */
interface Look {
  readonly inspection: Inspection
  readonly raw: RawTable
  readonly adapter: Adapter | null
  readonly confidence: number
  readonly readOptions: ReadOptions
  readonly saved: SavedMapping | null
}

/**
 * Looks at a file and notes what it is taken for. Gives the file's tables where it holds several and neither the
 * person nor the adapter says which: each is then an item of its own.
 */
export async function look(
  desk: Desk,
  open: OpenItem,
  signal: AbortSignal,
): Promise<Result<readonly Part[]>> {
  const { file, failure } = open.incoming
  if (failure !== null) return failed(failure)
  const absent = manifestFailure(open.incoming, null)
  if (file === null) return absent === null ? success([]) : failed(absent)
  const found = await recogniseFile(desk, open, file, signal)
  if (!found.ok) return found
  const { inspection, readOptions } = found.value
  if (inspection.parts.length > 1 && readOptions.part === undefined) return success(inspection.parts)
  note(desk, open, found.value)
  return success([])
}

async function recogniseFile(
  desk: Desk,
  open: OpenItem,
  file: Blob,
  signal: AbortSignal,
): Promise<Result<Look>> {
  const item = findItem(desk.store, open.id)
  const inspect = (options: ReadOptions) => desk.intake.reader.inspect(file, item.name, options, signal)
  const first = await inspect(item.readOptions)
  if (!first.ok) return first
  const raw = rawTable(item.name, first.value)
  if (!open.chosen) {
    const known = await sameAsSaved(desk, raw, inspect)
    if (known !== null) return success(known)
  }
  const found = open.chosen
    ? { adapter: adapters.find(({ id }) => id === item.adapter) ?? null, confidence: item.confidence }
    : (recognise(raw) ?? { adapter: null, confidence: 0 })
  const readOptions = { ...found.adapter?.readAs?.(raw), ...item.readOptions }
  const kept = { ...found, readOptions, saved: null }
  if (JSON.stringify(readOptions) === JSON.stringify(item.readOptions))
    return success({ ...kept, inspection: first.value, raw })
  const again = await inspect(readOptions)
  return again.ok
    ? success({ ...kept, inspection: again.value, raw: rawTable(item.name, again.value) })
    : again
}

/** True where a saved mapping was made for files like this one: same format, and under its choices the same columns. */
export async function fits(desk: Desk, open: OpenItem, mapping: SavedMapping): Promise<boolean> {
  const { name, inspection } = findItem(desk.store, open.id)
  const { file } = open.incoming
  if (file === null || inspection?.format !== mapping.format) return false
  const { signal } = open.controller
  const looked = await desk.intake.reader.inspect(file, name, mapping.readOptions, signal)
  return looked.ok && haveSameColumns(looked.value.columns, mapping.columns)
}

function haveSameColumns(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others)
}

/** The saved mapping under which the file has the very columns that it was made for. */
async function sameAsSaved(
  desk: Desk,
  raw: RawTable,
  inspect: (options: ReadOptions) => Promise<Result<Inspection>>,
): Promise<Look | null> {
  for (const saved of desk.mappings()) {
    if (saved.format !== raw.format) continue
    const looked = await inspect(saved.readOptions)
    if (!looked.ok) continue
    const table = rawTable(raw.fileName, looked.value)
    if (!haveSameColumns(table.columns, saved.columns)) continue
    const adapter = adapters.find(({ id }) => id === saved.adapter) ?? null
    const readOptions = { ...adapter?.readAs?.(table), ...saved.readOptions }
    return { inspection: looked.value, raw: table, adapter, confidence: 1, readOptions, saved }
  }
  return null
}

/** The person's answers outlive another look at the file, as long as it is taken for the same. */
function note({ store }: Desk, open: OpenItem, found: Look): void {
  const { inspection, raw, adapter, confidence, readOptions, saved } = found
  const before = findItem(store, open.id)
  const proposed = adapter === null ? {} : proposedOptions(adapter, raw)
  const answered = saved?.options ?? (before.adapter === adapter?.id ? answers(before.options, open) : {})
  open.proposed = proposed
  open.readOptions = readOptions
  if (saved !== null) {
    open.chosen = true
    changeSession(store, ({ aliases }) => ({ aliases: [...aliases, ...saved.aliases] }))
  }
  changeItem(store, open.id, {
    inspection,
    raw,
    adapter: adapter?.id ?? null,
    confidence,
    options: { ...proposed, ...answered },
    ...(saved === null
      ? {}
      : { savedMapping: saved.name, overrides: saved.overrides, readOptions: saved.readOptions }),
  })
}

function answers(
  options: Readonly<Record<string, string>>,
  { proposed }: OpenItem,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(options).filter(([key, value]) => proposed[key] !== value))
}

import { adapters, recognise } from '../adapters/adapter.ts'
import type { Failure } from '../domain/failure.ts'
import { type IncomingFile, manifestFailure } from './incoming.ts'
import {
  type CanonicalTables,
  dropTables,
  type Intake,
  type MappedFile,
  type MapRequest,
  mapIn,
  proposedOptions,
  type RawFile,
  rawCounts,
  rawTable,
  readIn,
} from './intake.ts'
import type { ImportItem } from './state.ts'
import type { Store } from './store.ts'
import type { ImportChange } from './workbench.ts'

/** One file of an open import session, with what the views need not know: its bytes and its tables. */
export interface OpenItem {
  readonly id: string
  readonly incoming: IncomingFile
  controller: AbortController
  raw: RawFile | null
  request: MapRequest | null
  mapped: MappedFile | null
  /** Its finished tables went with the engine: it is to be read again. */
  lost: boolean
}

/** Where the work on an item happens. */
export interface Desk {
  readonly intake: Intake
  readonly store: Store
  /** Canonical tables whose keys the file must not repeat: those of the workspace and of the files before it. */
  existing(open: OpenItem): CanonicalTables
}

/** Looks at a file, proposes an adapter, reads it and maps it; the item in the store says how far it is. */
export async function takeIn(desk: Desk, open: OpenItem): Promise<void> {
  const { signal } = open.controller
  const failure =
    (await inspect(desk, open, signal)) ?? (await read(desk, open, signal)) ?? (await map(desk, open, signal))
  sayFailed(desk, open, failure)
}

/** Reads and maps an item again as the person left it. */
export async function readAgain(desk: Desk, open: OpenItem): Promise<void> {
  const { signal } = open.controller
  sayFailed(desk, open, (await read(desk, open, signal)) ?? (await map(desk, open, signal)))
}

/** Maps an item again when the files before it have other tables by now: its keys were compared with the old ones. */
export async function keepUp(desk: Desk, open: OpenItem): Promise<void> {
  const { request, mapped } = open
  if (request === null || mapped === null) return
  const existing = existingFor(desk, open, request.outputs)
  if (JSON.stringify(existing) === JSON.stringify(request.existing)) return
  sayFailed(desk, open, await map(desk, open, open.controller.signal))
}

/** Applies a person's correction: reads again where the bytes are read otherwise, else only maps again. */
export async function revise(desk: Desk, open: OpenItem, change: ImportChange): Promise<void> {
  if (change.readOptions !== undefined) {
    changeItem(desk.store, open.id, { readOptions: change.readOptions })
    return takeIn(desk, open)
  }
  const { raw } = findItem(desk.store, open.id)
  const adapter = adapters.find(({ id }) => id === change.adapter)
  const proposed = adapter !== undefined && raw !== null ? { options: proposedOptions(adapter, raw) } : {}
  changeItem(desk.store, open.id, { ...proposed, ...change })
  sayFailed(desk, open, await map(desk, open, open.controller.signal))
}

function sayFailed({ store }: Desk, { id }: OpenItem, failure: Failure | null): void {
  if (failure !== null) changeItem(store, id, { progress: { stage: 'failed' }, failure })
}

async function inspect(desk: Desk, open: OpenItem, signal: AbortSignal): Promise<Failure | null> {
  const { file } = open.incoming
  if (file === null) return manifestFailure(open.incoming, null)
  const { name, readOptions } = findItem(desk.store, open.id)
  const looked = await desk.intake.reader.inspect(file, name, readOptions, signal)
  if (!looked.ok) return looked.failure
  const raw = rawTable(name, looked.value)
  const found = recognise(raw)
  changeItem(desk.store, open.id, {
    inspection: looked.value,
    raw,
    adapter: found?.adapter.id ?? null,
    confidence: found?.confidence ?? 0,
    options: found === null ? {} : proposedOptions(found.adapter, raw),
  })
  return null
}

/** Reads the bytes into a raw table, in place of the one that was there. */
async function read(desk: Desk, open: OpenItem, signal: AbortSignal): Promise<Failure | null> {
  const { file } = open.incoming
  if (file === null) return manifestFailure(open.incoming, null)
  await forget(desk.intake, open)
  const { name, readOptions: options } = findItem(desk.store, open.id)
  changeItem(desk.store, open.id, {
    progress: { stage: 'reading', bytes: 0, rows: 0 },
    counts: null,
    failure: null,
  })
  const table = desk.intake.world.id('raw')
  const done = await readIn(desk.intake, { file, name, options, table }, signal, {
    bytes: bytes => changeReading(desk.store, open.id, { bytes }),
    rows: rows => changeReading(desk.store, open.id, { rows }),
  })
  if (!done.ok) return done.failure
  open.raw = done.value
  const refused =
    manifestFailure(open.incoming, done.value.summary) ?? twinOf(desk.store, open.id, done.value)
  if (refused !== null) await forget(desk.intake, open)
  return refused
}

/** The very same bytes twice would double every figure: refused, with the name of what has them already. */
function twinOf(store: Store, id: string, { summary }: RawFile): Failure | null {
  const { history, importing } = store.getState()
  const dataset = history.present.datasets.find(({ files }) =>
    files.some(file => file.failure === null && file.sha256 === summary.sha256),
  )
  const twin = importing?.items.find(item => item.id !== id && item.counts?.sha256 === summary.sha256)
  const holder = dataset?.name ?? twin?.name
  return holder === undefined
    ? null
    : { kind: 'already-imported', file: findItem(store, id).name, dataset: holder }
}

/** Maps the raw table with the item's present adapter, options and zone. */
async function map(desk: Desk, open: OpenItem, signal: AbortSignal): Promise<Failure | null> {
  const item = findItem(desk.store, open.id)
  if (open.raw === null || item.raw === null) return null
  await dropMapped(desk.intake, open)
  const ready = { progress: { stage: 'ready' }, failure: null } as const
  const adapter = adapters.find(({ id }) => id === item.adapter)
  if (adapter === undefined) {
    changeItem(desk.store, open.id, { ...ready, mapping: null, counts: rawCounts(open.raw) })
    return null
  }
  const mapping = adapter.map(item.raw, item.options)
  changeItem(desk.store, open.id, { progress: { stage: 'mapping' }, mapping, counts: null, failure: null })
  const outputs = Object.fromEntries(mapping.targets.map(({ table }) => [table, desk.intake.world.id(table)]))
  open.request = {
    raw: open.raw,
    mapping,
    fileId: open.raw.summary.sha256.slice(0, 16),
    zone: item.options.zone ?? '+00:00',
    decimal: item.inspection?.dialect?.decimal ?? '.',
    aliases: [],
    existing: existingFor(desk, open, outputs),
    outputs,
  }
  const mapped = await mapIn(desk.intake, open.request, signal)
  if (!mapped.ok) return mapped.failure
  open.mapped = mapped.value
  changeItem(desk.store, open.id, { ...ready, counts: mapped.value.counts })
  return null
}

function existingFor(desk: Desk, open: OpenItem, outputs: MapRequest['outputs']): CanonicalTables {
  return Object.fromEntries(
    Object.entries(desk.existing(open)).filter(([table]) => Object.hasOwn(outputs, table)),
  )
}

/** Drops every table of an item. */
export async function forget(intake: Intake, open: OpenItem): Promise<void> {
  await dropMapped(intake, open)
  if (open.raw !== null) await dropTables(intake.engine, [open.raw.table])
  open.raw = null
  open.lost = false
}

/**
 * The engine that held an item's tables is gone, and the tables with it. An item that was being mapped may be what
 * ended the engine: it is not tried again.
 */
export function lose(desk: Desk, open: OpenItem, detail: string): void {
  open.lost = findItem(desk.store, open.id).progress.stage === 'ready'
  open.raw = null
  open.mapped = null
  const failure: Failure = { kind: 'engine-lost', detail }
  changeItem(desk.store, open.id, { progress: { stage: 'failed' }, counts: null, failure })
}

async function dropMapped(intake: Intake, open: OpenItem): Promise<void> {
  if (open.mapped !== null) await dropTables(intake.engine, Object.values(open.mapped.outputs))
  open.mapped = null
}

export function findItem(store: Store, id: string): ImportItem {
  const item = store.getState().importing?.items.find(candidate => candidate.id === id)
  if (item === undefined) throw new Error(`no import item ${id}`)
  return item
}

function changeItem(store: Store, id: string, fields: Partial<ImportItem>): void {
  store.setState(({ importing }) => {
    if (importing === null) return {}
    const items = importing.items.map(item => (item.id === id ? { ...item, ...fields } : item))
    return { importing: { ...importing, items } }
  })
}

/** Progress may still come in after a cancel took the item away. */
function changeReading(store: Store, id: string, fields: { bytes?: number; rows?: number }): void {
  const progress = store.getState().importing?.items.find(item => item.id === id)?.progress
  if (progress?.stage === 'reading') changeItem(store, id, { progress: { ...progress, ...fields } })
}

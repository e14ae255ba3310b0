import {
  type Adapter,
  adapters,
  type Mapping,
  overridden,
  proposedOptions,
  type RawTable,
} from '../adapters/adapter.ts'
import type { Alias } from '../domain/alias.ts'
import { type Failure, messageOf } from '../domain/failure.ts'
import type { Part } from '../domain/file.ts'
import type { SavedMapping } from '../domain/mapping.ts'
import { manifestFailure } from './incoming.ts'
import {
  type CanonicalTables,
  dropTables,
  firstRows,
  type Intake,
  type MapRequest,
  mapIn,
  type RawFile,
  rawCounts,
  readIn,
} from './intake.ts'
import { look } from './looking.ts'
import { changeItem, changeReading, findItem, itemLabel, type OpenItem } from './open-item.ts'
import type { ImportItem } from './state.ts'
import type { Store } from './store.ts'
import type { ImportChange } from './workbench.ts'

/** Where the work on an item happens. */
export interface Desk {
  readonly intake: Intake
  readonly store: Store
  /** Canonical tables whose keys the file must not repeat: those of the workspace and of the files before it. */
  existing(open: OpenItem): CanonicalTables
  /** Saved mappings that may fit. */
  mappings(): readonly SavedMapping[]
  /** What names are said to stand for, by the person and by alias tables. */
  aliases(): Promise<readonly Alias[]>
}

/**
 * Looks at a file, proposes an adapter, reads it and maps it; the item in the store says how far it is. A file of
 * several tables is not read: its tables are given, for an item each.
 */
export async function takeIn(desk: Desk, open: OpenItem): Promise<readonly Part[]> {
  const { signal } = open.controller
  let parts: readonly Part[] = []
  await guarded(desk, open, async () => {
    const looked = await look(desk, open, signal)
    if (!looked.ok) return looked.failure
    parts = looked.value
    if (parts.length > 0) return null
    return (await read(desk, open, signal)) ?? (await map(desk, open, signal))
  })
  return parts
}

/** Reads and maps an item again as the person left it. */
export async function readAgain(desk: Desk, open: OpenItem): Promise<void> {
  const { signal } = open.controller
  await guarded(desk, open, async () => (await read(desk, open, signal)) ?? (await map(desk, open, signal)))
}

export async function mapAgain(desk: Desk, open: OpenItem): Promise<void> {
  await guarded(desk, open, () => map(desk, open, open.controller.signal))
}

/** Maps an item again when the files before it have other tables by now: its keys were compared with the old ones. */
export async function keepUp(desk: Desk, open: OpenItem): Promise<void> {
  const { request, mapped } = open
  if (request === null || mapped === null) return
  const existing = existingFor(desk, open, request.outputs)
  if (JSON.stringify(existing) === JSON.stringify(request.existing)) return
  await mapAgain(desk, open)
}

/** Applies a person's correction: reads again where the bytes are read otherwise, else only maps again. */
export async function revise(desk: Desk, open: OpenItem, change: ImportChange): Promise<void> {
  const before = findItem(desk.store, open.id)
  if (change.included === false) return leaveOut(desk, open)
  const { adapter: chosen, ...others } = change
  changeItem(desk.store, open.id, { ...others, savedMapping: null })
  if (chosen !== undefined) choose(desk, open, chosen)
  const isReadAnew =
    change.readOptions !== undefined || change.included === true || readsOtherwise(open, before, chosen)
  if (isReadAnew || open.raw === null) await takeIn(desk, open)
  else await mapAgain(desk, open)
}

function choose(desk: Desk, open: OpenItem, chosen: string | null): void {
  const { raw } = findItem(desk.store, open.id)
  const adapter = adapters.find(({ id }) => id === chosen)
  const options = adapter !== undefined && raw !== null ? proposedOptions(adapter, raw) : {}
  open.chosen = true
  open.proposed = options
  changeItem(desk.store, open.id, { adapter: chosen, confidence: 0, options, overrides: {} })
}

/** Another adapter may want other rows of the file. */
function readsOtherwise(open: OpenItem, { raw, readOptions }: ImportItem, chosen?: string | null): boolean {
  if (chosen === undefined || raw === null) return false
  const wanted = adapters.find(({ id }) => id === chosen)?.readAs?.(raw)
  return JSON.stringify({ ...wanted, ...readOptions }) !== JSON.stringify(open.readOptions)
}

async function leaveOut(desk: Desk, open: OpenItem): Promise<void> {
  await forget(desk.intake, open)
  const progress = { stage: 'waiting' } as const
  changeItem(desk.store, open.id, { included: false, progress, counts: null, after: {}, failure: null })
}

/** A bug in an adapter must not leave its file on the way for ever. */
async function guarded(desk: Desk, open: OpenItem, work: () => Promise<Failure | null>): Promise<void> {
  const failure = await work().catch((thrown: unknown): Failure => {
    const recipe = findItem(desk.store, open.id).adapter ?? 'import'
    return { kind: 'unexpected-result', recipe, expected: 'a mapping', actual: messageOf(thrown) }
  })
  if (failure !== null)
    changeItem(desk.store, open.id, { progress: { stage: 'failed' }, counts: null, after: {}, failure })
}

/** Reads the bytes into a raw table, in place of the one that was there. */
async function read(desk: Desk, open: OpenItem, signal: AbortSignal): Promise<Failure | null> {
  const { file } = open.incoming
  if (file === null) return manifestFailure(open.incoming, null)
  await forget(desk.intake, open)
  const { name } = findItem(desk.store, open.id)
  const { readOptions: options } = open
  changeItem(desk.store, open.id, {
    progress: { stage: 'reading', bytes: 0, rows: 0 },
    counts: null,
    after: {},
    failure: null,
  })
  const table = desk.intake.world.id('raw')
  const done = await readIn(desk.intake, { file, name, options, table }, signal, {
    bytes: bytes => changeReading(desk.store, open.id, { bytes }),
    rows: rows => changeReading(desk.store, open.id, { rows }),
  })
  if (!done.ok) return done.failure
  open.raw = done.value
  const refused = manifestFailure(open.incoming, done.value.summary) ?? twinOf(desk.store, open, done.value)
  if (refused !== null) await forget(desk.intake, open)
  return refused
}

/** The very same table twice would double every figure: refused, with the name of what has it already. */
function twinOf(store: Store, { id, part }: OpenItem, { summary }: RawFile): Failure | null {
  const { history, importing } = store.getState()
  const wanted = part?.id ?? null
  const dataset = history.present.datasets.find(({ files }) =>
    files.some(file => file.failure === null && file.sha256 === summary.sha256 && file.part === wanted),
  )
  const twin = importing?.items.find(
    item => item.id !== id && item.counts?.sha256 === summary.sha256 && (item.part?.id ?? null) === wanted,
  )
  const holder = dataset?.name ?? (twin === undefined ? undefined : itemLabel(twin))
  return holder === undefined
    ? null
    : { kind: 'already-imported', file: itemLabel(findItem(store, id)), dataset: holder }
}

/** Maps the raw table with the item's present adapter, options and zone. */
async function map(desk: Desk, open: OpenItem, signal: AbortSignal): Promise<Failure | null> {
  const item = findItem(desk.store, open.id)
  if (open.raw === null || item.raw === null) return null
  await dropMapped(desk.intake, open)
  const adapter = adapters.find(({ id }) => id === item.adapter)
  if (adapter === undefined) {
    changeItem(desk.store, open.id, {
      progress: { stage: 'ready' },
      failure: null,
      mapping: null,
      asks: [],
      after: {},
      counts: rawCounts(open.raw),
    })
    return null
  }
  const mapping = overridden(adapter.map(item.raw, item.options), item.overrides, item.raw)
  changeItem(desk.store, open.id, {
    progress: { stage: 'mapping', rows: open.raw.summary.rowsRead },
    mapping,
    asks: openQuestions(adapter, item.raw, item.options, mapping),
    counts: null,
    failure: null,
  })
  const outputs = Object.fromEntries(mapping.targets.map(({ table }) => [table, desk.intake.world.id(table)]))
  open.request = {
    raw: open.raw,
    mapping,
    fileId: fileId(open, open.raw),
    zone: item.options.zone ?? '+00:00',
    decimal: item.inspection?.dialect?.decimal ?? '.',
    aliases: await desk.aliases(),
    existing: existingFor(desk, open, outputs),
    outputs,
  }
  return finishMapping(desk, open, open.request, signal)
}

/** The time of the export, where the file has states to tell and no time to tell them of. */
function openQuestions(
  adapter: Adapter,
  raw: RawTable,
  options: Readonly<Record<string, string>>,
  { targets }: Mapping,
): readonly string[] {
  if (adapter.options.as_of === undefined || options.as_of) return []
  const answered = adapter.map(raw, { ...options, as_of: '2000-01-01T00:00:00Z' })
  return answered.targets.length > targets.length ? ['as_of'] : []
}

async function finishMapping(
  desk: Desk,
  open: OpenItem,
  request: MapRequest,
  signal: AbortSignal,
): Promise<Failure | null> {
  const mapped = await mapIn(desk.intake, request, signal)
  if (!mapped.ok) return mapped.failure
  open.mapped = mapped.value
  const after = await firstRows(desk.intake.engine, request.outputs, signal)
  if (!after.ok) return after.failure
  changeItem(desk.store, open.id, {
    progress: { stage: 'ready' },
    failure: null,
    after: after.value,
    counts: mapped.value.counts,
  })
  return null
}

/** Tells the rows of one table from those of every other, over all imports: hash of the file, and which table of it. */
function fileId({ part }: OpenItem, { summary }: RawFile): string {
  const hash = summary.sha256.slice(0, 16)
  return part === null ? hash : `${hash}#${part.id}`
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
  changeItem(desk.store, open.id, { progress: { stage: 'failed' }, counts: null, after: {}, failure })
}

async function dropMapped(intake: Intake, open: OpenItem): Promise<void> {
  if (open.mapped !== null) await dropTables(intake.engine, Object.values(open.mapped.outputs))
  open.mapped = null
}

import type { Alias } from '../domain/alias.ts'
import { canonicalNames } from '../domain/canonical.ts'
import type { Failure } from '../domain/failure.ts'
import type { Part } from '../domain/file.ts'
import type { SavedMapping } from '../domain/mapping.ts'
import { canonicalSources, type Dataset } from '../domain/workspace.ts'
import { aliasesInUse } from './aliases.ts'
import { completion } from './completion.ts'
import { commit } from './history.ts'
import { recipeOf } from './imported.ts'
import { type Desk, forget, keepUp, lose, mapAgain, readAgain, revise, takeIn } from './importing.ts'
import { type Incoming, type IncomingFile, type Origin, sortIncoming } from './incoming.ts'
import { type CanonicalTables, dropTables, type Intake } from './intake.ts'
import { fits } from './looking.ts'
import { changeItem, findItem, type OpenItem, openItem, waitingItem } from './open-item.ts'
import type { Recipe } from './replay.ts'
import { beginSession, changeSession, setBusy } from './session.ts'
import { openSources } from './sources.ts'
import type { ImportSession } from './state.ts'
import type { Store } from './store.ts'
import type { ImportChange } from './workbench.ts'

/** The open import session: from a drop to datasets in the workspace, or to nothing at all. */
export interface Imports {
  /**
   * Opens a session, or adds to the open one. Settles when every file was read and mapped, or failed; gives the failure
   * of a manifest or saved mapping that cannot be read, and the names of files that a manifest does not list. Files
   * `beside` those of the workspace replace none of them.
   */
  start(files: readonly File[], how?: 'beside'): Promise<Started>
  revise(item: string, change: ImportChange): Promise<void>
  /** Says what a name stands for (`canonical` null: takes it back) and maps again what has such a column. */
  decide(kind: string, raw: string, canonical: string | null): Promise<void>
  /** Applies a saved mapping to the files that it fits. Gives how many there were. */
  apply(mapping: SavedMapping): Promise<number>
  /** Gives the dataset that was made or changed. */
  confirm(): Promise<Dataset | null>
  cancel(): Promise<void>
}

export interface Started {
  readonly failure: Failure | null
  readonly unlisted: readonly string[]
}

export function openImports(intake: Intake, store: Store, keepRecipe: (recipe: Recipe) => void): Imports {
  let items: readonly OpenItem[] = []
  let mappings: readonly SavedMapping[] = []
  let opening = new AbortController()
  let replacing = true
  let queue: Promise<void> = Promise.resolve()
  /** Settles when no import is being confirmed or cancelled: files that come meanwhile open the next one. */
  let closed: Promise<unknown> = Promise.resolve()
  const desk: Desk = {
    intake,
    store,
    existing: open => existingTables(store, items, open),
    mappings: () => mappings,
    aliases: () => aliasesInUse(intake.engine, store),
  }
  intake.engine.onReplaced(detail => {
    for (const open of items) if (open.raw !== null) lose(desk, open, detail)
    if (items.some(open => open.lost)) void enqueue(readLost)
  })

  /** One piece of work after the other; what throws must not keep the later ones from their turn. */
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    setBusy(store, intake.world, true)
    const mine = queue.then(work)
    const settled = mine.then(ignore, ignore)
    queue = settled
    return mine.finally(() => {
      if (queue === settled) setBusy(store, intake.world, false)
    })
  }

  /** Waits for the workspace's tables first: the files' keys are compared with theirs. */
  async function readLost(): Promise<void> {
    await engineBack(store)
    for (const open of items) await (open.lost ? readAgain(desk, open) : keepUp(desk, open))
  }

  async function correct(open: OpenItem, change: ImportChange): Promise<void> {
    if (!items.includes(open)) return
    await revise(desk, open, change)
    await keepUpBehind(open)
  }

  async function keepUpBehind(open: OpenItem): Promise<void> {
    for (const later of items.slice(items.indexOf(open) + 1)) await keepUp(desk, later)
  }

  /** Takes one item in; a file of several tables becomes an item for each. */
  async function admit(open: OpenItem): Promise<void> {
    if (open.controller.signal.aborted || !items.includes(open)) return
    if (!findItem(store, open.id).included) return
    const parts = await takeIn(desk, open)
    if (parts.length === 0 || !items.includes(open)) return
    const made = parts.map(part => newItem(open.incoming, part))
    items = items.flatMap(item => (item === open ? made : [item]))
    changeSession(store, session => ({
      items: session.items.flatMap(item => (item.id === open.id ? made.map(shown) : [item])),
    }))
    for (const item of made) await admit(item)
  }

  const newItem = (incoming: IncomingFile, part: Part | null) =>
    openItem(intake.world.id('item'), incoming, part)
  const shown = (open: OpenItem) => waitingItem(open, replacing ? store.getState().history.present : null)

  async function sortAndQueue(files: readonly File[]): Promise<Started> {
    const { signal } = opening
    const sources = await openSources(intake.reader, files, signal, unpacking =>
      changeSession(store, () => ({ unpacking })),
    )
    const sorted = await sortIncoming(sources)
    if (signal.aborted) return nothingSaid
    if (!sorted.ok) return { failure: sorted.failure, unlisted: [] }
    const { unlisted, mappings: found } = sorted.value
    mappings = [...found, ...mappings]
    const added = joining(sorted.value, items).map(incoming => newItem(incoming, null))
    if (items.length === 0) changeSession(store, () => title(sorted.value.origins))
    items = [...items, ...added]
    changeSession(store, session => ({
      items: [...session.items, ...added.map(shown)],
    }))
    await Promise.all(added.map(item => enqueue(() => admit(item))))
    return { failure: null, unlisted }
  }

  async function confirm(): Promise<Dataset | null> {
    const done = completion(intake.world, store, items)
    if (done === null) return null
    for (const open of items) {
      keepRecipe(recipeOf(open))
      if (open.mapped !== null && open.raw !== null) await dropTables(intake.engine, [open.raw.table])
    }
    items = []
    mappings = []
    store.setState(({ history }) => ({ importing: null, history: commit(history, done.edit, done.name) }))
    return store.getState().history.present.datasets.find(({ id }) => id === done.dataset) ?? null
  }

  async function forgetAll(): Promise<void> {
    for (const open of items) await forget(intake, open)
    items = []
    mappings = []
    store.setState({ importing: null })
  }

  return {
    async start(files, how) {
      await closed
      const isNew = store.getState().importing === null
      if (isNew) {
        opening = new AbortController()
        replacing = how !== 'beside'
        store.setState({ importing: beginSession(files) })
      }
      const started = await sortAndQueue(files)
      if (isNew && items.length === 0) store.setState({ importing: null })
      return started
    },
    async revise(id, change) {
      const open = items.find(item => item.id === id)
      if (open === undefined) return
      open.controller.abort()
      open.controller = new AbortController()
      // Seen at once, though the work may have to wait for other files.
      const { adapter: _, ...seen } = change
      changeItem(store, id, { ...seen, progress: { stage: 'waiting' } })
      await enqueue(() => correct(open, change))
    },
    async decide(kind, raw, canonical) {
      changeSession(store, ({ aliases }) => ({ aliases: decided(aliases, kind, raw, canonical) }))
      await enqueue(async () => {
        for (const open of items) {
          if (maps(open, kind)) await mapAgain(desk, open)
          else await keepUp(desk, open)
        }
      })
    },
    async apply(mapping) {
      const included = items.filter(({ id }) => findItem(store, id).included)
      return enqueue(async () => {
        const fitting: OpenItem[] = []
        for (const open of included) if (await fits(desk, open, mapping)) fitting.push(open)
        mappings = [mapping, ...mappings]
        for (const open of fitting) {
          open.chosen = false
          await takeIn(desk, open)
          await keepUpBehind(open)
        }
        return fitting.length
      })
    },
    confirm() {
      const confirmed = enqueue(confirm)
      closed = confirmed.catch(ignore)
      return confirmed
    },
    async cancel() {
      opening.abort()
      for (const open of items) open.controller.abort()
      const forgotten = enqueue(forgetAll)
      closed = forgotten.catch(ignore)
      await forgotten
    },
  }
}

/** Loose files join those of the open import, or its only data package; a data package stays by itself. */
function joining({ origins, files }: Incoming, items: readonly OpenItem[]): readonly IncomingFile[] {
  const open = [...new Set(items.map(({ incoming }) => incoming.origin))]
  const joined = open.find(({ isPackage }) => !isPackage) ?? (open.length === 1 ? open[0] : undefined)
  if (joined === undefined || origins.some(({ isPackage }) => isPackage)) return files
  return files.map(file => ({ ...file, origin: joined }))
}

/** The names of the first two exports, and how many more. */
function title(origins: readonly Origin[]): Pick<ImportSession, 'name' | 'synthetic'> {
  const more = origins.length > 2 ? [`${origins.length - 2}`] : []
  const names = [...origins.slice(0, 2).map(({ name }) => name), ...more]
  return { name: names.join(' + '), synthetic: origins.some(({ synthetic }) => synthetic) }
}

const nothingSaid: Started = { failure: null, unlisted: [] }

const ignore = () => {}

function decided(
  aliases: readonly Alias[],
  kind: string,
  raw: string,
  canonical: string | null,
): readonly Alias[] {
  const others = aliases.filter(alias => alias.kind !== kind || alias.raw !== raw)
  return canonical === null ? others : [...others, { kind, raw, canonical, approvedBy: 'person' }]
}

function maps({ request }: OpenItem, column: string): boolean {
  return request?.mapping.targets.some(target => Object.hasOwn(target.columns, column)) ?? false
}

/** Settles once the engine is not being reloaded (any more). */
function engineBack(store: Store): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (store.getState().engine.status === 'reloading') return
      stop()
      resolve()
    }
    const stop = store.subscribe(look)
    look()
  })
}

/**
 * The tables in which a key may not occur again: those of files before this one in the same export, and, where the export
 * replaces files of a dataset, those of the files that stay. Other datasets are other exports: the later one's rows stand.
 */
function existingTables(store: Store, items: readonly OpenItem[], open: OpenItem): CanonicalTables {
  const { history, importing } = store.getState()
  const together = items.filter(({ incoming }) => incoming.origin === open.incoming.origin)
  const leaving = (importing?.items ?? []).flatMap(({ id, included, replaces }) =>
    included && replaces !== null && together.some(item => item.id === id) ? [replaces] : [],
  )
  const mended = history.present.datasets.filter(({ id }) => leaving.some(old => old.dataset === id))
  const staying = {
    ...history.present,
    datasets: mended.map(dataset => ({
      ...dataset,
      tables: dataset.tables.filter(
        ({ file }) => !leaving.some(old => old.dataset === dataset.id && old.file === file),
      ),
    })),
  }
  const inDataset = canonicalSources(staying)
  const before = together.slice(0, together.indexOf(open))
  const tables = canonicalNames.map(canonical => {
    const beside = before.flatMap(item => item.mapped?.outputs[canonical] ?? [])
    return [canonical, [...(inDataset[canonical] ?? []), ...beside]] as const
  })
  return Object.fromEntries(tables.filter(([, found]) => found.length > 0))
}

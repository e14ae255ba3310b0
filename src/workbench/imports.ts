import { canonicalNames } from '../domain/canonical.ts'
import { cancelled, type Result } from '../domain/failure.ts'
import { addDataset, canonicalSources, type Dataset } from '../domain/workspace.ts'
import { commit } from './history.ts'
import { datasetTables, importedFile, recipeOf } from './imported.ts'
import {
  type Desk,
  findItem,
  forget,
  keepUp,
  lose,
  type OpenItem,
  readAgain,
  revise,
  takeIn,
} from './importing.ts'
import { type Incoming, type IncomingFile, sortIncoming } from './incoming.ts'
import { type CanonicalTables, dropTables, type Intake } from './intake.ts'
import type { Recipe } from './replay.ts'
import type { ImportItem } from './state.ts'
import type { Store } from './store.ts'
import type { ImportChange } from './workbench.ts'

/** The open import session: from a drop to a dataset in the workspace, or to nothing at all. */
export interface Imports {
  /**
   * Settles when every file was read and mapped, or failed. Fails as the manifest does, and with `cancelled` where
   * another import was opened meanwhile.
   */
  start(files: readonly File[]): Promise<Result<Incoming>>
  revise(item: string, change: ImportChange): Promise<void>
  confirm(): Promise<Dataset | null>
  cancel(): Promise<void>
}

export function openImports(intake: Intake, store: Store, keepRecipe: (recipe: Recipe) => void): Imports {
  let items: readonly OpenItem[] = []
  let queue: Promise<void> = Promise.resolve()
  const desk: Desk = { intake, store, existing: open => existingTables(store, items, open) }
  intake.engine.onReplaced(detail => {
    for (const open of items) if (open.raw !== null) lose(desk, open, detail)
    if (items.some(open => open.lost)) void enqueue(readLost)
  })

  /** One piece of work after the other; what throws must not keep the later ones from their turn. */
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    setBusy(store, true)
    const mine = queue.then(work)
    const settled = mine.then(ignore, ignore)
    queue = settled
    return mine.finally(() => {
      if (queue === settled) setBusy(store, false)
    })
  }

  /** Waits for the workspace's tables first: the files' keys are compared with theirs. */
  async function readLost(): Promise<void> {
    await engineBack(store)
    for (const open of items) await (open.lost ? readAgain(desk, open) : keepUp(desk, open))
  }

  async function correct(open: OpenItem, change: ImportChange): Promise<void> {
    const at = items.indexOf(open)
    if (at === -1) return
    await revise(desk, open, change)
    for (const later of items.slice(at + 1)) await keepUp(desk, later)
  }

  async function confirm(): Promise<Dataset | null> {
    const made = makeDataset(intake, store, items)
    if (made === null) return null
    for (const open of items) {
      keepRecipe(recipeOf(open, findItem(store, open.id)))
      if (open.mapped !== null && open.raw !== null) await dropTables(intake.engine, [open.raw.table])
    }
    items = []
    const name = { zh: `导入“${made.name}”`, en: `Import “${made.name}”` }
    store.setState(({ history }) => ({ importing: null, history: commit(history, addDataset(made), name) }))
    return made
  }

  async function forgetAll(): Promise<void> {
    for (const open of items) await forget(intake, open)
    items = []
    store.setState({ importing: null })
  }

  return {
    async start(files) {
      const sorted = await sortIncoming(files)
      if (!sorted.ok) return sorted
      if (store.getState().importing !== null) return cancelled
      items = sorted.value.files.map(incoming => openItem(intake, incoming))
      store.setState({ importing: openSession(sorted.value, items) })
      await Promise.all(items.map(item => enqueue(() => takeIn(desk, item))))
      return sorted
    },
    async revise(id, change) {
      const open = items.find(item => item.id === id)
      if (open === undefined) return
      open.controller.abort()
      open.controller = new AbortController()
      await enqueue(() => correct(open, change))
    },
    confirm: () => enqueue(confirm),
    async cancel() {
      for (const open of items) open.controller.abort()
      await enqueue(forgetAll)
    },
  }
}

const ignore = () => {}

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

function existingTables(store: Store, items: readonly OpenItem[], open: OpenItem): CanonicalTables {
  const inWorkspace = canonicalSources(store.getState().history.present)
  const before = items.slice(0, items.indexOf(open))
  const tables = canonicalNames.map(canonical => {
    const beside = before.flatMap(item => item.mapped?.outputs[canonical] ?? [])
    return [canonical, [...(inWorkspace[canonical] ?? []), ...beside]] as const
  })
  return Object.fromEntries(tables.filter(([, found]) => found.length > 0))
}

function openItem(intake: Intake, incoming: IncomingFile): OpenItem {
  const id = intake.world.id('item')
  return {
    id,
    incoming,
    controller: new AbortController(),
    raw: null,
    request: null,
    mapped: null,
    lost: false,
  }
}

function openSession(incoming: Incoming, items: readonly OpenItem[]) {
  return {
    name: incoming.name,
    synthetic: incoming.synthetic,
    asOf: incoming.asOf,
    busy: true,
    items: items.map(waitingItem),
  }
}

function waitingItem({ id, incoming }: OpenItem): ImportItem {
  return {
    id,
    name: incoming.name,
    bytes: incoming.file?.size ?? 0,
    progress: { stage: 'waiting' },
    readOptions: incoming.readOptions,
    inspection: null,
    raw: null,
    adapter: null,
    confidence: 0,
    options: {},
    mapping: null,
    counts: null,
    failure: null,
  }
}

function setBusy(store: Store, busy: boolean): void {
  store.setState(({ importing }) => (importing === null ? {} : { importing: { ...importing, busy } }))
}

/** The dataset of the open session; null when no file of it could be taken in. */
function makeDataset(intake: Intake, store: Store, items: readonly OpenItem[]): Dataset | null {
  const { importing } = store.getState()
  if (importing === null) return null
  const files = items.map(open => importedFile(findItem(store, open.id)))
  if (files.every(file => file.failure !== null)) return null
  const { name, synthetic, asOf } = importing
  return {
    id: intake.world.id('dataset'),
    name,
    synthetic,
    asOf,
    files,
    tables: items.flatMap(datasetTables),
  }
}

import { baseName, fileLabel, type Part, type ReadOptions } from '../domain/file.ts'
import type { Replacement, Workspace } from '../domain/workspace.ts'
import type { IncomingFile } from './incoming.ts'
import type { MappedFile, MapRequest, RawFile } from './intake.ts'
import type { ImportItem } from './state.ts'
import type { Store } from './store.ts'

/** One table on its way in, with what the views need not know: its bytes and its tables. */
export interface OpenItem {
  readonly id: string
  readonly incoming: IncomingFile
  /** Which table of the file; null where it holds one alone, or nobody has looked yet. */
  readonly part: Part | null
  controller: AbortController
  /** True once a person or a saved mapping has said what the file is. */
  chosen: boolean
  /** The adapter's options as it proposed them: what differs is a person's answer. */
  proposed: Readonly<Record<string, string>>
  /** How the raw table is read: the adapter's needs under the person's choices. */
  readOptions: ReadOptions
  raw: RawFile | null
  request: MapRequest | null
  mapped: MappedFile | null
  /** Its finished tables went with the engine: it is to be read again. */
  lost: boolean
}

export function openItem(id: string, incoming: IncomingFile, part: Part | null): OpenItem {
  return {
    id,
    incoming,
    part,
    controller: new AbortController(),
    chosen: false,
    proposed: {},
    readOptions: {},
    raw: null,
    request: null,
    mapped: null,
    lost: false,
  }
}

/**
 * An item of which nothing is known yet. A hidden sheet, and one without rows, is left out until asked for. With a
 * workspace, the item replaces the file of its name there.
 */
export function waitingItem({ id, incoming, part }: OpenItem, workspace: Workspace | null): ImportItem {
  const isShown = part === null || (part.visibility === 'visible' && part.rows !== 0)
  return {
    id,
    name: incoming.name,
    part,
    archive: incoming.archive,
    dataPackage: incoming.origin.isPackage ? incoming.origin.name : null,
    bytes: incoming.file?.size ?? 0,
    included: isShown,
    replaces:
      workspace &&
      replacementOf({ name: incoming.name, part: part?.id ?? null }, workspace, incoming.origin.asOf),
    savedMapping: null,
    progress: { stage: 'waiting' },
    readOptions: part === null ? incoming.readOptions : { ...incoming.readOptions, part: part.id },
    inspection: null,
    raw: null,
    adapter: null,
    confidence: 0,
    options: {},
    overrides: {},
    asks: [],
    mapping: null,
    after: {},
    counts: null,
    failure: null,
  }
}

/**
 * The file of the workspace with the same name (with another folder, where that is the only one). The export of another
 * time replaces nothing: the two are there to be compared.
 */
function replacementOf(
  file: { readonly name: string; readonly part: string | null },
  workspace: Workspace,
  asOf: string | null,
): Replacement | null {
  const sameTime = workspace.datasets.filter(
    dataset => asOf === null || dataset.asOf === null || Date.parse(dataset.asOf) === Date.parse(asOf),
  )
  const known = sameTime.flatMap(dataset =>
    dataset.files.map(old => ({ dataset: dataset.id, file: fileLabel(old) })),
  )
  const label = fileLabel(file)
  const same = known.filter(old => old.file === label)
  const alike = known.filter(old => baseName(old.file) === baseName(label))
  return same.at(-1) ?? (alike.length === 1 ? (alike[0] ?? null) : null)
}

/** A table of a file as people are shown it. */
export function itemLabel({ name, part }: Pick<ImportItem, 'name' | 'part'>): string {
  return fileLabel({ name, part: part?.id ?? null })
}

export function findItem(store: Store, id: string): ImportItem {
  const item = store.getState().importing?.items.find(candidate => candidate.id === id)
  if (item === undefined) throw new Error(`no import item ${id}`)
  return item
}

export function changeItem(store: Store, id: string, fields: Partial<ImportItem>): void {
  store.setState(({ importing }) => {
    if (importing === null) return {}
    const items = importing.items.map(item => (item.id === id ? { ...item, ...fields } : item))
    return { importing: { ...importing, items } }
  })
}

/** Progress may still come in after a cancel took the item away. */
export function changeReading(store: Store, id: string, fields: { bytes?: number; rows?: number }): void {
  const progress = store.getState().importing?.items.find(item => item.id === id)?.progress
  if (progress?.stage === 'reading') changeItem(store, id, { progress: { ...progress, ...fields } })
}

import type { Phrase } from '../domain/phrase.ts'
import { addAliases, addDataset, type Dataset, type Edit, replaceFile } from '../domain/workspace.ts'
import type { World } from '../domain/world.ts'
import { datasetTables, importedFile } from './imported.ts'
import type { Origin } from './incoming.ts'
import { findItem, itemLabel, type OpenItem } from './open-item.ts'
import type { ImportItem } from './state.ts'
import type { Store } from './store.ts'

/** What confirming an import does to the workspace, as one edit that one undo takes back. */
export interface Completion {
  readonly edit: Edit
  readonly name: Phrase
  /** The dataset to show: the first new one, else the first in which a file was replaced. */
  readonly dataset: string
}

interface Finished {
  readonly open: OpenItem
  readonly item: ImportItem
}

/** Null when no file of the session could be taken in. */
export function completion(world: World, store: Store, items: readonly OpenItem[]): Completion | null {
  const { importing } = store.getState()
  if (importing === null) return null
  const all = items.map(open => ({ open, item: findItem(store, open.id) }))
  const included = all.filter(({ item }) => item.included)
  if (!included.some(({ item }) => isTakenIn(item))) return null
  const replacing = included.filter(({ item }) => item.replaces !== null && isTakenIn(item))
  const added = included.filter(finished => !replacing.includes(finished))
  const leftOut = all.filter(({ item }) => !item.included)
  const made = [...new Set(added.map(originOf))].flatMap(origin => {
    const own = added.filter(finished => originOf(finished) === origin)
    const without = leftOut.filter(finished => originOf(finished) === origin)
    return own.some(({ item }) => isTakenIn(item)) ? [newDataset(world, origin, own, without)] : []
  })
  const edits = [addAliases(importing.aliases), ...replacing.map(replacement), ...made.map(addDataset)]
  return {
    edit: workspace => edits.reduce((changed, edit) => edit(changed), workspace),
    name: { zh: `导入“${importing.name}”`, en: `Import “${importing.name}”` },
    dataset: made[0]?.id ?? replacing[0]?.item.replaces?.dataset ?? '',
  }
}

function originOf({ open }: Finished): Origin {
  return open.incoming.origin
}

function isTakenIn(item: ImportItem): boolean {
  return importedFile(item).failure === null
}

function replacement({ open, item }: Finished): Edit {
  if (item.replaces === null) throw new Error(`${item.name} replaces nothing`)
  return replaceFile(item.replaces, importedFile(item), datasetTables(open))
}

/** The files of one export that replace no other. */
function newDataset(
  world: World,
  { name, synthetic, asOf }: Origin,
  added: readonly Finished[],
  leftOut: readonly Finished[],
): Dataset {
  return {
    id: world.id('dataset'),
    name,
    synthetic,
    asOf,
    files: added.map(({ item }) => importedFile(item)),
    leftOut: leftOut.map(({ item }) => itemLabel(item)),
    tables: added.flatMap(({ open }) => datasetTables(open)),
  }
}

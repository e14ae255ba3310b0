import type { CanonicalName } from '../../domain/canonical.ts'
import type { ImportItem } from '../../workbench/workbench.ts'

/** What the files of a group are: `adapter <id>`, or one of the states that need no adapter. */
export type GroupId = 'reading' | 'failed' | 'raw' | 'left-out' | `adapter ${string}`

export interface Group {
  readonly id: GroupId
  readonly items: readonly ImportItem[]
  /** The canonical tables that its files feed, each once. */
  readonly tables: readonly CanonicalName[]
}

/** Item id -> the group that it stands in. */
export type Places = ReadonlyMap<string, GroupId>

export function isSettled({ progress }: ImportItem): boolean {
  return progress.stage === 'ready' || progress.stage === 'failed'
}

/**
 * Where each item stands. One that is read or mapped again keeps its place until it is settled, and one that the person
 * leaves out keeps it for good, so that no line is pulled away under the pointer. Gives `before` where nothing moved.
 */
export function placesOf(items: readonly ImportItem[], before: Places): Places {
  const now = new Map(items.map(item => [item.id, placeOf(item, before.get(item.id))]))
  const isSame = now.size === before.size && [...now].every(([id, place]) => before.get(id) === place)
  return isSame ? before : now
}

function placeOf(item: ImportItem, before: GroupId | undefined): GroupId {
  if (!item.included) return before === undefined || before === 'reading' ? 'left-out' : before
  if (!isSettled(item)) return before ?? 'reading'
  if (item.progress.stage === 'failed') return 'failed'
  return item.adapter === null ? 'raw' : `adapter ${item.adapter}`
}

const ranks: Readonly<Record<string, number>> = { reading: 0, failed: 1, raw: 3, 'left-out': 4 }

function rank(id: GroupId): number {
  return ranks[id] ?? 2
}

/**
 * The items by what they are. First what is being read, in the order in which it will be, and what failed; the others
 * by `nameOf` the group, and within a group by the path of the file; the tables of one file stay in the file's order.
 */
export function groupsOf(
  items: readonly ImportItem[],
  places: Places,
  nameOf: (id: GroupId) => string,
): readonly Group[] {
  const byId = grouped(items, item => places.get(item.id) ?? 'reading')
  return [...byId]
    .map(([id, members]) => ({
      id,
      items: id === 'reading' ? members : members.toSorted((a, b) => byName.compare(a.name, b.name)),
      tables: tablesOf(members),
    }))
    .toSorted((a, b) => rank(a.id) - rank(b.id) || byName.compare(nameOf(a.id), nameOf(b.id)))
}

const byName = new Intl.Collator(undefined, { numeric: true })

function tablesOf(items: readonly ImportItem[]): readonly CanonicalName[] {
  return [...new Set(items.flatMap(({ mapping }) => mapping?.targets.map(({ table }) => table) ?? []))]
}

/** Node 20 has no `Map.groupBy`. */
export function grouped<K>(
  items: readonly ImportItem[],
  keyOf: (item: ImportItem) => K,
): ReadonlyMap<K, readonly ImportItem[]> {
  const groups = new Map<K, ImportItem[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

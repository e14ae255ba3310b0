import type { World } from '../domain/world.ts'
import type { ImportSession } from './state.ts'
import type { Store } from './store.ts'

/** An import of which only the names of the files are known. */
export function beginSession(files: readonly File[]): ImportSession {
  return {
    name: files[0]?.name ?? '',
    synthetic: false,
    items: [],
    unpacking: null,
    aliases: [],
    pace: { milliseconds: 0, since: null },
    busy: true,
  }
}

/** Changes the open session; does nothing where none is open (any more). */
export function changeSession(
  store: Store,
  change: (session: ImportSession) => Partial<ImportSession>,
): void {
  store.setState(({ importing }) =>
    importing === null ? {} : { importing: { ...importing, ...change(importing) } },
  )
}

/** Also keeps the time that the work has taken, without the time in which a person looked. */
export function setBusy(store: Store, world: World, busy: boolean): void {
  const now = world.now().getTime()
  changeSession(store, ({ pace: { milliseconds, since } }) => {
    if (busy) return { busy, pace: { milliseconds, since: since ?? now } }
    return { busy, pace: { milliseconds: milliseconds + (since === null ? 0 : now - since), since: null } }
  })
}

/** Why an import cannot be confirmed. */
export type ConfirmRefusal = 'busy' | 'nothing'

/** Null when the import may be confirmed. */
export function confirmRefusal({ busy, items }: ImportSession): ConfirmRefusal | null {
  if (busy) return 'busy'
  return items.some(({ included, progress }) => included && progress.stage === 'ready') ? null : 'nothing'
}

/** Below this share of the work, and this time, a forecast would be a guess. */
const leastShare = 0.03
const leastMilliseconds = 3000

/** What opening a file and setting up its tables costs, as the bytes that are read in that time. */
const costOfFile = 1_000_000

/** The share of the work that is done, reading and mapping together; files that wait count as work to do. */
export function shareDone({ items }: Pick<ImportSession, 'items'>): number {
  const work = items.filter(({ included, progress }) => included && progress.stage !== 'failed')
  const total = work.reduce((sum, { bytes }) => sum + bytes + costOfFile, 0)
  return total === 0 ? 0 : work.reduce((sum, item) => sum + workDone(item), 0) / total
}

/** The seconds that the open import still takes at the pace so far; null while too little is done to tell. */
export function remainingSeconds(session: ImportSession, now: number): number | null {
  const { pace } = session
  const share = shareDone(session)
  const elapsed = pace.milliseconds + (pace.since === null ? 0 : now - pace.since)
  if (share < leastShare || elapsed < leastMilliseconds) return null
  return ((1 - share) / share) * (elapsed / 1000)
}

/** Mapping takes about as long as reading does: a file that is read is half done. */
function workDone({ bytes, progress }: ImportSession['items'][number]): number {
  switch (progress.stage) {
    case 'ready':
      return bytes + costOfFile
    case 'mapping':
      return (bytes + costOfFile) / 2
    case 'reading':
      return Math.min(progress.bytes, bytes) / 2
    default:
      return 0
  }
}

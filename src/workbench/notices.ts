import type { Failure } from '../domain/failure.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { World } from '../domain/world.ts'
import type { Notice } from './state.ts'
import type { Store } from './store.ts'

/** Short messages to the person; at most five stand at a time. */
export function notify(
  store: Store,
  world: World,
  tone: Notice['tone'],
  text: Phrase,
  failure?: Failure,
): void {
  const notice: Notice = { id: world.id('notice'), tone, text, ...(failure === undefined ? {} : { failure }) }
  store.setState(({ notices }) => ({ notices: [...notices, notice].slice(-5) }))
}

export function dismissNotice(store: Store, id: string): void {
  store.setState(({ notices }) => ({ notices: notices.filter(notice => notice.id !== id) }))
}

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Language } from '../domain/phrase.ts'
import { emptyHistory } from './history.ts'
import type { Session, State } from './state.ts'

/** The one store of the app: state and nothing else; what changes it stands in the files beside. */
export type Store = StoreApi<State>

export function openStore(language: Language, theme: Session['theme']): Store {
  return createStore<State>(() => ({
    history: emptyHistory,
    session: {
      language,
      theme,
      place: { kind: 'board' },
      paletteOpen: false,
      shortcutsOpen: false,
      exportOpen: false,
    },
    engine: { status: 'starting' },
    importing: null,
    results: {},
    asOf: null,
    laterRows: null,
    overlapping: [],
    filterChoices: {
      platforms: [],
      provinces: [],
      industries: [],
      tiers: [],
      ownerships: [],
      sizes: [],
      from: null,
      to: null,
    },
    notices: [],
  }))
}

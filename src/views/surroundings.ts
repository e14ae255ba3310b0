import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Theme } from '../domain/chart.ts'
import type { Language, Phrase } from '../domain/phrase.ts'
import type { State, Workbench } from '../workbench/workbench.ts'

/** What the views say about the machine: versions, and whether this is the runtime that ships. */
export interface MachineFacts {
  readonly app: string
  readonly electron: string
  readonly chromium: string
  readonly platform: string
  readonly shippingRuntime: boolean
  readonly shippedElectron: string
}

/** Requests that the network guard has refused since start. */
export interface RefusedRequests {
  readonly count: number
  readonly last: readonly string[]
}

/** All that the views stand on; nothing in them reaches further. */
export interface Surroundings {
  readonly workbench: Workbench
  readonly machine: MachineFacts
  refusals(): Promise<RefusedRequests>
}

export const SurroundingsContext = createContext<Surroundings | null>(null)

export const AppearanceContext = createContext<Theme>('light')

export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext)
  if (surroundings === null) throw new Error('a view stands outside <App>')
  return surroundings
}

export function useWorkbench(): Workbench {
  return useSurroundings().workbench
}

/** A part of the state; `select` must give the same reference for the same state. */
export function useWorkbenchState<T>(select: (state: State) => T): T {
  return useStore(useWorkbench().store, select)
}

export const LanguageContext = createContext<Language>('zh')

export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** The words of a phrase in the language on the screen. */
export function useSay(): (phrase: Phrase) => string {
  const language = useLanguage()
  return phrase => phrase[language]
}

/** The theme that is on the screen, `system` resolved. */
export function useAppearance(): Theme {
  return useContext(AppearanceContext)
}

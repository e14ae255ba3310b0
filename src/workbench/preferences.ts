import { type Language, languages } from '../domain/phrase.ts'
import type { Session } from './state.ts'
import type { Store } from './store.ts'

/** The two choices that outlive a window. */
export interface Preferences {
  readonly language: Language
  readonly theme: Session['theme']
}

const key = 'assay.preferences'
const themes: readonly Session['theme'][] = ['light', 'dark', 'system']

/** What was kept last time; else the machine's language and theme. Unreadable entries count as absent. */
export function readPreferences(storage: Pick<Storage, 'getItem'>, machineLanguage: string): Preferences {
  const kept = parse(storage.getItem(key))
  const language = languages.find(candidate => candidate === kept.language)
  const theme = themes.find(candidate => candidate === kept.theme)
  return {
    language: language ?? (machineLanguage.toLowerCase().startsWith('zh') ? 'zh' : 'en'),
    theme: theme ?? 'system',
  }
}

/** Keeps language and theme whenever they change. */
export function keepPreferences(storage: Pick<Storage, 'setItem'>, store: Store): void {
  store.subscribe(({ session }, { session: before }) => {
    if (session.language === before.language && session.theme === before.theme) return
    storage.setItem(key, JSON.stringify({ language: session.language, theme: session.theme }))
  })
}

function parse(text: string | null): { readonly language?: unknown; readonly theme?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** What the app says, in both languages at once: a missing language does not compile. */
export interface Phrase {
  readonly zh: string
  readonly en: string
}

export type Language = 'zh' | 'en'

export const languages: readonly Language[] = ['zh', 'en']

/** The BCP 47 tag that `Intl` and the `lang` attribute want. */
export function locale(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en-GB'
}

/** A phrase that reads the same in both languages (names, ids, formulas). */
export function same(text: string): Phrase {
  return { zh: text, en: text }
}

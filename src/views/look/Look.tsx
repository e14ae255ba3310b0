import { type ReactNode, useLayoutEffect, useSyncExternalStore } from 'react'
import { I18nProvider } from 'react-aria-components'
import { installFonts } from '../../charts/chart.ts'
import type { Theme } from '../../domain/chart.ts'
import { type Language, locale } from '../../domain/phrase.ts'
import { installMathFont } from '../../formula/formula.ts'
import { AppearanceContext, LanguageContext } from '../surroundings.ts'
import '../tokens.css'
import '../base.css'

interface LookProps {
  readonly language: Language
  /** `system` follows the machine. */
  readonly theme: Theme | 'system'
  readonly children: ReactNode
}

/** Language, theme and fonts of everything inside, and of the page itself. */
export function Look({ language, theme, children }: LookProps) {
  const machineTheme = useSyncExternalStore(watchMachineTheme, readMachineTheme, (): Theme => 'light')
  const appearance = theme === 'system' ? machineTheme : theme
  useLayoutEffect(installFonts, [])
  useLayoutEffect(installMathFont, [])
  useLayoutEffect(() => {
    document.documentElement.lang = locale(language)
    document.documentElement.dataset.theme = appearance
  }, [language, appearance])
  return (
    <I18nProvider locale={locale(language)}>
      <LanguageContext value={language}>
        <AppearanceContext value={appearance}>{children}</AppearanceContext>
      </LanguageContext>
    </I18nProvider>
  )
}

const darkQuery = '(prefers-color-scheme: dark)'

function readMachineTheme(): Theme {
  return matchMedia(darkQuery).matches ? 'dark' : 'light'
}

function watchMachineTheme(listener: () => void): () => void {
  const query = matchMedia(darkQuery)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

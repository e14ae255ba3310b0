import type { Field } from '../domain/chart.ts'
import type { Language } from '../domain/phrase.ts'
import type { Row } from '../domain/table.ts'
import { valueWords } from './words.ts'

/** The two ends of an interval. */
export interface Range {
  readonly low: Field
  readonly high: Field
}

/** The name of an interval: that of its ends where they share one, both otherwise. */
export function rangeName({ low, high }: Range, language: Language): string {
  const names = [...new Set([low.name[language], high.name[language]])]
  return names.join(' – ')
}

/** The exact ends in words, with a word between them because ends may be negative. */
export function rangeWords({ low, high }: Range, row: Row, language: Language): string {
  const { unit, ...unitless } = low
  const shared = unit?.[language] === high.unit?.[language]
  const from = valueWords(shared ? unitless : low, row[low.field], language)
  const to = valueWords(high, row[high.field], language)
  return language === 'zh' ? `${from} 至 ${to}` : `${from} to ${to}`
}

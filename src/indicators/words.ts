import {
  formatCount,
  formatMeasure,
  formatPercent,
  formatPercentEnd,
  formatValue,
  unitGap,
  unitWord,
} from '../domain/format.ts'
import type { Language } from '../domain/phrase.ts'
import type { Basis, Headline, Interval, Unit } from './recipe.ts'

/** A headline without its unit's word: the value, or, where only a range may be claimed, the range. */
export function headlineValue({ value, interval }: Headline, unit: Unit, language: Language): string {
  if (interval?.kind === 'range') return ends(interval, unit, language)
  return value === null ? '' : formatValue(value, unit, language)
}

/** A headline with its unit, in one text. */
export function headlineText(headline: Headline, unit: Unit, language: Language): string {
  if (headline.interval?.kind !== 'range')
    return headline.value === null ? '' : formatMeasure(headline.value, unit, language)
  const word = unitWord(unit, language)
  const gap = word === '' ? '' : unitGap(word, language)
  return `${headlineValue(headline, unit, language)}${gap}${word}`
}

/** How exact a headline is and what it rests on, one text each; empty where nothing is known of it. */
export function certaintyTexts(
  { interval, basis }: Headline,
  unit: Unit,
  language: Language,
): readonly string[] {
  return [
    ...(interval ? [intervalText(interval, unit, language)] : []),
    ...(basis ? [basisText(basis, language)] : []),
  ]
}

function intervalText(interval: Interval, unit: Unit, language: Language): string {
  const { kind, level, method } = interval
  if (kind === 'range')
    return language === 'zh' ? `区间由假设得出：${method.zh}` : `Range from assumptions: ${method.en}`
  const percent = level === undefined ? '' : `${formatPercent(level, language)} `
  const name = {
    confidence: { zh: '置信区间', en: 'confidence interval' },
    prediction: { zh: '预测区间', en: 'prediction interval' },
  }[kind][language]
  const how = language === 'zh' ? `（${method.zh}）` : ` (${method.en})`
  return `${percent}${name} ${ends(interval, unit, language)}${how}`
}

function ends({ low, high }: Interval, unit: Unit, language: Language): string {
  const isShare = unit === 'percent' || unit === '%/a'
  const words = (value: number) =>
    isShare ? formatPercentEnd(value, language) : formatValue(value, unit, language)
  const end = (value: number | null) => (value === null ? '…' : words(value))
  return `${end(low)} – ${end(high)}`
}

function basisText({ n, of, share }: Basis, language: Language): string {
  const count = formatCount(n, language)
  const part = share === null ? '' : formatPercent(share, language)
  if (language === 'zh') return `依据 ${count} ${of.zh}${share === null ? '' : `，占范围内的 ${part}`}`
  return `Rests on ${count} ${of.en}${share === null ? '' : `, ${part} of those in scope`}`
}

import type { Field } from '../domain/chart.ts'
import type { Language, Phrase } from '../domain/phrase.ts'
import { asNumber, type Value } from '../domain/table.ts'
import { measureWidth } from './measure.ts'
import { exactNumber } from './number-words.ts'
import { exactTime, monthWords } from './time-words.ts'

const absent: Phrase = { zh: '（空）', en: '(blank)' }

/** The name of a field with its unit, as it stands at an axis. */
export function fieldName(field: Field, language: Language): string {
  const name = field.name[language]
  const unit = field.unit?.[language]
  if (!unit || says(name, unit)) return name
  return language === 'zh' ? `${name}（${unit}）` : `${name} (${unit})`
}

/** Whether a name holds a unit as words of its own: the `h` in "length" is none. */
function says(name: string, unit: string): boolean {
  const [within, of] = [name.toLowerCase(), unit.toLowerCase()]
  if (/\p{Script=Han}/u.test(of)) return within.includes(of)
  return ` ${within} `.split(of).some((before, i, all) => {
    const after = all[i + 1]
    return after !== undefined && /[^\p{L}\p{N}]$/u.test(before) && /^[^\p{L}\p{N}]/u.test(after)
  })
}

/** The names of both ends of a range, with a unit that they share at the end. */
export function rangeFieldName(from: Field, to: Field, language: Language): string {
  const shared = from.unit?.[language] === to.unit?.[language]
  const { unit, ...unitless } = from
  return `${fieldName(shared ? unitless : from, language)} – ${fieldName(to, language)}`
}

/** The category a value stands for; equal keys are one category. */
export function categoryKey(value: Value | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}

/** What a person reads for a category key. */
export function categoryWords(field: Field, key: string, language: Language): string {
  const labels = field.labels
  const label = labels && Object.hasOwn(labels, key) ? labels[key] : undefined
  if (label) return label[language]
  if (key === '') return absent[language]
  return field.scale === 'time' ? valueWords(field, Number(key), language) : plain(key)
}

/** The exact value of a field, with unit, for tooltips and descriptions. */
export function valueWords(field: Field, value: Value | undefined, language: Language): string {
  if (field.scale === 'category') return categoryWords(field, categoryKey(value), language)
  const number = asNumber(value)
  if (number === null) return absent[language]
  if (field.scale === 'time')
    return field.monthly ? monthWords(number / 1000, true, language) : exactTime(number / 1000, language)
  const exact = exactNumber(typeof value === 'bigint' ? value : number, field.format, language)
  return field.unit ? `${exact} ${field.unit[language]}` : exact
}

/** The beginning of a text that fits a width in pixels, with an ellipsis where something is left out. */
export function shortened(text: string, width: number, font: string): string {
  if (measureWidth(text, font) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && measureWidth(`${letters.join('')}…`, font) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/**
 * Texts that fit a width each, parallel to `texts`. Names that would read alike without their ends ("Platform 01…") are cut in
 * the middle, as all others beside them.
 */
export function shortenedApart(texts: readonly string[], width: number, font: string): readonly string[] {
  const ended = texts.map(text => shortened(text, width, font))
  if (new Set(ended).size === new Set(texts).size) return ended
  return texts.map(text => shortenedWithin(text, width, font))
}

function shortenedWithin(text: string, width: number, font: string): string {
  if (measureWidth(text, font) <= width) return text
  const letters = [...text]
  const joined = (kept: number) => {
    const last = Math.ceil(kept / 2)
    return `${letters
      .slice(0, kept - last)
      .join('')
      .trimEnd()}…${letters
      .slice(letters.length - last)
      .join('')
      .trimStart()}`
  }
  let kept = letters.length - 1
  while (kept > 1 && measureWidth(joined(kept), font) > width) kept -= 1
  return joined(kept)
}

/** Text that ECharts takes as it is where it would otherwise look for `{style|text}`. */
export function unstyled(text: string): string {
  return text.replaceAll('{', '{\u2060')
}

/**
 * Text from data as ECharts may have it. Control characters and line ends would break a label over lines. zrender 6.1
 * keeps texts as keys of plain objects and writes into what it finds there: `__proto__` or `constructor` would reach
 * the prototypes of the page, so such a name gets an invisible word joiner.
 */
function plain(text: string): string {
  const words = text.replace(/[\p{Cc}\u2028\u2029\ufffe\uffff]+/gu, ' ')
  return words in Object.prototype ? `${words}\u2060` : words
}

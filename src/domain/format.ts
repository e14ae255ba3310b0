import { type Language, locale } from './phrase.ts'

/** Numbers, sizes and times in words, through `Intl`. Pure: the same input reads the same on every machine. */

export type ValueUnit =
  | 'devices'
  | 'percent'
  | 'ratio'
  | 'effective number'
  | 'GB/d'
  | '%/a'
  | 'h'
  | 's'
  | 'devices/month'
  | 'per 10,000 devices'
  | 'persons'
  | 'index'
  | 'yuan'

const unitWords: Readonly<Record<ValueUnit, { readonly zh: string; readonly en: string }>> = {
  devices: { zh: '台（套）', en: 'devices' },
  percent: { zh: '', en: '' },
  ratio: { zh: '', en: '' },
  'effective number': { zh: '种（有效数）', en: 'effective' },
  'GB/d': { zh: 'GB/天', en: 'GB/d' },
  '%/a': { zh: '/年', en: 'a year' },
  h: { zh: '小时', en: 'h' },
  s: { zh: '秒', en: 's' },
  'devices/month': { zh: '台/月', en: 'devices a month' },
  'per 10,000 devices': { zh: '个/万台', en: 'per 10,000 devices' },
  persons: { zh: '人', en: 'people' },
  index: { zh: '', en: '' },
  yuan: { zh: '元', en: 'CNY' },
}

/** A headline value without its unit's word; `percent` and `%/a` take a ratio. */
export function formatValue(value: number, unit: ValueUnit, language: Language): string {
  if (unit === 'devices' || unit === 'persons' || unit === 'yuan') return formatCount(value, language)
  if (unit === 'percent' || unit === '%/a') return formatPercent(value, language)
  return formatDecimal(value, language)
}

/** The word that follows a value; empty where the value carries it itself. */
export function unitWord(unit: ValueUnit, language: Language): string {
  return unitWords[unit][language]
}

/** A value and its unit's word in one text. */
export function formatMeasure(value: number, unit: ValueUnit, language: Language): string {
  const word = unitWord(unit, language)
  if (word === '') return formatValue(value, unit, language)
  return `${formatValue(value, unit, language)}${unitGap(word, language)}${word}`
}

/** What stands between a number and its unit: nothing before a Chinese word or a stroke. */
export function unitGap(word: string, language: Language): string {
  return language === 'zh' && !/^[A-Za-z]/.test(word) ? '' : ' '
}

export function formatCount(value: number | bigint, language: Language): string {
  return new Intl.NumberFormat(locale(language), { maximumFractionDigits: 0 }).format(value)
}

/** Four significant digits below one, then three decimals; from 1,000 on one, from 100,000 on none. */
export function formatDecimal(value: number, language: Language): string {
  const size = Math.abs(value)
  const decimals = size < 1000 ? 3 : size < 100_000 ? 1 : 0
  const precision = size < 1 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: decimals }
  return new Intl.NumberFormat(locale(language), precision).format(value)
}

/** Takes a ratio; two decimals, or as many as keep a share from reading as none or as all. */
export function formatPercent(value: number, language: Language): string {
  const precision = { maximumFractionDigits: shareDecimals(value, 2) }
  return new Intl.NumberFormat(locale(language), { style: 'percent', ...precision }).format(value)
}

/** The same where two stand side by side: 1.03 % to 1.20 %. */
export function formatPercentEnd(value: number, language: Language): string {
  const precision = { minimumFractionDigits: 2, maximumFractionDigits: shareDecimals(value, 2) }
  return new Intl.NumberFormat(locale(language), { style: 'percent', ...precision }).format(value)
}

/**
 * Decimals of a ratio written in percent: `usual`, and more for less than 0.1 %, and where it would read as all, so that
 * three digits tell how far it is from none or all. What misses all by less than 1e-9 is rounding, not a share.
 */
export function shareDecimals(value: number, usual: number): number {
  const [fromNone, fromAll] = [Math.abs(value), Math.abs(1 - Math.abs(value))]
  const readsAsAll = fromAll >= 1e-9 && fromAll < 0.5 * 10 ** (-2 - usual)
  const near = readsAsAll ? fromAll : fromNone
  if (near === 0 || near >= 0.001) return usual
  return Math.min(15, Math.max(usual, 2 - Math.floor(Math.log10(near * 100))))
}

const steps = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes in decimal units (1 kB = 1,000 B). */
export function formatBytes(bytes: number, language: Language): string {
  const power = bytes < 1000 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(bytes) / 3))
  const digits = new Intl.NumberFormat(locale(language), { maximumFractionDigits: power === 0 ? 0 : 1 })
  return `${digits.format(bytes / 1000 ** power)} ${steps[power]}`
}

/** Microseconds since the epoch as `2026-06-30 08:15:00 UTC`; the same in both languages, so that it can be compared. */
export function formatTime(microseconds: number): string {
  const text = iso(microseconds)
  return text === null ? String(microseconds) : `${text.slice(0, 19).replace('T', ' ')} UTC`
}

/** Microseconds since the epoch as `2026-06-30`. */
export function formatDate(microseconds: number): string {
  return iso(microseconds)?.slice(0, 10) ?? String(microseconds)
}

/** ISO 8601 in UTC, or null for a time that no calendar holds. */
export function iso(microseconds: number): string | null {
  const date = new Date(microseconds / 1000)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

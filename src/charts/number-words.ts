import type { NumberFormat } from '../domain/chart.ts'
import { shareDecimals } from '../domain/format.ts'
import { type Language, locale } from '../domain/phrase.ts'

/** A number as a person reads it where it matters: six significant decimals below one, eight digits above, never abbreviated. */
export function exactNumber(
  value: number | bigint,
  format: NumberFormat | undefined,
  language: Language,
): string {
  return formatter(language, exactOptions(value, format)).format(value)
}

/**
 * A number on an axis or beside a mark: short, 万/亿 in Chinese and k/M in English from ten thousand on, and in English
 * from one thousand on where its neighbours reach `largest`, so that 5k and 10k stand on one axis. Percentages have one
 * decimal, and on an axis that ends below 1 % as many as its steps need.
 */
export function shortNumber(
  value: number,
  format: NumberFormat | undefined,
  language: Language,
  largest = 0,
): string {
  if (format === 'percent')
    return formatter(language, { style: 'percent', maximumFractionDigits: percentDecimals(largest) }).format(
      value,
    )
  const least = language === 'en' && largest >= 10_000 ? 1000 : 10_000
  if (Math.abs(value) >= least) return compactNumber(value, language)
  return formatter(language, { maximumSignificantDigits: Math.abs(value) >= 1000 ? 4 : 3 }).format(value)
}

/** Enough for steps of a tenth of the largest; it is a ratio. */
function percentDecimals(largest: number): number {
  return largest > 0 ? Math.min(9, Math.max(1, Math.ceil(-Math.log10(largest * 10)))) : 1
}

/**
 * The values of one picture as they stand beside its marks: percentages all with one decimal unless none needs it, and
 * none that is there reads as zero.
 */
export function markNumbers(
  values: readonly number[],
  format: NumberFormat | undefined,
  language: Language,
): (value: number) => string {
  if (format !== 'percent') return value => shortNumber(value, format, language)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const decimals = percentDecimals(largest)
  const whole = values.every(value => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9)
  const even = { style: 'percent', ...(whole ? {} : { minimumFractionDigits: decimals }) } as const
  return value => {
    const lost = value !== 0 && Math.abs(value) < 0.5 * 10 ** (-2 - decimals)
    const digits = lost ? { maximumSignificantDigits: 1 } : { ...even, maximumFractionDigits: decimals }
    return formatter(language, { style: 'percent', ...digits }).format(value)
  }
}

function exactOptions(value: number | bigint, format: NumberFormat | undefined): Intl.NumberFormatOptions {
  const small = Math.abs(Number(value)) < 1 && !Number.isInteger(Number(value))
  switch (format) {
    case 'integer':
      return { maximumFractionDigits: 0 }
    case 'percent':
      return { style: 'percent', maximumFractionDigits: shareDecimals(Number(value), 3) }
    case 'decimal':
    case 'compact':
    case undefined:
      return small ? { maximumSignificantDigits: 6 } : { maximumFractionDigits: decimalsOf(Number(value)) }
  }
}

/** Eight digits in all, as far as decimals go: a forecast of millions has none. */
function decimalsOf(value: number): number {
  const whole = Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1
  return Math.max(0, Math.min(6, 8 - whole))
}

/** English takes `en`, whose M and B cannot be mistaken for the metre of `en-GB`; its K is written as the SI k. */
function compactNumber(value: number, language: Language): string {
  const tag = language === 'en' ? 'en' : locale(language)
  const compact = new Intl.NumberFormat(tag, { notation: 'compact', maximumSignificantDigits: 3 })
  return compact.format(value).replace('K', 'k')
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options)
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale(language), options)
  formatters.set(key, made)
  return made
}
